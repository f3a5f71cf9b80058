"""Sign-in on the page, through a real OpenID provider, and out again."""

import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from redis import Redis
from selenium.webdriver import Chrome
from werkzeug.serving import make_server

from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.sessions import RedisSessions
from factcheck.store.submitted_articles import RedisArticles
from service.app import create_app
from tests.e2e.browser import Page
from tests.e2e.fake_service import ARTICLE, LETTER, RIVAL
from tests.e2e.test_page_desk import PlayedRepository, Quiet
from tests.fakes import InMemoryDocuments, InMemorySearch
from tests.integration.service.test_people import running_provider


@pytest.fixture
def page(chrome: Chrome, redis_client: Redis) -> Iterator[Page]:
    with running_provider("--require-nonce") as provider, socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(64)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings, shelf = (
            Settings(
                public_url=url,
                oidc_issuer=provider,
                oidc_client_id="factcheck",
                oidc_client_secret="not a secret",
                roles="news=editor",
            ),
            InMemoryDocuments(LETTER, RIVAL),
        )
        checks = PlayedRepository(redis_client, settings)
        app = create_app(
            settings,
            checks,
            RedisCheckEventReader(redis_client),
            shelf,
            InMemorySearch(shelf),
            articles=RedisArticles(redis_client),
            api_keys=RedisApiKeys(redis_client),
            history=RedisCheckHistory(redis_client, checks),
            decisions=RedisDecisionStore(redis_client, settings),
            sessions=RedisSessions(redis_client, 3_600),
        )
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet, fd=listener.fileno())
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield Page(chrome, url)
        chrome.delete_all_cookies()
        chrome.get("about:blank")
        server.shutdown()
        thread.join()


def test_an_editor_signs_in_keeps_the_draft_decides_by_name_and_signs_out(page: Page):
    page.open().one("#person a")
    page.check(ARTICLE)
    page.one("form [name=sub]")  # the provider's page
    page.js("const f = document.querySelector('input[name=sub]'); f.value = 'anna';")
    page.js("document.querySelector('input[name=sub]').form.requestSubmit()")
    page.sees("Anna Berger", "#person")
    page.click("#check").ended().click("#cards .is-contradicted [data-act=confirm]")
    page.sees("Confirmed by Anna Berger", "#cards .decision")
    page.open("/articles").sees("by Anna Berger", "#list")
    page.click("#person button")
    page.until(lambda: "/oauth2/end_session" in page.browser.current_url, "the provider's log-out")
    page.open("/articles")
    page.until(lambda: "/oauth2/authorize" in page.browser.current_url, "the sign-in")
