"""Rechecks and the audit of the archive on the page; on a real Redis, with a worker's runner and a played reader."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from threading import Event, Thread

import pytest
import requests
from redis import Redis
from selenium.webdriver import Chrome
from werkzeug.serving import make_server

from factcheck.bulk_job import JobKind
from factcheck.check import CheckOptions, CheckRequest
from factcheck.errors import CheckCancelled, StaleExecution
from factcheck.settings import Settings
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.changelog import RedisChangelog
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.disagreement_decisions import RedisDisagreementDecisions
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.ended_check_requests import RedisEndedCheckRequests
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from factcheck.store.watch_list import RedisWatchList
from factcheck.verdict import EngineInfo, Label, Report
from service.app import create_app
from tests.builders import a_document, a_report, a_verdict
from tests.e2e.browser import ENTER, Page
from tests.e2e.test_page_desk import Quiet
from tests.fakes import InMemoryDocuments, InMemorySearch
from tests.unit.test_disagreement import NEW, OLD, contradicted
from worker.process.archive_audit import ArchiveAuditTask
from worker.process.bulk_rechecks import BulkRecheckPorts, BulkRecheckTask, utc_now
from worker.process.bulk_runner import OWNER, BulkRunner

CLAIM = "The mill was built in 1871."
LATER = replace(NEW, title="The mill, once more")
EARLIER = replace(OLD, title="The mill of Ostra")
OTHERS = [a_document(f"other-{n}", f"Report number {n}.", published_at="2019-01-01") for n in range(6)]


class House:
    """Service, store and one worker, whose reader finds what `label` says, as soon as `goes` is set."""

    def __init__(self, redis: Redis) -> None:
        settings = Settings()
        self.checks, self.ledger = RedisCheckRepository(redis, settings), RedisCheckExecution(redis, settings)
        self.documents, self.jobs = RedisDocumentStore(redis), RedisBulkJobs(redis, settings)
        self.documents.put_many([EARLIER, LATER, *OTHERS])
        history = RedisCheckHistory(redis, self.checks)
        kept = RedisEndedCheckRequests(redis, settings)
        ports = BulkRecheckPorts(
            history, self.checks, kept, RedisWatchList(redis, "w"), RedisChangelog(redis), lambda *_: None
        )
        tasks = {
            JobKind.RECHECK: BulkRecheckTask(ports, EngineInfo("", "", ""), utc_now),
            JobKind.AUDIT: ArchiveAuditTask(self.documents, CheckOptions(5, (), (), 30.0), utc_now),
        }
        self.runner = BulkRunner(self.jobs, self.checks, tasks, lambda: 2, lambda: False)
        self.label, self.goes, self.over = Label.CONTRADICTED, Event(), Event()
        self.goes.set()
        self.app = create_app(
            settings,
            self.checks,
            RedisCheckEventReader(redis),
            self.documents,
            InMemorySearch(InMemoryDocuments()),
            articles=RedisArticles(redis),
            history=history,
            decisions=RedisDecisionStore(redis, settings),
            bulk=self.jobs,
            disagreement_decisions=RedisDisagreementDecisions(redis),
        )

    def work(self) -> None:
        while not self.over.wait(0.02):
            self.runner.step()
            waiting = [check for check in self.checks.page(OWNER, None, None, 20).items if not check.status.final]
            for check in waiting:
                self.goes.wait(20)
                with suppress(CheckCancelled, StaleExecution):
                    self.ledger.finish(check.id, "x1", self.read(self.ledger.start(check.id, "x1")))

    def read(self, request: CheckRequest) -> Report:
        if request.others is None:
            return self.verdict()
        is_old = request.others.document_id == "old"
        return a_report(*([contradicted(EARLIER, "1871", LATER, "1817")] if is_old else []))

    def verdict(self) -> Report:
        told = contradicted(EARLIER, "1871", LATER, "1817")
        return a_report(told if self.label is Label.CONTRADICTED else a_verdict(text=CLAIM, label=self.label))

    def checked(self, url: str, title: str, label: Label) -> str:
        body = {"article": {"text": CLAIM, "title": title}, "article_id": title.replace(" ", "-")}
        check_id = str(requests.post(f"{url}/v1/checks", json=body, timeout=5).json()["id"])
        self.label, before = label, self.label
        self.ledger.start(check_id, "x1")
        self.ledger.finish(check_id, "x1", self.verdict())
        self.label = before
        return check_id


@pytest.fixture
def house(redis_client: Redis) -> Iterator[House]:
    house = House(redis_client)
    worker = Thread(target=house.work, daemon=True)
    worker.start()
    yield house
    house.over.set()
    house.goes.set()
    worker.join()


@pytest.fixture
def page(chrome: Chrome, house: House) -> Iterator[Page]:
    server = make_server("127.0.0.1", 0, house.app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    chrome.get_log("browser")  # type: ignore[no-untyped-call]
    page = Page(chrome, f"http://127.0.0.1:{server.server_port}")
    yield page
    complaints = page.phone(False).emulate(prefers_color_scheme="light").complaints()
    chrome.get("about:blank")
    server.shutdown()
    server.server_close()
    thread.join()
    assert complaints == []


def test_articles_are_checked_again_and_the_flips_stand_below(page: Page, house: House):
    house.checked(page.url, "Mill one", Label.SUPPORTED)
    house.checked(page.url, "Mill two", Label.CONTRADICTED)
    page.open("/articles").click("a[href$='/rechecks']").click("#go")
    page.sees("Finished", "#job-title")
    assert "2 of 2 articles" in page.text("#job-line")
    page.sees("Mill one", "#found h3")
    assert [e.text for e in page.all("#found h3")] == ["Mill one"]
    assert "✓ supported" in page.text("#found .change-line")
    assert "✕ contradicted" in page.text("#found .change-line")
    assert page.text("#found blockquote em") == "1817"
    assert "1 verdict flipped, 1 contradicted now" in page.text("#job-line")
    page.click("#found h3 a").sees("1 open of 1", "#open-count")


def test_what_an_editor_has_dismissed_is_folded(page: Page, house: House):
    check_id = house.checked(page.url, "Mill one", Label.SUPPORTED)
    page.open("/rechecks").click("#go").sees("Finished", "#job-title")
    path = f"{page.url}/v1/checks/{check_id}/claims/c1/decisions"
    said = {"decision": "dismissed", "comment": "The mayor called"}
    requests.post(path, json=said, timeout=5).raise_for_status()
    page.browser.refresh()
    page.sees("dismissed by local: The mayor called", "#found .flip.dismissed")
    assert page.all("#found .flip > .claim-text") == []
    page.click("#found summary").sees(CLAIM, "#found")


def test_a_run_is_paused_resumed_and_cancelled(page: Page, house: House):
    for number in range(4):
        house.checked(page.url, f"Mill {number}", Label.SUPPORTED)
    house.goes.clear()
    page.open("/rechecks").click("#go").sees("Running", "#job-title")
    page.click("[data-verb=pause]").sees("Paused", "#job-title")
    house.goes.set()
    page.sees("1 of 4 articles", "#job-line")
    house.goes.clear()
    page.click("[data-verb=resume]").sees("Running", "#job-title")
    page.click("[data-verb=cancel]").sees("Cancelled", "#job-title")
    page.until(lambda: len(page.all("#found .flip")) == 1, "the one flip that was found")
    house.goes.set()
    page.click("#go").sees("Finished", "#job-title")
    page.click("#earlier summary").sees("cancelled", "#earlier-list")
    page.click("#earlier-list li:last-child a").sees("Cancelled", "#job-title")


def test_a_trial_changes_nothing_and_days_are_kept(page: Page, house: House):
    check_id = house.checked(page.url, "Mill one", Label.SUPPORTED)
    page.open("/rechecks").click("#trial").click("#go").sees("Finished", "#job-title")
    page.sees("trial", "#job-about")
    report = requests.get(f"{page.url}/v1/checks/{check_id}", timeout=5).json()["report"]
    assert report["claims"][0]["label"] == "supported"


def test_only_new_errors_are_shown_on_demand(page: Page, house: House):
    house.checked(page.url, "Mill one", Label.CONTRADICTED)
    house.label = Label.SUPPORTED
    page.open("/rechecks").click("#go").sees("Finished", "#job-title")
    assert page.one("#found .flip")
    page.click("#only-errors")
    assert not page.all("#found .group")[0].is_displayed()


def test_a_second_run_is_refused_in_words(page: Page, house: House):
    house.checked(page.url, "Mill one", Label.SUPPORTED)
    house.goes.clear()
    page.open("/rechecks").click("#go").sees("Running", "#job-title")
    page.click("#go").sees("has not ended", "#notices")


def test_reports_that_disagree_stand_side_by_side(page: Page, house: House):
    page.open("/corpus").click("a[href$='/disagreements']").click("#go").sees("Finished", "#job-title")
    assert "8 of 8 reports" in page.text("#job-line")
    page.sees("Courier", "#found .two-sides figure:last-of-type")
    older, newer = page.all("#found .two-sides figure")
    assert "The older report" in older.text
    assert [e.text for e in page.all("#found em")] == ["1871", "1817"]
    assert "Courier" in newer.text
    page.sees("never corrected", "#found")
    page.click("#found .source").sees("The mill was built in", "#report")


def test_pairs_that_were_corrected_can_be_hidden(page: Page, house: House):
    page.open("/disagreements").click("#go").sees("Finished", "#job-title")
    house.documents.put(replace(LATER, corrects="old"))
    page.browser.refresh()
    page.sees("a report corrects it", "#found")
    page.click("#only-open")
    assert not [pair for pair in page.all("#found .pair") if pair.is_displayed()]


def test_a_pair_is_dismissed_with_a_reason_and_stays_so_in_the_next_audit(page: Page, house: House):
    page.open("/disagreements").click("#go").sees("Finished", "#job-title")
    page.click("#found [data-act=dismiss]").one(".dismiss input").send_keys("Two mills", ENTER)
    page.sees("Dismissed by local", "#found .decision")
    page.click("#go").until(lambda: len(page.all("#earlier-list li")) == 2, "the second audit")
    page.sees("Finished", "#job-title")
    page.sees("Two mills", "#found .decision")
    assert not page.one("#found .pair").find_elements("css selector", "details[open]")
    page.click("#only-open")
    assert not page.all("#found .pair")[0].is_displayed()
    page.click("#only-open").click("#found [data-act=restore]").sees("never corrected", "#found")


def test_of_two_editors_who_decide_on_a_pair_the_second_is_told(page: Page, house: House):
    page.open("/disagreements").click("#go").sees("Finished", "#job-title")
    job = requests.get(f"{page.url}/v1/corpus-audits", timeout=5).json()["items"][0]
    path = f"{page.url}{job['links']['findings']}"
    pair = requests.get(path, timeout=5).json()["items"][0]
    said = {"decision": "dismissed", "comment": "Two mills"}
    requests.post(f"{path}/{pair['id']}/decisions", json=said, timeout=5).raise_for_status()
    page.click("#found [data-act=dismiss]").click("#found .dismiss .button").sees("Two mills", "#notices")


def test_without_a_finding_the_page_says_so(page: Page, house: House):
    house.documents.remove("old")
    page.open("/disagreements").click("#go").sees("No report contradicts another one.", "#found")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("is_phone", [False, True])
@pytest.mark.parametrize("path", ["/rechecks", "/disagreements"])
def test_axe_finds_nothing_serious(page: Page, house: House, path: str, is_phone: bool, scheme: str):
    page.emulate(prefers_color_scheme=scheme).phone(is_phone)
    house.checked(page.url, "Mill one", Label.SUPPORTED)
    page.open(path)
    assert page.serious_axe_findings() == []
    page.click("#go").sees("Finished", "#job-title")
    page.one("#found blockquote")
    assert page.serious_axe_findings() == []
    if path == "/disagreements":
        page.click("#found [data-act=dismiss]").one(".dismiss")
        assert page.serious_axe_findings() == []
        page.click("#found .dismiss .button").one("#found .decision")
        assert page.serious_axe_findings() == []
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
    house.goes.clear()
    page.click("#go").sees("Running", "#job-title")
    assert page.serious_axe_findings() == []
