"""Codes of passages on this host: a SQLite file beside the index. One process writes it, all workers of the host read it."""

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from factcheck.corpus_version import CorpusVersion
from factcheck.errors import IndexUnavailable

_log = logging.getLogger(__name__)
_BUSY_S = 10.0
_MOST_KEYS = 500  # SQLite's limit of parameters is 999 in old builds
# Rows in the order of writing fill their pages; a table ordered by the keys, which are random, would leave a third empty.
_TABLES = """
PRAGMA journal_mode = WAL;
CREATE TABLE IF NOT EXISTS code (key INTEGER NOT NULL UNIQUE, code BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS position (one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT NOT NULL);
"""


class SqlitePassageEmbeddingCodes:
    """Implements `PassageEmbeddingCodes`. Reading creates no file; a damaged or missing file counts as empty."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._reader: sqlite3.Connection | None = None
        self._writer: sqlite3.Connection | None = None

    def read(self, keys: Sequence[int]) -> dict[int, bytes]:
        """One query for each 500 keys."""
        found: dict[int, bytes] = {}
        try:
            with self._lock:
                for at in range(0, len(keys), _MOST_KEYS):
                    some = keys[at : at + _MOST_KEYS]
                    places = ",".join("?" * len(some))
                    found.update(self._opened().execute(f"SELECT key, code FROM code WHERE key IN ({places})", some))
        except sqlite3.Error as error:
            self._reader = None
            _log.debug("passage codes cannot be read: %s", error)
        return found

    def write(self, codes: Mapping[int, bytes], position: CorpusVersion | None = None) -> None:
        """One transaction."""
        with _index_errors(), self._lock, self._created() as connection:
            connection.executemany("INSERT OR IGNORE INTO code VALUES (?, ?)", codes.items())
            if position is not None:
                connection.execute("INSERT OR REPLACE INTO position VALUES (1, ?)", (str(position),))

    def position(self) -> CorpusVersion | None:
        """None also where the file is missing or damaged."""
        try:
            with self._lock:
                row = self._opened().execute("SELECT position FROM position").fetchone()
            return CorpusVersion.parse(row[0]) if row else None
        except (sqlite3.Error, ValueError):
            self._reader = None
            return None

    def _opened(self) -> sqlite3.Connection:
        if self._reader is None:
            uri = f"{self._path.resolve().as_uri()}?mode=rw"  # a reader of a file in WAL mode writes to its index
            self._reader = sqlite3.connect(uri, uri=True, timeout=_BUSY_S, check_same_thread=False)
        return self._reader

    def _created(self) -> sqlite3.Connection:
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            writer = sqlite3.connect(self._path, timeout=_BUSY_S, check_same_thread=False)
            writer.executescript(_TABLES)
            writer.execute("PRAGMA synchronous = NORMAL")  # a code lost with the power is encoded again
            self._writer = writer
        return self._writer


@contextmanager
def _index_errors() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise IndexUnavailable(f"passage codes cannot be written: {error}") from error
