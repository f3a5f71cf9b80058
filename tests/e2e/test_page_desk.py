"""The desk on the page: shared decisions, articles and their versions; on a real Redis, with a player for the worker."""

from collections.abc import Iterator
from threading import Thread

import pytest
import requests
from redis import Redis
from selenium.webdriver import Chrome
from werkzeug.serving import WSGIRequestHandler, make_server

from factcheck.check import Check, CheckRequest
from factcheck.ports import IdempotencyKey
from factcheck.settings import Settings
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from service.app import create_app
from tests.e2e.browser import Page
from tests.e2e.fake_service import ARTICLE, LETTER, RIVAL, Player
from tests.fakes import InMemoryDocuments, InMemorySearch


class Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nothing."""


class PlayedRepository(RedisCheckRepository):
    """Checks that the player takes up at once."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        super().__init__(client, settings)
        self.player = Player(RedisCheckExecution(client, settings))

    def submit(self, check: Check, request: CheckRequest, idempotency: IdempotencyKey | None) -> Check:
        known = super().submit(check, request, idempotency)
        Thread(target=self.player.perform, args=(known.id,), daemon=True).start()
        return known


@pytest.fixture
def service(redis_client: Redis) -> Iterator[str]:
    settings, shelf = Settings(), InMemoryDocuments(LETTER, RIVAL)
    checks = PlayedRepository(redis_client, settings)
    app = create_app(
        settings,
        checks,
        RedisCheckEventReader(redis_client),
        shelf,
        InMemorySearch(shelf),
        articles=RedisArticles(redis_client),
        history=RedisCheckHistory(redis_client, checks),
        decisions=RedisDecisionStore(redis_client, settings),
    )
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def page(chrome: Chrome, service: str) -> Iterator[Page]:
    chrome.get_log("browser")  # type: ignore[no-untyped-call]
    page = Page(chrome, service)
    yield page
    complaints = page.phone(False).emulate(prefers_color_scheme="light").complaints()
    chrome.get("about:blank")
    assert complaints == []


def check_id_of(page: Page) -> str:
    return page.browser.current_url.rpartition("/")[2]


def test_the_count_of_open_errors_falls_as_one_works(page: Page):
    page.open().checked(ARTICLE).sees("2 open of 2", "#open-count")
    page.click("#cards .is-contradicted [data-act=confirm]").sees("1 open of 2", "#open-count")
    page.sees("Confirmed by local", "#cards .is-contradicted .decision")
    page.click("#cards .is-disputed [data-act=dismiss]").click(".dismiss .button").sees("0 open of 2", "#open-count")
    page.click("#cards .dismissed .card-head").click("#cards .dismissed [data-act=restore]")
    page.sees("1 open of 2", "#open-count")


def test_another_browser_sees_what_was_decided(page: Page):
    page.open().checked(ARTICLE).click("#cards .is-contradicted [data-act=note]")
    comment, assignee = page.all(".note input")
    comment.send_keys("Ask the council")
    assignee.send_keys("Anna")
    page.click(".note .button").sees("Ask the council", "#cards .decision")
    page.js("localStorage.clear(); sessionStorage.clear()")
    page.browser.refresh()
    page.sees("Ask the council", "#cards .is-contradicted .decision")
    assert "For Anna" in page.text("#cards .is-contradicted .decision")


def test_of_two_editors_the_second_reads_what_the_first_decided(page: Page, service: str):
    page.open().checked(ARTICLE)
    path = f"{service}/v1/checks/{check_id_of(page)}"
    claim = requests.get(path, timeout=5).json()["report"]["claims"][0]["id"]
    said = {"decision": "dismissed", "comment": "The mayor called"}
    requests.post(f"{path}/claims/{claim}/decisions", json=said, timeout=5).raise_for_status()
    page.click("#cards .is-contradicted [data-act=confirm]").sees("Somebody else has decided meanwhile", "#notices")
    page.sees("The mayor called", "#cards .is-contradicted.dismissed")


def test_a_decision_follows_its_claim_into_the_next_version(page: Page):
    page.open().checked(ARTICLE).click("#cards .is-disputed [data-act=dismiss]").click(".dismiss .button")
    page.one("#cards .is-disputed.dismissed")
    page.click("#cards .is-contradicted [data-act=apply]").click("#again")
    page.ended().one("#cards .is-disputed.dismissed")
    page.open("/articles").sees("2 versions", "#list")
    page.sees("all decided", "#list")


def test_yesterday_s_article_is_found_and_its_versions_say_what_changed(page: Page):
    page.open().checked(ARTICLE).click("#cards .is-contradicted [data-act=apply]").click("#again").ended()
    page.open().checked({"title": "The ferry", "text": "The old ferry sank in 1987.", "published_at": "2031-03-07"})
    page.open("/articles").sees("The ferry", "#list")
    assert [e.text for e in page.all("#list h2")] == ["The ferry", "Bridge opens at last"]
    page.one("#q").send_keys("bridge")
    page.click("#find .primary").until(lambda: len(page.all("#list li")) == 1)
    page.click("#list a").sees("From version 1 to 2", "#article")
    assert "The Hallein bridge will open on March 15." in page.text(".changes")
    assert [row.text.split("\n")[0][:9] for row in page.all(".versions tbody tr")] == ["Version 2", "Version 1"]
    page.click(".article-head .primary").one("#cards .is-disputed")


def test_filters_stand_in_the_address(page: Page):
    page.open().checked(ARTICLE)
    page.open("/articles").sees("Bridge opens", "#list")
    page.click("[name=watched]").sees("No article fits.", "#listing-line")
    assert page.browser.current_url.endswith("?watched=true")
    page.browser.back()
    page.sees("Bridge opens", "#list")


def test_an_article_is_deleted_with_everything(page: Page, service: str):
    page.open().checked(ARTICLE)
    page.open("/articles").click("#list a").click(".article-head .quiet")
    page.until(lambda: page.browser.switch_to.alert).accept()
    page.sees("texts, verdicts and decisions are deleted", "#notices")
    assert requests.get(f"{service}/v1/articles", timeout=5).json()["items"] == []


def test_the_desk_shows_what_is_open_and_how_recent_the_archive_is(page: Page):
    page.open().checked(ARTICLE).open("/desk").sees("2 open of 2", "#open")
    page.sees("Bridge opens at last", "#today")
    assert page.text("#figures").split()[:3] == ["open", "errors", "2"]
    page.sees("2 reports; the newest is of Mar 6, 2031", "#fresh-line")
    page.sees("No verdict of a watched article has changed.", "#changed-line")
    page.click("#open a").one("#article-title")


def test_an_empty_desk_says_so(page: Page):
    page.open("/desk").sees("No open errors in articles of the last seven days.", "#open-line")
    page.sees("Nothing was checked today.", "#today-line")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1360])
def test_the_desk_s_overview_fits_and_has_no_fault_for_axe(page: Page, scheme: str, width: int):
    page.open().checked(ARTICLE).emulate(prefers_color_scheme=scheme)
    metrics = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": width < 400}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page.open("/desk").sees("open errors", "#figures")
    page.one("#fresh figure")
    assert page.serious_axe_findings() == []
    assert page.js("return document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("is_phone", [False, True])
def test_the_desk_s_views_have_no_serious_fault_for_axe(page: Page, scheme: str, is_phone: bool):
    page.emulate(prefers_color_scheme=scheme).phone(is_phone)
    page.open().checked(ARTICLE)
    page.js("document.querySelector('#cards .is-contradicted [data-act=note]').click()")
    page.one(".note")
    assert page.serious_axe_findings() == []
    page.js("document.querySelector('#cards .is-contradicted [data-act=confirm]').click()")
    page.one(".decision")
    page.open().checked(ARTICLE).open("/articles").one("#list li")
    assert page.serious_axe_findings() == []
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
    page.click("#list a").one(".changes")
    assert page.serious_axe_findings() == []
    assert page.js("return document.documentElement.scrollWidth <= innerWidth")
