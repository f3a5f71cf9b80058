"""Keeps the distributed engine in step with the corpus: one indexer feeds it for all hosts, others wait to take over."""

import logging
from collections.abc import Callable, Iterator, Sequence
from threading import Event
from uuid import uuid4

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ChangelogLost, IndexUnavailable, StoreUnavailable
from factcheck.ports import Change, Changelog
from factcheck.search.distributed.engine import EngineReader, EngineState, EngineWriter, engine_write

_log = logging.getLogger(__name__)

READER = "distributed engine"
"""Its name among the changelog's readers."""

BATCH = 200
_READ_S = 0.5
_PAUSE_S = 1.0
_TELL_EVERY = 1_000

Told = Callable[[int], None]


class LeadLost(Exception):
    """Another indexer feeds the engine now, or the engine went back to an earlier state: look again."""


class EngineSync:
    """One of those who may feed the engine. `told` hears, during a rebuild, how many documents are done."""

    def __init__(self, reader: EngineReader, writer: EngineWriter, changelog: Changelog, told: Told) -> None:
        self._reader = reader
        self._writer = writer
        self._changelog = changelog
        self._told = told
        self._holder = uuid4().hex[:12]

    def run(self, stop: Event) -> None:
        """Until `stop`. Where another one leads, waits for its end; where engine or record are away, for their return."""
        while not stop.is_set():
            try:
                while not stop.is_set() and self._writer.leads(self._holder):
                    self._follow(stop)
                if stop.is_set():
                    self._writer.resign(self._holder)
            except LeadLost:
                _log.info("the engine is fed by another indexer, or was restarted; looking again")
            except (StoreUnavailable, IndexUnavailable) as error:
                _log.error("indexing interrupted: %s", error)
            stop.wait(_PAUSE_S)

    def _follow(self, stop: Event) -> None:
        """Until `stop`, or until the index was rebuilt."""
        state = self._reader.state()
        try:
            while state is not None and not stop.is_set():
                self._require_lead()
                changes = self._changelog.read(state.position, BATCH, _READ_S)
                if changes:
                    state = self._apply(state, changes)
        except ChangelogLost as lost:
            _log.warning("rebuilding the index: %s", lost)
            state = None
        if state is None:
            self._rebuild(stop)

    def _apply(self, former: EngineState, changes: Sequence[Change]) -> EngineState:
        """Documents first, then the position: after a crash in between they are written again, the same."""
        latest = {change.document_id: change for change in changes}
        writes = [engine_write(c.document_id, c.document, c.position) for c in latest.values()]
        self._writer.write(former.generation, writes)
        state = EngineState(former.generation, changes[-1].position)
        if not self._writer.commit(state, former):
            raise LeadLost
        self._changelog.commit(READER, state.position)
        return state

    def _rebuild(self, stop: Event) -> None:
        """A new generation from the record. The position is taken first: what changes meanwhile is applied after."""
        position = self._changelog.position()
        self._changelog.commit(READER, position)
        generation = self._writer.begin()
        for done in self._copied(generation, position):
            if stop.is_set():
                return
            if done % _TELL_EVERY == 0:
                self._told(done)
        if not self._writer.commit(EngineState(generation, position), None):
            raise LeadLost

    def _copied(self, generation: str, position: CorpusVersion) -> Iterator[int]:
        """Writes the whole record, and says after each batch how many documents are done."""
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
            raise LeadLost
