"""The page in a real browser: a draft in, verdicts in its text as they come."""

import json

import pytest
import requests

from factcheck.verdict import Label
from tests.e2e.browser import ENTER, Page
from tests.e2e.fake_service import ARTICLE, Line, Stage, inside_of

LABELS = ["contradicted", "disputed", "supported", "unverified", "not_checkable"]


def marks(page: Page) -> dict[str, str]:
    """Label → the words of its mark."""
    found = page.js(
        "return [...document.querySelectorAll('mark')].map((m) => [m.className.match(/is-(\\w+)/)[1], m.textContent])"
    )
    return dict(found)


def stored_checks(stage: Stage) -> list[dict[str, str | None]]:
    return [{"text": f.request.article.text, "title": f.request.article.title} for f in stage.room.stored.values()]


def test_a_pasted_draft_is_checked_and_each_claim_is_marked_where_it_stands(page: Page):
    page.open().checked(ARTICLE)
    assert marks(page) == {
        "contradicted": "The Hallein bridge will open on March 15.",
        "disputed": "It cost the town 48 million crowns.",
        "supported": "Mayor Ida Brenner called it a gift.",
        "unverified": "The old ferry sank in 1987.",
        "not_checkable": "Who will miss it?",
    }


def test_marks_differ_by_shape_and_word_and_not_by_colour_alone(page: Page):
    page.open().checked(ARTICLE)
    look = "const s = getComputedStyle(arguments[0]); const w = getComputedStyle(arguments[0], '::before').content;"
    look += " return [s.textDecorationLine + s.textDecorationStyle + s.textDecorationThickness, w]"
    seen = [page.js(look, mark) for mark in page.all("mark.first")]
    assert len({shape for shape, _ in seen}) == len({word for _, word in seen}) == 5
    for label, (_, word) in zip(LABELS, seen, strict=True):
        assert label.replace("_", " ") in word


def test_verdicts_show_while_the_check_still_runs(page: Page, stage: Stage):
    stage.player.hold_after = 2
    page.open().check(ARTICLE)
    page.until(lambda: len(page.all("mark.first")) == 2, "two marks")
    page.sees("2 of 5 claims checked", ".standing")
    stage.player.hold.set()
    page.until(lambda: len(page.all("mark.first")) == 5, "all marks")
    page.sees("4 of 5 sentences checked · 1 not checkable · none left out · against 2 reports", ".standing")


def test_the_text_stays_what_was_submitted(page: Page):
    text = "  Two  spaces,\ttabs, 😀 astral words.\n\n\n The old ferry sank in 1987.  \r\n«Done».\n"
    page.open().checked({"text": text})
    shown = page.js("return [...document.querySelectorAll('#sheet-text p')].map((p) => p.textContent)")
    lines = [line for line in text.replace("\r", "").split("\n") if line.strip()]
    assert shown == lines
    assert marks(page) == {"unverified": "The old ferry sank in 1987."}


def test_a_broken_stream_is_taken_up_where_it_broke_off(page: Page, stage: Stage):
    stage.cut_streams = True
    stage.player.pause_s = 0.05
    page.open().checked(ARTICLE)
    assert len(page.all("mark.first")) == len(page.all("#cards li")) == 5
    assert stage.streams[0] is None
    assert all(stage.streams[1:])
    assert len(stage.streams) >= 3


def test_where_streams_are_refused_the_page_asks_at_intervals(page: Page, stage: Stage):
    stage.refuse = lambda method, path: (503, {"title": "Too many"}) if path.endswith("/events") else None
    stage.player.pause_s = 0.2
    page.open().checked(ARTICLE)
    assert len(page.all("mark.first")) == 5


def test_a_card_sets_the_words_of_draft_and_archive_one_above_the_other(page: Page):
    page.open().checked(ARTICLE)
    ours, theirs = page.one("#cards .is-contradicted del"), page.one("#cards .is-contradicted ins")
    assert (ours.text, theirs.text) == ("March 15", "March 14")
    assert ours.rect["x"] == theirs.rect["x"]
    assert ours.rect["y"] < theirs.rect["y"]


def test_source_and_date_stand_on_every_card_that_has_evidence(page: Page):
    page.open().checked(ARTICLE)
    for label, source, date in [
        ("contradicted", "The Salt Courier", "Mar 5, 2031"),
        ("disputed", "Morning Post", "Mar 6, 2031"),
        ("supported", "Morning Post", "Mar 6, 2031"),
    ]:
        card = page.one(f"#cards .is-{label}").text
        assert source in card
        assert date in card


def test_a_disputed_claim_shows_both_sides_in_two_columns(page: Page):
    page.open().checked(ARTICLE)
    ours, theirs = page.all("#cards .is-disputed .side")
    assert "48 million crowns" in ours.text
    assert "61 million crowns" in theirs.text
    assert ours.rect["y"] == theirs.rect["y"]
    assert ours.rect["x"] < theirs.rect["x"]


def test_the_silence_of_the_archive_is_said_calmly_and_leads_to_a_search(page: Page):
    page.open().checked(ARTICLE).click("mark.is-unverified")
    page.sees("The archive is silent on this.", "#cards .is-unverified")
    page.click("#cards .silence a")
    page.until(
        lambda: page.js("return document.getElementById('q')?.value") == "The old ferry sank in 1987.", "the search"
    )


def test_a_suggestion_is_applied_to_the_text_and_taken_back(page: Page):
    page.open().checked(ARTICLE).click("#cards [data-act=apply]")
    page.sees("The Hallein bridge will open on March 14.", "#sheet-text")
    page.sees("corrected", "#cards .is-contradicted")
    page.click("#cards [data-act=undo]")
    page.sees("The Hallein bridge will open on March 15.", "#sheet-text")


def test_the_corrected_text_is_what_is_edited_and_checked_again(page: Page, stage: Stage):
    page.open().checked(ARTICLE).click("#cards [data-act=apply]").click("#again")
    page.until(lambda: len(stage.room.stored) == 2, "a second check")
    assert stored_checks(stage)[-1] == {
        "text": ARTICLE["text"].replace("March 15", "March 14"),
        "title": ARTICLE["title"],
    }
    page.click("#edit")
    assert "March 14" in page.one("#text").get_attribute("value")


def test_changes_outlive_a_reload(page: Page):
    page.open().checked(ARTICLE).click("#cards [data-act=apply]")
    page.browser.refresh()
    page.sees("March 14", "#sheet-text")
    page.click("#cards .is-contradicted [data-act=undo]").sees("March 15", "#sheet-text")


def test_a_dismissed_claim_keeps_its_reason_in_the_next_check_too(page: Page):
    page.open().checked(ARTICLE).click("#cards .is-contradicted [data-act=dismiss]")
    page.one(".dismiss input").send_keys("The mayor called")
    page.one(".dismiss input").send_keys(ENTER)
    page.sees("The mayor called", "#cards .is-contradicted.dismissed")
    page.open("/").checked(ARTICLE)
    page.sees("The mayor called", "#cards .is-contradicted.dismissed")
    assert page.all("mark.is-contradicted.dismissed")
    page.click("#cards .dismissed .card-head").click("#cards [data-act=restore]")
    page.until(lambda: not page.all("mark.dismissed"), "no dismissed mark")


def test_filters_show_one_label_or_several(page: Page):
    page.open().checked(ARTICLE).click("[data-label=disputed]")
    assert [card.text.split()[1] for card in page.all("#cards li") if card.is_displayed()] == ["disputed"]
    page.click("[data-label=supported]")
    assert sum(card.is_displayed() for card in page.all("#cards li")) == 2
    page.click("[data-label=disputed]").click("[data-label=supported]")
    assert sum(card.is_displayed() for card in page.all("#cards li")) == 5


def test_keys_lead_from_claim_to_claim(page: Page):
    page.open().checked(ARTICLE)
    chosen = lambda: page.js("return document.querySelector('mark.chosen')?.textContent ?? ''")  # noqa: E731
    page.press("j")
    assert "March 15" in chosen()
    page.press("j")
    assert "crowns" in chosen()
    page.press("k")
    assert "March 15" in chosen()
    page.press("a").sees("March 14", "#sheet-text")
    page.press("u").sees("March 15", "#sheet-text")
    page.press("4")
    page.until(lambda: page.all("#review.no-contradicted:not(.no-supported)"), "the filter")
    page.press("n")
    assert "gift" in chosen()
    page.press("?").one("#help")


def test_single_keys_can_be_switched_off(page: Page):
    page.open().checked(ARTICLE).click("#help-button").click("#keys-on").click("#help [value=ok]")
    page.press("j")
    assert page.all("mark.chosen") == []


def test_a_mark_opens_its_card_and_a_card_shows_its_mark(page: Page):
    page.open().checked(ARTICLE).click("mark.is-supported")
    page.sees("Mayor Ida Brenner called the bridge a gift to the town.", "#cards .is-supported.chosen")
    page.click("#cards .is-unverified .card-head")
    assert page.one("mark.chosen").text == "The old ferry sank in 1987."


def test_a_check_has_an_address_that_shows_it_to_others(page: Page):
    page.open().checked(ARTICLE)
    address = page.browser.current_url
    page.js("sessionStorage.clear()")
    page.browser.get(address)
    page.until(lambda: len(page.all("mark.first")) == 5, "all marks")
    assert marks(page)["supported"] == "Mayor Ida Brenner called it a gift."
    assert page.text("#sheet-text h2") == ARTICLE["title"]


def test_the_address_of_a_running_check_goes_on_showing_verdicts(page: Page, stage: Stage):
    stage.player.hold_after = 3
    page.open().check(ARTICLE).until(lambda: len(page.all("mark.first")) == 3, "three marks")
    page.browser.refresh()
    page.until(lambda: len(page.all("mark.first")) == 3, "three marks again")
    stage.player.hold.set()
    page.until(lambda: len(page.all("mark.first")) == 5, "all marks")


def test_back_leads_to_the_desk_with_the_draft_on_it(page: Page):
    page.open().checked(ARTICLE)
    page.browser.back()
    assert page.one("#text").get_attribute("value") == ARTICLE["text"]


def test_places_of_the_draft_that_contradict_each_other_are_shown(page: Page, stage: Stage):
    stage.player.inside = lambda article: (inside_of(article, "1987", "March 15", "Two dates for one thing."),)
    page.open().checked(ARTICLE)
    page.sees("Two dates for one thing.", "#inside")
    assert {mark.text for mark in page.all("mark.is-inside")} == {"1987", "March 15"}
    page.click("mark.is-inside")
    assert page.one("#inside li.chosen")


@pytest.mark.parametrize(("kind", "ending"), [("json", "json"), ("csv", "csv"), ("html", "html"), ("text", "txt")])
def test_the_outcome_is_saved(page: Page, kind: str, ending: str):
    page.open().checked(ARTICLE).click("#cards [data-act=apply]").click("#export summary").click(
        f"[data-export={kind}]"
    )
    downloads = page.browser.downloads  # type: ignore[attr-defined]
    saved = page.until(lambda: next(iter(downloads.glob(f"*.{ending}")), None), "the file")
    content = page.until(lambda: saved.read_text(encoding="utf-8"), "its content")
    saved.unlink()
    if kind == "json":
        assert json.loads(content)["report"]["summary"]["claims"] == 5
    else:
        assert ("will open on March 14" if kind == "text" else "will open on March 15") in content


def test_a_running_check_can_be_stopped(page: Page, stage: Stage):
    stage.player.hold_after = 1
    page.open().check(ARTICLE).until(lambda: page.all("mark.first"), "a mark")
    page.click("#stop").sees("Stopped after 1 of 5 claims. What was found is kept.", ".standing")
    assert len(page.all("#cards li")) == 1
    page.browser.refresh()
    page.sees("Stopped after 1 of 5 claims.", ".standing")
    assert "old ferry" in page.text("#sheet-text")
    stage.player.hold_after = None
    page.click("#go-on").until(lambda: len(page.all("#cards li")) == 5, "the other verdicts")


def test_a_check_is_deleted_on_request(page: Page, stage: Stage):
    page.open().checked(ARTICLE).click("#export summary").click("[data-export=forget]")
    page.sees("The draft and its verdicts are deleted")
    assert stage.room.stored == {}
    assert page.js("return Object.keys(sessionStorage).filter((k) => k.startsWith('factcheck.draft.'))") == []


def test_a_draft_that_was_handed_in_as_html_is_shown_without_its_tags(page: Page, stage: Stage):
    stage.player.lines = [Line("The <b>old ferry</b> sank in 1987.", Label.UNVERIFIED)]
    text = "<h1>Ferry</h1><p>News. The <b>old ferry</b> sank in 1987.</p>"
    check = requests.post(
        f"{stage.url}/v1/checks", json={"article": {"text": text, "format": "html"}}, timeout=5
    ).json()
    page.open(f"/checks/{check['id']}").one("mark.is-unverified")
    assert [p.text.split("\n")[-1] for p in page.all("#sheet-text p")] == ["Ferry", "News. The old ferry sank in 1987."]
    assert page.one("mark.is-unverified").text == "The old ferry sank in 1987."
