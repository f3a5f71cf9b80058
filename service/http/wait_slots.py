"""Bounds on waiting requests: slots for long polls, a FIFO semaphore, a cached "queue is full" flag."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from time import monotonic

from factcheck.errors import StoreUnavailable

_PREFER_WAIT = re.compile(r'(?:^|[,;])\s*wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])', re.IGNORECASE)


class WaitSlots:
    """Slots for requests that wait. A waiting request occupies a thread, so there are fewer slots than threads."""

    def __init__(self, count: int) -> None:
        self._free = BoundedSemaphore(count)

    def take(self) -> bool:
        """Takes a slot without blocking; False if none is free. On True the caller must call `leave` once."""
        return self._free.acquire(blocking=False)

    def leave(self) -> None:
        """Releases a slot."""
        self._free.release()

    @contextmanager
    def taken(self) -> Iterator[bool]:
        """Context manager for `take` and `leave`; yields whether a slot was free."""
        got = self.take()
        try:
            yield got
        finally:
            if got:
                self.leave()


class QueueFullFlag:
    """Caches whether the queue is full, so that a burst of submissions is refused without one lookup each.

    `is_full` does the lookup and may raise `StoreUnavailable`. Without it, the flag clears itself after `full_s`. The
    lookup repeats after `full_s` seconds while the queue is full, otherwise after `idle_s` seconds.
    """

    def __init__(self, full_s: float, is_full: Callable[[], bool] | None = None, idle_s: float = 1.0) -> None:
        self._full_s = full_s
        self._idle_s = idle_s
        self._is_full = is_full
        self._full = False
        self._next_refresh_at = 0.0
        self._refreshing = Lock()

    def set(self) -> None:
        """Call when the store has refused a submission."""
        self._full, self._next_refresh_at = True, monotonic() + self._full_s

    def is_set(self) -> bool:
        """True while the queue is full. One thread refreshes an expired value; the others use the cached one."""
        if monotonic() >= self._next_refresh_at and self._refreshing.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._refreshing.release()
        return self._full

    def _refresh(self) -> None:
        """Treats an unreachable store as not full; the request handler reports the outage."""
        try:
            self._full = self._is_full is not None and self._is_full()
        except StoreUnavailable:
            self._full = False
        self._next_refresh_at = monotonic() + (self._full_s if self._full else self._idle_s)


class FifoSemaphore:
    """FIFO semaphore. `threading.Semaphore` does not guarantee fairness.

    A caller proceeds without a permit after `timeout_s`, so that hanging holders cannot block the others.
    """

    def __init__(self, permits: int, timeout_s: float) -> None:
        self._free = permits
        self._timeout_s = timeout_s
        self._queue: deque[Lock] = deque()
        self._lock = Lock()

    @contextmanager
    def slot(self) -> Iterator[bool]:
        """Acquires and releases a permit; yields False if `timeout_s` passed first."""
        acquired = self._enter()
        try:
            yield acquired
        finally:
            if acquired:
                self._leave()

    def waiting(self) -> int:
        """Number of threads that wait."""
        return len(self._queue)

    def _enter(self) -> bool:
        with self._lock:
            if self._free:
                self._free -= 1
                return True
            turn = Lock()
            turn.acquire()
            self._queue.append(turn)
        if turn.acquire(timeout=self._timeout_s):
            return True
        with self._lock:
            if turn not in self._queue:  # `_leave` passed the permit on just after the timeout
                return True
            self._queue.remove(turn)
            return False

    def _leave(self) -> None:
        """Passes the permit to the longest waiting thread; a newcomer cannot take it in between."""
        with self._lock:
            if self._queue:
                self._queue.popleft().release()
            else:
                self._free += 1


def preferred_wait_s(prefer: str) -> float | None:
    """Seconds in the `wait` preference of a Prefer header. Ignores malformed values, as RFC 7240 requires.

    >>> preferred_wait_s("respond-async, wait=10")
    10.0
    """
    found = _PREFER_WAIT.search(prefer)
    return float(found.group(1)) if found else None
