"""The browser extension in a real Chromium: what people see in the fields that they write in."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

from tests.e2e.browser import Page
from tests.e2e.extension import FOLDER, Extension, browser_with_extension, serving
from tests.e2e.fake_service import ARTICLE, Stage

PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE["text"].split("\n\n"))
LOUD = {"contradicted-words": ["March 15"], "disputed-words": ["48 million crowns"]}
WHOLE = {
    "contradicted": ["The Hallein bridge will open on March 15."],
    "disputed": ["It cost the town 48 million crowns."],
    "supported": ["Mayor Ida Brenner called it a gift."],
    "unverified": ["The old ferry sank in 1987."],
}


@dataclass
class Desk:
    """A browser with the extension, a folder of pages, and the service."""

    page: Page
    extension: Extension
    folder: Path
    stage: Stage

    def open(self, body: str) -> Page:
        """A page with this body, ready to be written in."""
        (self.folder / "page.html").write_text(
            f"<!doctype html><meta charset=utf-8><title>draft</title><body>{body}</body>"
        )
        return self.page.open("/page.html")

    def sees(self, marks: dict[str, list[str]]) -> None:
        """Waits until these words are marked so, and no others."""
        self.page.until(lambda: self.extension.marked() == marks, f"marks {marks}; last seen {self.extension.marked()}")

    def shows(self, css: str, words: str) -> str:
        """Waits until a part of the extension's own says so."""
        return self.page.until(
            lambda: words in (said := self.extension.shown(css) or "") and said, f"{words!r} in {css}"
        )


@pytest.fixture(scope="module")
def with_extension() -> Iterator[Chrome]:
    with browser_with_extension() as browser:
        yield browser


@pytest.fixture
def desk(with_extension: Chrome, stage: Stage, tmp_path: Path) -> Iterator[Desk]:
    extension = Extension(with_extension)
    assert "The service answers" in extension.set_up(stage.url)
    with serving(tmp_path) as url:
        yield Desk(Page(with_extension, url), extension, tmp_path, stage)
        stage.player.hold.set()
        with_extension.get("about:blank")


def test_its_bundles_are_made_from_its_sources():
    known = json.loads((FOLDER / "built" / "sources.json").read_text())
    now = {path: hashlib.sha256((FOLDER / path).read_bytes()).hexdigest() for path in known}
    assert now == known, "run `npm run build` in clients/browser-extension"


def test_an_editor_s_words_are_marked_and_its_nodes_stay_as_they_are(desk: Desk):
    page = desk.open(f"<div id=editor contenteditable>{PARAGRAPHS}</div>")
    before = page.js("return document.body.innerHTML")
    page.one("#editor").click()
    desk.sees(WHOLE | LOUD)
    assert page.js("return document.body.innerHTML") == before
    assert desk.shows(".corner", "1")


def test_the_card_comes_by_key_and_its_suggestion_is_typed_into_the_editor(desk: Desk):
    page = desk.open(f"<div id=editor contenteditable>{PARAGRAPHS}</div>")
    page.one("#editor").click()
    desk.sees(WHOLE | LOUD)
    ActionChains(page.browser).send_keys(Keys.F8).perform()
    card = desk.shows(".card", "contradicted")
    assert "The draft says March 15" in card
    assert "The Salt Courier\nMar 5, 2031" in card
    assert "The Hallein bridge will open on Friday, March 14." in card
    desk.extension.click(".card .apply")
    page.sees("The Hallein bridge will open on March 14. It cost", "#editor")
    desk.sees({k: v for k, v in (WHOLE | LOUD).items() if not k.startswith("contradicted")})


def test_the_card_comes_by_pointer(desk: Desk):
    page = desk.open(f"<div id=editor contenteditable style='font-size:20px'>{PARAGRAPHS}</div>")
    page.one("#editor").click()
    desk.sees(WHOLE | LOUD)
    box = page.js(
        "const [r] = CSS.highlights.get('factcheck-disputed-words'); const b = r.getBoundingClientRect(); return [b.x + 9, b.y + 9]"
    )
    page.browser.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": box[0], "y": box[1]})
    assert "Morning Post" in desk.shows(".card", "disputed")


def test_words_that_are_being_changed_lose_their_mark(desk: Desk):
    page = desk.open(f"<div id=editor contenteditable>{PARAGRAPHS}</div>")
    page.one("#editor").click()
    desk.sees(WHOLE | LOUD)
    ActionChains(page.browser).key_down(Keys.CONTROL).send_keys(Keys.HOME).key_up(Keys.CONTROL).perform()
    ActionChains(page.browser).send_keys(Keys.ARROW_RIGHT * 4, "new ").perform()
    desk.sees({k: v for k, v in (WHOLE | LOUD).items() if not k.startswith("contradicted")})


def test_a_text_area_is_marked_and_keeps_its_own_words(desk: Desk):
    page = desk.open(f"<textarea id=text rows=8 cols=60>{ARTICLE['text']}</textarea>")
    page.one("#text").click()
    desk.sees(WHOLE | LOUD)
    desk.extension.click(".corner")
    assert "The archive disagrees with itself" in desk.shows(".list", "contradicted")
    desk.extension.click(".list .item")
    desk.shows(".card", "March 14")
    desk.extension.click(".card .apply")
    page.until(lambda: "open on March 14. It cost" in page.js("return document.getElementById('text').value"))


def test_an_editor_in_a_closed_shadow_root_is_marked(desk: Desk):
    page = desk.open(
        "<news-editor></news-editor><script>const root = document.querySelector('news-editor').attachShadow({ mode: 'closed' });"
        f"root.innerHTML = `<div contenteditable>{PARAGRAPHS}</div>`; root.firstChild.focus();</script>"
    )
    page.one("news-editor").click()
    desk.sees(WHOLE | LOUD)


def test_an_editor_in_a_frame_without_an_address_is_marked(desk: Desk):
    page = desk.open(f'<iframe width=900 height=400 srcdoc="<body contenteditable>{PARAGRAPHS}</body>"></iframe>')
    page.browser.switch_to.frame(page.one("iframe"))
    page.one("body").click()
    desk.sees(WHOLE | LOUD)
    page.browser.switch_to.default_content()


def test_a_page_that_writes_its_text_anew_while_verdicts_arrive_keeps_true_marks_only(desk: Desk):
    desk.stage.player.hold_after = 2
    page = desk.open(f"<div id=editor contenteditable>{PARAGRAPHS}</div>")
    page.one("#editor").click()
    desk.sees({k: v for k, v in (WHOLE | LOUD).items() if k.startswith(("contradicted", "disputed"))})
    anew = f"<p>Written before all else.</p>{PARAGRAPHS.replace('48 million', '61 million')}"
    page.js("document.getElementById('editor').innerHTML = arguments[0]", anew)
    desk.sees({"contradicted": WHOLE["contradicted"], "contradicted-words": LOUD["contradicted-words"]})
    desk.stage.player.hold.set()
    desk.sees({k: v for k, v in (WHOLE | LOUD).items() if not k.startswith("disputed")})


def test_a_key_that_is_missing_is_told_in_the_options_and_beside_the_draft(desk: Desk):
    desk.stage.key = "the key"
    assert "Put a key" in desk.extension.set_up(desk.stage.url, "another")
    page = desk.open(f"<div id=editor contenteditable>{PARAGRAPHS}</div>")
    page.one("#editor").click()
    desk.shows(".corner", "not checked")
    desk.extension.click(".corner")
    assert "Put a key" in desk.shows(".list", "A key is needed")
    assert "The service answers" in desk.extension.set_up(desk.stage.url, "the key")


def test_other_sites_are_not_read(desk: Desk):
    desk.extension.set_up(desk.stage.url, sites="")
    page = desk.open(f"<div id=editor contenteditable>{PARAGRAPHS}</div><textarea>{ARTICLE['text']}</textarea>")
    page.one("#editor").click()
    page.one("textarea").click()
    page.js("return new Promise((done) => setTimeout(done, 2000))")
    assert desk.extension.board("function () { return 1; }") is None
    assert not desk.stage.room.stored
