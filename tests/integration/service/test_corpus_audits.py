"""Audits of the archive over HTTP, on a real Redis; findings are written as the worker writes them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck.api_keys import Scope
from factcheck.bulk_job import JobFinding, JobKind
from factcheck.disagreement import disagreement_to_json, disagreements
from factcheck.evidence import Document
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.disagreement_decisions import RedisDisagreementDecisions
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
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
        decisions = RedisDisagreementDecisions(redis)
        stores = {"api_keys": keys, "bulk": self.bulk, "disagreement_decisions": decisions}
        app = create_app(settings, checks, RedisCheckEventReader(redis), self.documents, search, **stores)
        self.client: FlaskClient = app.test_client()
        self.put(OLD, NEW, THIRD)

    def put(self, *documents: Document) -> None:
        for document in documents:
            self.documents.put(document)

    def started(self, **selection: Any) -> dict[str, Any]:
        answer = self.client.post("/v1/corpus-audits", json=selection)
        assert answer.status_code == 202, answer.data
        return dict(answer.json or {})

    def found(
        self, job_id: str, note: str | None = None, by_new: bool = False, more: Sequence[JobFinding] = ()
    ) -> None:
        """The worker has read the old report, or the new one."""
        read = (NEW, "1817", OLD, "1871") if by_new else (OLD, "1871", NEW, "1817")
        pairs = disagreements(read[0], a_report(contradicted(*read)))
        [job] = self.bulk.active()
        assert self.bulk.begin(job, "behind x", "old", "check", note)
        findings = [JobFinding(p.id, "date", disagreement_to_json(p), 0.4) for p in pairs]
        self.bulk.settle(job_id, "old", "check", [*findings, *more])

    def decide(self, job: dict[str, Any], pair: dict[str, Any], status: int = 200, **said: Any) -> dict[str, Any]:
        answer = self.client.post(f"{job['links']['findings']}/{pair['id']}/decisions", json=said)
        assert answer.status_code == status, answer.data
        return dict(answer.json or {})

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


def test_a_dismissed_pair_says_who_dismissed_it_when_and_why(archive: Archive):
    job = archive.started()
    archive.found(job["id"])
    [pair] = archive.pairs(job)
    decided = archive.decide(job, pair, decision="dismissed", comment="Two mills")
    assert decided["state"] == "dismissed"
    assert {k: decided["decision"][k] for k in ("decision", "by", "comment", "seen")} == {
        "decision": "dismissed",
        "by": "local",
        "comment": "Two mills",
        "seen": 1,
    }
    assert archive.pairs(job, "?state=open") == []
    assert archive.pairs(job, "?state=dismissed") == [decided]
    again = archive.decide(job, pair, decision="open", seen=1)
    assert (again["state"], [e["decision"] for e in again["decision"]["history"]]) == ("open", ["dismissed", "open"])


def test_a_dismissal_holds_in_later_audits_whichever_report_is_read(archive: Archive):
    job = archive.started()
    archive.found(job["id"])
    archive.decide(job, archive.pairs(job)[0], decision="dismissed", comment="Two mills")
    archive.client.post(job["links"]["cancel"])
    archive.put(replace(OLD, text=f"It rained.\n\n{OLD.text} It has three wheels."))
    later = archive.started()
    archive.found(later["id"], by_new=True)
    [pair] = archive.pairs(later)
    assert pair["earlier"]["document"]["id"] == "new"
    assert (pair["state"], pair["decision"]["comment"]) == ("dismissed", "Two mills")


@pytest.mark.parametrize(
    "changed",
    [replace(OLD, text="The old mill was built in 1871."), replace(NEW, text="The mill was built in 1817, twice.")],
)
def test_a_dismissal_holds_for_the_same_two_sentences_only(archive: Archive, changed: Document):
    job = archive.started()
    archive.found(job["id"])
    [pair] = archive.pairs(job)
    archive.decide(job, pair, decision="dismissed")
    archive.put(changed)
    [pair] = archive.pairs(job)
    assert (pair["state"], "decision" in pair) == ("changed", False)
    assert archive.decide(job, pair, 404, decision="open")["type"].endswith("unknown-pair")


def test_of_two_editors_the_second_is_told_what_the_first_decided(archive: Archive):
    job = archive.started()
    archive.found(job["id"])
    [pair] = archive.pairs(job)
    archive.decide(job, pair, decision="dismissed", comment="Two mills", seen=0)
    assert "Two mills" in archive.decide(job, pair, 409, decision="dismissed", seen=0)["detail"]


@pytest.mark.parametrize(
    ("said", "pointer"),
    [({}, "/decision"), ({"decision": "confirmed"}, "/decision"), ({"decision": "open", "why": "so"}, "/why")],
)
def test_a_decision_on_a_pair_that_makes_no_sense_is_refused(archive: Archive, said: dict[str, Any], pointer: str):
    job = archive.started()
    archive.found(job["id"])
    [pair] = archive.pairs(job)
    assert archive.decide(job, pair, 422, **said)["errors"][0]["pointer"] == pointer
    assert archive.decide(job, {"id": "0" * 32}, 404, decision="open")


def test_the_likeliest_pairs_are_listed_first_where_they_are_asked_for(archive: Archive):
    job = archive.started()
    [pair] = disagreements(OLD, a_report(contradicted(OLD, "1871", NEW, "1817")))
    likely = JobFinding("f" * 32, "number", disagreement_to_json(replace(pair, confidence=0.99)), 0.9)
    archive.found(job["id"], more=[likely])
    assert [p["id"] for p in archive.pairs(job, "?sort=likely")] == ["f" * 32, pair.id]
    assert [p["id"] for p in archive.pairs(job)] == [pair.id, "f" * 32]
    first = archive.client.get(job["links"]["findings"] + "?sort=likely&limit=1").json
    assert first
    assert [p["id"] for p in archive.pairs(job, f"?sort=likely&cursor={first['cursor']}")] == [pair.id]


def test_pairs_of_an_audit_of_an_older_version_are_listed_but_take_no_decision(archive: Archive):
    job = archive.started()
    [pair] = disagreements(OLD, a_report(contradicted(OLD, "1871", NEW, "1817")))
    [running] = archive.bulk.active()
    archive.bulk.begin(running, "behind x", "old", "check")
    archive.bulk.settle(job["id"], "old", "check", [JobFinding(pair.key, "date", disagreement_to_json(pair))])
    assert [p["id"] for p in archive.pairs(job, "?sort=likely")] == [None]


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
    decisions = f"/v1/corpus-audits/{'a' * 32}/findings/{'b' * 32}/decisions"
    said = {"decision": "dismissed"}
    assert archive.client.post(decisions, json=said, headers=of(Scope.CORPUS_READ)).status_code == 403
    assert archive.client.post(decisions, json=said, headers=of(Scope.CHECK)).status_code == 404
