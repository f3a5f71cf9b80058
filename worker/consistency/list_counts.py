"""A number and the list that it announces; shares that add up to more than the whole."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import fsum

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.quantities.counted_nouns import singular
from worker.dimensions.quantities.quantity import Bound, Quantity, QuantityKind
from worker.dimensions.quantities.render import render_like

# Nouns that a complete list of names can follow: "two sons, Tom and Jim".
_BEARERS = frozenset(
    """brother sister son daughter child twin suspect author winner finalist candidate founder partner victim defendant
    man woman boy girl friend city town country island village company bank state sibling cousin minister lawmaker
    senator judge witness rider runner driver climber""".split()
)
_PERSONS = frozenset(
    """person man woman child boy girl adult teenager pupil student teacher soldier civilian passenger worker officer
    policeman tourist brother sister crew""".split()
)
_OPENS = r"(?:,| –| —| -|:| \()\s?"
_CLOSES = r"(?=\s?(?:[,.;:)–—]|$| - ))"
_NAME = r"[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){0,2}"
_NAMES = re.compile(rf"\s+([a-z]+){_OPENS}({_NAME}(?:, {_NAME})*,? and {_NAME}){_CLOSES}")
_COUNTED = r"(?:\w+|\d+)(?: [a-z]+){1,2}"
_PARTS = re.compile(rf"\s+[a-z]+{_OPENS}{_COUNTED}(?:, {_COUNTED})*,? and {_COUNTED}{_CLOSES}")
# "a crew of 22, 14 Norwegians and six Danes"
_PEOPLE_OF = re.compile(
    r"\b(?:crew|team|party|group|squad|staff|jury|panel|delegation|family|class|band|platoon) of\s$", re.I
)
_MEMBERS = r"(?:\w+|\d+)(?: [A-Za-z]+){1,2}"
_PARTS_OF = re.compile(rf"{_OPENS}{_MEMBERS}(?:, {_MEMBERS})*,? and {_MEMBERS}{_CLOSES}")
_OF_THEM = re.compile(r"\b(?:of|among|unlike|like)\s(?:\w+\s)?$")
_FOR = re.compile(r"\b(?:in favou?r|for|yes|approv\w*|support\w*|back\w*)\b", re.I)
_AGAINST = re.compile(r"\b(?:against|no|oppos\w*|reject\w*)\b", re.I)
_ROUNDING = 2.0


def list_count_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """Groups against the members listed, totals against their parts in the same sentence, shares above 100 percent."""
    for values in article:
        for group in values.quantities:
            if group.kind is QuantityKind.NUMBER and group.bound is Bound.EXACT and 2 <= group.value <= 99:
                yield from _named(values, group)
                yield from _broken_down(values, group)
        yield from _shares(values)


def _named(values: SentenceValues, group: Quantity) -> Iterator[InternalConflict]:
    """A group with another number of names: "three brothers, Tom and Jim"."""
    found = _NAMES.match(values.sentence.text, group.end)
    if found is None or singular(found[1]) not in _BEARERS or _is_chosen(values, group):
        return
    names = re.split(r",? and |, ", found[2])
    if len(names) == group.value:
        return
    a = values.place_of(group)
    b = ArticleSpan(values.sentence, found.start(2), found.end(2), str(len(names)))
    message = f"“{a.text} {found[1]}” are announced, and {len(names)} named."
    yield conflict(ConflictKind.NUMBER, a, b, message, [(a, _number_like(group, len(names)))])


def _is_chosen(values: SentenceValues, group: Quantity) -> bool:
    """The names are only some of the group: "of the three brothers, Tom and Jim stayed"."""
    before, after = values.sentence.text[: group.start].lower(), values.sentence.text[group.end :].lower()
    return _OF_THEM.search(before) is not None or "among them" in after


def _broken_down(values: SentenceValues, group: Quantity) -> Iterator[InternalConflict]:
    """A total that its parts do not add up to: "five people, two men and two women", "a crew of five, three Danes and a Swede"."""
    collective = _PEOPLE_OF.search(values.sentence.text[: group.start]) is not None
    found = (_PARTS_OF if collective else _PARTS).match(values.sentence.text, group.end)
    if found is None or not (collective or group.noun in _PERSONS):
        return
    parts = [q for q in values.quantities if found.start() <= q.start < found.end()]
    wanted = len(re.findall(r", | and ", found.group())) + (1 if "," not in found.group()[:40].split(" and ")[0] else 0)
    if not 2 <= len(parts) <= 4 or len(parts) < wanted or not all(_is_part(q, group, values) for q in parts):
        return
    total = fsum(q.value for q in parts)
    if total != group.value:
        a = values.place_of(group)
        b = ArticleSpan(values.sentence, parts[0].start, parts[-1].end, f"{total:g}")
        message = f"“{b.text}” are {total:g}, not {group.value:g}."
        yield conflict(ConflictKind.NUMBER, a, b, message, [(a, _number_like(group, total))])


def _is_part(part: Quantity, group: Quantity, values: SentenceValues) -> bool:
    """True for a number of persons or of members of a nation ("14 Norwegians")."""
    named = re.match(r" [A-Z][a-z]+s\b", values.sentence.text[part.end :]) is not None
    exact = part.kind is QuantityKind.NUMBER and part.bound is Bound.EXACT
    return exact and (named or part.noun in _PERSONS - {group.noun})


def _number_like(group: Quantity, value: float) -> str:
    return render_like(group, _with_value(group, value))


def _with_value(group: Quantity, value: float) -> Quantity:
    return replace(group, value=value, low=value, high=value)


def _shares(values: SentenceValues) -> Iterator[InternalConflict]:
    """Shares for and against that exceed 100 percent: "60 percent voted for it and 45 percent against"."""
    shares = [q for q in values.quantities if q.kind is QuantityKind.PERCENT and q.bound is Bound.EXACT]
    if len(shares) != 2 or fsum(q.value for q in shares) <= 100 + _ROUNDING:
        return
    first, second = shares
    between, after = (
        values.sentence.text[first.end : second.start],
        values.sentence.text[second.end : second.end + 40],
    )
    crossed = (_FOR.search(between) and _AGAINST.search(after)) or (_AGAINST.search(between) and _FOR.search(after))
    if crossed and len(between.split()) <= 8:
        total = fsum(q.value for q in shares)
        message = f"“{first.text}” and “{second.text}” make {total:g} percent."
        yield conflict(ConflictKind.PERCENT, values.place_of(first), values.place_of(second), message)
