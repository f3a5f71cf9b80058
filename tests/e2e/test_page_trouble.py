"""The page when something is wrong: it says so in words, keeps the draft, and offers a way on."""

from factcheck.check import Problem
from tests.e2e.browser import ENTER, Page
from tests.e2e.fake_service import ARTICLE, Stage


def test_a_service_that_is_away_costs_no_text_and_is_tried_again(page: Page):
    page.open().fill(ARTICLE["text"]).offline().check()
    page.sees("The service does not answer.", ".notice")
    assert page.one("#text").get_attribute("value") == ARTICLE["text"]
    page.offline(False).click(".notice .button")
    page.until(lambda: len(page.all("mark.first")) == 5, "all marks")
    assert page.all(".notice") == []


def test_an_article_that_is_too_long_is_refused_with_the_limit(page: Page):
    page.open().check({"text": "The ferry sank. " * 1_500})
    page.sees("This is too long for the service.", ".notice")
    page.sees("20,000", ".notice")
    assert page.one("#text").get_attribute("value").startswith("The ferry sank.")


def test_a_fault_is_told_beside_the_field_it_points_to(page: Page, stage: Stage):
    fault = {"title": "Not acceptable", "errors": [{"pointer": "/article/published_at", "detail": "No such day."}]}
    stage.refuse = lambda method, path: (422, fault) if method == "POST" else None
    page.open().check(ARTICLE)
    assert page.text("#published-fault") == "No such day."
    assert page.one("#published").get_attribute("aria-invalid") == "true"
    assert page.all(".notice") == []


def test_a_fault_that_belongs_to_no_field_is_told_with_its_pointer(page: Page, stage: Stage):
    fault = {"title": "Not acceptable", "errors": [{"pointer": "/options/max", "detail": "Too much."}]}
    stage.refuse = lambda method, path: (422, fault) if method == "POST" else None
    page.open().check(ARTICLE).sees("/options/max: Too much.", ".notice")


def test_an_empty_desk_is_not_handed_in(page: Page, stage: Stage):
    page.open().click("#check")
    assert page.text("#text-fault") == "There is no text to check yet."
    assert stage.room.stored == {}


def test_a_busy_service_is_said_to_be_busy(page: Page, stage: Stage):
    stage.room.queue_limit = 0
    page.open().check(ARTICLE).sees("The service is busy", ".notice")
    stage.room.queue_limit = 10
    page.click(".notice .button").until(lambda: len(page.all("mark.first")) == 5, "all marks")


def test_an_expired_check_says_so_and_is_checked_again(page: Page, stage: Stage):
    page.open().checked(ARTICLE)
    stage.room.expire(next(iter(stage.room.stored)))
    page.browser.refresh()
    page.sees("This check has expired.", ".notice")
    page.click(".notice .button").until(lambda: len(page.all("mark.first")) == 5, "all marks")
    assert len(stage.room.stored) == 1


def test_an_expired_check_of_somebody_else_leads_to_an_empty_desk(page: Page, stage: Stage):
    page.open().checked(ARTICLE)
    stage.room.expire(next(iter(stage.room.stored)))
    page.js("sessionStorage.clear()")
    page.browser.refresh()
    page.sees("This check has expired.", ".notice")
    assert page.one("#text").get_attribute("value") == ""


def test_an_unknown_check_is_said_to_be_unknown(page: Page):
    page.open("/checks/0123456789abcdef").sees("There is no such check.", ".notice")
    assert page.one("#text")


def test_a_failed_check_shows_what_is_known_and_why_it_failed(page: Page, stage: Stage):
    stage.player.fail = Problem("urn:factcheck:problem:poison", "The check failed three times", "It was given up.")
    page.open().checked(ARTICLE)
    page.sees("The check failed three times", ".notice")
    page.sees("The rest was not checked.", ".standing")
    assert len(page.all("mark.first")) == 5


def test_a_restart_in_mid_stream_is_waited_for(page: Page, stage: Stage):
    stage.player.hold_after = 2
    stage.cut_streams = True
    stage.refuse = lambda method, path: (503, {"title": "Starting"}) if len(stage.streams) > 1 else None
    page.open().check(ARTICLE).sees("Connection lost. Trying again", ".standing")
    page.until(lambda: len(page.all("mark.first")) == 2, "the two verdicts that came")
    stage.player.hold.set()
    stage.refuse = lambda method, path: None
    page.sees("4 of 5 sentences checked", ".standing")
    assert len(page.all("mark.first")) == 5


def test_the_key_is_asked_for_once_and_kept_for_the_tab_only(page: Page, stage: Stage):
    stage.key = "fc_secret"
    page.open().check(ARTICLE)
    page.one("#key").send_keys("fc_wrong" + ENTER)
    page.sees("That key was not accepted", "#key-dialog")
    page.one("#key").send_keys("fc_secret" + ENTER)
    page.until(lambda: len(page.all("mark.first")) == 5, "all marks")
    page.browser.refresh()
    page.until(lambda: len(page.all("mark.first")) == 5, "all marks")
    assert not page.all("#key-dialog[open]")
    assert page.js("return JSON.stringify(localStorage) + document.cookie").find("fc_secret") < 0


def test_without_a_key_the_draft_stays_on_the_desk(page: Page, stage: Stage):
    stage.key = "fc_secret"
    page.open().check(ARTICLE).click("#key-dialog [value=no]")
    page.sees("This service needs a key.", ".notice")
    assert page.one("#text").get_attribute("value") == ARTICLE["text"]


def test_where_no_text_is_kept_the_claims_are_shown_at_their_places(page: Page, stage: Stage):
    page.open().checked(ARTICLE)
    stage.refuse = lambda method, path: (404, {"title": "No drafts"}) if path.endswith("/article") else None
    page.js("sessionStorage.clear()")
    page.browser.refresh()
    page.sees("The text of this draft is not available.", ".notice")
    assert len(page.all("mark.first")) == 5
