"""Counters shared by the processes of one server: each writes its own memory-mapped file, any process reads all."""

import os
import struct
import tempfile
from collections import defaultdict
from mmap import mmap
from pathlib import Path
from threading import Lock

_SIZE_BYTES = 262_144
_HEADER = struct.Struct("<q")  # bytes in use, this header included
_ENTRY = struct.Struct("<qd")  # length of the name in bytes, sum; then the name, padded to eight bytes


class ProcessCounters:
    """Named sums. Files of ended processes stay, so that sums never decrease while the server runs.

    Without a folder the sums are private to this object.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock = Lock()
        self._places: dict[str, int] = {}
        self._map = mmap(-1, _SIZE_BYTES) if folder is None else _mapped(folder / f"{os.getpid()}-{id(self):x}.sums")
        _HEADER.pack_into(self._map, 0, _HEADER.size)

    def add(self, name: str, amount: float) -> None:
        """Adds to a sum. Drops new names once the file is full (thousands of names)."""
        with self._lock:
            place = self._places.get(name) or self._new_place(name)
            if place:
                length, total = _ENTRY.unpack_from(self._map, place)
                _ENTRY.pack_into(self._map, place, length, total + amount)

    def sums(self) -> dict[str, float]:
        """All sums over all processes."""
        totals: defaultdict[str, float] = defaultdict(float)
        for raw in [path.read_bytes() for path in self._folder.glob("*.sums")] if self._folder else [self._map[:]]:
            for name, amount in _entries(raw).items():
                totals[name] += amount
        return totals

    def _new_place(self, name: str) -> int:
        """Appends an entry and returns its offset; 0 if the file is full."""
        raw = name.encode()
        (used,) = _HEADER.unpack_from(self._map, 0)
        ends = used + _ENTRY.size + _padded(len(raw))
        if ends > _SIZE_BYTES:
            return 0
        _ENTRY.pack_into(self._map, used, len(raw), 0.0)
        self._map[used + _ENTRY.size : used + _ENTRY.size + len(raw)] = raw
        _HEADER.pack_into(self._map, 0, ends)
        self._places[name] = int(used)
        return int(used)


def shared_folder() -> Path:
    """A folder shared by all processes with the same parent. A private one if that folder has another owner or mode."""
    folder = Path(tempfile.gettempdir()) / f"factcheck-{os.getuid()}-{os.getppid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    is_ours = found.st_uid == os.getuid() and not found.st_mode & 0o077 and not folder.is_symlink()
    return folder if is_ours else Path(tempfile.mkdtemp(prefix="factcheck-"))


def _mapped(path: Path) -> mmap:
    with path.open("wb+") as file:
        file.truncate(_SIZE_BYTES)
        return mmap(file.fileno(), _SIZE_BYTES)


def _entries(raw: bytes) -> dict[str, float]:
    (used,) = _HEADER.unpack_from(raw, 0)
    found, at = {}, _HEADER.size
    while at < used:
        length, total = _ENTRY.unpack_from(raw, at)
        found[raw[at + _ENTRY.size : at + _ENTRY.size + length].decode()] = total
        at += _ENTRY.size + _padded(length)
    return found


def _padded(length: int) -> int:
    return -(-length // 8) * 8
