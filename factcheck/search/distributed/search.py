"""Search of the stored corpus on the distributed engine."""

from datetime import date
from time import monotonic, sleep

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import IndexUnavailable
from factcheck.evidence import Candidate
from factcheck.ports import PassageQuery
from factcheck.search.bm25 import Bm25Weights, bm25
from factcheck.search.distributed.engine_ports import (
    EngineHit,
    EngineQuery,
    EngineReader,
    EngineState,
    days_between,
    record_bytes,
    source_number,
)
from factcheck.search.recency_quota import depth, with_newest
from factcheck.search.schema import passage_from_bytes
from factcheck.search.text_analysis import query_terms

_POLL_S = 0.01
_FETCHED = 50
"""Minimum number of passages to fetch. They are ranked again as by the embedded index, so that both return the same top."""


class DistributedSearch:
    """An `IndexedSearch` over the engine. Sees all committed changes, and possibly some newer ones, each one completely.

    Raises: `IndexUnavailable` until the indexer has built the index, and where the engine does not answer.
    """

    def __init__(self, engine: EngineReader) -> None:
        self._engine = engine
        self._weights = Bm25Weights(engine)
        self._vouched: CorpusVersion | None = None

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first."""
        state = self._vouched_state()
        weights = self._weights.weights(state.generation, query_terms(query.words))
        if not weights or query.limit < 1:
            return []
        hits = self._engine.find(state, _engine_query(query, tuple(weights)))
        scored = sorted(((bm25(hit.words, weights), number) for number, hit in enumerate(hits)), key=_best_first)
        return with_newest([_candidate(hits[number], score) for score, number in scored[: depth(query)]], query)

    def revision(self) -> str:
        """The position as text."""
        return str(self.position())

    def documents(self) -> int:
        """Number of documents with at least one passage in the index."""
        return self._engine.count(self._state().generation)

    def position(self) -> CorpusVersion:
        """The corpus version that the index has reached."""
        return self._state().position

    def wait_for(self, position: CorpusVersion, timeout_s: float) -> bool:
        """True as soon as the index has reached `position`, False after `timeout_s`."""
        deadline = monotonic() + timeout_s
        while not self._has_reached(position):
            if monotonic() >= deadline:
                return False
            sleep(_POLL_S)
        self._vouched = position
        return True

    def _has_reached(self, position: CorpusVersion) -> bool:
        try:
            return self.position().reached(position)
        except IndexUnavailable:
            return False

    def _vouched_state(self) -> EngineState:
        """A state that is not older than what `wait_for` told: a replica that takes over may lack the newest writes."""
        state, vouched = self._state(), self._vouched
        if vouched is not None and vouched.epoch == state.position.epoch and not state.position.reached(vouched):
            raise IndexUnavailable("the search index fell back to an earlier state; its indexer is catching up")
        return state

    def _state(self) -> EngineState:
        state = self._engine.state()
        if state is None:
            raise IndexUnavailable("the search index is not built yet; is the indexer running?")
        return state


def _best_first(scored: tuple[float, int]) -> tuple[float, int]:
    return -scored[0], scored[1]


def _candidate(hit: EngineHit, score: float) -> Candidate:
    return Candidate(passage_from_bytes(record_bytes(hit.record)), score)


def _engine_query(query: PassageQuery, words: tuple[str, ...]) -> EngineQuery:
    return EngineQuery(
        words=words,
        sources_include=tuple(source_number(source) for source in query.sources_include),
        sources_exclude=tuple(source_number(source) for source in query.sources_exclude),
        days=days_between(query.published_from, query.published_to),
        latest_day=date.fromisoformat(query.not_after).toordinal() if query.not_after else None,
        limit=max(depth(query), _FETCHED),
    )
