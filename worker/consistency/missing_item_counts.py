"""Items taken, found and missing: parts that do not add up to their total."""

import re
from collections.abc import Iterator, Sequence
from itertools import combinations

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import conflict
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.quantities.quantity import Bound, Quantity, QuantityKind

_TAKEN = re.compile(
    r"\b(?:stole|stolen|steals?|took|taken|made off with|carried off|escaped with|fled with|lost|loses|robbed of)\s+"
    r"(?:\w+\s+){0,2}$",
    re.I,
)
_LEFT = re.compile(
    r"^(?:\s+[\w’'-]+){0,3}?\s+(?:(?:are|were|is|was|remain|remained|still|yet)\s+)+(?:missing|unaccounted for|lost|gone)\b",
    re.I,
)
# General nouns for things: "64 pieces" can be coins.
_PIECES = frozenset({"piece", "item", "object", "artefact", "artifact"})
# People can also be dead, hurt or at home: missing and found do not add up to all.
_PEOPLE = frozenset("person man woman child passenger migrant miner worker soldier sailor victim boy girl life".split())
_Count = tuple[SentenceValues, Quantity]


def missing_item_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """64 were taken and nine found, so 55 are missing, not 37."""
    counts = [(f, q) for f in article for q in f.quantities if _is_plain(q)]
    for total in counts:
        if _TAKEN.search(total[0].sentence.text[: total[1].start]):
            for left in counts:
                if left is not total and _is_left_of(left, total):
                    yield from _rest(total, left, [c for c in counts if c is not total and c is not left])


def _is_plain(quantity: Quantity) -> bool:
    exact = quantity.kind is QuantityKind.NUMBER and quantity.bound is Bound.EXACT
    return exact and quantity.noun != "" and quantity.noun not in _PEOPLE


def _is_left_of(left: _Count, total: _Count) -> bool:
    same = left[1].noun == total[1].noun or total[1].noun in _PIECES
    return same and _LEFT.match(left[0].sentence.text[left[1].end :]) is not None


def _rest(total: _Count, left: _Count, others: Sequence[_Count]) -> Iterator[InternalConflict]:
    """None if there are no other counts of these things, or some of them make up the difference."""
    nouns = {left[1].noun, total[1].noun}
    parts = [q.value for _, q in others if q.noun in nouns and q.value < total[1].value][:8]
    gap = total[1].value - left[1].value
    sums = {sum(some) for size in range(1, 5) for some in combinations(parts, size)}
    if parts and gap != 0 and gap not in sums:
        yield _conflict(total, left, parts)


def _conflict(total: _Count, left: _Count, parts: Sequence[float]) -> InternalConflict:
    a, b = total[0].place_of(total[1]), left[0].place_of(left[1])
    found = " and ".join(f"{part:g}" for part in parts)
    rest = total[1].value - sum(parts)
    message = f"{total[1].value:g} less {found} leaves {rest:g}, not {left[1].value:g}."
    return conflict(ConflictKind.NUMBER, a, b, message)
