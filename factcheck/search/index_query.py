"""One search: builds the query from terms, and reads the result."""

from collections.abc import Sequence
from datetime import date, timedelta

from tantivy import FieldType, Occur, Query, Searcher

from factcheck.evidence import Candidate
from factcheck.ports import PassageQuery
from factcheck.search.recency_quota import depth, with_newest
from factcheck.search.schema import HEAD, passage_from_bytes, schema, source_term
from factcheck.search.text_analysis import query_terms

RAREST = 10
"""Number of query terms to search for, the rarest. Against all 12 terms at 1 M passages: half the time, the same recall."""

_SMALL = 20_000
"""Passages. A smaller index is fast enough to search for all terms."""

Clause = tuple[Occur, Query]


def rank(searcher: Searcher, query: PassageQuery) -> list[Candidate]:
    """The best passages by BM25, best first; none where the query has no terms."""
    terms = _selective(searcher, query_terms(query.words))
    if not terms or query.limit < 1:
        return []
    hits = searcher.search(_built(terms, query), limit=depth(query), count=False).hits
    found = [Candidate(passage_from_bytes(searcher.doc(address)["record"][0]), score) for score, address in hits]
    return with_newest(found, query)


def count_documents(searcher: Searcher) -> int:
    """Number of documents with at least one passage in the index."""
    heads = searcher.search(Query.term_query(schema(), "kind", HEAD, "basic"), limit=1, count=True)
    return int(heads.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _selective(searcher: Searcher, terms: Sequence[str]) -> list[str]:
    """The terms that occur; in a large index, the rarest of them."""
    known = [(count, term) for term in terms if (count := searcher.doc_freq("text", term))]
    if searcher.num_docs > _SMALL:
        known = sorted(known)[:RAREST]
    return [term for _, term in known]


def _built(terms: Sequence[str], query: PassageQuery) -> Query:
    """The query. Without filters it is a flat disjunction, the only form for which tantivy skips blocks that cannot rank high."""
    wanted = Query.boolean_query([(Occur.Should, Query.term_query(schema(), "text", term, "freq")) for term in terms])
    filters = _filters(query)
    return Query.boolean_query([(Occur.Must, wanted), *filters]) if filters else wanted


def _filters(query: PassageQuery) -> list[Clause]:
    """Filter clauses. They add 0 to the score: constant-score queries of weight 0."""
    clauses: list[Clause] = []
    if query.sources_include:
        clauses.append((Occur.Must, _unscored(_of_sources(query.sources_include))))
    if query.sources_exclude:
        clauses.append((Occur.MustNot, _of_sources(query.sources_exclude)))
    if query.published_from or query.published_to:
        clauses.append((Occur.Must, _unscored(_within(query.published_from, query.published_to))))
    if query.not_after:
        clauses.append((Occur.MustNot, _within(_day_after(query.not_after), None)))
    return clauses


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day < date.max.isoformat() else day


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _of_sources(sources: tuple[str, ...]) -> Query:
    return Query.term_set_query(schema(), "source", [source_term(source) for source in sources])


def _within(first: str | None, last: str | None) -> Query:
    """Passages published between two ISO days, inclusive. Excludes passages of undated documents."""
    low = date.fromisoformat(first).toordinal() if first else 0
    high = date.fromisoformat(last).toordinal() if last else date.max.toordinal()
    return Query.range_query(schema(), "day", FieldType.Integer, low, high)
