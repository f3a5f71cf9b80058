"""How long a client wants to wait for an answer, and how many may wait at once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from time import monotonic

_PREFER_WAIT = re.compile(r'(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])', re.IGNORECASE)


class Slots:
    """Places for requests that wait. Each one holds a thread, so there are fewer places than threads."""

    def __init__(self, count: int) -> None:
        self._free = BoundedSemaphore(count)

    def take(self) -> bool:
        """Take a place without waiting for one; False where all are taken. Whoever got one calls `leave`, once."""
        return self._free.acquire(blocking=False)

    def leave(self) -> None:
        """Give a place back."""
        self._free.release()

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """`take` and `leave` around a block, which learns whether there was a place."""
        got = self.take()
        try:
            yield got
        finally:
            if got:
                self.leave()


class Brake:
    """After the queue was found full, clients are turned away for a moment without asking again: a flood costs little."""

    def __init__(self, hold_s: float) -> None:
        self._hold_s = hold_s
        self._until = 0.0

    def pull(self) -> None:
        """The queue is full."""
        self._until = monotonic() + self._hold_s

    def held(self) -> bool:
        """True for a moment after the last pull."""
        return monotonic() < self._until


def preferred_wait_s(prefer: str) -> float | None:
    """Seconds asked for by a Prefer header (RFC 7240); what cannot be read is ignored, as that RFC wants.

    >>> preferred_wait_s("respond-async, wait=10")
    10.0
    """
    found = _PREFER_WAIT.search(prefer)
    return float(found.group(1)) if found else None
