"""A passage's names or figures exchanged, in the passage, in the claim or in both: the label follows by parity.

"Alder beat Birch" beside "Birch beat Alder": words alone say nothing, only who did what, or which figure counts what. A claim
that the passage bears out is refuted where one side is exchanged, and borne out where both are or neither is. Of other claims
both or no sides are exchanged, so that their label stays.
"""

import random
import re
from dataclasses import dataclass

from training.encoder import CLASSES

_ENTAILED, _CONTRADICTED = CLASSES.index("entailment"), CLASSES.index("contradiction")
_WORD = re.compile(r"[A-Za-zÀ-ÿ'’-]+|\d+(?:[.,]\d+)*")
_SURNAME = re.compile(r"(?<=[A-Za-z.,;:] )(?:[A-Z][a-zà-ÿ]+|Dr|Mr|Ms|Mrs)\.? ([A-Z][a-zà-ÿ]{3,})\b(?! [A-Z])")
_FIGURE = re.compile(r"(?<![\w.,:$-])\d+(?:[.,]\d+)*(?![\w:-])(?!\.\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
)
_NO_SURNAMES = frozenset(
    """Bank Bay City College Company Corps Council County Court Group Guild Hall Holdings House Institute Island League
    Mining Motion North Orchestra Park Partners Prairie River Road Seven Six South Street Town Trust Union United
    University Valley Water West""".split()
)
_LOOSE = re.compile(
    r"\b(?:more|less|over|under|least|most|nearly|almost|about|around|some|fewer|between|up to|both|and|with|or|against|also)\b",
    re.I,
)
"""Words with which a claim may stay true when its figures or names change places."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two words of a passage, of which the claim has one or both."""

    one: str
    other: str

    def apply(self, text: str) -> str:
        """The text with each in the other's place."""
        swap = {self.one: self.other, self.other: self.one}
        return _WORD.sub(lambda found: swap.get(found.group(), found.group()), text)


def exchanges(passage: str, claim: str) -> list[Exchange]:
    """The exchanges that change what a claim says: two surnames, two years, or two other figures."""
    if _LOOSE.search(claim):
        return []
    years, figures = set[str](), set[str]()
    for figure in _FIGURE.findall(passage):
        (years if _YEAR.fullmatch(figure) else figures).add(figure)
    surnames = {name for name in _SURNAME.findall(passage) if not _CALENDAR.fullmatch(name)} - _NO_SURNAMES
    said = set(_WORD.findall(claim))
    return [
        Exchange(one, other)
        for group in (surnames, years, figures)
        for one in sorted(group & said)
        for other in sorted(group - {one})
    ]


def exchanged(passage: str, claim: str, label: int, chance: random.Random) -> tuple[str, str, int]:
    """Passage, claim and label after a drawn exchange; unchanged where there is none."""
    offered = exchanges(passage, claim)
    if not offered:
        return passage, claim, label
    chosen = chance.choice(offered)
    in_passage = chance.random() < 0.5
    in_claim = chance.random() < 0.5 if label == _ENTAILED else in_passage
    if in_passage != in_claim:
        label = _CONTRADICTED
    return (chosen.apply(passage) if in_passage else passage, chosen.apply(claim) if in_claim else claim, label)
