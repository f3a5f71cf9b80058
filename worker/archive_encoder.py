"""The archive encoder process: stores one vector per passage of the archive. `python -m worker.archive_encoder`.

Follows the changelog. Starts with all documents on its first run, or if its position is no longer in the changelog. Has the
lowest priority: workers encode passages that it has not reached yet themselves.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from threading import Event

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ChangelogLost, IndexUnavailable, StoreUnavailable
from factcheck.evidence import Document
from factcheck.ports import Changelog, PassageEmbeddingCodes
from factcheck.redis_connection import connect_briefly
from factcheck.run_background_process import run_process
from factcheck.search.factory import open_passage_codes
from factcheck.search.passages import split_passages
from factcheck.settings import PACKAGED_MODELS, Settings
from factcheck.store.changelog import RedisChangelog
from worker.models.vector_quantizer import VectorQuantizer

_BATCH = 64
_READ_S, _PAUSE_S = 0.5, 1.0
_NICENESS = 15
_log = logging.getLogger(__name__)

Store = Callable[[list[str]], int]
"""Encodes and stores the passages that have no code. Returns their number."""


class ArchiveEncoder:
    """Follows the changelog until stopped. `load` loads the model, on the first document."""

    def __init__(self, changelog: Changelog, codes: PassageEmbeddingCodes, load: Callable[[], Store]) -> None:
        self._changelog = changelog
        self._codes = codes
        self._load = load
        self._store: Store | None = None

    def run(self, stop: Event) -> None:
        """Runs until `stop` is set. Waits while Redis or the index is unreachable."""
        position = self._codes.position()
        while not stop.is_set():
            try:
                position = self._follow(position, stop) if position else self._encode_all(stop)
            except ChangelogLost:
                position = None
            except (StoreUnavailable, IndexUnavailable) as error:
                _log.error("encoding interrupted: %s", error)
                stop.wait(_PAUSE_S)

    def _follow(self, position: CorpusVersion, stop: Event) -> CorpusVersion:
        """Waits briefly for changes and applies them. Returns the position reached."""
        changes = self._changelog.read(position, _BATCH, _READ_S)
        done = self._encode((c.document for c in changes if c.document is not None), stop)
        if not changes or not done:
            return position
        self._codes.write({}, changes[-1].position)
        return changes[-1].position

    def _encode_all(self, stop: Event) -> CorpusVersion | None:
        """Encodes the whole archive. Reads the position first, so that later changes are applied afterwards."""
        position = self._changelog.position()
        if not self._encode(self._changelog.documents(), stop):
            return None
        self._codes.write({}, position)
        return position

    def _encode(self, documents: Iterable[Document], stop: Event) -> bool:
        """Encodes these documents. False if stopped before the end."""
        texts = (p.text for d in documents if not d.retracted for p in split_passages(d))
        for batch in _batches(texts):
            if stop.is_set():
                return False
            if self._store is None:
                self._store = self._load()
            self._store(batch)
        return True


def _batches(texts: Iterable[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def run_archive_encoder(settings: Settings, stop: Event) -> None:
    """Runs until `stop` is set."""
    changelog = RedisChangelog(connect_briefly(settings.redis_url))
    codes = open_passage_codes(settings, VectorQuantizer(PACKAGED_MODELS / "encoder").name)
    ArchiveEncoder(changelog, codes, lambda: _load(settings)).run(stop)


def _load(settings: Settings) -> Store:
    """Also imports the runtime, so that an archive without changes costs no time or memory for it."""
    from worker.models.load_passage_encoder import load_passage_encoder

    return load_passage_encoder(settings).store


if __name__ == "__main__":
    os.nice(max(0, _NICENESS - os.nice(0)))
    sys.exit(run_process("archive encoder", run_archive_encoder))
