"""Bulk rechecks against a real store. The checker is played by the test."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from redis import Redis

from factcheck import redis_keys
from factcheck.bulk_job import BulkJob, JobKind, JobProgress, JobStatus
from factcheck.check import Check, CheckStatus, Priority, Problem
from factcheck.errors import JobEnded, JobUnderWay, UnknownJob
from factcheck.recheck import OutdatedReason, RecheckCriteria, criteria_to_json
from factcheck.settings import Settings
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.changelog import RedisChangelog
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.ended_check_requests import RedisEndedCheckRequests
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.fair_queue import FairQueue
from factcheck.store.watch_list import RedisWatchList
from factcheck.timestamps import timestamp
from factcheck.verdict import CorpusInfo, EngineInfo, Label, Report
from factcheck.watch import Watch
from tests.builders import a_check, a_document, a_report, a_request, a_verdict, an_article
from worker.process.bulk_rechecks import BulkRecheckPorts, BulkRecheckTask
from worker.process.bulk_runner import AT_ONCE, OWNER, TRIES, BulkRunner

CLAIM = "The ceremony opens on Friday."
DESK = "local"
ENGINE = EngineInfo("0.1.0", "tiny-nli", "bm25")
EVERYTHING = RecheckCriteria()
NOW = datetime(2031, 3, 7, 9, tzinfo=UTC)


class House:
    """Service, workers and runner over one server."""

    def __init__(self, redis: Redis) -> None:
        self.redis, self.settings = redis, Settings()
        self.checks = RedisCheckRepository(redis, self.settings)
        self.ledger = RedisCheckExecution(redis, self.settings)
        self.history = RedisCheckHistory(redis, self.checks)
        self.jobs = RedisBulkJobs(redis, self.settings)
        self.queue = FairQueue(redis)
        self.renewed: list[str] = []
        self.workers = 8
        self.runner = self.a_runner()

    def a_runner(self, engine: EngineInfo = ENGINE) -> BulkRunner:
        """As a process that has just started would have it."""
        ports = BulkRecheckPorts(
            history=self.history,
            checks=self.checks,
            requests=RedisEndedCheckRequests(self.redis, self.settings),
            watches=RedisWatchList(self.redis, "w1"),
            changelog=RedisChangelog(self.redis),
            renewed=lambda check_id, _: self.renewed.append(check_id),
        )
        tasks = {JobKind.RECHECK: BulkRecheckTask(ports, engine, lambda: NOW)}
        people_wait = lambda: bool(self.queue.depths()[Priority.INTERACTIVE])  # noqa: E731
        return BulkRunner(self.jobs, self.checks, tasks, lambda: self.workers, people_wait)

    def kept(self, article_id: str, label: Label = Label.SUPPORTED, **changes: object) -> Check:
        """An article whose check has ended."""
        check = a_check(owner=DESK, article_id=article_id, created_at=timestamp(), **changes)
        request = a_request(article=an_article(CLAIM, title=article_id, published_at="2031-03-01"))
        self.checks.submit(check, request, None)
        self.finish(check.id, report(label))
        return check

    def finish(self, check_id: str, said: Report) -> None:
        self.ledger.start(check_id, "x1")
        self.ledger.finish(check_id, "x1", said)

    def started(self, selection: RecheckCriteria = EVERYTHING) -> str:
        job = a_job(selection)
        self.jobs.start(job)
        return job.id

    def job(self, job_id: str) -> BulkJob:
        return self.jobs.get(JobKind.RECHECK, DESK, job_id)

    def in_flight(self) -> list[Check]:
        return [check for check in self.checks.page(OWNER, None, None, 100).items if not check.status.final]

    def answer(self, label: Label) -> int:
        """Workers end all checks that are in flight, and the runner hears of it."""
        waiting = self.in_flight()
        for check in waiting:
            self.finish(check.id, report(label))
        self.runner.step()
        return len(waiting)

    def run(self, label: Label) -> int:
        """To the end of all jobs. Number of checks."""
        self.runner.step()
        done = 0
        while in_turn := self.answer(label):
            done += in_turn
        self.runner.step()
        return done

    def flips(self, job_id: str) -> Sequence[dict[str, object]]:
        return [dict(finding.content) for finding in self.jobs.findings(job_id, None, 100).items]

    def move(self, job_id: str, status: JobStatus) -> BulkJob:
        return self.jobs.move(JobKind.RECHECK, DESK, job_id, status)


def a_job(selection: RecheckCriteria, total: int = 3) -> BulkJob:
    progress = JobProgress(total, 0, 0, 0)
    running = (JobKind.RECHECK, JobStatus.RUNNING, criteria_to_json(selection), timestamp(), "Anna")
    return BulkJob(uuid4().hex, DESK, *running, None, progress, {}, "", 0)


def report(label: Label) -> Report:
    return a_report(a_verdict(text=CLAIM, label=label))


@pytest.fixture
def house(redis_client: Redis) -> Iterator[House]:
    return House(redis_client)


def test_every_kept_article_is_checked_again_and_the_flips_are_listed(house: House):
    first, second = house.kept("a"), house.kept("b", Label.CONTRADICTED)
    job_id = house.started()
    assert house.run(Label.CONTRADICTED) == 2
    job = house.job(job_id)
    assert (job.status, job.progress.done, job.counts) == (JobStatus.FINISHED, 2, {"contradicted": 1})
    [flip] = house.flips(job_id)
    assert (flip["check_id"], flip["text"]) == (first.id, CLAIM)
    assert (flip["before"]["label"], flip["after"]["label"]) == ("supported", "contradicted")  # type: ignore[index]
    assert house.checks.get(second.id, DESK).report == report(Label.CONTRADICTED)
    assert house.in_flight() == []


def test_the_new_verdicts_take_the_old_ones_place_and_no_version_is_added(house: House):
    check = house.kept("a")
    house.started()
    house.run(Label.CONTRADICTED)
    seen = house.checks.get(check.id, DESK)
    assert seen.report is not None
    assert seen.report.verdicts[0].label is Label.CONTRADICTED
    state = house.history.get(DESK, "a")
    assert (state.versions, state.counts and state.counts["open"]) == (1, 1)
    assert house.renewed == [check.id]
    assert 0 < house.redis.ttl(redis_keys.check(check.id)) <= house.settings.history_lifetime_s
    assert 0 < house.redis.ttl(redis_keys.check_verdicts(check.id)) <= house.settings.history_lifetime_s


def test_a_trial_lists_the_flips_and_leaves_the_articles_alone(house: House):
    check = house.kept("a")
    job_id = house.started(replace(EVERYTHING, update=False))
    house.run(Label.CONTRADICTED)
    assert len(house.flips(job_id)) == 1
    assert house.checks.get(check.id, DESK).report == report(Label.SUPPORTED)


def test_checks_have_batch_priority_and_a_bounded_number_is_in_flight(house: House):
    for number in range(12):
        house.kept(f"a{number}")
    house.started()
    house.runner.step()
    house.runner.step()
    assert len(house.in_flight()) == min(AT_ONCE, house.workers // 2)
    priorities = {house.redis.hget(redis_keys.check(check.id), "priority") for check in house.in_flight()}
    assert priorities == {b"batch"}


def test_nothing_begins_while_people_wait(house: House):
    house.kept("a")
    options = replace(a_request().options, priority=Priority.INTERACTIVE)
    for _ in range(3):  # the queue of the workers holds one of them
        house.checks.submit(a_check(owner=DESK), a_request(options=options), None)
    house.started()
    house.runner.step()
    assert house.in_flight() == []


def test_one_worker_alone_works_for_the_job_too(house: House):
    house.workers = 1
    house.kept("a")
    house.kept("b")
    house.started()
    house.runner.step()
    assert len(house.in_flight()) == 1
    assert house.run(Label.SUPPORTED) == 2


def test_a_pause_lets_checks_in_flight_end_and_begins_none(house: House):
    house.workers = 2
    house.kept("a")
    house.kept("b")
    job_id = house.started()
    house.runner.step()
    assert house.move(job_id, JobStatus.PAUSED).status is JobStatus.PAUSED
    assert house.answer(Label.SUPPORTED) == 1
    assert house.in_flight() == []
    assert house.job(job_id).progress.done == 1
    house.move(job_id, JobStatus.RUNNING)
    house.run(Label.SUPPORTED)
    assert (house.job(job_id).status, house.job(job_id).progress.done) == (JobStatus.FINISHED, 2)


def test_a_cancelled_job_leaves_nothing_behind_but_what_it_found(house: House):
    house.workers = 2
    house.kept("a")
    house.kept("b")
    job_id = house.started()
    house.runner.step()
    house.answer(Label.CONTRADICTED)
    assert len(house.in_flight()) == 1
    house.move(job_id, JobStatus.CANCELLED)
    house.runner.step()
    assert house.in_flight() == []
    assert house.jobs.active() == ()
    assert len(house.flips(job_id)) == 1
    with pytest.raises(JobEnded):
        house.move(job_id, JobStatus.RUNNING)


def test_another_process_goes_on_where_one_was_killed(house: House):
    house.kept("a")
    house.kept("b")
    job_id = house.started()
    house.runner.step()
    house.runner = house.a_runner()
    house.runner.step()
    assert len(house.in_flight()) == 2
    assert house.run(Label.CONTRADICTED) == 2
    assert house.job(job_id).progress.done == 2


def test_a_process_killed_between_note_and_submission_loses_nothing(house: House):
    house.kept("a")
    job_id = house.started()
    house.runner.step()
    [check] = house.in_flight()
    for key in house.redis.scan_iter(f"factcheck:check:{check.id}*"):
        house.redis.delete(key)
    house.redis.delete(redis_keys.owner_checks(OWNER))
    assert house.run(Label.CONTRADICTED) == 1
    assert house.job(job_id).progress.done == 1


def test_a_check_that_fails_is_tried_again_and_then_counted_as_failed(house: House):
    house.kept("a")
    job_id = house.started()
    for _ in range(TRIES):
        house.runner.step()
        [check] = house.in_flight()
        house.ledger.start(check.id, "x1")
        house.ledger.fail(check.id, "x1", Problem("urn:x", "lost", "lost"))
    house.runner.step()
    house.runner.step()
    job = house.job(job_id)
    assert (job.status, job.progress.failed, job.progress.done) == (JobStatus.FINISHED, 1, 0)


def test_only_articles_that_the_present_reader_has_not_read(house: House):
    house.kept("a")
    house.started(replace(EVERYTHING, outdated=(OutdatedReason.READER,)))
    assert house.run(Label.SUPPORTED) == 0
    house.runner = house.a_runner(replace(ENGINE, version="0.2.0"))
    house.started(replace(EVERYTHING, outdated=(OutdatedReason.READER,)))
    assert house.run(Label.SUPPORTED) == 1


def test_only_articles_that_have_not_seen_the_present_archive(house: House):
    position = str(RedisChangelog(house.redis).position())
    check = a_check(owner=DESK, article_id="seen", created_at=timestamp())
    house.checks.submit(check, a_request(), None)
    house.finish(check.id, replace(report(Label.SUPPORTED), corpus=CorpusInfo(position, 0, None)))
    job_id = house.started(replace(EVERYTHING, outdated=(OutdatedReason.CORPUS,)))
    assert house.run(Label.SUPPORTED) == 0
    assert house.job(job_id).progress.skipped == 1
    RedisDocumentStore(house.redis).put(a_document("d1"))
    house.started(replace(EVERYTHING, outdated=(OutdatedReason.CORPUS,)))
    assert house.run(Label.SUPPORTED) == 1


def test_articles_by_name_and_by_day(house: House):
    house.kept("a")
    house.kept("b")
    job_id = house.started(replace(EVERYTHING, articles=("b", "nobody")))
    assert house.run(Label.SUPPORTED) == 1
    assert house.job(job_id).progress.skipped == 1
    today = timestamp()[:10]
    house.started(replace(EVERYTHING, first=today, last=today))
    assert house.run(Label.SUPPORTED) == 2
    house.started(replace(EVERYTHING, last="2020-01-01"))
    assert house.run(Label.SUPPORTED) == 0
    house.started(replace(EVERYTHING, first="2999-01-01"))
    assert house.run(Label.SUPPORTED) == 0


def test_an_article_that_is_being_checked_or_had_documents_of_its_own_is_left_out(house: House):
    house.checks.submit(a_check(owner=DESK, article_id="running", created_at=timestamp()), a_request(), None)
    own = a_check(owner=DESK, article_id="own", created_at=timestamp())
    house.checks.submit(own, a_request(documents=(a_document(),)), None)
    house.finish(own.id, report(Label.SUPPORTED))
    job_id = house.started()
    assert house.run(Label.SUPPORTED) == 0
    assert house.job(job_id).progress.skipped == 2


def test_later_reports_count_up_to_today_or_not_at_all(house: House):
    house.kept("a")
    house.started()
    house.runner.step()
    [check] = house.in_flight()
    assert house.ledger.start(check.id, "x1").as_of == "2031-03-07"
    house.ledger.finish(check.id, "x1", report(Label.SUPPORTED))
    house.run(Label.SUPPORTED)
    house.started(replace(EVERYTHING, later_reports=False))
    house.runner.step()
    [check] = house.in_flight()
    assert house.ledger.start(check.id, "x1").evidence_until == "2031-03-01"


def test_a_watched_article_keeps_its_watch_and_notes_the_flip(house: House):
    check = house.kept("a", watch=Watch("2999-01-01T00:00:00.000Z", 0, None, ()))
    house.started()
    house.run(Label.CONTRADICTED)
    watch = house.checks.get(check.id, DESK).watch
    assert watch is not None
    assert (watch.rechecks, watch.flips[0].after) == (1, Label.CONTRADICTED)


def test_a_deleted_article_takes_its_flips_along(house: House):
    house.kept("a")
    house.kept("b")
    job_id = house.started()
    house.run(Label.CONTRADICTED)
    house.history.forget(DESK, "a")
    [flip] = house.flips(job_id)
    assert flip["article"]["id"] == "b"  # type: ignore[index]
    assert CLAIM.encode() in b"".join(house.redis.hvals(redis_keys.bulk_findings(job_id)))
    house.history.forget(DESK, "b")
    assert house.redis.hvals(redis_keys.bulk_findings(job_id)) == []


def test_an_article_deleted_while_it_is_checked_again_is_left_out(house: House):
    house.kept("a")
    job_id = house.started()
    house.runner.step()
    house.history.forget(DESK, "a")
    house.answer(Label.CONTRADICTED)
    assert house.flips(job_id) == []
    assert house.job(job_id).progress.done == 1


def test_one_job_of_a_kind_at_a_time_and_nobody_sees_another_s(house: House):
    house.kept("a")
    job_id = house.started()
    with pytest.raises(JobUnderWay, match=job_id):
        house.started()
    with pytest.raises(UnknownJob):
        house.jobs.get(JobKind.RECHECK, "another", job_id)
    house.run(Label.SUPPORTED)
    house.started()
    assert len(house.jobs.page(JobKind.RECHECK, DESK)) == 2


def test_a_job_is_kept_as_long_as_the_history(house: House):
    job_id = house.started()
    assert house.redis.ttl(redis_keys.bulk_job(job_id)) == -1
    house.run(Label.SUPPORTED)
    assert 0 < house.redis.ttl(redis_keys.bulk_job(job_id)) <= house.settings.history_lifetime_s
    assert house.jobs.active() == ()


def test_a_shorter_report_changes_nothing(house: House):
    check = house.kept("a")
    job_id = house.started()
    for _ in range(TRIES):
        house.runner.step()
        [again] = house.in_flight()
        cut = report(Label.CONTRADICTED)
        house.finish(again.id, replace(cut, coverage=replace(cut.coverage, not_reached=3)))
    house.runner.step()
    assert house.flips(job_id) == []
    assert house.job(job_id).progress.failed == 1
    assert house.checks.get(check.id, DESK).report == report(Label.SUPPORTED)
    assert house.checks.get(check.id, DESK).status is CheckStatus.FINISHED
