"""Search of the stored corpus on this host's index: a tantivy index on disk, written by the indexer."""

import os
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from time import monotonic, sleep

import tantivy

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import IndexUnavailable
from factcheck.evidence import Candidate
from factcheck.ports import PassageQuery
from factcheck.search.embedded.index_folder import IndexFolder
from factcheck.search.embedded.index_position import read_state
from factcheck.search.index_query import count_documents, rank
from factcheck.search.schema import register, schema

_POLL_S = 0.005
_Stamp = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class _Snapshot:
    """One commit of one generation. Searched until a newer one is detected."""

    generation: Path
    stamp: _Stamp
    index: tantivy.Index
    searcher: tantivy.Searcher
    position: CorpusVersion
    documents: int


class EmbeddedSearch:
    """An `IndexedSearch` over the index in `data_dir`. Each call sees the latest commit, at the cost of one `stat`.

    One object serves all threads of a process.

    Raises: `IndexUnavailable` until the indexer has built the index.
    """

    def __init__(self, data_dir: Path) -> None:
        self._folder = IndexFolder(data_dir)
        self._lock = Lock()
        self._current: _Snapshot | None = None

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first."""
        return rank(self._snapshot().searcher, query)

    def revision(self) -> str:
        """The position as text."""
        return str(self._snapshot().position)

    def documents(self) -> int:
        """Number of documents with at least one passage in the index."""
        return self._snapshot().documents

    def position(self) -> CorpusVersion:
        """The corpus version that the index has reached."""
        return self._snapshot().position

    def wait_for(self, position: CorpusVersion, timeout_s: float) -> bool:
        """True as soon as the index has reached `position`, False after `timeout_s`."""
        deadline = monotonic() + timeout_s
        while not self._has_reached(position):
            if monotonic() >= deadline:
                return False
            sleep(_POLL_S)
        return True

    def _has_reached(self, position: CorpusVersion) -> bool:
        try:
            return self.position().reached(position)
        except IndexUnavailable:
            return False

    def _snapshot(self) -> _Snapshot:
        with self._lock:
            for _ in range(3):  # a generation may be deleted between being named and being opened
                generation = self._folder.current()
                if generation is None:
                    raise IndexUnavailable("the search index is not built yet; is the indexer running?")
                try:
                    self._current = _refreshed(self._current, generation)
                    return self._current
                except (OSError, ValueError) as error:
                    self._current, failure = None, error
            raise IndexUnavailable(f"the search index cannot be opened: {failure}") from failure


def _refreshed(snapshot: _Snapshot | None, generation: Path) -> _Snapshot:
    stamp = _stamp(generation)
    if snapshot is None or snapshot.generation != generation:
        index = open_index(generation)
    elif snapshot.stamp != stamp:
        index = snapshot.index
        index.reload()
    else:
        return snapshot
    searcher = index.searcher()
    position = read_state(searcher)
    if position is None:
        raise IndexUnavailable("the search index is of another version; the indexer will rebuild it")
    return _Snapshot(generation, stamp, index, searcher, position, count_documents(searcher))


def open_index(generation: Path) -> tantivy.Index:
    """Opens the index for reading and writing.

    Raises: `ValueError` or `OSError` where it is damaged or of another schema.
    """
    index = register(tantivy.Index(schema(), path=str(generation), reuse=True))
    index.config_reader(reload_policy="manual")
    return index


def _stamp(generation: Path) -> _Stamp:
    """Changes with every commit, since tantivy replaces this file at each."""
    stat = os.stat(generation / "meta.json")
    return stat.st_mtime_ns, stat.st_ino, stat.st_size
