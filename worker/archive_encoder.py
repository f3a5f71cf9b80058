"""The archive encoder process: gives each passage of the archive its stored vector, once. `python -m worker.archive_encoder`.

It follows the changelog, and starts with all documents where it never did or where it was away for too long. It has the lowest
priority: until it has reached a passage, workers encode that passage themselves.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from threading import Event

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ChangelogLost, IndexUnavailable, StoreUnavailable
from factcheck.evidence import Document
from factcheck.ports import Changelog, PassageCodes
from factcheck.process import run_process
from factcheck.redis_connection import connect_briefly
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
"""Encodes and stores the passages that have no code; returns their number."""


class ArchiveEncoder:
    """Follows the changelog until it is stopped. `load` loads the model, when the first document asks for it."""

    def __init__(self, changelog: Changelog, codes: PassageCodes, load: Callable[[], Store]) -> None:
        self._changelog = changelog
        self._codes = codes
        self._load = load
        self._store: Store | None = None

    def run(self, stop: Event) -> None:
        """Runs until `stop` is set. Waits while record or index are unreachable."""
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
        """Applies the next changes, if there are any soon; the position reached."""
        changes = self._changelog.read(position, _BATCH, _READ_S)
        done = self._encode((c.document for c in changes if c.document is not None), stop)
        if not changes or not done:
            return position
        self._codes.write({}, changes[-1].position)
        return changes[-1].position

    def _encode_all(self, stop: Event) -> CorpusVersion | None:
        """Goes through the archive. Reads the position first, so that later changes are applied afterwards."""
        position = self._changelog.position()
        if not self._encode(self._changelog.documents(), stop):
            return None
        self._codes.write({}, position)
        return position

    def _encode(self, documents: Iterable[Document], stop: Event) -> bool:
        """False if it was stopped before the end."""
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
    """Imports the run time, too, only now: an archive without changes costs neither its time nor its memory."""
    from worker.models.load_passage_encoder import load_passage_encoder

    return load_passage_encoder(settings).store


if __name__ == "__main__":
    os.nice(max(0, _NICENESS - os.nice(0)))
    sys.exit(run_process("archive encoder", run_archive_encoder))
