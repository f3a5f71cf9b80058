"""Ends this process if a job exceeds its time limit, or the interpreter hangs, within native code.

Signal handlers run between byte codes, so an alarm cannot interrupt a model or a regular expression. Two things can: a
thread, if the native code released the interpreter lock, and faulthandler's timer, which needs no lock. The supervisor
restarts the process, and the queue requeues the job.
"""

import faulthandler
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

EXIT_OVERDUE = 75
_LAST_WORDS_S = 3.0  # limit for recording the failure before the process ends
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Deadline:
    deadline: float
    overdue: Callable[[], None]


class Watchdog:
    """One thread per process. `stuck_s` limits how long the interpreter lock may be held; None: no limit.

    `clock` is a monotonic clock in seconds.
    """

    def __init__(
        self,
        end_process: Callable[[int], object] = os._exit,
        tick_s: float = 1.0,
        stuck_s: float | None = 20.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._end_process = end_process
        self._tick_s = tick_s
        self._stuck_s = stuck_s
        self._clock = clock
        self._watch: _Deadline | None = None

    def start(self) -> None:
        """Starts the thread, which ends with the process."""
        threading.Thread(target=self._run, name="watchdog", daemon=True).start()

    @contextmanager
    def watching(self, limit_s: float, overdue: Callable[[], None]) -> Iterator[None]:
        """If the block runs longer than `limit_s`, calls `overdue` (which records it), then ends the process."""
        self._watch = _Deadline(self._clock() + limit_s, overdue)
        try:
            yield
        finally:
            self._watch = None

    def _run(self) -> None:
        while True:
            self._rearm()
            self._look()
            time.sleep(self._tick_s)

    def _rearm(self) -> None:
        if self._stuck_s is not None:
            faulthandler.dump_traceback_later(self._stuck_s, exit=True)

    def _look(self) -> None:
        watch = self._watch
        if watch is not None and self._clock() > watch.deadline:
            _log.error("a job outlived its time limit inside native code; this worker ends")
            self._last_words(watch)
            self._end_process(EXIT_OVERDUE)

    def _last_words(self, watch: _Deadline) -> None:
        """Calls `overdue` with a time limit, since Redis may be unreachable. The queue's failure handler records it otherwise."""
        speaker = threading.Thread(target=watch.overdue, name="last-words", daemon=True)
        speaker.start()
        speaker.join(_LAST_WORDS_S)
