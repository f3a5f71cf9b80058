"""Keeps one host's index up to date with the corpus: follows the changelog, and rebuilds from the record if necessary."""

import logging
from collections.abc import Callable, Sequence
from threading import Event

import tantivy

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ChangelogLost, StoreUnavailable
from factcheck.evidence import Document
from factcheck.ports import Changelog, CorpusChange
from factcheck.search.embedded.index_folder import IndexFolder
from factcheck.search.embedded.index_position import read_state, write_state
from factcheck.search.embedded.search import open_index
from factcheck.search.schema import index_entries, register, schema

_log = logging.getLogger(__name__)

BATCH = 500
"""Maximum number of changes per commit. Under load, a commit takes about as long as it takes the next batch to arrive."""

_HEAP_BYTES = 100_000_000
_READ_S = 0.5
_PAUSE_S = 1.0
_PROGRESS_EVERY = 1_000

OnProgress = Callable[[int], None]


class IndexSync:
    """The only writer of an index folder. During a rebuild it calls `on_progress` with the number of documents indexed."""

    def __init__(self, folder: IndexFolder, changelog: Changelog, on_progress: OnProgress) -> None:
        self._folder = folder
        self._changelog = changelog
        self._on_progress = on_progress

    def run(self, stop: Event) -> None:
        """Runs until `stop` is set. Where another process holds the folder, waits for its end and then takes over."""
        while not stop.is_set():
            with self._folder.locked() as acquired:
                if acquired:
                    self._run_locked(stop)
            stop.wait(_PAUSE_S)

    def _run_locked(self, stop: Event) -> None:
        """Retries after errors: disk full, Redis unreachable, folder damaged. Nothing is acknowledged before it is written."""
        while not stop.is_set():
            try:
                self._follow(stop)
            except (StoreUnavailable, OSError, ValueError) as error:
                _log.error("indexing interrupted: %s", error)
                stop.wait(_PAUSE_S)

    def _follow(self, stop: Event) -> None:
        opened = self._open()
        if opened is None:
            self._rebuild(stop)
            return
        writer, position = opened
        try:
            while not stop.is_set():
                changes = self._changelog.read(position, BATCH, _READ_S)
                if changes:
                    position = changes[-1].position
                    _apply(writer, changes)
                    self._changelog.commit(self._folder.host(), position)
        except ChangelogLost as lost:
            _log.warning("rebuilding the index: %s", lost)
            _release(writer)
            self._rebuild(stop)
        finally:
            _release(writer)

    def _open(self) -> tuple[tantivy.IndexWriter, CorpusVersion] | None:
        """Writer and position of the current generation; None if it is missing, damaged or of another layout."""
        generation = self._folder.current()
        self._folder.sweep(generation)
        if generation is None:
            return None
        try:
            index = open_index(generation)
            position = read_state(index.searcher())
            return None if position is None else (index.writer(heap_size=_HEAP_BYTES, num_threads=1), position)
        except (OSError, ValueError) as error:
            _log.warning("rebuilding the index: %s", error)
            return None

    def _rebuild(self, stop: Event) -> None:
        """Fills a new generation from the record. Reads the position first, so that later changes are applied afterwards."""
        position = self._changelog.position()
        self._changelog.commit(self._folder.host(), position)
        generation = self._folder.new_generation()
        index = register(tantivy.Index(schema(), path=str(generation)))
        writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
        try:
            for number, document in enumerate(self._changelog.documents(), 1):
                if stop.is_set():
                    return
                _add(writer, document)
                if number % _PROGRESS_EVERY == 0:
                    self._on_progress(number)
            write_state(writer, position)
            writer.commit()
        finally:
            _release(writer)
        self._folder.promote(generation)


def _apply(writer: tantivy.IndexWriter, changes: Sequence[CorpusChange]) -> None:
    """Writes all changes and their last position in one commit."""
    latest = {change.document_id: change.document for change in changes}
    for document_id, document in latest.items():
        writer.delete_documents_by_term("document", document_id)
        if document is not None:
            _add(writer, document)
    write_state(writer, changes[-1].position)
    writer.commit()


def _add(writer: tantivy.IndexWriter, document: Document) -> None:
    for entry in index_entries(document):
        writer.add_document(entry)


def _release(writer: tantivy.IndexWriter) -> None:
    """Releases tantivy's own lock. Idempotent."""
    try:
        writer.wait_merging_threads()
    except (RuntimeError, ValueError):
        return
