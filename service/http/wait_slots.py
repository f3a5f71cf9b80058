"""How long a client wants to wait for an answer, and how many may wait at once."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from factcheck.errors import StoreUnavailable

_PREFER_WAIT = re.compile(r'(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])', re.IGNORECASE)


class WaitSlots:
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


class QueueFullFlag:
    """Remembers whether the service is full, so that a flood is refused without asking again and again.

    `is_full` looks, and may raise `StoreUnavailable`; without it the brake lets go by itself. A full house is looked at
    every `full_s`, one with room every `idle_s`.
    """

    def __init__(self, full_s: float, is_full: Callable[[], bool] | None = None, idle_s: float = 1.0) -> None:
        self._full_s = full_s
        self._idle_s = idle_s
        self._is_full = is_full
        self._full = False
        self._next_look = 0.0
        self._looking = Lock()

    def pull(self) -> None:
        """A submission was refused: it is full."""
        self._full, self._next_look = True, monotonic() + self._full_s

    def held(self) -> bool:
        """True while it is full. Whoever comes first after some time looks again; the others go by the last look."""
        if monotonic() >= self._next_look and self._looking.acquire(blocking=False):
            try:
                self._look()
            finally:
                self._looking.release()
        return self._full

    def _look(self) -> None:
        """A store that is away is told by whoever needs it."""
        try:
            self._full = self._is_full is not None and self._is_full()
        except StoreUnavailable:
            self._full = False
        self._next_look = monotonic() + (self._full_s if self._full else self._idle_s)


class FifoSemaphore:
    """So many pass at once, the others in the order of their coming: a lock of Python's gives no such promise.

    Nobody waits longer than `patience_s`: where those inside hang, the others pass all the same.
    """

    def __init__(self, places: int, patience_s: float) -> None:
        self._free = places
        self._patience_s = patience_s
        self._queue: deque[Lock] = deque()
        self._lock = Lock()

    @contextmanager
    def passing(self) -> Iterator[bool]:
        """Waits for a place, and gives it back; False where patience ended first."""
        has_place = self._enter()
        try:
            yield has_place
        finally:
            if has_place:
                self._leave()

    def waiting(self) -> int:
        """How many wait now."""
        return len(self._queue)

    def _enter(self) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = Lock()
            turn.acquire()
            self._queue.append(turn)
        if turn.acquire(timeout=self._patience_s):
            return True
        with self._lock:
            if turn not in self._queue:  # it was let in at the last moment
                return True
            self._queue.remove(turn)
            return False

    def _leave(self) -> None:
        """The place goes to whoever has waited longest; it is never free meanwhile."""
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._free += 1


def preferred_wait_s(prefer: str) -> float | None:
    """Seconds asked for by a Prefer header (RFC 7240); what cannot be read is ignored, as that RFC wants.

    >>> preferred_wait_s("respond-async, wait=10")
    10.0
    """
    found = _PREFER_WAIT.search(prefer)
    return float(found.group(1)) if found else None
