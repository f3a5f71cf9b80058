import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis
from rq.job import Job

from factcheck import redis_keys
from factcheck.check import Check, CheckStatus
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from tests.builders import a_check, a_request, an_article
from worker.process.job_recovery import SWEEP_INTERVAL_S
from worker.process.rq_worker import EXECUTION_TTL_S

LONG_S = 60.0  # far beyond what a busy machine takes
ROOT = Path(__file__).parents[3]
StartWorker = Callable[..., subprocess.Popen[bytes]]


class Desk:
    """Submits articles that say what the tiny worker is to do, and waits for what becomes of them."""

    def __init__(self, client: Redis) -> None:
        self._desk = RedisCheckRepository(client, Settings())

    def submit(self, text: str, time_limit_s: float = 30.0) -> str:
        order = a_request(article=an_article(text))
        order = replace(order, options=replace(order.options, time_limit_s=time_limit_s))
        return self._desk.submit(a_check(), order, None).id

    def get(self, check_id: str) -> Check:
        return self._desk.get(check_id, "desk")

    def cancel(self, check_id: str) -> None:
        self._desk.drop(check_id, "desk")

    def wait(self, check_id: str, wanted: Callable[[Check], bool]) -> Check:
        until(lambda: wanted(self.get(check_id)))
        return self.get(check_id)


def until(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LONG_S
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_over(check: Check) -> bool:
    return check.status.final


def has_begun(check: Check) -> bool:
    return check.progress.claims_done > 0


@pytest.fixture
def desk(redis_client: Redis) -> Desk:
    return Desk(redis_client)


@pytest.fixture
def start_worker(redis_url: str) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[bytes]] = []

    def start(*limits: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(Path(__file__).parent / "tiny_worker.py"), redis_url, *limits]
        started.append(subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}))
        return started[-1]

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            process.kill()
        process.wait()


def test_a_check_runs_and_its_job_leaves_nothing_behind(desk: Desk, start_worker: StartWorker, redis_client: Redis):
    start_worker()
    check_id = desk.submit("check")
    check = desk.wait(check_id, is_over)
    assert (check.status, check.progress.claims_done) == (CheckStatus.FINISHED, 3)
    until(lambda: not redis_client.exists(Job.key_for(check_id)))
    assert redis_client.zcard(redis_keys.ACTIVE_CHECKS) == 0


def test_a_dead_worker_is_noticed_within_ten_seconds():
    assert EXECUTION_TTL_S + SWEEP_INTERVAL_S < 10


def test_the_job_of_a_killed_worker_runs_again(
    desk: Desk, start_worker: StartWorker, redis_client: Redis, tmp_path: Path
):
    victim = start_worker()
    check_id = desk.submit(f"wait {tmp_path / 'go'}")
    desk.wait(check_id, has_begun)
    start_worker()
    victim.kill()
    (tmp_path / "go").touch()
    assert desk.wait(check_id, is_over).status is CheckStatus.FINISHED
    until(lambda: not redis_client.exists(Job.key_for(check_id), f"rq:failed:{redis_keys.QUEUE}"))


def test_an_article_that_kills_its_workers_fails_after_three_tries_and_others_go_on(
    desk: Desk, start_worker: StartWorker, redis_client: Redis
):
    start_worker()
    poison = desk.submit("raise the marker 4711")
    neighbour = desk.submit("check")
    check = desk.wait(poison, is_over)
    assert (check.status, check.error and check.error.type) == (
        CheckStatus.FAILED,
        "urn:factcheck:problem:check-failed",
    )
    assert check.progress.claims_done == 1
    assert desk.wait(neighbour, is_over).status is CheckStatus.FINISHED
    assert b"4711" not in b"".join(redis_client.dump(key) or b"" for key in redis_client.keys("rq:*"))


def test_a_cancelled_check_stops_between_two_claims(desk: Desk, start_worker: StartWorker, tmp_path: Path):
    start_worker()
    check_id = desk.submit(f"wait {tmp_path / 'go'}")
    desk.wait(check_id, has_begun)
    desk.cancel(check_id)
    (tmp_path / "go").touch()
    follower = desk.submit("check")
    assert desk.wait(follower, is_over).status is CheckStatus.FINISHED
    assert desk.get(check_id).status is CheckStatus.CANCELLED
    assert (tmp_path / "go.claims").read_text() == "c0 "


def test_a_stopped_worker_finishes_the_check_at_hand_first(desk: Desk, start_worker: StartWorker):
    worker = start_worker()
    check_id = desk.submit("pause 0.5")
    desk.wait(check_id, has_begun)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(LONG_S) == 0
    assert desk.get(check_id).status is CheckStatus.FINISHED


def test_a_job_stuck_in_native_code_is_failed_and_its_worker_ends(desk: Desk, start_worker: StartWorker):
    worker = start_worker()
    check_id = desk.submit("native", time_limit_s=1)
    assert worker.wait(LONG_S) == 75
    check = desk.get(check_id)
    assert (check.status, check.error and check.error.type) == (
        CheckStatus.FAILED,
        "urn:factcheck:problem:time-limit-reached",
    )
    assert check.progress.claims_done == 1


def test_a_job_that_holds_the_interpreter_lock_ends_its_worker_too(desk: Desk, start_worker: StartWorker):
    worker = start_worker("0", "2")  # no limit of memory; taken for stuck after two seconds
    desk.submit("hold")
    assert worker.wait(LONG_S) == 1


def test_a_check_whose_job_is_gone_is_failed(desk: Desk, start_worker: StartWorker, redis_client: Redis):
    check_id = desk.submit("check")
    redis_client.delete(Job.key_for(check_id), f"rq:queue:{redis_keys.QUEUE}")
    start_worker()
    check = desk.wait(check_id, is_over)
    assert (check.status, check.error and check.error.type) == (
        CheckStatus.FAILED,
        "urn:factcheck:problem:check-failed",
    )


def test_a_job_taken_but_never_started_goes_back_to_the_queue(
    desk: Desk, start_worker: StartWorker, redis_client: Redis
):
    check_id = desk.submit("check")
    redis_client.lmove(f"rq:queue:{redis_keys.QUEUE}", f"rq:queue:{redis_keys.QUEUE}:intermediate", "RIGHT", "LEFT")
    start_worker()
    assert desk.wait(check_id, is_over).status is CheckStatus.FINISHED


def test_a_worker_that_grew_too_large_ends_before_it_takes_another_check(desk: Desk, start_worker: StartWorker):
    check_id = desk.submit("check")
    assert start_worker("1000000").wait(LONG_S) == 0
    assert desk.get(check_id).status is CheckStatus.QUEUED
    start_worker("10000000000")
    assert desk.wait(check_id, is_over).status is CheckStatus.FINISHED
