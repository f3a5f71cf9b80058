"""The archive read against itself, as a job in a real store. The reader is played by the test."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from redis import Redis

from factcheck.bulk_job import BulkJob, JobKind, JobProgress, JobStatus
from factcheck.check import Check, CheckOptions, CheckRequest
from factcheck.disagreement import CorpusAuditCriteria, audit_criteria_to_json
from factcheck.evidence import Document
from factcheck.settings import Settings
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.executions import RedisCheckExecution
from factcheck.timestamps import timestamp
from factcheck.verdict import Report
from tests.builders import a_document, a_report
from tests.unit.test_disagreement import NEW, OLD, contradicted
from worker.process.archive_audit import ArchiveAuditTask
from worker.process.bulk_runner import OWNER, BulkRunner

ARCHIVE = "archive"
THIRD = a_document("third", "Nothing to see.", published_at="2019-06-01", source="Post")
EVERYTHING = CorpusAuditCriteria()


class Archive:
    """A store with reports, and a reader that knows what contradicts what."""

    def __init__(self, redis: Redis, *documents: Document) -> None:
        settings = Settings()
        self.documents = RedisDocumentStore(redis)
        for document in documents:
            self.documents.put(document)
        self.checks, self.ledger = RedisCheckRepository(redis, settings), RedisCheckExecution(redis, settings)
        self.jobs = RedisBulkJobs(redis, settings)
        options = CheckOptions(5, (), (), 30.0)
        self.audit = ArchiveAuditTask(self.documents, options, lambda: datetime(2026, 1, 1, tzinfo=UTC))
        self.asked: list[CheckRequest] = []

    def runner(self) -> BulkRunner:
        """As a process that has just started would have it."""
        return BulkRunner(self.jobs, self.checks, {JobKind.AUDIT: self.audit}, lambda: 4, lambda: False)

    def started(self, selection: CorpusAuditCriteria = EVERYTHING) -> str:
        state = (JobKind.AUDIT, JobStatus.RUNNING, audit_criteria_to_json(selection), timestamp(), "Anna", None)
        job = BulkJob(uuid4().hex, ARCHIVE, *state, JobProgress(self.documents.count(), 0, 0, 0), {}, "", 0)
        self.jobs.start(job)
        return job.id

    def waiting(self) -> list[Check]:
        return [check for check in self.checks.page(OWNER, None, None, 100).items if not check.status.final]

    def run(self, read: Callable[[CheckRequest], Report]) -> None:
        self.runner().step()
        while waiting := self.waiting():
            for check in waiting:
                request = self.ledger.start(check.id, "x1")
                self.asked.append(request)
                self.ledger.finish(check.id, "x1", read(request))
            self.runner().step()
        self.runner().step()

    def job(self, job_id: str) -> BulkJob:
        return self.jobs.get(JobKind.AUDIT, ARCHIVE, job_id)


def read(request: CheckRequest) -> Report:
    """The old and the new report contradict each other, whichever is read."""
    others = {"old": contradicted(OLD, "1871", NEW, "1817"), "new": contradicted(NEW, "1817", OLD, "1871")}
    assert request.others is not None
    verdict = others.get(request.others.document_id)
    return a_report(*([verdict] if verdict else []))


@pytest.fixture
def archive(redis_client: Redis) -> Archive:
    return Archive(redis_client, OLD, NEW, THIRD, replace(OLD, id="void", retracted=True))


def test_every_report_is_read_and_a_pair_is_listed_once(archive: Archive):
    job_id = archive.started()
    archive.run(read)
    job = archive.job(job_id)
    assert (job.status, job.progress.done, job.progress.skipped) == (JobStatus.FINISHED, 3, 1)
    assert job.counts == {"date": 1}
    [pair] = archive.jobs.findings(job_id, None, 10).items
    assert pair.content["kinds"] == ["date"]
    assert {pair.content["earlier"]["document"]["id"], pair.content["later"]["document"]["id"]} == {"old", "new"}


def test_each_report_is_asked_about_the_others_only(archive: Archive):
    archive.started()
    archive.run(read)
    asked = {request.others.document_id: request for request in archive.asked if request.others}
    assert set(asked) == {"old", "new", "third"}
    old = asked["old"]
    assert old.others is not None
    assert old.others.story == archive.documents.get("old").story
    assert (old.others.since, old.evidence_until, old.article.text) == ("2019-04-02", "2026-01-01", OLD.text)


@pytest.mark.parametrize(
    ("selection", "read_ids"),
    [
        (CorpusAuditCriteria(sources=("courier",)), {"new"}),
        (CorpusAuditCriteria(first="2019-05-01"), {"new", "third"}),
        (CorpusAuditCriteria(documents=("third", "nobody", "void")), {"third"}),
    ],
)
def test_only_some_reports(archive: Archive, selection: CorpusAuditCriteria, read_ids: set[str]):
    job_id = archive.started(selection)
    archive.run(read)
    assert {request.others.document_id for request in archive.asked if request.others} == read_ids
    assert archive.job(job_id).status is JobStatus.FINISHED


def test_a_report_removed_while_it_is_read_is_left_out(archive: Archive):
    job_id = archive.started(CorpusAuditCriteria(documents=("old",)))
    archive.runner().step()
    archive.documents.remove("old")
    archive.run(read)
    assert archive.jobs.findings(job_id, None, 10).items == ()
    assert archive.job(job_id).status is JobStatus.FINISHED


def test_reports_that_another_one_corrects_are_noted(archive: Archive):
    archive.documents.put(replace(THIRD, corrects="old"))
    job_id = archive.started()
    archive.run(read)
    assert archive.jobs.noted(job_id, ["old", "new"]) == {"old"}


def test_it_goes_on_where_it_was_paused(archive: Archive):
    job_id = archive.started()
    archive.runner().step()
    archive.jobs.move(JobKind.AUDIT, ARCHIVE, job_id, JobStatus.PAUSED)
    archive.run(read)
    before = archive.job(job_id)
    assert (before.status, before.progress.done) == (JobStatus.PAUSED, 2)
    archive.jobs.move(JobKind.AUDIT, ARCHIVE, job_id, JobStatus.RUNNING)
    archive.run(read)
    assert (archive.job(job_id).status, archive.job(job_id).progress.done) == (JobStatus.FINISHED, 3)
