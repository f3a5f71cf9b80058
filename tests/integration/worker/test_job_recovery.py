import time
from functools import partial

import pytest
from redis import Redis
from rq.executions import Execution

from factcheck import redis_keys
from factcheck.check import CheckStatus
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.executions import RedisCheckExecution, RedisCheckReaper
from factcheck.store.fair_queue import FairQueue
from tests.builders import a_check, a_request, a_verdict
from worker.process.job_recovery import JobRecovery, failure_listener
from worker.process.jobs import JOB_GONE, record_failed_try
from worker.process.rq_worker import CheckQueue, open_queue


@pytest.fixture
def queue(redis_client: Redis) -> CheckQueue:
    return open_queue(redis_client)


@pytest.fixture
def desk(redis_client: Redis) -> RedisCheckRepository:
    return RedisCheckRepository(redis_client, Settings())


@pytest.fixture
def ledger(redis_client: Redis) -> RedisCheckExecution:
    return RedisCheckExecution(redis_client, Settings())


@pytest.fixture
def recovery(redis_client: Redis, queue: CheckQueue, ledger: RedisCheckExecution) -> JobRecovery:
    reaper = RedisCheckReaper(redis_client, Settings())
    return JobRecovery(queue, failure_listener(partial(record_failed_try, ledger)), partial(reaper.reap, JOB_GONE))


def die_at_work(queue: CheckQueue, ledger: RedisCheckExecution, check_id: str, execution: str) -> None:
    """What a worker leaves behind that took the job, showed one verdict and was killed some time ago."""
    assert queue.connection.lrem(queue.key, 1, check_id) == 1
    queue.connection.zadd(queue.started_job_registry.key, {f"{check_id}:{execution}": 1})
    ledger.start(check_id, execution)
    ledger.record(check_id, execution, a_verdict("c1"), 2)


def test_an_article_whose_workers_die_is_tried_three_times_and_then_failed(
    queue: CheckQueue, desk: RedisCheckRepository, ledger: RedisCheckExecution, recovery: JobRecovery
):
    check_id = desk.submit(a_check(), a_request(), None).id
    for number in range(3):
        assert desk.get(check_id, "desk").status in {CheckStatus.QUEUED, CheckStatus.RUNNING}
        die_at_work(queue, ledger, check_id, f"execution {number}")
        recovery.sweep()
    check = desk.get(check_id, "desk")
    assert (check.status, check.error and check.error.type) == (
        CheckStatus.FAILED,
        "urn:factcheck:problem:check-failed",
    )
    assert check.error
    assert "stopped" in check.error.detail
    assert check.progress.claims_done == 1
    assert queue.job_ids == []


def test_a_check_that_has_one_try_is_not_tried_again(
    queue: CheckQueue, ledger: RedisCheckExecution, recovery: JobRecovery, redis_client: Redis
):
    desk = RedisCheckRepository(redis_client, Settings(job_tries=1))
    check_id = desk.submit(a_check(), a_request(), None).id
    die_at_work(queue, ledger, check_id, "execution")
    recovery.sweep()
    assert desk.get(check_id, "desk").status is CheckStatus.FAILED
    assert queue.job_ids == []


def test_the_job_of_a_dead_worker_goes_ahead_of_those_that_came_later(
    queue: CheckQueue, desk: RedisCheckRepository, ledger: RedisCheckExecution, recovery: JobRecovery
):
    first, second = (desk.submit(a_check(), a_request(), None).id for _ in range(2))
    die_at_work(queue, ledger, first, "execution")
    recovery.sweep()
    assert queue.job_ids == [first]
    assert FairQueue(queue.connection).waiting() == [second]


@pytest.mark.parametrize(("clock_s", "beats"), [(-3600, True), (3600, False)])
def test_a_worker_is_dead_where_it_beats_no_more_whatever_the_clock_of_its_host_says(
    queue: CheckQueue,
    desk: RedisCheckRepository,
    ledger: RedisCheckExecution,
    recovery: JobRecovery,
    clock_s: int,
    beats: bool,
):
    check_id = desk.submit(a_check(), a_request(), None).id
    die_at_work(queue, ledger, check_id, "execution")
    queue.connection.zadd(queue.started_job_registry.key, {f"{check_id}:execution": time.time() + clock_s})
    if beats:
        queue.connection.set(Execution("execution", check_id, queue.connection).key, "", ex=60)
    recovery.sweep()
    assert queue.job_ids == ([] if beats else [check_id])


def test_one_janitor_works_at_a_time(
    queue: CheckQueue, desk: RedisCheckRepository, ledger: RedisCheckExecution, recovery: JobRecovery
):
    check_id = desk.submit(a_check(), a_request(), None).id
    die_at_work(queue, ledger, check_id, "execution")
    assert queue.acquire_maintenance_lock()
    recovery.sweep()
    assert queue.job_ids == []
    queue.release_maintenance_lock()
    recovery.sweep()
    assert queue.job_ids == [check_id]


def test_a_janitor_killed_at_work_does_not_keep_the_others_out_for_long(queue: CheckQueue):
    assert queue.acquire_maintenance_lock()
    assert 0 < queue.connection.ttl(queue.registry_cleaning_key) <= 10


def test_a_check_that_is_over_is_left_alone(
    queue: CheckQueue, desk: RedisCheckRepository, recovery: JobRecovery, redis_client: Redis
):
    check_id = desk.submit(a_check(), a_request(), None).id
    desk.drop(check_id, "desk")
    recovery.sweep()
    assert desk.get(check_id, "desk").status is CheckStatus.CANCELLED
    assert redis_client.zcard(redis_keys.ACTIVE_CHECKS) == 0
