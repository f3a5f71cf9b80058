"""A claim's sentence word by word against given evidence: what the evidence has too, what it has together, what it lacks.

Words count as the same by their stem, so the evidence needs no syntax; the claim's does: two words that belong together in
the claim (a verb and its subject, a noun and its adjective) should meet in one sentence of the evidence, too (the idea of
dependency arc entailment, Goyal and Durrett 2020).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from worker.syntax import Parsed, Token
from worker.values.numbers import SMALL, TENS

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
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
_ENDINGS = (("ies", "y"), ("ied", "y"), ("ings", ""), ("ing", ""), ("edly", ""), ("ed", ""), ("ly", ""), ("es", ""))
_ENDINGS = (*_ENDINGS, ("s", ""), ("e", ""))
_LONGEST_STEM = 7


@dataclass(frozen=True, slots=True)
class Told:
    """Evidence: its sentences and their stems; `runs` are stems of content words that follow each other."""

    sentences: tuple[str, ...]
    stems: tuple[frozenset[str], ...]
    words: frozenset[str]
    runs: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """What one sentence of a claim has in the evidence. The last three are shares, 0 to 1; the rest are counts.

    `figures`, `dates`, `names`, `things` and `others` are words that the evidence lacks; `denied` is 1 where the claim
    denies something and the sentences that share its words do not. `pairs` meet in one sentence of the evidence, `runs`
    follow each other there, `near` stand in the sentences that share most words.
    """

    figures: int
    dates: int
    names: int
    things: int
    others: int
    denied: int
    pairs: float
    runs: float
    near: float


def read_evidence(sentences: Sequence[str]) -> Told:
    """The evidence as stems."""
    words = [[stem(word) for word in _words(text)] for text in sentences]
    spoken = [_spoken(text) for text in sentences]
    return Told(
        sentences=tuple(sentences),
        stems=tuple(frozenset(row) for row in words),
        words=frozenset(s for row in words for s in row),
        runs=frozenset(pair for row in spoken for pair in pairwise(row)),
    )


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


def align(parsed: Parsed, told: Told, likeness: Sequence[float]) -> Alignment:
    """A parsed sentence of the claim against the evidence; `likeness` is its cosine with each sentence there."""
    tokens = [t for t in parsed.tokens if _is_content(t)]
    stems = [stem(t.text.lower()) for t in tokens]
    best = covering(parsed.text, told, likeness)
    near = frozenset[str]().union(*(told.stems[i] for i in best))
    missing = [t for t, s in zip(tokens, stems, strict=True) if not _is_told(t, s, told.words, near)]
    kinds = [_kind(t) for t in missing]
    denied = _DENIAL.search(parsed.text) and not any(_DENIAL.search(told.sentences[i]) for i in best)
    pairs = list(_pairs(parsed))
    runs = list(pairwise(_spoken(parsed.text)))
    return Alignment(
        **{kind: kinds.count(kind) for kind in ("figures", "dates", "names", "things", "others")},
        denied=int(bool(denied)),
        pairs=_share([any(a in row and b in row for row in told.stems) for a, b in pairs]),
        runs=_share([run in told.runs for run in runs]),
        near=_share([s in near for s in stems]),
    )


def covering(text: str, told: Told, likeness: Sequence[float], most: int = 3) -> list[int]:
    """The sentences that together have most of the words, in the order of the evidence; the likelier first among equals."""
    wanted, best = set(_spoken(text)), list[int]()
    while len(best) < min(most, len(told.sentences)):
        left = (i for i in range(len(told.sentences)) if i not in best)
        at = max(left, key=lambda i: len(wanted & told.stems[i]) + likeness[i])
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


def _is_told(token: Token, form: str, words: frozenset[str], near: frozenset[str]) -> bool:
    return form in words or stem(token.lemma or token.text.lower()) in words


def _kind(token: Token) -> str:
    """What a missing word is: "figures", "dates", "names", "things" (nouns) or "others"."""
    word = token.text.lower()
    if word in _SPELT or word[0].isdigit():
        return "figures"
    if _CALENDAR.fullmatch(word):
        return "dates"
    if token.text[0].isupper() and (token.pos == "PROPN" or token.start > 0):
        return "names"
    return "things" if token.pos in {"NOUN", "PROPN"} else "others"


def _pairs(parsed: Parsed) -> Iterator[tuple[str, str]]:
    """Stems of content words and of what governs them, over a preposition or an auxiliary."""
    for token in filter(_is_content, parsed.tokens):
        above = parsed.tokens[token.head]
        for _ in range(2):
            if not _is_content(above) and above.pos in _LINKS:
                above = parsed.tokens[above.head]
        if above.index != token.index and _is_content(above):
            yield stem(above.text.lower()), stem(token.text.lower())


def _share(held: Sequence[bool]) -> float:
    """1.0 of nothing: what was not asked is not missed."""
    return sum(held) / len(held) if held else 1.0
