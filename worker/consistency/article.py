"""Step 6: the article against itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from factcheck.verdict import InternalConflict
from worker.consistency.crews import crew_conflicts
from worker.consistency.directions import direction_conflicts
from worker.consistency.group_counts import callback_conflicts
from worker.consistency.headline import headline_conflicts
from worker.consistency.headline_times import headline_time_conflicts
from worker.consistency.impossible_days import impossible_days
from worker.consistency.lists import list_conflicts
from worker.consistency.race_times import race_time_conflicts
from worker.consistency.ranks import rank_conflicts
from worker.consistency.sentence_values import SentenceValues, read_figures
from worker.consistency.spellings import spelling_conflicts
from worker.consistency.totals import leftover_conflicts
from worker.consistency.weekdays import wrong_weekdays
from worker.text.claim_in_context import ClaimInContext, Sentence


def check_consistency(sentences: Sequence[Sentence], statements: Sequence[ClaimInContext]) -> list[InternalConflict]:
    """Contradictions between two places of the article, in reading order; no two of them about the same words."""
    anchor = statements[0].anchor if statements else None
    return _distinct(_conflicts(read_figures(sentences, anchor), anchor))


def _conflicts(article: Sequence[SentenceValues], anchor: date | None) -> Iterator[InternalConflict]:
    yield from wrong_weekdays(article, anchor)
    for rule in _RULES:
        yield from rule(article)


_RULES: tuple[Callable[[Sequence[SentenceValues]], Iterator[InternalConflict]], ...] = (
    impossible_days,
    headline_conflicts,
    headline_time_conflicts,
    race_time_conflicts,
    rank_conflicts,
    leftover_conflicts,
    list_conflicts,
    callback_conflicts,
    crew_conflicts,
    direction_conflicts,
    spelling_conflicts,
)


def _distinct(found: Iterator[InternalConflict]) -> list[InternalConflict]:
    kept: list[InternalConflict] = []
    for conflict in found:
        if not any(conflict.a.span.overlaps(other.a.span) for other in kept):
            kept.append(conflict)
    return sorted(kept, key=lambda c: (c.a.span.field != "title", c.a.span.start))
