"""A claim's sentence word by word against given evidence: what the evidence has too, what it has together, what it lacks.

Words count as the same by their stem, so the evidence needs no syntax; the claim's does: two words that belong together in
the claim (a verb and its subject, a noun and its adjective) should meet in one sentence of the evidence, too (the idea of
dependency arc entailment, Goyal and Durrett 2020).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.dimensions.quantities.numbers import SMALL, TENS
from worker.text.syntax import Parsed, Token

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
# Figures that stand alone: those of "Q2", "4Q" and "COVID-19" belong to a name.
_FIGURE = re.compile(r"(?<![\w-])\d++(?:[.,]\d++)*+(?![A-Z])")
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
_LINKS = frozenset({"ADP", "AUX", "CCONJ", "SCONJ", "PART", "DET"})
# Words that say nothing alone; "unk" stands in cut texts for a word that was not known.
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
    """Evidence: its sentences, the stems of each, and of all."""

    sentences: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class WordOverlap:
    """What one sentence of a claim has in the evidence.

    `figures` and `names`: it has such that the evidence lacks. `denied`: it denies something, and the sentences that share
    its words deny nothing. `pairs`: the share of its pairs of words, 0 to 1, that meet in one sentence of the evidence.
    """

    figures: bool
    names: bool
    denied: bool
    pairs: float


def read_evidence(sentences: Sequence[str]) -> EvidenceWords:
    """The evidence as stems."""
    stems = tuple(frozenset(map(stem, _words(text))) for text in sentences)
    return EvidenceWords(tuple(sentences), stems, frozenset[str]().union(*stems))


def stem(word: str) -> str:
    """A lower-case word without its ending; a figure without commas, also where it is spelt.

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


def align(parsed: Parsed, told: EvidenceWords, similarity: Sequence[float]) -> WordOverlap:
    """A parsed sentence of the claim against the evidence; `similarity` is its cosine with each sentence there."""
    missing = [t for t in parsed.tokens if _is_content(t) and not _forms(t) & told.words]
    near = covering(parsed.text, told, similarity)
    pairs = [any(pair <= row for row in told.stems) for pair in _pairs(parsed)]
    return WordOverlap(
        figures=any(stem(figure) not in told.words for figure in _figures(parsed.text)),
        names=any(map(_is_name, missing)),
        denied=bool(_DENIAL.search(parsed.text)) and not any(_DENIAL.search(told.sentences[i]) for i in near),
        pairs=sum(pairs) / len(pairs) if pairs else 1.0,
    )


def covering(text: str, told: EvidenceWords, similarity: Sequence[float], most: int = 3) -> list[int]:
    """The sentences that together have most of the words, in the order of the evidence; the likelier first among equals."""
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
    """In figures and spelt; "one" is too often no number."""
    return [*_FIGURE.findall(text), *(word for word in _words(text) if word in _SPELT and word != "one")]


def _is_name(token: Token) -> bool:
    """A weekday and a month are names, too; a capital at the start of a sentence is not enough."""
    if _CALENDAR.fullmatch(token.text.lower()):
        return True
    return token.text[0].isupper() and (token.pos == "PROPN" or token.start > 0)


def _pairs(parsed: Parsed) -> Iterator[frozenset[str]]:
    """Stems of a content word and of what governs it, over a preposition or an auxiliary."""
    for token in filter(_is_content, parsed.tokens):
        above = parsed.tokens[token.head]
        for _ in range(2):
            if not _is_content(above) and above.pos in _LINKS:
                above = parsed.tokens[above.head]
        if above.index != token.index and _is_content(above):
            yield frozenset((stem(above.text.lower()), stem(token.text.lower())))
