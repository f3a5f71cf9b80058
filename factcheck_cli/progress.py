"""A progress line on a terminal; no output in a pipe."""

import sys
from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TextIO, TypeVar

_INTERVAL_S = 0.1
_WIDTH = 30
Item = TypeVar("Item")


def with_progress(items: Iterable[Item], what: str, total: int | None, out: TextIO | None = None) -> Iterator[Item]:
    """The same items. Writes progress to `out` (standard error) where it is a terminal: a bar if `total` is known, else a count."""
    out = out or sys.stderr
    if not out.isatty():
        yield from items
        return
    began, written, done = monotonic(), 0.0, 0
    try:
        for done, item in enumerate(items, 1):
            yield item
            if monotonic() - written > _INTERVAL_S:
                written = monotonic()
                out.write(f"\r{progress_line(what, done, total, written - began)}\033[K")
                out.flush()
    finally:
        out.write(f"\r{progress_line(what, done, total, monotonic() - began)}\033[K\n")


def progress_line(what: str, done: int, total: int | None, elapsed_s: float) -> str:
    """One line of progress.

    >>> progress_line("documents", 50, 200, 2.0)
    '███████░░░░░░░░░░░░░░░░░░░░░░░ 25 % · 50 of 200 documents · 25/s'
    """
    rate = f"{done / elapsed_s:,.0f}/s" if elapsed_s > 0 else ""
    if not total:
        return f"{done:,} {what} · {rate}"
    part = min(1.0, done / total)
    bar = "█" * int(part * _WIDTH)
    return f"{bar:░<{_WIDTH}} {part:.0%}".replace("%", " %") + f" · {done:,} of {total:,} {what} · {rate}"
