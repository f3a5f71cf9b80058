"""Step 6: the article against itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from factcheck.verdict import InternalConflict
from worker.inside.callbacks import callback_conflicts
from worker.inside.figures import Figures, read_figures
from worker.inside.headline import headline_conflicts
from worker.inside.headline_times import headline_time_conflicts
from worker.inside.leftovers import leftover_conflicts
from worker.inside.lists import list_conflicts
from worker.inside.ranks import rank_conflicts
from worker.inside.results import race_time_conflicts
from worker.inside.spellings import spelling_conflicts
from worker.inside.weekdays import wrong_weekdays
from worker.statement import Line, Statement


def compare_inside(lines: Sequence[Line], statements: Sequence[Statement]) -> list[InternalConflict]:
    """Contradictions between two places of the article, in reading order; no two of them about the same words."""
    anchor = statements[0].anchor if statements else None
    return _distinct(_conflicts(read_figures(lines, anchor), anchor))


def _conflicts(article: Sequence[Figures], anchor: date | None) -> Iterator[InternalConflict]:
    yield from wrong_weekdays(article, anchor)
    for rule in _RULES:
        yield from rule(article)


_RULES: tuple[Callable[[Sequence[Figures]], Iterator[InternalConflict]], ...] = (
    headline_conflicts,
    headline_time_conflicts,
    race_time_conflicts,
    rank_conflicts,
    leftover_conflicts,
    list_conflicts,
    callback_conflicts,
    spelling_conflicts,
)


def _distinct(found: Iterator[InternalConflict]) -> list[InternalConflict]:
    kept: list[InternalConflict] = []
    for conflict in found:
        if not any(conflict.a.span.overlaps(other.a.span) for other in kept):
            kept.append(conflict)
    return sorted(kept, key=lambda c: (c.a.span.field != "title", c.a.span.start))
