import threading
from collections.abc import Iterator

from worker.process.job_recovery import _older_than
from worker.process.rq_worker import _beat_until, heartbeats
from worker.process.watchdog import EXIT_OVERDUE, Watchdog

LONG_S = 60.0  # far beyond what a busy machine takes


class Waits:
    """A clock's event: the waits that are asked for come to their end at once; after `beats` of them the block is over."""

    def __init__(self, beats: int) -> None:
        self._ends = iter([False] * beats + [True])
        self.asked_s: list[float] = []

    def wait(self, timeout: float) -> bool:
        self.asked_s.append(timeout)
        return next(self._ends)


class Clock:
    """Seconds that pass when the test says so."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def test_a_beat_comes_every_interval():
    beats: list[int] = []
    waits = Waits(beats=3)
    _beat_until(waits, lambda: beats.append(len(waits.asked_s)), 2.5)
    assert beats == [1, 2, 3]
    assert waits.asked_s == [2.5] * 4


def test_a_beat_that_fails_does_not_end_the_heart():
    def fail() -> None:
        raise ConnectionError

    waits = Waits(beats=3)
    _beat_until(waits, fail, 1.0)
    assert len(waits.asked_s) == 4


def test_the_heart_beats_while_the_block_runs_and_never_after_it():
    beaten = threading.Event()
    with heartbeats(beaten.set, 0.001):
        assert beaten.wait(LONG_S)
    assert "heartbeat" not in {thread.name for thread in threading.enumerate()}


def looks(*at_s: tuple[float, set[str]]) -> Iterator[list[str]]:
    seen: dict[str, float] = {}
    for now_s, ids in at_s:
        yield _older_than(5.0, seen, ids, now_s)


def test_only_what_was_seen_at_every_look_is_old():
    assert list(looks((0, {"a", "b"}), (3, {"a"}), (5, {"a", "b"}), (6, {"a", "b"}))) == [[], [], ["a"], []]


def test_what_was_old_once_is_old_again_only_after_the_same_time():
    assert list(looks((0, {"a"}), (5, {"a"}), (6, {"a"}), (10.5, {"a"}), (11, {"a"}))) == [[], ["a"], [], [], ["a"]]


def test_the_watchdog_speaks_and_then_bites_when_a_job_is_overdue():
    said: list[object] = []
    clock = Clock()
    dog = Watchdog(end_process=said.append, stuck_s=None, clock=clock)
    with dog.watching(90.0, lambda: said.append("overdue")):
        clock.now_s += 90.0
        dog._look()
        assert said == []
        clock.now_s += 0.1
        dog._look()
    assert said == ["overdue", EXIT_OVERDUE]


def test_the_watchdog_keeps_quiet_after_the_job():
    said: list[object] = []
    clock = Clock()
    dog = Watchdog(end_process=said.append, stuck_s=None, clock=clock)
    with dog.watching(90.0, lambda: said.append("overdue")):
        clock.now_s += 10.0
    clock.now_s += 1_000.0
    dog._look()
    assert said == []
