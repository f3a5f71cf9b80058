"""Everybody can use the page: axe, dark mode, phones, no movement while verdicts come, nothing from elsewhere."""

import re
from collections.abc import Callable

import pytest
import requests

from factcheck.verdict import Label
from tests.e2e.browser import Page
from tests.e2e.fake_service import ARTICLE, Line, Stage, inside_of

SHIFTS = """
window.shifts = [];
const place = ({ node, previousRect: a, currentRect: b }) => `${node?.className}: ${a.x},${a.y} to ${b.x},${b.y}`;
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((e) => e.sources.map(place))))
  .observe({ type: 'layout-shift' });
"""
SHOWN_CARDS = """
const seen = (card) => card.checkVisibility({ visibilityProperty: true });
return [...document.querySelectorAll('#cards li')].filter(seen).length;
"""


def desk(page: Page) -> None:
    page.open().one("#text")


def faulty_desk(page: Page) -> None:
    page.open("/checks/unknown").sees("There is no such check.")
    page.click("#check").one("#text-fault")


def review(page: Page) -> None:
    page.open().checked(ARTICLE)
    for label in ("supported", "unverified", "not_checkable"):
        page.click(f"#cards .is-{label} .card-head")
    page.click("#cards [data-act=apply]").click("#cards .is-disputed [data-act=dismiss]").one(".dismiss")


def dismissed(page: Page) -> None:
    page.open().checked(ARTICLE).click("#cards .is-disputed [data-act=dismiss]").click(".dismiss .button")
    page.one("#cards .dismissed")


def export_menu(page: Page) -> None:
    page.open().checked(ARTICLE).click("#export summary").one("[data-export=csv]")


def keys(page: Page) -> None:
    page.open().checked(ARTICLE).press("?").one("#help")


def archive(page: Page) -> None:
    page.open("/corpus").sees("2 reports")


def search(page: Page) -> None:
    page.open("/corpus?q=bridge").sees("passages")


def report(page: Page) -> None:
    page.open("/corpus?report=post-771&start=0&end=20").one("#report mark")


def adding(page: Page) -> None:
    page.open("/corpus").drop(("bad.jsonl", "", b"no json")).click("#adding-form .primary").one("#adding-faults li")


VIEWS = [desk, faulty_desk, review, dismissed, export_menu, keys, archive, search, report, adding]


@pytest.fixture
def two_dates(stage: Stage) -> None:
    stage.player.inside = lambda article: (inside_of(article, "1987", "March 15", "Two dates for one thing."),)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("two_dates")
def test_axe_finds_nothing_serious(page: Page, view: Callable[[Page], None], scheme: str):
    page.emulate(prefers_color_scheme=scheme)
    view(page)
    assert page.serious_axe_findings() == []


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.usefixtures("two_dates")
def test_nothing_is_wider_than_a_phone(page: Page, view: Callable[[Page], None]):
    page.phone()
    view(page)
    assert page.js("return document.documentElement.scrollWidth") <= 390


def test_nothing_moves_while_verdicts_come(page: Page, stage: Stage):
    stage.player.hold_after, stage.player.pause_s = 0, 0.05
    page.open().check(ARTICLE).sees("0 of 5 claims checked")
    page.js(SHIFTS)
    stage.player.hold.set()
    page.sees("4 of 5 sentences checked")
    page.js("return new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    assert page.js("return window.shifts") == []


def test_on_a_phone_the_card_lies_below_its_claim_until_it_is_closed(page: Page):
    page.phone().open().checked(ARTICLE).click("mark.is-disputed")
    place = "return ['mark.chosen', '#cards .chosen'].map((s) => document.querySelector(s).getBoundingClientRect())"
    mark, card = page.until(lambda: (found := page.js(place))[0]["bottom"] < found[1]["top"] and found, "both in sight")
    assert mark["top"] > 0
    assert card["bottom"] <= 844
    page.click("#cards .chosen .card-head").until(lambda: not page.all(".peek"), "the card at its place in the list")


def test_the_line_of_progress_is_told_to_screen_readers(page: Page):
    page.open().checked(ARTICLE)
    page.until(lambda: "1 contradicted" in page.js("return document.getElementById('live').textContent"), "the outcome")
    assert page.one("#live").get_attribute("aria-live") == "polite"


def test_marks_say_their_label_to_screen_readers(page: Page):
    page.open().checked(ARTICLE)
    tree = page.browser.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    names = [node["name"]["value"] for node in tree if node["role"]["value"] == "button" and node.get("name")]
    assert any(re.match(r"contradicted:\s*The Hallein bridge", name) for name in names)


def test_the_page_can_be_worked_without_a_mouse(page: Page):
    page.open().checked(ARTICLE)
    page.press("j")
    assert "card-head" in page.browser.switch_to.active_element.get_attribute("class")
    reached = page.js("return [...document.querySelectorAll('mark[tabindex=\"0\"]')].length")
    assert reached == 1


def test_less_motion_is_honoured(page: Page):
    page.emulate(prefers_reduced_motion="reduce").open().check(ARTICLE)
    running = "return document.getAnimations().filter((a) => a.playState === 'running').length"
    assert page.js(running) == 0


def test_the_page_comes_from_one_host_and_weighs_little(page: Page, stage: Stage):
    page.open().checked(ARTICLE)
    entries = page.js("return performance.getEntriesByType('resource').map((e) => [e.name, e.decodedBodySize])")
    page.open("/corpus").sees("2 reports")
    entries += page.js("return performance.getEntriesByType('resource').map((e) => [e.name, e.decodedBodySize])")
    assert {name for name, _ in entries if not name.startswith(stage.url)} == set()
    # What comes from the browser's memory the second time may count as nothing.
    static = {
        name: max(size for other, size in entries if other == name) for name, _ in entries if "/page/static/" in name
    }
    markup = sum(len(requests.get(stage.url + path, timeout=5).content) for path in ("/", "/corpus"))
    assert sum(static.values()) + markup <= 190_000


def test_the_policy_of_the_page_allows_no_inline_script_and_no_markup_from_strings(page: Page, stage: Stage):
    policy = requests.get(stage.url + "/", timeout=5).headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    page.open()
    blocked = page.js("try { document.body.innerHTML = '<p>x</p>'; return false; } catch { return true; }")
    assert blocked
    assert "TrustedHTML" in page.complaints()[0]


def test_a_long_draft_with_300_claims_is_marked_and_filtered_in_one_frame(page: Page, stage: Stage):
    sentences = [
        f"Ferry number {n} sank near Hallein in the year {1500 + n} with {n + 3} cows on board of it."
        for n in range(300)
    ]
    stage.player.lines = [
        Line(words, [Label.UNVERIFIED, Label.NOT_CHECKABLE][n % 2]) for n, words in enumerate(sentences)
    ]
    text = "\n\n".join(" ".join(sentences[i : i + 5]) for i in range(0, 300, 5))
    text = text[:20_000]
    shown = sum(words in text for words in sentences)
    assert shown > 200
    page.open().check({"text": text}).sees("sentences checked", ".standing")
    page.until(lambda: len(page.all("#cards li")) == len(page.all("mark.first")) == shown, "all cards and marks")
    page.js("document.querySelector('[data-label=unverified]').click()")
    assert page.js(SHOWN_CARDS) == (shown + 1) // 2
