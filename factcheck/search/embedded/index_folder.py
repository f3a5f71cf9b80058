"""The index's place on disk: generations side by side, and a file that names the one in use.

A rebuild fills a new generation while readers use the old one; naming the new one is one atomic rename. So neither an
index of another version nor a damaged one ever has to be mended in place.
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
    """`data_dir/index`. Nothing is made on disk before the indexer asks for it."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / "index"

    def current(self) -> Path | None:
        """The generation in use; None before the first one is built."""
        try:
            name = (self._path / _CURRENT).read_text().strip()
        except (FileNotFoundError, NotADirectoryError):
            return None
        return (
            self._path / name if name.startswith(_GENERATION) and (self._path / name / "meta.json").exists() else None
        )

    def new_generation(self) -> Path:
        """An empty folder of a new name."""
        path = self._path / f"{_GENERATION}{uuid4().hex[:12]}"
        path.mkdir(parents=True)
        return path

    def promote(self, generation: Path) -> None:
        """From now on `generation` is the current one; the others are deleted. Readers keep what they have open."""
        draft = self._path / f"{_CURRENT}.new"
        with draft.open("w") as file:
            file.write(generation.name)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path / _CURRENT)
        self.sweep(generation)

    def sweep(self, keep: Path | None) -> None:
        """Deletes all other generations: former ones, and those whose build was cut short."""
        for path in self._path.glob(f"{_GENERATION}*"):
            if path != keep:
                shutil.rmtree(path, ignore_errors=True)

    def host(self) -> str:
        """A name for this folder, made up once, by which the changelog knows how far it has come."""
        path = self._path / _HOST
        if not path.exists():
            self._path.mkdir(parents=True, exist_ok=True)
            path.write_text(uuid4().hex[:12])
        return path.read_text().strip()

    @contextmanager
    def locked(self) -> Iterator[bool]:
        """True inside where nobody else, in this process or another, writes this folder. Ends with the process, too."""
        self._path.mkdir(parents=True, exist_ok=True)
        with (self._path / _LOCK).open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
            else:
                yield True
