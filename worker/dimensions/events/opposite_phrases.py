"""Phrases that exclude each other: "never before" and "not the first time", "from A to B" and "from B to A"."""

import re
from collections.abc import Iterator

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.text.pipeline_types import ClaimInContext, RankedPassage

_FIRST = re.compile(r"\b(?:never before|for the first time|the first time|first ever|unprecedented)\b", re.I)
_NOT_FIRST = re.compile(r"\bnot the first time\b|\bnot for the first time\b|\bonce again\b|\byet again\b", re.I)

_PLACE = r"[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
_ROUTES = (
    re.compile(rf"\bfrom (?P<a>{_PLACE}) (?:to|for) (?P<b>{_PLACE})"),
    re.compile(rf"\b(?:to|for) (?P<b>{_PLACE}) from (?P<a>{_PLACE})"),
)

_SURE = 0.9


def find_first_time_conflicts(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """Conflicts of "never before" with "not the first time", in either direction."""
    text = ranked.passage.text
    denied_here, denied_there = _NOT_FIRST.search(statement.claim.text), _NOT_FIRST.search(text)
    claim = _FIRST.search(statement.sentence.text, statement.start, statement.end)
    if claim and denied_there and not denied_here:
        yield _first_time(claim, ranked, denied_there)
    claim, evidence = _NOT_FIRST.search(statement.sentence.text, statement.start, statement.end), _FIRST.search(text)
    if claim and evidence and not denied_there:
        yield _first_time(claim, ranked, evidence)


def _first_time(claim: re.Match[str], ranked: RankedPassage, evidence: re.Match[str]) -> Alignment:
    words = evidence.group()
    return conflict_between(
        ConflictKind.NEGATION, claim.span(), ranked, evidence.span(), _SURE, words, "event.first-time"
    )


def find_reversed_routes(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """Conflicts of "from A to B" with "from B to A"."""
    for mine in _ROUTES:
        for claim in mine.finditer(statement.sentence.text, statement.start, statement.end):
            for evidence in _routes(ranked.passage.text):
                if (claim["a"], claim["b"]) == (evidence["b"], evidence["a"]):
                    yield conflict_between(
                        ConflictKind.RELATION, claim.span(), ranked, evidence.span(), _SURE, None, "event.route"
                    )


def _routes(text: str) -> Iterator[re.Match[str]]:
    for pattern in _ROUTES:
        yield from pattern.finditer(text)
