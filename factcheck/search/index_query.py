"""One question to an index: the query built from terms, and the answer read back."""

from collections.abc import Sequence
from datetime import date, timedelta

from tantivy import FieldType, Occur, Query, Searcher

from factcheck.evidence import Candidate
from factcheck.ports import PassageQuery
from factcheck.search.recency import depth, with_newest
from factcheck.search.schema import HEAD, passage_from_bytes, schema, source_term
from factcheck.search.text_analysis import query_terms

RAREST = 10
"""So many of a query's terms are looked for, the rarest: half the time of all 12 at 1 M passages, and the same recall."""

_SMALL = 20_000
"""Passages; below, all terms take no time, and are all looked for."""

Clause = tuple[Occur, Query]


def rank(searcher: Searcher, query: PassageQuery) -> list[Candidate]:
    """The best passages by BM25, best first; none where the query has no words."""
    terms = _telling(searcher, query_terms(query.words))
    if not terms or query.limit < 1:
        return []
    hits = searcher.search(_built(terms, query), limit=depth(query), count=False).hits
    found = [Candidate(passage_from_bytes(searcher.doc(address)["record"][0]), score) for score, address in hits]
    return with_newest(found, query)


def count_documents(searcher: Searcher) -> int:
    """How many documents have at least one passage in the index."""
    heads = searcher.search(Query.term_query(schema(), "kind", HEAD, "basic"), limit=1, count=True)
    return int(heads.count)  # type: ignore[attr-defined]  # missing in tantivy's stub


def _telling(searcher: Searcher, terms: Sequence[str]) -> list[str]:
    """Those that occur, where the index is large the rarest of them."""
    known = [(count, term) for term in terms if (count := searcher.doc_freq("text", term))]
    if searcher.num_docs > _SMALL:
        known = sorted(known)[:RAREST]
    return [term for _, term in known]


def _built(terms: Sequence[str], query: PassageQuery) -> Query:
    """Without filters a flat disjunction: only for that can tantivy leave out blocks that cannot come to the top."""
    wanted = Query.boolean_query([(Occur.Should, Query.term_query(schema(), "text", term, "freq")) for term in terms])
    filters = _filters(query)
    return Query.boolean_query([(Occur.Must, wanted), *filters]) if filters else wanted


def _filters(query: PassageQuery) -> list[Clause]:
    """Filters score nothing: they are constant queries of weight 0."""
    clauses: list[Clause] = []
    if query.sources_include:
        clauses.append((Occur.Must, _silent(_of_sources(query.sources_include))))
    if query.sources_exclude:
        clauses.append((Occur.MustNot, _of_sources(query.sources_exclude)))
    if query.published_from or query.published_to:
        clauses.append((Occur.Must, _silent(_within(query.published_from, query.published_to))))
    if query.not_after:
        clauses.append((Occur.MustNot, _within(_day_after(query.not_after), None)))
    return clauses


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat() if day < date.max.isoformat() else day


def _silent(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _of_sources(sources: tuple[str, ...]) -> Query:
    return Query.term_set_query(schema(), "source", [source_term(source) for source in sources])


def _within(first: str | None, last: str | None) -> Query:
    """Passages of documents without a date are never within."""
    low = date.fromisoformat(first).toordinal() if first else 0
    high = date.fromisoformat(last).toordinal() if last else date.max.toordinal()
    return Query.range_query(schema(), "day", FieldType.Integer, low, high)
