"""Cards say what is known, and never more."""

from dataclasses import replace

import pytest

from factcheck.verdict import ConflictKind, Label
from tests.builders import a_document
from tests.e2e.browser import Page
from tests.e2e.fake_service import ARTICLE, Line, Stage, Stance

SUIT = a_document("suit", text="Norvik Foods sued Almhult Dairy in May.", title="A lawsuit", source="The Salt Courier")
NEAR = a_document("near", text="The zoo has asked for giraffes.", title="The zoo", source="Morning Post")


def shown(page: Page, stage: Stage, *lines: Line, text: str) -> Page:
    for document in (SUIT, NEAR):
        stage.shelf.put(document)
    stage.player.lines = list(lines)
    return page.open().checked({"text": text})


def test_what_the_archive_does_not_settle_is_not_called_silence(page: Page, stage: Stage):
    text = "The zoo has bought two giraffes."
    message = "The archive speaks of this, but does not settle it."
    line = Line(
        text, Label.UNVERIFIED, said=[(NEAR, NEAR.text, Stance.NEUTRAL)], message=message, rule="corpus.unclear"
    )
    shown(page, stage, line, text=text).click("mark.is-unverified")
    page.sees(message, "#cards .is-unverified")
    page.sees(NEAR.text, "#cards .speaking")
    card = page.text("#cards .is-unverified")
    assert "silent" not in card
    assert "rule: corpus.unclear" in card
    assert "confidence" not in card


def test_who_did_what_is_shown_in_whole_sentences(page: Page, stage: Stage):
    text = "Almhult Dairy sued Norvik Foods in May."
    line = Line(
        text,
        Label.CONTRADICTED,
        odd="Almhult Dairy sued Norvik Foods",
        kind=ConflictKind.RELATION,
        said=[(SUIT, SUIT.text, Stance.CONTRADICTS)],
        odd_there="Norvik Foods sued Almhult Dairy",
        message="The article has it the other way round.",
    )
    shown(page, stage, line, text=text)
    said = page.text("#cards .contrast.stacked")
    assert text in said
    assert SUIT.text in said
    page.sees(line.message, "#cards .is-contradicted")
    assert page.one("#cards .tools a").text == "See the report"


def test_a_part_of_a_sentence_is_shown_in_its_sentence(page: Page, stage: Stage):
    text = "It rained. The zoo has bought two giraffes, which arrived on Monday. It snowed."
    line = Line(
        "which arrived on Monday", Label.UNVERIFIED, message="The archive is silent on this.", rule="corpus.silent"
    )
    shown(page, stage, line, text=text)
    gist = page.text("#cards .gist")
    assert gist == "The zoo has bought two giraffes, which arrived on Monday."
    assert page.text("#cards .gist .clause") == "which arrived on Monday"


def test_only_contradicted_and_disputed_claims_bear_a_word(page: Page):
    page.open().checked(ARTICLE)
    script = "return [...document.querySelectorAll('mark.first')].map((e) => getComputedStyle(e, '::before').content)"
    words = [content.split("/")[0] for content in page.js(script)]
    assert sum("contradicted" in word or "disputed" in word for word in words) == 2
    assert sum(any(char.isalpha() for char in word) for word in words) == 2


def test_a_claim_that_is_mended_in_the_text_is_open_no_more(page: Page):
    page.open().checked(ARTICLE).sees("2 open of 2", "#open-count")
    page.click("#cards .apply").sees("1 open of 2", "#open-count")
    page.browser.refresh()
    page.ended().sees("1 open of 2", "#open-count")
    page.click("#cards .mended [data-act=undo]").sees("2 open of 2", "#open-count")
    page.click("#cards .apply").press("u").sees("2 open of 2", "#open-count")


def test_a_mend_that_the_next_check_contradicts_is_open_again(page: Page, stage: Stage):
    first, *others = stage.player.lines
    still = replace(first, words=first.words.replace("March 15", "March 14"), odd="March 14", write="")
    stage.player.lines = [first, still, *others]
    page.open().checked(ARTICLE).click("#cards .apply").sees("1 open of 2", "#open-count")
    page.click("#again").ended().sees("2 open of 2", "#open-count")


@pytest.mark.parametrize("width", [360, 390])
def test_nothing_is_cut_off_on_a_phone(page: Page, width: int):
    metrics = {"width": width, "height": 740, "deviceScaleFactor": 1, "mobile": True}
    page.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    page.open().checked(ARTICLE)
    clipped = """
        return [...document.querySelectorAll('.top *, .strip *, .sheet-tools *, .card-head > *, .tools *')]
          .filter((e) => e.checkVisibility() && !e.closest('.unseen, .word') && getComputedStyle(e).position !== 'absolute')
          .map((e) => [e.getBoundingClientRect(), e])
          .filter(([box]) => box.width && (box.left < -1 || box.right > innerWidth + 1))
          .map(([, e]) => e.outerHTML.slice(0, 80));"""
    assert page.js(clipped) == []
    assert page.js("return document.documentElement.scrollWidth") <= width
    page.open("/corpus").one("#q")
    assert page.js(clipped) == []
    assert page.js("return document.documentElement.scrollWidth") <= width


def test_counters_and_check_again_stay_in_reach(page: Page, stage: Stage):
    page.open().checked({**ARTICLE, "text": ARTICLE["text"] + "\n\nMore words." * 60})
    page.click("#cards .apply")
    for phone in (False, True):
        page.phone(phone)
        page.js("scrollTo(0, document.body.scrollHeight)")
        for css in ("#again", "#filters"):
            box = page.one(css).rect
            top = page.js("return scrollY")
            assert top <= box["y"] < top + page.js("return innerHeight"), (css, phone)
