"""Step 6: contradictions within the article."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from factcheck.verdict import InternalConflict
from worker.consistency.crew_sizes import crew_conflicts
from worker.consistency.headline_quantities import headline_quantity_conflicts
from worker.consistency.headline_race_times import race_time_conflicts
from worker.consistency.headline_times import headline_time_conflicts
from worker.consistency.impossible_dates import impossible_dates
from worker.consistency.list_counts import list_count_conflicts
from worker.consistency.missing_item_counts import missing_item_conflicts
from worker.consistency.name_spellings import name_spelling_conflicts
from worker.consistency.opposite_changes import opposite_change_conflicts
from worker.consistency.ordinals import ordinal_conflicts
from worker.consistency.repeated_group_counts import group_count_conflicts
from worker.consistency.sentence_values import SentenceValues, read_sentence_values
from worker.consistency.weekdays import wrong_weekdays
from worker.text.pipeline_types import ClaimInContext, Sentence


def find_internal_conflicts(
    sentences: Sequence[Sentence], statements: Sequence[ClaimInContext]
) -> list[InternalConflict]:
    """Contradictions between two spans of the article, in reading order. No two are about the same words."""
    anchor = statements[0].anchor if statements else None
    return _distinct(_conflicts(read_sentence_values(sentences, anchor), anchor))


def _conflicts(article: Sequence[SentenceValues], anchor: date | None) -> Iterator[InternalConflict]:
    yield from wrong_weekdays(article, anchor)
    for rule in _RULES:
        yield from rule(article)


_RULES: tuple[Callable[[Sequence[SentenceValues]], Iterator[InternalConflict]], ...] = (
    impossible_dates,
    headline_quantity_conflicts,
    headline_time_conflicts,
    race_time_conflicts,
    ordinal_conflicts,
    missing_item_conflicts,
    list_count_conflicts,
    group_count_conflicts,
    crew_conflicts,
    opposite_change_conflicts,
    name_spelling_conflicts,
)


def _distinct(found: Iterator[InternalConflict]) -> list[InternalConflict]:
    kept: list[InternalConflict] = []
    for conflict in found:
        if not any(conflict.a.span.overlaps(other.a.span) for other in kept):
            kept.append(conflict)
    return sorted(kept, key=lambda c: (c.a.span.field != "title", c.a.span.start))
