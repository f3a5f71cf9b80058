"""A crew or jury with two sizes: "a crew of four", and later "the five sailors"."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import conflict
from worker.consistency.headline_quantities import conflict_message
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.quantities.quantity import Bound, Quantity, QuantityKind
from worker.dimensions.quantities.render import render_like

# A group → (pattern before its number, pattern after the number of its members).
_BODIES = {
    "crew": (
        re.compile(r"\bcrew of\s+(?:just |only )?$", re.I),
        re.compile(r"^\s+(?:crew ?m[ae]n|crew ?members?|members of (?:the|her|its) crew|sailors|seam[ae]n)\b"),
    ),
    "jury": (re.compile(r"\bjury of\s+$", re.I), re.compile(r"^\s+jurors\b")),
}
_THE = re.compile(r"\b(?:all|the|her|its|all the)\s+$", re.I)
_Count = tuple[SentenceValues, Quantity]


def crew_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """Conflicts between the size of a crew and the number of its members.

    None if the article counts two crews, or uses one of the numbers for both crew and members.
    """
    for body in _BODIES:
        wholes = [(f, q) for f in article for q in f.quantities if _is_whole(f, q, body)]
        members = [(f, q) for f in article for q in f.quantities if _is_members(f, q, body)]
        said = {q.value for _, q in (*wholes, *members)}
        if len(wholes) == 1 and len(members) == 1 and len(said) == 2:
            first, second = sorted((*wholes, *members), key=lambda count: (count[0].place, count[1].start))
            yield _conflict(first, second)


def _is_whole(values: SentenceValues, quantity: Quantity, body: str) -> bool:
    return _is_count(quantity) and _BODIES[body][0].search(values.sentence.text[: quantity.start]) is not None


def _is_members(values: SentenceValues, quantity: Quantity, body: str) -> bool:
    text = values.sentence.text
    taken_up = _THE.search(text[: quantity.start]) and _BODIES[body][1].match(text[quantity.end :])
    return _is_count(quantity) and taken_up is not None


def _is_count(quantity: Quantity) -> bool:
    return quantity.kind is QuantityKind.NUMBER and quantity.bound is Bound.EXACT


def _conflict(first: _Count, second: _Count) -> InternalConflict:
    (values, known), (later, again) = first, second
    a, b = values.place_of(known), later.place_of(again)
    repairs = [(a, render_like(known, again)), (b, render_like(again, known))]
    return conflict(ConflictKind.NUMBER, a, b, conflict_message(a, b), repairs)
