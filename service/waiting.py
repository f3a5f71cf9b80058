"""How long a client wants to wait for an answer, and how many may wait at once."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from factcheck.errors import StoreUnavailable

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
    """Remembers that the queue was found full, so that a flood is refused without asking again and again.

    `is_full` looks at the queue, and may raise `StoreUnavailable`; without it the brake lets go by itself.
    """

    def __init__(self, hold_s: float, is_full: Callable[[], bool] | None = None) -> None:
        self._hold_s = hold_s
        self._is_full = is_full
        self._until = 0.0
        self._asking = Lock()

    def pull(self) -> None:
        """The queue is full."""
        self._until = monotonic() + self._hold_s

    def held(self) -> bool:
        """True from a pull on. Whoever comes first after `hold_s` looks at the queue again; the others go by the last look."""
        if monotonic() < self._until:
            return True
        if not self._until or self._is_full is None:
            return False
        if not self._asking.acquire(blocking=False):
            return True
        try:
            self._look(self._is_full)
        finally:
            self._asking.release()
        return bool(self._until)

    def _look(self, is_full: Callable[[], bool]) -> None:
        """A store that is away is told by whoever needs it."""
        try:
            self._until = monotonic() + self._hold_s if is_full() else 0.0
        except StoreUnavailable:
            self._until = 0.0


def preferred_wait_s(prefer: str) -> float | None:
    """Seconds asked for by a Prefer header (RFC 7240); what cannot be read is ignored, as that RFC wants.

    >>> preferred_wait_s("respond-async, wait=10")
    10.0
    """
    found = _PREFER_WAIT.search(prefer)
    return float(found.group(1)) if found else None
