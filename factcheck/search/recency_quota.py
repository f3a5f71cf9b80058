"""Reserves results for recent documents: a document that supersedes others often matches worse than they do."""

from collections.abc import Sequence
from datetime import date

from factcheck.evidence import Candidate
from factcheck.ports import PassageQuery
from factcheck.publication_date import day_of

_DEPTH = 2
"""Multiple of `limit` that is ranked to find recent documents.

Source: bench/RESULTS.md, "Newest reports".
"""

_MATCHES = 0.3
"""Minimum score of a recent passage, as a share of the best score."""


def depth(query: PassageQuery) -> int:
    """Number of passages that an engine must rank for this query."""
    return query.limit * _DEPTH if query.newest > 0 else query.limit


def with_newest(ranked: Sequence[Candidate], query: PassageQuery) -> list[Candidate]:
    """Selects at most `limit` of `depth(query)` passages, best first.

    The last `newest` results are the latest days among the remaining passages with a sufficient score. Places left over
    are filled by score; so are undated passages.
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
