"""Compares the words of a claim's sentence with given evidence: words present, word pairs present, words missing.

Words are compared by stem, so only the claim is parsed. Two words that depend on each other in the claim (verb and subject,
noun and adjective) should occur in one sentence of the evidence.
Source: the idea of dependency arc entailment, Goyal and Durrett 2020.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.dimensions.quantities.numbers import SMALL, TENS
from worker.text.syntax import ParsedText, Token

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
# Separate figures. Those in "Q2", "4Q" and "COVID-19" belong to a name.
_FIGURE = re.compile(r"(?<![\w-])\d++(?:[.,]\d++)*+(?![A-Z])")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_LINKS = frozenset({"ADP", "AUX", "CCONJ", "SCONJ", "PART", "DET"})
# Words without content. "unk" marks an unknown word in tokenised texts.
_EMPTY = frozenset(
    """a an the of in on at to for from by with and or but as is are was were be been being has have had do does did that
    this these those it its he she they his her their him them who which what when where not no i you we our your my me us
    there than then also into about over after before up out if so will would can could should may might must s t unk""".split()
)
_SPELT = {word: str(value) for word, value in (SMALL | TENS).items()}
_CALENDAR = re.compile(
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|october|november|december"
)
_DENIAL = re.compile(
    r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot|unable|fail(?:s|ed)?|refuse[sd]?|den(?:y|ies|ied)|lack(?:s|ed)?)\b"
    r"|n['’]t\b",
    re.I,
)
_ENDINGS = (
    ("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""), ("es", ""), ("s", ""), ("e", ""),
)  # fmt: skip
_LONGEST_STEM = 7


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """The evidence as sentences, the stems of each, and the stems of all."""

    sentences: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordOverlap:
    """Overlap of one sentence of a claim with the evidence.

    `figures`: it has some that the evidence lacks. `denied`: it negates something, and the sentences that share
    its words do not. `pairs`: share of its word pairs, in [0, 1], that occur in one sentence of the evidence. `content`:
    number of its content words. `missing`, `missing_names`: share of its content words, of its names, in [0, 1], that the
    evidence lacks.
    """

    figures: bool
    denied: bool
    pairs: float
    content: int
    missing: float
    missing_names: float

    @property
    def names(self) -> bool:
        """True if the evidence lacks a name."""
        return self.missing_names > 0


def read_evidence(sentences: Sequence[str]) -> EvidenceWords:
    """The evidence as stems."""
    stems = tuple(frozenset(map(stem, _words(text))) for text in sentences)
    return EvidenceWords(tuple(sentences), stems, frozenset[str]().union(*stems))


def stem(word: str) -> str:
    """A lower-case word without its ending; a figure, also spelled out, in digits without commas.

    >>> stem("parties"), stem("party"), stem("1,200"), stem("seven")
    ('party', 'party', '1200', '7')
    """
    if word in _SPELT or word[0].isdigit():
        return _SPELT.get(word) or word.replace(",", "")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + instead
            break
    if len(word) > 3 and word[-1] == word[-2]:
        word = word[:-1]
    return word[:_LONGEST_STEM]


def align(parsed: ParsedText, told: EvidenceWords, similarity: Sequence[float]) -> WordOverlap:
    """Overlap of a parsed sentence of the claim. `similarity` holds its cosine with each sentence of the evidence."""
    content = [token for token in parsed.tokens if _is_content(token)]
    missing = [token for token in content if not _forms(token) & told.words]
    near = covering(parsed.text, told, similarity)
    pairs = [any(pair <= row for row in told.stems) for pair in _pairs(parsed)]
    return WordOverlap(
        figures=any(stem(figure) not in told.words for figure in _figures(parsed.text)),
        denied=bool(_DENIAL.search(parsed.text)) and not any(_DENIAL.search(told.sentences[i]) for i in near),
        pairs=sum(pairs) / len(pairs) if pairs else 1.0,
        content=len(content),
        missing=len(missing) / max(1, len(content)),
        missing_names=sum(map(_is_name, missing)) / max(1, sum(map(_is_name, content))),
    )


def covering(text: str, told: EvidenceWords, similarity: Sequence[float], most: int = 3) -> list[int]:
    """Indices of the sentences that together have most of the words, in order. Prefers similar sentences among equals."""
    wanted, best = set(_spoken(text)), list[int]()
    while len(best) < min(most, len(told.sentences)):
        left = (i for i in range(len(told.sentences)) if i not in best)
        at = max(left, key=lambda i: len(wanted & told.stems[i]) + similarity[i])
        if best and not wanted & told.stems[at]:
            break
        best.append(at)
        wanted -= told.stems[at]
    return sorted(best)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _spoken(text: str) -> list[str]:
    return [stem(word) for word in _words(text) if word not in _EMPTY]


def _is_content(token: Token) -> bool:
    carries = token.pos in _CONTENT or token.text[0].isdigit()
    return carries and bool(_WORD.fullmatch(token.text)) and token.text.lower() not in _EMPTY


def _forms(token: Token) -> set[str]:
    return {stem(token.text.lower()), stem(token.lemma or token.text.lower())}


def _figures(text: str) -> list[str]:
    """Figures in digits and words. "One" is left out, since it is often no number."""
    return [*_FIGURE.findall(text), *(word for word in _words(text) if word in _SPELT and word != "one")]


def _is_name(token: Token) -> bool:
    """True for names, weekdays and months. A capital at the start of a sentence is not enough."""
    if _CALENDAR.fullmatch(token.text.lower()):
        return True
    return token.text[0].isupper() and (token.pos == "PROPN" or token.start > 0)


def _pairs(parsed: ParsedText) -> Iterator[frozenset[str]]:
    """Stems of each content word and its governor, skipping prepositions and auxiliaries."""
    for token in filter(_is_content, parsed.tokens):
        above = parsed.tokens[token.head]
        for _ in range(2):
            if not _is_content(above) and above.pos in _LINKS:
                above = parsed.tokens[above.head]
        if above.index != token.index and _is_content(above):
            yield frozenset((stem(above.text.lower()), stem(token.text.lower())))
