"""Process supervisor: starts programs, restarts them when they end, and stops them in order."""

import ctypes
import fcntl
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_BACKOFF_S = (0.0, 0.0, 0.5, 1.0, 2.0, 5.0)  # before each successive restart; the last value repeats
_STABLE_S = 10.0  # uptime after which the back-off starts again
_FATAL_STARTS = 3  # successive starts that must fail with a fatal exit code
_TICK_S = 0.1


@dataclass(frozen=True, slots=True)
class Program:
    """A program to run, and how to stop it.

    `lock` is a file that the program holds locked while it lives. Two instances therefore never run at once, even after
    their supervisor was killed. A program that repeatedly ends with one of `fatal_exit_codes` is not restarted.
    `stops_last`: the other programs need it until they end. `niceness`: added to the process's nice value.
    """

    name: str
    argv: tuple[str, ...]
    environ: Mapping[str, str]
    stop_signal: signal.Signals
    stop_within_s: float
    orphan_signal: signal.Signals
    fds: tuple[int, ...] = ()
    lock: Path | None = None
    fatal_exit_codes: frozenset[int] = frozenset()
    stops_last: bool = False
    niceness: int = 0


class Child:
    """One program, kept running."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.restarts = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0
        self._failures = 0
        self._not_before = 0.0

    @property
    def pid(self) -> int | None:
        """Process id; None while the program is down."""
        return self._process.pid if self._process and self._process.poll() is None else None

    def keep_running(self, log: Callable[[str], None]) -> bool:
        """Starts the program where it is down and its back-off is over. False if it failed for good."""
        code = self._reap()
        if code is not None:
            log(f"{self.program.name} ended ({_ending(code)})")
        if code in self.program.fatal_exit_codes and self._failures >= _FATAL_STARTS:
            return False
        if self._process is None and time.monotonic() >= self._not_before:
            self._start()
        return True

    def ask_to_stop(self) -> None:
        """Sends the stop signal, without waiting."""
        if self._process and self._process.poll() is None:
            self._process.send_signal(self.program.stop_signal)

    def wait_stopped(self, deadline: float) -> bool:
        """True if the program ended before `deadline` (monotonic). Otherwise kills it, and returns False."""
        if self._process is None:
            return True
        try:
            self._process.wait(max(0.0, deadline - time.monotonic()))
            return True
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            return False

    def _reap(self) -> int | None:
        if self._process is None or self._process.poll() is None:
            return None
        code, self._process = self._process.returncode, None
        uptime_s = time.monotonic() - self._started
        self._failures = 0 if uptime_s > _STABLE_S else self._failures + 1
        self._not_before = time.monotonic() + _BACKOFF_S[min(self._failures, len(_BACKOFF_S) - 1)]
        self.restarts += 1
        return int(code)

    def _start(self) -> None:
        with file_lock(self.program.lock) as fds:
            if fds is None:  # an instance of an earlier supervisor is still ending
                self._not_before = time.monotonic() + _TICK_S
                return
            self._process = _spawn(self.program, fds)
            self._started = time.monotonic()


class Supervisor:
    """Keeps children running until SIGTERM or SIGINT, then stops them."""

    def __init__(self, children: Sequence[Child], on_tick: Callable[[], None], log: Callable[[str], None]) -> None:
        self._children = children
        self._on_tick = on_tick
        self._log = log
        self._stopping = False
        self.failed_program: str | None = None

    def run(self) -> None:
        """Blocks. Afterwards `failed_program` names a program that failed for good, if that was the reason."""
        with self._signals() as wake:
            while not self._stopping:
                self._keep_running()
                self._on_tick()
                _pause(wake)
            self._log("stopping")
            stop_all(self._children, self._log)

    def _keep_running(self) -> None:
        for child in self._children:
            if not child.keep_running(self._log):
                self.failed_program = child.program.name
                self._stopping = True

    def _stop(self, *_: object) -> None:
        self._stopping = True

    @contextmanager
    def _signals(self) -> Iterator[int]:
        """SIGCHLD and the stop signals wake the loop through a pipe."""
        wake, woken = os.pipe()
        os.set_blocking(wake, False)
        os.set_blocking(woken, False)
        handlers = {signal.SIGTERM: self._stop, signal.SIGINT: self._stop, signal.SIGCHLD: lambda *_: None}
        before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
        before_fd = signal.set_wakeup_fd(woken, warn_on_full_buffer=False)
        try:
            yield wake
        finally:
            signal.set_wakeup_fd(before_fd)
            for number, handler in before.items():
                signal.signal(number, handler)
            os.close(wake)
            os.close(woken)


def stop_all(children: Sequence[Child], log: Callable[[str], None]) -> None:
    """Stops all children at once, then those with `stops_last`."""
    for last in (False, True):
        group = [child for child in children if child.program.stops_last is last]
        for child in group:
            child.ask_to_stop()
        signalled_at = time.monotonic()
        for child in group:
            if not child.wait_stopped(signalled_at + child.program.stop_within_s):
                log(f"{child.program.name} did not stop in {child.program.stop_within_s:g} s and was killed")


@contextmanager
def file_lock(lock: Path | None) -> Iterator[tuple[int, ...] | None]:
    """Yields the locked file's descriptor for a child to inherit; None if another process holds it; () without a lock."""
    if lock is None:
        yield ()
        return
    fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield (fd,)
    except BlockingIOError:
        yield None
    finally:
        os.close(fd)


def _spawn(program: Program, fds: tuple[int, ...]) -> subprocess.Popen[bytes]:
    """Starts the program in its own session, so that Ctrl-C reaches the supervisor only. Its output goes to standard error."""
    return subprocess.Popen(
        program.argv,
        env=dict(program.environ),
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        pass_fds=(*program.fds, *fds),
        start_new_session=True,
        preexec_fn=_prepared(program),
    )


def _prepared(program: Program) -> Callable[[], None]:
    """Runs between fork and exec: sets the nice value, and on Linux ties the child's life to the parent's.

    On other systems, the next start detects children of a killed supervisor by their locks.
    """
    prctl, parent = ctypes.CDLL(None).prctl if sys.platform == "linux" else None, os.getpid()

    def prepare() -> None:
        if program.niceness:
            os.nice(program.niceness)
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, int(program.orphan_signal))
            if os.getppid() != parent:
                os._exit(1)

    return prepare


def _pause(wake: int) -> None:
    ready, _, _ = select.select([wake], [], [], _TICK_S)
    if ready:
        os.read(wake, 1024)


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
