"""Files of a folder that are new or changed, once they are whole."""

from collections.abc import Iterator
from pathlib import Path

from factcheck.ingest.archive_reader import walk


class FolderWatch:
    """A file counts as whole when size and time of change are as they were at the look before."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._last: dict[Path, tuple[int, int]] = {}
        self._given: dict[Path, tuple[int, int]] = {}

    def settled(self) -> Iterator[Path]:
        """Files that are whole and were not given since they changed."""
        now = dict(self._states())
        for path, state in now.items():
            if self._last.get(path) == state and self._given.get(path) != state:
                self._given[path] = state
                yield path
        self._last = now
        self._given = {path: state for path, state in self._given.items() if path in now}

    def _states(self) -> Iterator[tuple[Path, tuple[int, int]]]:
        for path in walk(self._folder):
            try:
                found = path.stat()
            except OSError:
                continue
            yield path, (found.st_size, found.st_mtime_ns)
