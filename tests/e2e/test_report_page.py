import pytest
import requests

from tests.e2e.browser import Page
from tests.e2e.fake_service import ARTICLE, Stage


@pytest.fixture
def report_url(stage: Stage) -> str:
    check = requests.post(f"{stage.url}/v1/checks?wait=10", json={"article": ARTICLE}, timeout=20).json()
    return f"/v1/checks/{check['id']}"


def test_the_report_keeps_its_own_style_under_the_service_s_policy(page: Page, report_url: str):
    page.open(report_url)
    assert page.one("mark").value_of_css_property("border-bottom-style") == "solid"
    assert page.js("return document.querySelectorAll('script').length") == 0


def test_a_mark_leads_to_its_verdict(page: Page, report_url: str):
    page.open(report_url)
    link = page.one("mark.contradicted a")
    target = (link.get_attribute("href") or "").partition("#")[2]
    assert page.one(f'li[id="{target}"] .label').text.startswith("contradicted")


def test_the_report_follows_a_dark_screen_and_a_narrow_one(page: Page, report_url: str):
    page.emulate(prefers_color_scheme="dark").phone(True)
    page.open(report_url)
    assert page.js("return getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 26)"
    assert page.js("return document.documentElement.scrollWidth <= document.documentElement.clientWidth")
