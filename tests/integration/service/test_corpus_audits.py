"""Audits of the archive over HTTP, on a real Redis; findings are written as the worker writes them."""

from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck.api_keys import Scope
from factcheck.bulk_job import Finding, JobKind
from factcheck.disagreement import disagreement_to_json, disagreements
from factcheck.evidence import Document
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEvents
from service.app import create_app
from tests.builders import a_report
from tests.fakes import InMemoryDocuments, InMemorySearch
from tests.unit.test_disagreement import NEW, OLD, contradicted

THIRD = replace(NEW, id="third", text="Work on the mill went on.")


class Archive:
    def __init__(self, redis: Redis) -> None:
        settings = Settings()
        self.redis, self.bulk, self.documents = redis, RedisBulkJobs(redis, settings), RedisDocumentStore(redis)
        checks = RedisCheckRepository(redis, settings)
        search = InMemorySearch(InMemoryDocuments())
        keys = RedisApiKeys(redis)
        app = create_app(
            settings, checks, RedisCheckEvents(redis), self.documents, search, api_keys=keys, bulk=self.bulk
        )
        self.client: FlaskClient = app.test_client()
        self.put(OLD, NEW, THIRD)

    def put(self, *documents: Document) -> None:
        for document in documents:
            self.documents.put(document)

    def started(self, **selection: Any) -> dict[str, Any]:
        answer = self.client.post("/v1/corpus-audits", json=selection)
        assert answer.status_code == 202, answer.data
        return dict(answer.json or {})

    def found(self, job_id: str, note: str | None = None) -> None:
        """The worker has read the old report."""
        pairs = disagreements(OLD, a_report(contradicted(OLD, "1871", NEW, "1817")))
        [job] = self.bulk.active()
        assert self.bulk.begin(job, "behind x", "old", "check", note)
        self.bulk.settle(job_id, "old", "check", [Finding(p.key, "date", disagreement_to_json(p)) for p in pairs])

    def pairs(self, job: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
        answer = self.client.get(job["links"]["findings"] + query)
        assert answer.status_code == 200, answer.data
        assert answer.json
        return list(answer.json["items"])


@pytest.fixture
def archive(redis_client: Redis) -> Archive:
    return Archive(redis_client)


def test_an_audit_is_started_read_and_listed_with_its_pairs(archive: Archive):
    job = archive.started()
    assert job["progress"]["total"] == 3
    archive.found(job["id"])
    seen = archive.client.get(job["links"]["self"]).json
    assert seen
    assert (seen["found"], seen["progress"]["done"]) == ({"date": 1}, 1)
    [pair] = archive.pairs(job)
    assert (pair["earlier"]["text"], pair["later"]["text"]) == (OLD.text, NEW.text)
    assert (pair["earlier"]["words"][0]["text"], pair["later"]["words"][0]["text"]) == ("1871", "1817")
    assert (pair["order"], pair["state"]) == ("known", "open")
    listed = archive.client.get("/v1/corpus-audits").json
    assert listed
    assert [item["id"] for item in listed["items"]] == [job["id"]]


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        (replace(OLD, retracted=True), "retracted"),
        (replace(OLD, text="The mill was built in 1817."), "changed"),
        (replace(NEW, corrects="old"), "corrected"),
        (replace(THIRD, corrects="third"), "open"),
    ],
)
def test_a_pair_says_what_has_become_of_it(archive: Archive, changed: Document, state: str):
    job = archive.started()
    archive.found(job["id"])
    archive.put(changed)
    assert [pair["state"] for pair in archive.pairs(job)] == [state]
    assert len(archive.pairs(job, f"?state={state}")) == 1
    assert archive.pairs(job, "?state=removed") == []


def test_a_pair_that_a_third_report_corrects_is_corrected(archive: Archive):
    job = archive.started()
    archive.found(job["id"], note="old")
    assert [pair["state"] for pair in archive.pairs(job)] == ["corrected"]


def test_of_a_removed_report_no_word_is_shown(archive: Archive):
    job = archive.started()
    archive.found(job["id"])
    archive.documents.remove("old")
    [pair] = archive.pairs(job)
    assert (pair["state"], pair["earlier"]["text"], pair["earlier"]["words"]) == ("removed", "", [])
    assert pair["later"]["text"] == NEW.text


def test_pause_resume_and_cancel(archive: Archive):
    links = archive.started()["links"]
    for verb, status in (("pause", "paused"), ("resume", "running"), ("cancel", "cancelled")):
        answer = archive.client.post(links[verb])
        assert (answer.status_code, answer.json and answer.json["status"]) == (200, status)
    assert archive.client.post(links["pause"]).status_code == 409


def test_one_audit_at_a_time_beside_rechecks(archive: Archive):
    archive.started()
    assert archive.client.post("/v1/corpus-audits", json={}).status_code == 409
    assert archive.client.post("/v1/rechecks", json={}).status_code == 202
    assert {job.kind for job in archive.bulk.active()} == {JobKind.AUDIT, JobKind.RECHECK}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"from": "2019-03-02", "to": "2019-03-01"}, "/from"),
        ({"documents": [""]}, "/documents/0"),
        ({"documents": ["a"] * 10_001}, "/documents"),
        ({"sources": "Post"}, "/sources"),
        ({"everything": True}, "/everything"),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused(archive: Archive, body: dict[str, Any], pointer: str):
    answer = archive.client.post("/v1/corpus-audits", json=body)
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["errors"][0]["pointer"] == pointer


def test_keys_read_audits_with_the_archive_and_start_them_with_the_right_to_change_it(archive: Archive):
    keys = RedisApiKeys(archive.redis)

    def of(*scopes: Scope) -> dict[str, str]:
        return {"Authorization": f"Bearer {keys.create('k', frozenset(scopes))[1]}"}

    assert archive.client.post("/v1/corpus-audits", json={}, headers=of(Scope.CORPUS_READ)).status_code == 403
    assert archive.client.get("/v1/corpus-audits", headers=of(Scope.CHECK)).status_code == 403
    assert archive.client.post("/v1/corpus-audits", json={}, headers=of(Scope.CORPUS_WRITE)).status_code == 202
    assert archive.client.get("/v1/corpus-audits", headers=of(Scope.CORPUS_READ)).status_code == 200
