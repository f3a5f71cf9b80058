"""Sentences copied from a report with one figure or weekday changed, found by word order instead of slots."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from math import isclose

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.quantity import Bound, Quantity
from worker.dimensions.quantities.relations import conflict_kind
from worker.dimensions.slot_context import claim_tokens
from worker.dimensions.times.vocabulary import WEEKDAYS
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import Token

RULE = "copy.altered"
# Least number and share of the claim's words that the passage has in the same order.
_LEAST_WORDS = 5
_SHARE = 0.8
# Number of equal words required on each side of the altered one, unless the claim begins or ends there.
_BESIDE = 2
# A figure that is hedged in claim or passage and differs by less than this share is rounded.
_ROUNDED = 0.1
_SILENT = frozenset({"PUNCT", "DET", "SPACE"})
_UNITS = frozenset({"day", "week", "month", "year", "hour", "minute", "second", "decade"})


def compare_copied_sentences(statement: ClaimInContext, ranked_passages: Sequence[RankedPassage]) -> list[Alignment]:
    """Conflicts of rule `copy.altered`, at most one per passage."""
    return [found for ranked in ranked_passages for found in _altered(statement, ranked)]


def _altered(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    mine = [t for t in claim_tokens(statement) if t.pos not in _SILENT and statement.owns(t.start, t.end)]
    theirs = [t for t in ranked.parsed.tokens if t.pos not in _SILENT]
    words = [[t.text.casefold() for t in side] for side in (mine, theirs)]
    blocks = SequenceMatcher(None, words[0], words[1], autojunk=False)
    kept = {i for run in blocks.get_matching_blocks() for i in range(run.a, run.a + run.size)}
    if len(kept) < max(_LEAST_WORDS, _SHARE * (len(mine) - 1)):
        return
    changed = [
        (mine[i], theirs[j])
        for kind, i, end, j, other in blocks.get_opcodes()
        if kind == "replace" and end - i == other - j == 1 and _is_framed(i, len(mine), kept)
    ]
    rivals = [pair for pair in changed if _differ(*pair, statement.sentence.text, ranked.passage.text)]
    if len(rivals) == 1 and rivals[0][0].text.casefold() not in words[1]:
        yield _conflict(statement, ranked, *rivals[0])


def _is_framed(at: int, size: int, kept: set[int]) -> bool:
    """True if the words on both sides are the same in the passage."""
    before, after = range(max(0, at - _BESIDE), at), range(at + 1, min(size, at + 1 + _BESIDE))
    return kept.issuperset(before) and kept.issuperset(after)


def _differ(mine: Token, theirs: Token, text: str, other: str) -> bool:
    days = [t.text.casefold() in WEEKDAYS for t in (mine, theirs)]
    if any(days):
        return all(days)
    figures = [t.pos == "NUM" or t.text[:1].isdigit() for t in (mine, theirs)]
    if not all(figures):
        return False
    a, b = _quantity(mine, text), _quantity(theirs, other)
    if a is None or b is None:
        return mine.text.isdigit() and theirs.text.isdigit()
    hedged = any(q.bound in (Bound.APPROX, Bound.VAGUE) for q in (a, b))
    return not isclose(a.value, b.value, rel_tol=_ROUNDED if hedged else 1e-9)


def _quantity(token: Token, text: str) -> Quantity | None:
    found = find_quantities(text)
    return next((q for q in found if q.number_span[0] <= token.start and token.end <= q.number_span[1]), None)


def _conflict(statement: ClaimInContext, ranked: RankedPassage, mine: Token, theirs: Token) -> Alignment:
    claim, evidence = (mine.start, mine.end), (theirs.start, theirs.end)
    return conflict_between(_kind(statement, mine), claim, ranked, evidence, 1.0, theirs.text, RULE)


def _kind(statement: ClaimInContext, token: Token) -> ConflictKind:
    if token.text.casefold() in WEEKDAYS:
        return ConflictKind.WEEKDAY
    after = next((t for t in statement.sentence.parsed.tokens if t.start >= token.end), None)
    if after is not None and after.lemma in _UNITS:
        return ConflictKind.DURATION
    quantity = _quantity(token, statement.sentence.text)
    return ConflictKind(conflict_kind(quantity, quantity)) if quantity else ConflictKind.NUMBER
