"""The index on disk: one folder per generation, and a file that names the current one.

A rebuild fills a new generation while readers use the old one; one atomic rename switches to it. An outdated or
damaged index therefore never has to be repaired in place.
"""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

_CURRENT, _LOCK, _HOST, _GENERATION = "current", "lock", "host", "generation-"


class IndexFolder:
    """`data_dir/index`. Only the indexer creates it."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "index"

    def current(self) -> Path | None:
        """The generation in use; None before the first one is complete."""
        try:
            name = (self._path / _CURRENT).read_text().strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return (
            self._path / name if name.startswith(_GENERATION) and (self._path / name / "meta.json").exists() else None
        )

    def new_generation(self) -> Path:
        """Creates an empty folder with a new name."""
        path = self._path / f"{_GENERATION}{uuid4().hex[:12]}"
        path.mkdir(parents=True)
        return path

    def promote(self, generation: Path) -> None:
        """Makes `generation` the current one, and deletes the others. Readers keep their open files."""
        pending = self._path / f"{_CURRENT}.new"
        with pending.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        pending.replace(self._path / _CURRENT)
        self.sweep(generation)

    def sweep(self, keep: Path | None) -> None:
        """Deletes all generations but `keep`: former ones, and incomplete ones."""
        for path in self._path.glob(f"{_GENERATION}*"):
            if path != keep:
                shutil.rmtree(path, ignore_errors=True)

    def host(self) -> str:
        """A random id of this folder, created once. The changelog records its progress under this id."""
        path = self._path / _HOST
        if not path.exists():
            self._path.mkdir(parents=True, exist_ok=True)
            path.write_text(uuid4().hex[:12])
        return path.read_text().strip()

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """Yields True if no other writer holds the folder's lock. The end of the process releases it."""
        self._path.mkdir(parents=True, exist_ok=True)
        with (self._path / _LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
