import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import pytest
from redis import Redis
from rq import Queue, Retry
from rq.job import Job
from rq.serializers import JSONSerializer

from factcheck import redis_keys
from factcheck.check import CheckStatus, Problem
from factcheck.errors import (
    Busy,
    CheckCancelled,
    DamagedCheck,
    ExpiredCheck,
    IdempotencyConflict,
    StaleExecution,
    UnknownCheck,
)
from factcheck.ports import EventKind, IdempotencyKey
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution, RedisCheckReaper
from factcheck.verdict import Label
from tests.builders import a_check, a_report, a_request, a_verdict

LONG_S = 60.0  # far beyond what a busy machine takes
PROBLEM = Problem("https://example.org/lost", "lost", "the worker died three times")


@pytest.fixture
def desk(redis_client: Redis) -> RedisCheckRepository:
    return RedisCheckRepository(redis_client, Settings())


@pytest.fixture
def ledger(redis_client: Redis) -> RedisCheckExecution:
    return RedisCheckExecution(redis_client, Settings())


@pytest.fixture
def events(redis_client: Redis) -> RedisCheckEventReader:
    return RedisCheckEventReader(redis_client)


@pytest.fixture
def queue(redis_client: Redis) -> Queue:
    return Queue("checks", connection=redis_client, serializer=JSONSerializer)


def test_a_submitted_check_is_recorded_and_enqueued_by_name_with_its_id_alone(desk: RedisCheckRepository, queue: Queue):
    check = desk.submit(a_check(), a_request(), None)
    job = queue.fetch_job(check.id)
    assert job is not None
    assert (job.func_name, list(job.args), job.description) == ("worker.jobs.run_check", [check.id], "check")
    assert (job.result_ttl, job.retries_left, job.timeout) == (0, 2, 90)
    assert queue.job_ids == [check.id]
    assert desk.get(check.id, "desk") == check


def test_a_job_is_written_as_rq_itself_would_write_it(desk: RedisCheckRepository, queue: Queue, redis_client: Redis):
    ours = desk.submit(a_check(), a_request(), None).id
    theirs = queue.enqueue(
        "worker.jobs.run_check",
        ours,
        job_id=ours.upper(),
        job_timeout=90,
        result_ttl=0,
        failure_ttl=86_400,
        description="check",
        retry=Retry(max=2, enqueue_at_front=True),
    )
    written, wanted = (redis_client.hgetall(Job.key_for(job_id)) for job_id in (ours, theirs.id))
    for moment in (b"created_at", b"enqueued_at"):
        assert len(written.pop(moment)) == len(wanted.pop(moment))
    assert written == wanted


def test_submitting_costs_one_round_trip(desk: RedisCheckRepository, redis_client: Redis):
    desk.submit(a_check(), a_request(), None)
    before = redis_client.info("commandstats")
    desk.submit(a_check(), a_request(), IdempotencyKey("k", "sha"))
    after = redis_client.info("commandstats")
    more = {name: row["calls"] - before.get(name, {"calls": 0})["calls"] for name, row in after.items()}
    assert (more["cmdstat_evalsha"], more.get("cmdstat_exec", 0), more.get("cmdstat_watch", 0)) == (1, 0, 0)


def test_the_same_idempotency_key_and_body_answer_the_first_check(desk: RedisCheckRepository, queue: Queue):
    key = IdempotencyKey("k", "sha")
    first = desk.submit(a_check(), a_request(), key)
    assert desk.submit(a_check(), a_request(), key) == first
    assert len(queue) == 1


def test_the_same_idempotency_key_with_another_body_is_a_conflict(desk: RedisCheckRepository):
    desk.submit(a_check(), a_request(), IdempotencyKey("k", "sha"))
    with pytest.raises(IdempotencyConflict):
        desk.submit(a_check(), a_request(), IdempotencyKey("k", "other"))


def test_idempotency_keys_of_two_owners_are_apart(desk: RedisCheckRepository):
    key = IdempotencyKey("k", "sha")
    assert desk.submit(a_check(), a_request(), key).id != desk.submit(a_check(owner="b"), a_request(), key).id


def test_of_many_submissions_at_once_with_one_key_one_is_made(desk: RedisCheckRepository, queue: Queue):
    seen: list[str] = []

    def submit() -> None:
        seen.append(desk.submit(a_check(), a_request(), IdempotencyKey("k", "sha")).id)

    threads = [threading.Thread(target=submit) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 8
    assert set(seen) == set(queue.job_ids)


def test_a_full_queue_is_busy_and_keeps_nothing(redis_client: Redis, queue: Queue):
    desk = RedisCheckRepository(redis_client, Settings(queue_limit=1))
    desk.submit(a_check(), a_request(), None)
    refused = a_check()
    with pytest.raises(Busy):
        desk.submit(refused, a_request(), None)
    assert len(queue) == 1
    with pytest.raises(UnknownCheck):
        desk.get(refused.id, "desk")


def test_a_check_of_another_owner_is_unknown(desk: RedisCheckRepository):
    check = desk.submit(a_check(), a_request(), None)
    with pytest.raises(UnknownCheck):
        desk.get(check.id, "stranger")
    with pytest.raises(UnknownCheck):
        desk.drop(check.id, "stranger")


def test_the_order_comes_back_as_it_was_handed_in(desk: RedisCheckRepository, ledger: RedisCheckExecution):
    order = a_request(callback_url="https://example.org/hook")
    order = replace(order, article=replace(order.article, text="A lone \ud800 surrogate, an é and a 😀."))
    check = desk.submit(a_check(), order, None)
    assert ledger.start(check.id, "e1") == order


def test_a_running_check_shows_the_verdicts_known_so_far_in_reading_order(
    desk: RedisCheckRepository, ledger: RedisCheckExecution
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.record(check.id, "e1", None, 3)
    later = a_verdict("c2")
    later = replace(later, claim=replace(later.claim, span=replace(later.claim.span, start=40, end=50)))
    ledger.record(check.id, "e1", later, 3)
    ledger.record(check.id, "e1", a_verdict("c1"), 3)
    shown = desk.get(check.id, "desk")
    assert shown.status is CheckStatus.RUNNING
    assert shown.started_at is not None
    assert (shown.progress.claims_total, shown.progress.claims_done) == (3, 2)
    assert shown.report is not None
    assert [v.claim.id for v in shown.report.verdicts] == ["c1", "c2"]
    assert not shown.report.coverage.complete


def test_recording_a_verdict_twice_changes_nothing(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, events: RedisCheckEventReader
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.record(check.id, "e1", a_verdict(), 1)
    before, told = desk.get(check.id, "desk"), events.wait_for_change(check.id, None, 0)
    ledger.record(check.id, "e1", a_verdict(), 1)
    assert desk.get(check.id, "desk") == before
    assert events.wait_for_change(check.id, None, 0) == told


def test_a_finished_check_shows_exactly_the_report_and_forgets_the_order(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, redis_client: Redis
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.record(check.id, "e1", a_verdict("gone"), 2)
    ledger.record(check.id, "e1", a_verdict("c1"), 2)
    report = a_report(a_verdict("c2"), a_verdict("c1", label=Label.DISPUTED))
    ledger.finish(check.id, "e1", report)
    ledger.finish(check.id, "e1", report)
    shown = desk.get(check.id, "desk")
    assert (shown.status, shown.report, shown.error) == (CheckStatus.FINISHED, report, None)
    assert (shown.progress.claims_total, shown.progress.claims_done) == (2, 2)
    assert not redis_client.keys("*:order")
    assert 0 < redis_client.ttl(f"factcheck:check:{check.id}") <= Settings().check_lifetime_s
    assert redis_client.ttl(f"factcheck:check:{check.id}:grave") > Settings().check_lifetime_s


def test_a_failed_check_says_why_and_keeps_what_it_knew(desk: RedisCheckRepository, ledger: RedisCheckExecution):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.record(check.id, "e1", a_verdict(), 2)
    ledger.fail(check.id, "e1", PROBLEM)
    shown = desk.get(check.id, "desk")
    assert (shown.status, shown.error) == (CheckStatus.FAILED, PROBLEM)
    assert shown.report is not None
    assert len(shown.report.verdicts) == 1


def test_a_second_execution_takes_over_and_the_first_may_not_write_any_more(
    desk: RedisCheckRepository, ledger: RedisCheckExecution
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.record(check.id, "e1", a_verdict(), 1)
    ledger.start(check.id, "e2")
    for write in (
        lambda: ledger.record(check.id, "e1", a_verdict("c2"), 1),
        lambda: ledger.finish(check.id, "e1", a_report()),
        lambda: ledger.fail(check.id, "e1", PROBLEM),
    ):
        with pytest.raises(StaleExecution):
            write()
    ledger.record(check.id, "e2", a_verdict(), 1)
    ledger.finish(check.id, "e2", a_report(a_verdict()))
    assert desk.get(check.id, "desk").status is CheckStatus.FINISHED


def test_a_check_that_is_over_cannot_be_started_again(desk: RedisCheckRepository, ledger: RedisCheckExecution):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.finish(check.id, "e1", a_report())
    with pytest.raises(StaleExecution):
        ledger.start(check.id, "e2")


def test_a_check_that_never_was_cannot_be_started(ledger: RedisCheckExecution):
    with pytest.raises(UnknownCheck):
        ledger.start("nothing", "e1")


def test_dropping_a_queued_check_takes_its_job_away(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, queue: Queue, redis_client: Redis
):
    check = desk.submit(a_check(), a_request(), None)
    desk.drop(check.id, "desk")
    assert desk.get(check.id, "desk").status is CheckStatus.CANCELLED
    assert queue.job_ids == []
    assert not redis_client.keys("rq:job:*")
    assert not redis_client.keys("*:order")
    with pytest.raises(CheckCancelled):
        ledger.start(check.id, "e1")


def test_dropping_a_running_check_stops_its_worker_at_the_next_write(
    desk: RedisCheckRepository, ledger: RedisCheckExecution
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    desk.drop(check.id, "desk")
    with pytest.raises(CheckCancelled):
        ledger.record(check.id, "e1", a_verdict(), 1)
    with pytest.raises(CheckCancelled):
        ledger.finish(check.id, "e1", a_report())


def test_dropping_a_check_that_is_over_forgets_it(desk: RedisCheckRepository, ledger: RedisCheckExecution):
    check = desk.submit(a_check(), a_request(), None)
    desk.drop(check.id, "desk")
    desk.drop(check.id, "desk")
    with pytest.raises(ExpiredCheck):
        desk.get(check.id, "desk")
    with pytest.raises(ExpiredCheck):
        desk.drop(check.id, "desk")
    with pytest.raises(ExpiredCheck):
        ledger.start(check.id, "e1")
    assert desk.page("desk", None, None, 10).items == ()


def pass_time(client: Redis, seconds: int) -> None:
    """To the server's keys, as if `seconds` had gone by: each has so much less to live, or is gone."""
    for key in client.scan_iter():
        left_ms = client.pttl(key)
        if left_ms >= 0:
            client.pexpire(key, left_ms - 1_000 * seconds)


def test_a_check_expires_after_its_lifetime_and_is_unknown_after_its_grave(redis_client: Redis):
    settings = Settings(check_lifetime_s=1_000, tombstone_lifetime_s=1_000)
    desk, ledger = RedisCheckRepository(redis_client, settings), RedisCheckExecution(redis_client, settings)
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.finish(check.id, "e1", a_report(a_verdict()))
    pass_time(redis_client, 500)
    assert desk.get(check.id, "desk").status is CheckStatus.FINISHED
    pass_time(redis_client, 1_000)
    with pytest.raises(ExpiredCheck):
        desk.get(check.id, "desk")
    assert desk.page("desk", None, None, 10).items == ()
    pass_time(redis_client, 1_000)
    with pytest.raises(UnknownCheck):
        desk.get(check.id, "desk")


def test_a_check_that_waits_longer_than_its_lifetime_is_not_lost(redis_client: Redis):
    desk = RedisCheckRepository(redis_client, Settings(check_lifetime_s=1_000))
    check = desk.submit(a_check(), a_request(), None)
    pass_time(redis_client, 10_000)
    assert desk.get(check.id, "desk").status is CheckStatus.QUEUED


def _days() -> Iterator[str]:
    yield from (f"2018-01-{day:02d}T09:00:00.000Z" for day in range(1, 29))


def test_checks_are_listed_newest_first_page_by_page_for_their_owner(desk: RedisCheckRepository):
    made = [desk.submit(a_check(created_at=day), a_request(), None).id for day in _days()]
    desk.submit(a_check(owner="stranger"), a_request(), None)
    listed, cursor = [], None
    for _ in range(3):
        page = desk.page("desk", None, cursor, 10)
        listed += [check.id for check in page.items]
        cursor = page.cursor
    assert listed == made[::-1]
    assert cursor is None


def test_checks_can_be_listed_by_status(desk: RedisCheckRepository, ledger: RedisCheckExecution):
    made = [desk.submit(a_check(created_at=day), a_request(), None).id for day in _days()]
    for check_id in made[::7]:
        ledger.start(check_id, "e1")
    first = desk.page("desk", CheckStatus.RUNNING, None, 3)
    second = desk.page("desk", CheckStatus.RUNNING, first.cursor, 3)
    assert [check.id for check in (*first.items, *second.items)] == made[::7][::-1]
    assert second.cursor is None
    assert desk.page("desk", CheckStatus.FAILED, None, 3).items == ()


def test_events_tell_progress_each_claim_once_and_the_end(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, events: RedisCheckEventReader
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.record(check.id, "e1", None, 2)
    ledger.record(check.id, "e1", a_verdict("c1"), 2)
    ledger.finish(check.id, "e1", a_report(a_verdict("c1"), a_verdict("c2")))
    told = events.wait_for_change(check.id, None, 0)
    assert [event.kind.value for event in told] == [
        *("progress", "progress", "claim", "progress", "claim", "done"),
    ]
    claims = [event.verdict.claim.id for event in told if event.verdict]
    assert claims == ["c1", "c2"]
    assert (told[-1].status, told[-1].progress.claims_done) == (CheckStatus.FINISHED, 2)


def test_events_resume_after_the_last_one_seen(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, events: RedisCheckEventReader
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")
    ledger.finish(check.id, "e1", a_report(a_verdict()))
    told = events.wait_for_change(check.id, None, 0)
    assert events.wait_for_change(check.id, told[0].id, 0) == told[1:]
    assert events.wait_for_change(check.id, told[-1].id, 0) == []
    assert events.wait_for_change(check.id, "no event id", 0) == told


def test_waiting_ends_as_soon_as_something_changes(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, events: RedisCheckEventReader
):
    check = desk.submit(a_check(), a_request(), None)
    timer = threading.Timer(0.2, lambda: ledger.start(check.id, "e1"))
    timer.start()
    began = time.monotonic()
    told = events.wait_for_change(check.id, None, LONG_S)
    assert [event.kind for event in told] == [EventKind.PROGRESS]
    assert time.monotonic() - began < LONG_S / 2
    timer.join()


def test_waiting_ends_at_the_timeout(desk: RedisCheckRepository, events: RedisCheckEventReader):
    check = desk.submit(a_check(), a_request(), None)
    assert events.wait_for_change(check.id, None, 0.05) == []
    assert not events.wait_until_done(check.id, 0.05)


def test_waiting_for_the_end_passes_over_progress(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, events: RedisCheckEventReader
):
    check = desk.submit(a_check(), a_request(), None)
    ledger.start(check.id, "e1")

    def work() -> None:
        ledger.record(check.id, "e1", a_verdict(), 1)
        ledger.finish(check.id, "e1", a_report(a_verdict()))

    thread = threading.Thread(target=work)
    thread.start()
    assert events.wait_until_done(check.id, LONG_S)
    thread.join()


def test_a_check_whose_job_is_lost_is_failed_by_the_reaper_and_others_are_left_alone(
    desk: RedisCheckRepository, ledger: RedisCheckExecution, queue: Queue, redis_client: Redis
):
    lost, waiting, over = (desk.submit(a_check(), a_request(), None) for _ in range(3))
    ledger.start(lost.id, "e1")
    ledger.start(over.id, "e1")
    ledger.finish(over.id, "e1", a_report())
    job = queue.fetch_job(lost.id)
    assert job is not None
    job.delete()
    assert RedisCheckReaper(redis_client, Settings()).reap(PROBLEM) == [lost.id]
    assert desk.get(lost.id, "desk").error == PROBLEM
    assert desk.get(waiting.id, "desk").status is CheckStatus.QUEUED
    with pytest.raises(StaleExecution):
        ledger.record(lost.id, "e1", a_verdict(), 1)


@pytest.mark.parametrize(
    "damage",
    [{"revision": "?"}, {"status": "asleep"}, {"watch": "{"}, {"error": "[1"}, {"v": "0"}, {"claims_total": ""}],
)
def test_a_damaged_record_is_named_in_the_log_and_hides_no_other(
    desk: RedisCheckRepository, redis_client: Redis, caplog: pytest.LogCaptureFixture, damage: dict[str, str]
):
    older, broken, newer = [
        desk.submit(a_check(created_at=f"2031-03-0{n}T09:00:00.000Z"), a_request(), None) for n in (1, 2, 3)
    ]
    redis_client.hset(redis_keys.check(broken.id), mapping=damage)  # type: ignore[arg-type]
    assert [check.id for check in desk.page("desk", None, None, 10).items] == [newer.id, older.id]
    assert [check.id for check in desk.page("desk", None, None, 1).items] == [newer.id]
    assert {record.check_id for record in caplog.records if record.msg == "check record damaged"} == {broken.id}  # type: ignore[attr-defined]
    with pytest.raises(DamagedCheck, match=broken.id):
        desk.get(broken.id, "desk")


@pytest.mark.parametrize("damage", [{"revision": "?"}, {"status": "asleep"}, {"v": "0"}])
def test_a_damaged_check_can_be_deleted(desk: RedisCheckRepository, redis_client: Redis, damage: dict[str, str]):
    check = desk.submit(a_check(), a_request(), None)
    redis_client.hset(redis_keys.check(check.id), mapping=damage)  # type: ignore[arg-type]
    desk.drop(check.id, "desk")
    with suppress(ExpiredCheck):  # the first call only cancels a check that is under way
        desk.drop(check.id, "desk")
    with pytest.raises(ExpiredCheck):
        desk.get(check.id, "desk")
    assert not redis_client.exists(redis_keys.check(check.id))
