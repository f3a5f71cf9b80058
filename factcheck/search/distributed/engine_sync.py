"""Keeps the distributed engine up to date with the corpus. One indexer feeds it for all hosts; the others stand by."""

import logging
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from uuid import uuid4

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ChangelogLost, IndexUnavailable, StoreUnavailable
from factcheck.ports import Changelog, CorpusChange
from factcheck.search.distributed.engine_ports import EngineReader, EngineState, EngineWriter, engine_write

_log = logging.getLogger(__name__)

READER = "distributed engine"
"""Name of the engine among the changelog's readers."""

BATCH = 200
_READ_S = 0.5
_PAUSE_S = 1.0
_PROGRESS_EVERY = 1_000

OnProgress = Callable[[int], None]


class LeadershipLost(Exception):
    """Another indexer became the leader, or the engine fell back to an earlier state: restarted, or a replica took over."""


class EngineSync:
    """One indexer of the engine. During a rebuild it calls `on_progress` with the number of documents indexed."""

    def __init__(
        self, reader: EngineReader, writer: EngineWriter, changelog: Changelog, on_progress: OnProgress
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._changelog = changelog
        self._on_progress = on_progress
        self._holder = uuid4().hex[:12]

    def run(self, stop: Event) -> None:
        """Runs until `stop` is set. Waits while another indexer leads, and while engine or record are unreachable."""
        while not stop.is_set():
            try:
                while not stop.is_set() and self._writer.leads(self._holder):
                    self._follow(stop)
                if stop.is_set():
                    self._writer.resign(self._holder)
            except LeadershipLost:
                _log.info("another indexer leads, or the engine was restarted; retrying")
            except (StoreUnavailable, IndexUnavailable) as error:
                _log.error("indexing interrupted: %s", error)
            stop.wait(_PAUSE_S)

    def _follow(self, stop: Event) -> None:
        """Applies changes until `stop` is set, or until the index was rebuilt."""
        state = self._reader.state()
        try:
            while state is not None and not stop.is_set():
                self._require_lead()
                changes = self._changelog.read(state.position, BATCH, _READ_S)
                if changes:
                    state = self._apply(state, changes)
                elif self._reader.state() != state:
                    raise LeadershipLost
        except ChangelogLost as lost:
            _log.warning("rebuilding the index: %s", lost)
            state = None
        if state is None:
            self._rebuild(stop)

    def _apply(self, former: EngineState, changes: Sequence[CorpusChange]) -> EngineState:
        """Writes the documents before the position. After a crash in between, the same documents are written again."""
        latest = {change.document_id: change for change in changes}
        writes = [engine_write(c.document_id, c.document, c.position) for c in latest.values()]
        self._writer.write(former.generation, writes)
        state = EngineState(former.generation, changes[-1].position)
        if not self._writer.commit(state, former):
            raise LeadershipLost
        self._changelog.commit(READER, state.position)
        return state

    def _rebuild(self, stop: Event) -> None:
        """Fills a new generation from the record. Reads the position first, so that later changes are applied afterwards."""
        position = self._changelog.position()
        self._changelog.commit(READER, position)
        generation = self._writer.begin()
        for done in self._copied(generation, position):
            if stop.is_set():
                return
            if done % _PROGRESS_EVERY == 0:
                self._on_progress(done)
        if not self._writer.commit(EngineState(generation, position), None):
            raise LeadershipLost

    def _copied(self, generation: str, position: CorpusVersion) -> Iterator[int]:
        """Writes the whole record, and yields the number of documents written after each batch."""
        batch = []
        for number, document in enumerate(self._changelog.documents(), 1):
            batch.append(engine_write(document.id, document, position))
            if len(batch) == BATCH:
                self._require_lead()
                self._writer.write(generation, batch)
                batch.clear()
                yield number
        self._writer.write(generation, batch)

    def _require_lead(self) -> None:
        if not self._writer.leads(self._holder):
            raise LeadershipLost
