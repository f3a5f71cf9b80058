"""Places for the newest: a report that supersedes is often worded worse than the many that it supersedes."""

from collections.abc import Sequence
from datetime import date

from factcheck.evidence import Candidate
from factcheck.ports import PassageQuery
from factcheck.publication_date import day_of

_DEPTH = 2
"""So many times `limit` are ranked to find the newest among them: measured in bench/RESULTS.md, "Newest reports"."""

_MATCHES = 0.3
"""Of the best score, what a passage must have to match at all."""


def depth(query: PassageQuery) -> int:
    """How many passages an engine must rank for this query."""
    return query.limit * _DEPTH if query.newest > 0 else query.limit


def with_newest(ranked: Sequence[Candidate], query: PassageQuery) -> list[Candidate]:
    """Of `depth(query)` passages, best first, those to answer, best first: `limit` at most.

    The last `newest` places go to the latest days among what would else be left out, where it matches. Undated passages
    and places that remain are taken by score.
    """
    if query.newest <= 0 or len(ranked) <= query.limit:
        return list(ranked[: query.limit])
    kept = max(query.limit - query.newest, 0)
    floor = _MATCHES * ranked[0].score
    rest = [(-day.toordinal(), n) for n, c in enumerate(ranked) if n >= kept and c.score >= floor and (day := _day(c))]
    chosen = {n for _, n in sorted(rest)[: query.limit - kept]}
    chosen.update([n for n in range(kept, len(ranked)) if n not in chosen][: query.limit - kept - len(chosen)])
    return [*ranked[:kept], *(ranked[n] for n in sorted(chosen))]


def _day(candidate: Candidate) -> date | None:
    return day_of(candidate.passage.document.published_at)
