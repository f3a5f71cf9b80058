"""A line on the terminal that says how far an import is, by bytes read: share, documents, rate, time left."""

from time import monotonic
from types import TracebackType
from typing import TextIO

from factcheck.ingest.archive_reader import ArchiveReader, walk
from factcheck.ingest.import_outcome import ImportOutcome

_INTERVAL_S = 0.2
_WIDTH = 24


class ImportProgress:
    """Writes nothing where `out` is no terminal."""

    def __init__(self, archive: ArchiveReader, out: TextIO) -> None:
        self._archive, self._out = archive, out
        self._is_shown = out.isatty()
        self._total = _size(archive) if self._is_shown else 0
        self._began, self._last = monotonic(), 0.0

    def __enter__(self) -> "ImportProgress":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown:
            self._out.write("\r\033[K")
            self._out.flush()

    def show(self, tally: ImportOutcome) -> None:
        """At most five times a second."""
        now = monotonic()
        if self._is_shown and now - self._last > _INTERVAL_S:
            self._last = now
            line = import_line(self._archive.meter.bytes_read, self._total, tally.documents, now - self._began)
            self._out.write(f"\r{line}\033[K")
            self._out.flush()


def import_line(done_bytes: int, total_bytes: int, documents: int, elapsed_s: float) -> str:
    """One line.

    >>> import_line(50_000_000, 200_000_000, 12_000, 10.0)
    '██████░░░░░░░░░░░░░░░░░░ 25 % · 12,000 documents · 1,200/s · 30 s left'
    """
    part = min(1.0, done_bytes / total_bytes) if total_bytes else 0.0
    bar = f"{'█' * int(part * _WIDTH):░<{_WIDTH}}"
    rate = f"{documents / elapsed_s:,.0f}/s" if elapsed_s > 0 else "-"
    left = f"{_duration(elapsed_s / part - elapsed_s)} left" if part > 0.005 else "…"
    return f"{bar} {part * 100:.0f} % · {documents:,} documents · {rate} · {left}"


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 90:
        return f"{whole} s"
    return f"{whole // 60} min" if whole < 5_400 else f"{whole / 3_600:.1f} h"


def _size(archive: ArchiveReader) -> int:
    if archive.path.is_dir():
        return sum(path.stat().st_size for path in walk(archive.path) if path.is_file())
    return archive.path.stat().st_size if archive.path.is_file() else 0
