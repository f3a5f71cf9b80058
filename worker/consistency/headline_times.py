"""Days and durations in the headline against those in the first sentences of the text."""

from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.headline_quantities import conflict_message
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.relation import Relation
from worker.dimensions.times.relations import conflict_kind, time_relation
from worker.dimensions.times.render import render_like
from worker.dimensions.times.value import TimeValue

_LEAD = 2


def headline_time_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """ "Jailed for nine years" above "sentenced to eight years". None if the headline's time occurs in the text."""
    body = [f for f in article if not f.in_title]
    said = [t for f in body for t in f.times]
    for title in (f for f in article if f.in_title):
        mine = _firm(title)
        if len(mine) == 1 and not any(_vouches(mine[0], other) for other in said):
            yield from _against(title, mine[0], body[:_LEAD])


def _firm(values: SentenceValues) -> list[TimeValue]:
    """Durations and days of a month. Excludes "next week", ages, and holidays, whose name may mean the eve."""
    plain = [t for t in values.times if not t.is_age and not t.fuzzy and t.modifier is None]
    return [t for t in plain if t.days or (t.day and any(c.isdigit() for c in t.text))]


def _vouches(mine: TimeValue, other: TimeValue) -> bool:
    return mine.timex == other.timex or time_relation(mine, other) is Relation.AGREE


def _against(title: SentenceValues, mine: TimeValue, lead: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    for values in lead:
        rivals = [t for t in _firm(values) if (t.days is None) == (mine.days is None)]
        if len(rivals) == 1 and _clash(title, mine, values, rivals[0]):
            a, b = _place(title, mine), _place(values, rivals[0])
            repairs = [(a, render_like(mine, rivals[0])), (b, render_like(rivals[0], mine))]
            kind = ConflictKind(conflict_kind(mine, rivals[0]))
            yield conflict(kind, a, b, conflict_message(a, b), repairs)
            return


def _clash(title: SentenceValues, mine: TimeValue, values: SentenceValues, theirs: TimeValue) -> bool:
    shared = title.meaning(mine.start, mine.end) & values.meaning(theirs.start, theirs.end)
    wished = values.is_wish(theirs.start, theirs.end)
    return len(shared) >= 2 and not wished and time_relation(mine, theirs) is Relation.CONFLICT


def _place(values: SentenceValues, value: TimeValue) -> ArticleSpan:
    return ArticleSpan(values.sentence, value.start, value.end, value.timex)
