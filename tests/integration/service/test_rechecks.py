"""Rechecks over HTTP, on a real Redis; the runner of a worker is driven by the test."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck import redis_keys
from factcheck.api_keys import Scope
from factcheck.bulk_job import JobKind
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.changelog import RedisChangelog
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.ended_check_requests import RedisEndedCheckRequests
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.watch_list import RedisWatchList
from factcheck.verdict import EngineInfo, Label, Report
from service.app import create_app
from tests.builders import a_report, a_verdict
from tests.fakes import InMemoryDocuments, InMemorySearch
from worker.process.bulk_rechecks import BulkRecheckPorts, BulkRecheckTask, utc_now
from worker.process.bulk_runner import OWNER, BulkRunner

CLAIM = "The bridge opens on March 15."


class Desk:
    """A service and its worker."""

    def __init__(self, redis: Redis) -> None:
        settings = Settings()
        self.redis, self.checks = redis, RedisCheckRepository(redis, settings)
        self.ledger, shelf = RedisCheckExecution(redis, settings), InMemoryDocuments()
        history, bulk = RedisCheckHistory(redis, self.checks), RedisBulkJobs(redis, settings)
        self.client: FlaskClient = create_app(
            settings,
            self.checks,
            RedisCheckEventReader(redis),
            shelf,
            InMemorySearch(shelf),
            api_keys=RedisApiKeys(redis),
            history=history,
            decisions=RedisDecisionStore(redis, settings),
            bulk=bulk,
        ).test_client()
        ports = BulkRecheckPorts(
            history=history,
            checks=self.checks,
            requests=RedisEndedCheckRequests(redis, settings),
            watches=RedisWatchList(redis, "w1"),
            changelog=RedisChangelog(redis),
            renewed=lambda *_: None,
        )
        tasks = {JobKind.RECHECK: BulkRecheckTask(ports, EngineInfo("", "", ""), utc_now)}
        self.runner = BulkRunner(bulk, self.checks, tasks, lambda: 8, lambda: False)

    def checked(self, article_id: str, label: Label) -> dict[str, Any]:
        body = {"article": {"text": CLAIM, "title": article_id}, "article_id": article_id}
        check: dict[str, Any] = self.client.post("/v1/checks", json=body).json or {}
        self.finish(check["id"], label)
        return check

    def finish(self, check_id: str, label: Label) -> None:
        self.ledger.start(check_id, "x1")
        self.ledger.finish(check_id, "x1", report(label))

    def started(self, **selection: Any) -> dict[str, Any]:
        answer = self.client.post("/v1/rechecks", json=selection)
        assert answer.status_code == 202, answer.data
        return dict(answer.json or {})

    def worked(self, label: Label) -> None:
        """A worker ends all rechecks under way."""
        self.runner.step()
        for check in self.checks.page(OWNER, None, None, 100).items:
            self.finish(check.id, label)
        self.runner.step()
        self.runner.step()

    def read(self, path: str) -> dict[str, Any]:
        answer = self.client.get(path)
        assert answer.status_code == 200, answer.data
        return dict(answer.json or {})

    def decide(self, check_id: str, claim_id: str, **decision: Any) -> None:
        path = f"/v1/checks/{check_id}/claims/{claim_id}/decisions"
        assert self.client.post(path, json=decision).status_code == 200


def report(label: Label) -> Report:
    return a_report(a_verdict(text=CLAIM, label=label))


@pytest.fixture
def desk(redis_client: Redis) -> Desk:
    return Desk(redis_client)


def test_a_recheck_is_started_read_and_listed_with_its_flips(desk: Desk):
    desk.checked("one", Label.SUPPORTED)
    desk.checked("two", Label.CONTRADICTED)
    job = desk.started(outdated=["reader", "reader"])
    assert (job["status"], job["started_by"], job["progress"]["total"]) == ("running", "local", 2)
    assert job["selection"]["outdated"] == ["reader"]
    desk.worked(Label.CONTRADICTED)
    seen = desk.read(job["links"]["self"])
    assert (seen["status"], seen["found"]) == ("finished", {"contradicted": 1})
    assert seen["progress"] == {"total": 2, "done": 2, "skipped": 0, "failed": 0, "in_flight": 0}
    [flip] = desk.read(job["links"]["findings"])["items"]
    assert flip["article"] == {"id": "one", "title": "one", "url": None}
    assert (flip["text"], flip["decision"]) == (CLAIM, None)
    assert (flip["before"]["label"], flip["after"]["label"]) == ("supported", "contradicted")
    assert [item["id"] for item in desk.read("/v1/rechecks")["items"]] == [job["id"]]


def test_what_editors_decided_stands_at_the_flip(desk: Desk):
    check = desk.checked("one", Label.CONTRADICTED)
    desk.decide(check["id"], "c1", decision="dismissed", comment="The mayor called")
    first = desk.started()
    desk.worked(Label.SUPPORTED)
    [flip] = desk.read(first["links"]["findings"])["items"]
    assert flip["decision"]["decision"] == "open"  # it was on another label
    second = desk.started()
    desk.worked(Label.CONTRADICTED)
    [flip] = desk.read(second["links"]["findings"])["items"]
    assert (flip["decision"]["decision"], flip["decision"]["comment"]) == ("dismissed", "The mayor called")
    assert desk.read("/v1/articles/one")["decisions"]["open"] == 0


def test_a_flip_that_is_decided_later_says_so_too(desk: Desk):
    check = desk.checked("one", Label.SUPPORTED)
    job = desk.started()
    desk.worked(Label.CONTRADICTED)
    desk.decide(check["id"], "c1", decision="confirmed")
    [flip] = desk.read(job["links"]["findings"])["items"]
    assert flip["decision"]["decision"] == "confirmed"


def test_pause_resume_and_cancel(desk: Desk):
    desk.checked("one", Label.SUPPORTED)
    links = desk.started()["links"]
    for verb, status in (("pause", "paused"), ("pause", "paused"), ("resume", "running"), ("cancel", "cancelled")):
        answer = desk.client.post(links[verb])
        assert (answer.status_code, answer.json and answer.json["status"]) == (200, status)
    answer = desk.client.post(links["resume"])
    assert answer.status_code == 409
    assert answer.json
    assert answer.json["type"].endswith("job-ended")


def test_a_second_recheck_waits_for_the_first(desk: Desk):
    job = desk.started()
    answer = desk.client.post("/v1/rechecks", json={})
    assert answer.status_code == 409
    assert job["id"] in answer.text


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"from": "2031-03-02", "to": "2031-03-01"}, "/from"),
        ({"outdated": ["weather"]}, "/outdated/0"),
        ({"articles": []}, "/articles"),
        ({"articles": ["a b"]}, "/articles/0"),
        ({"articles": ["a"] * 10_001}, "/articles"),
        ({"from": "yesterday"}, "/from"),
        ({"update": "yes"}, "/update"),
        ({"everything": True}, "/everything"),
    ],
)
def test_a_selection_that_makes_no_sense_is_refused_with_the_place(desk: Desk, body: dict[str, Any], pointer: str):
    answer = desk.client.post("/v1/rechecks", json=body)
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["errors"][0]["pointer"] == pointer


@pytest.mark.parametrize("verb", ["", "/findings"])
def test_an_unknown_job_is_404(desk: Desk, verb: str):
    answer = desk.client.get(f"/v1/rechecks/{'a' * 32}{verb}")
    assert answer.status_code == 404
    assert answer.json
    assert answer.json["type"].endswith("unknown-job")


def test_a_cursor_of_another_listing_is_refused(desk: Desk):
    job = desk.started()
    assert desk.client.get(f"{job['links']['findings']}?cursor=x").status_code == 422


def test_flips_come_in_pages(desk: Desk):
    for number in range(5):
        desk.checked(f"a{number}", Label.SUPPORTED)
    job = desk.started()
    for _ in range(2):
        desk.worked(Label.CONTRADICTED)
    path, cursor, seen = job["links"]["findings"], "", []
    while cursor is not None:
        page = desk.read(f"{path}?limit=2{cursor and f'&cursor={cursor}'}")
        seen += [item["article"]["id"] for item in page["items"]]
        cursor = page["cursor"]
    assert sorted(seen) == ["a0", "a1", "a2", "a3", "a4"]


def test_of_an_article_that_has_expired_no_flip_is_shown(desk: Desk):
    check = desk.checked("one", Label.SUPPORTED)
    job = desk.started()
    desk.worked(Label.CONTRADICTED)
    for key in (redis_keys.article("local", "one"), redis_keys.check(check["id"])):
        desk.redis.delete(key)
    assert desk.read(job["links"]["findings"]) == {"items": [], "cursor": None}


def test_a_key_checks_its_own_articles_again_and_sees_no_other_s_jobs(desk: Desk):
    keys = RedisApiKeys(desk.redis)
    cms, other = ({"Authorization": f"Bearer {keys.create(name, frozenset({Scope.CHECK}))[1]}"} for name in "ab")
    body = {"article": {"text": CLAIM}, "article_id": "one"}
    check = desk.client.post("/v1/checks", json=body, headers=cms).json
    assert check
    desk.finish(check["id"], Label.SUPPORTED)
    job = desk.client.post("/v1/rechecks", json={}, headers=cms).json
    assert job
    assert job["progress"]["total"] == 1
    assert desk.client.get(f"/v1/rechecks/{job['id']}", headers=other).status_code == 404
    assert desk.client.get("/v1/rechecks", headers=other).json == {"items": []}
    reading = {"Authorization": f"Bearer {keys.create('archive', frozenset({Scope.CORPUS_READ}))[1]}"}
    assert desk.client.post("/v1/rechecks", json={}, headers=reading).status_code == 403


def test_the_total_counts_the_days_of_the_selection(desk: Desk):
    desk.checked("one", Label.SUPPORTED)
    job = desk.started(to="2020-01-01")
    assert job["progress"]["total"] == 0
    desk.client.post(job["links"]["cancel"])
    assert desk.started(**{"from": "2020-01-01", "to": "2999-01-01"})["progress"]["total"] == 1
