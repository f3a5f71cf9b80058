"""Six tasks of an editor who has never seen the page, on the desk to try: only by words and labels that are to be seen."""

from collections.abc import Iterator

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.remote.webelement import WebElement

from bench.page.demo import YESTERDAY_TITLE, Desk, filled_desk
from tests.e2e.browser import ENTER, Page

LIMIT_S = 60.0


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with filled_desk() as desk:
        yield desk


def press(page: Page, words: str, among: str) -> None:
    """The first such thing that is shown and says these words."""

    def found() -> WebElement | None:
        return next((e for e in page.all(among) if words in e.text and e.is_displayed()), None)

    element = page.until(found, f"{words!r} among {among}")
    page.js("arguments[0].scrollIntoView({ block: 'center' })", element)
    element.click()


def test_an_editor_does_the_six_tasks_by_what_is_to_be_seen(chrome: Chrome, desk: Desk):
    page = Page(chrome, desk.url).open()
    page.one("#text")
    assert "Choose a file" in page.text("#desk")
    page.all("#file")[0].send_keys(str(desk.draft))
    page.sees("words", "#count")
    press(page, "Check", "#desk button")
    page.ended(LIMIT_S).sees("4 open of 4", "#open-count")
    press(page, "contradicted", "#filters button")

    press(page, "Write", "#cards button")
    page.sees("3 open of 4", "#open-count")
    press(page, "Dismiss", "#cards button")
    page.press("The mayor gave other figures", ENTER)  # letters that are single keys elsewhere
    page.sees("2 open of 4", "#open-count")
    press(page, "Check again", ".standing button")
    page.ended(LIMIT_S).sees("2 open of 3", "#open-count")

    press(page, "Articles", "nav a")
    press(page, YESTERDAY_TITLE, "#list a")
    press(page, "Open the newest check", "#article a")
    page.ended(LIMIT_S).sees("was built in 1976", "#sheet-text")

    press(page, "Archive", "nav a")
    page.one("#q").send_keys("Kessel bridge measured", ENTER)
    press(page, "Kessel bridge measured", "#list a")
    press(page, "Retract", "#report button")
    page.press("The length was measured wrongly")
    press(page, "Retract", "#report form button")
    page.sees("Retracted: not used as evidence", "#report")

    press(page, "Archive", "nav a")
    page.sees("Add a folder", ".archive-head")
    page.all("#folder")[0].send_keys(str(desk.folder))
    press(page, "Look through", "#adding button")
    press(page, "Import 2 reports", "#adding button")
    page.sees("19 reports", "#results")
