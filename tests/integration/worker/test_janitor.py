from functools import partial

import pytest
from redis import Redis

from factcheck import keys
from factcheck.check import Status
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckDesk
from factcheck.store.lanes import Lanes
from factcheck.store.ledger import RedisCheckLedger, RedisCheckReaper
from tests.builders import a_check, a_verdict, an_order
from worker.janitor import Janitor, failure_listener
from worker.jobs import JOB_GONE, record_failed_try
from worker.queue import CheckQueue, open_queue


@pytest.fixture
def queue(redis_client: Redis) -> CheckQueue:
    return open_queue(redis_client)


@pytest.fixture
def desk(redis_client: Redis) -> RedisCheckDesk:
    return RedisCheckDesk(redis_client, Settings())


@pytest.fixture
def ledger(redis_client: Redis) -> RedisCheckLedger:
    return RedisCheckLedger(redis_client, Settings())


@pytest.fixture
def janitor(redis_client: Redis, queue: CheckQueue, ledger: RedisCheckLedger) -> Janitor:
    reaper = RedisCheckReaper(redis_client, Settings())
    return Janitor(queue, failure_listener(partial(record_failed_try, ledger)), partial(reaper.reap, JOB_GONE))


def die_at_work(queue: CheckQueue, ledger: RedisCheckLedger, check_id: str, execution: str) -> None:
    """What a worker leaves behind that took the job, showed one verdict and was killed some time ago."""
    assert queue.connection.lrem(queue.key, 1, check_id) == 1
    queue.connection.zadd(queue.started_job_registry.key, {f"{check_id}:{execution}": 1})
    ledger.start(check_id, execution)
    ledger.record(check_id, execution, a_verdict("c1"), 2)


def test_an_article_whose_workers_die_is_tried_three_times_and_then_failed(
    queue: CheckQueue, desk: RedisCheckDesk, ledger: RedisCheckLedger, janitor: Janitor
):
    check_id = desk.submit(a_check(), an_order(), None).id
    for number in range(3):
        assert desk.get(check_id, "desk").status in {Status.QUEUED, Status.RUNNING}
        die_at_work(queue, ledger, check_id, f"execution {number}")
        janitor.sweep()
    check = desk.get(check_id, "desk")
    assert (check.status, check.error and check.error.type) == (Status.FAILED, "urn:factcheck:problem:check-failed")
    assert check.error
    assert "stopped" in check.error.detail
    assert check.progress.claims_done == 1
    assert queue.job_ids == []


def test_a_check_that_has_one_try_is_not_tried_again(
    queue: CheckQueue, ledger: RedisCheckLedger, janitor: Janitor, redis_client: Redis
):
    desk = RedisCheckDesk(redis_client, Settings(job_tries=1))
    check_id = desk.submit(a_check(), an_order(), None).id
    die_at_work(queue, ledger, check_id, "execution")
    janitor.sweep()
    assert desk.get(check_id, "desk").status is Status.FAILED
    assert queue.job_ids == []


def test_the_job_of_a_dead_worker_goes_ahead_of_those_that_came_later(
    queue: CheckQueue, desk: RedisCheckDesk, ledger: RedisCheckLedger, janitor: Janitor
):
    first, second = (desk.submit(a_check(), an_order(), None).id for _ in range(2))
    die_at_work(queue, ledger, first, "execution")
    janitor.sweep()
    assert queue.job_ids == [first]
    assert Lanes(queue.connection).waiting() == [second]


def test_one_janitor_works_at_a_time(
    queue: CheckQueue, desk: RedisCheckDesk, ledger: RedisCheckLedger, janitor: Janitor
):
    check_id = desk.submit(a_check(), an_order(), None).id
    die_at_work(queue, ledger, check_id, "execution")
    assert queue.acquire_maintenance_lock()
    janitor.sweep()
    assert queue.job_ids == []
    queue.release_maintenance_lock()
    janitor.sweep()
    assert queue.job_ids == [check_id]


def test_a_janitor_killed_at_work_does_not_keep_the_others_out_for_long(queue: CheckQueue):
    assert queue.acquire_maintenance_lock()
    assert 0 < queue.connection.ttl(queue.registry_cleaning_key) <= 10


def test_a_check_that_is_over_is_left_alone(
    queue: CheckQueue, desk: RedisCheckDesk, janitor: Janitor, redis_client: Redis
):
    check_id = desk.submit(a_check(), an_order(), None).id
    desk.drop(check_id, "desk")
    janitor.sweep()
    assert desk.get(check_id, "desk").status is Status.CANCELLED
    assert redis_client.zcard(keys.ACTIVE_CHECKS) == 0
