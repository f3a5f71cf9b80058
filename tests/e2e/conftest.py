"""One browser for all tests of the page; each test has a service of its own, and with it fresh storage in the browser.
One whole service, with models and seed reports, for the tests that only ask it.
"""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome

from bench.serving import Service, running_service
from tests.e2e.browser import Page, running_browser
from tests.e2e.each_operation import EachOperation
from tests.e2e.fake_service import Stage, playing

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def pytest_pycollect_makeitem(collector: pytest.Module, name: str, obj: object) -> list[pytest.Item] | None:
    return list(obj.tests(collector, name)) if isinstance(obj, EachOperation) else None


@pytest.fixture(scope="session")
def chrome() -> Iterator[Chrome]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def whole_service() -> Iterator[Service]:
    """A first answer to an editor may take long here: its deadline is the longest that there is.
    Webhooks may go to this machine."""
    settings = {
        "FACTCHECK_LANGUAGETOOL_DEADLINE_S": "25",
        "FACTCHECK_WATCH_QUIET_S": "0.2",
        "FACTCHECK_CALLBACK_HOSTS": "127.0.0.1",
        "FACTCHECK_CALLBACK_SECRET": SECRET,
    }
    with running_service(workers=1, settings=settings) as service:
        yield service


@pytest.fixture
def stage() -> Iterator[Stage]:
    with playing() as stage:
        yield stage


@pytest.fixture
def page(chrome: Chrome, stage: Stage) -> Iterator[Page]:
    """On this page nothing may be blocked by its own policy, and no script may stumble."""
    page = Page(chrome, stage.url)
    chrome.get_log("browser")
    yield page
    stage.player.hold.set()
    page.emulate(prefers_color_scheme="light").phone(False).offline(False)
    complaints = page.complaints()
    chrome.get("about:blank")
    assert complaints == []
