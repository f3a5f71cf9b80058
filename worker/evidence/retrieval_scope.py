"""Which passages of the corpus may be evidence."""

from dataclasses import dataclass

from factcheck.check import CheckOptions
from factcheck.evidence import Candidate, Passage
from factcheck.ports import PassageQuery, PassageSearch
from factcheck.publication_date import day_of, is_after

# One candidate in this many comes from the newest reports, which may supersede the others (bench/RESULTS.md).
_NEWEST = 6


@dataclass(frozen=True, slots=True)
class RetrievalScope:
    """Which documents may be evidence. `event`: passages of the reports on the article's own events."""

    corpus: PassageSearch
    options: CheckOptions
    as_of: str | None
    candidates: int
    event: tuple[Passage, ...] = ()


def search_passages(words: str, scope: RetrievalScope, limit: int) -> list[Candidate]:
    """At most `limit` passages within the scope, best first."""
    query = PassageQuery(
        words=words,
        limit=limit,
        sources_include=scope.options.sources_include,
        sources_exclude=scope.options.sources_exclude,
        not_after=scope.as_of and str(day_of(scope.as_of)),
        newest=limit // _NEWEST,
    )
    found = scope.corpus.search(query)
    return [c for c in found if not is_after(c.passage.document.published_at, scope.as_of)]
