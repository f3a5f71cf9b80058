import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from factcheck_cli.supervisor import Child, Program, file_lock, stop_all


def a_program(*code: str, **changes: Any) -> Program:
    settings: dict[str, Any] = {
        "name": "child",
        "argv": (sys.executable, "-S", "-c", ";".join(code)),
        "environ": dict(os.environ),
        "stop_signal": signal.SIGTERM,
        "stop_within_s": 5,
        "orphan_signal": signal.SIGKILL,
        **changes,
    }
    return Program(**settings)


def until(true: Callable[[], bool], within_s: float = 60) -> None:
    deadline = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def silent(_: str) -> None:
    """Says nothing."""


@pytest.fixture
def sleeper() -> Program:
    return a_program("import time", "time.sleep(60)")


def test_a_killed_child_is_started_again(sleeper: Program):
    child = Child(sleeper)
    child.keep_running(silent)
    first = child.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    until(lambda: child.keep_running(silent) and child.pid not in (None, first))
    assert child.restarts == 1
    stop_all([child], silent)
    assert child.pid is None


def test_a_child_that_ignores_the_stop_signal_is_killed_and_named(tmp_path: Path):
    ignores = "import signal,time", "signal.signal(15, signal.SIG_IGN)", f"open({str(tmp_path / 'up')!r}, 'w')"
    child, said = Child(a_program(*ignores, "time.sleep(60)", stop_within_s=0.3)), list[str]()
    child.keep_running(silent)
    until((tmp_path / "up").exists)
    stop_all([child], said.append)
    assert said == ["child did not stop in 0.3 s and was killed"]


def test_a_child_that_cannot_run_at_all_is_given_up_after_three_starts():
    child = Child(a_program("import sys", "sys.exit(2)", fatal_exit_codes=frozenset({2})))
    until(lambda: not child.keep_running(silent))
    assert child.restarts == 3


def test_a_child_waits_for_the_one_that_holds_its_lock(sleeper: Program, tmp_path: Path):
    lock = tmp_path / "lock"
    locked = a_program("import time", "time.sleep(60)", lock=lock)
    first, second = Child(locked), Child(locked)
    first.keep_running(silent)
    second.keep_running(silent)
    assert (first.pid is not None, second.pid) == (True, None)
    stop_all([first], silent)
    until(lambda: second.keep_running(silent) and second.pid is not None)
    stop_all([second], silent)


def test_a_lock_can_be_file_lock_once(tmp_path: Path):
    with file_lock(tmp_path / "lock") as first, file_lock(tmp_path / "lock") as second:
        assert (first is None, second) == (False, None)
