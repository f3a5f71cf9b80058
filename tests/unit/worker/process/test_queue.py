import time

from worker.process.janitor import _older_than
from worker.process.queue import beating
from worker.process.watchdog import EXIT_OVERDUE, Watchdog


def test_a_beat_comes_every_interval_while_the_block_runs_and_never_after_it():
    beats: list[float] = []
    with beating(lambda: beats.append(time.monotonic()), 0.02):
        time.sleep(0.15)
    seen = len(beats)
    assert 3 <= seen <= 8
    time.sleep(0.06)
    assert len(beats) == seen


def test_a_beat_that_fails_does_not_end_the_heart():
    beats: list[int] = []

    def fail() -> None:
        beats.append(1)
        raise ConnectionError

    with beating(fail, 0.01):
        time.sleep(0.1)
    assert len(beats) > 2


def test_only_what_was_seen_at_every_look_is_old():
    seen: dict[str, float] = {}
    assert _older_than(0.05, seen, {"a", "b"}) == []
    time.sleep(0.03)
    assert _older_than(0.05, seen, {"a"}) == []
    time.sleep(0.03)
    assert _older_than(0.05, seen, {"a", "b"}) == ["a"]
    assert _older_than(0.05, seen, {"a", "b"}) == []


def test_the_watchdog_speaks_and_then_bites_when_a_job_is_overdue():
    said: list[object] = []
    dog = Watchdog(end_process=said.append, tick_s=0.01, stuck_s=None)
    with dog.watching(0.02, lambda: said.append("overdue")):
        time.sleep(0.03)
        dog._look()
    assert said == ["overdue", EXIT_OVERDUE]


def test_the_watchdog_keeps_quiet_in_time_and_after_the_job():
    said: list[object] = []
    dog = Watchdog(end_process=said.append, tick_s=0.01, stuck_s=None)
    with dog.watching(5, lambda: said.append("overdue")):
        dog._look()
    dog._look()
    assert said == []
