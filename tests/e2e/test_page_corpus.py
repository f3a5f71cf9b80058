"""The archive's page: search, read, add."""

from selenium.webdriver.support.ui import Select

from tests.builders import a_document
from tests.e2e.browser import ENTER, Page
from tests.e2e.fake_service import ARTICLE, LETTER, Stage


def test_reports_are_listed_page_by_page(page: Page, stage: Stage):
    for n in range(40):
        stage.shelf.put(a_document(f"d{n:02d}", title=f"Report {n}"))
    page.open("/corpus").sees("30 of 42 reports")
    page.js("const more = document.getElementById('more'); more.click(); more.click();")  # a hasty double click
    page.until(lambda: page.text("#results-line") == "42 reports", "all reports")
    assert len(page.all("#list li")) == 42


def test_the_list_is_sorted_and_narrowed_and_has_an_address(page: Page, stage: Stage):
    stage.shelf.put(a_document("a-1", title="Zebra", source="Aurora", published_at=None))

    def titles() -> list[str]:
        return [link.text for link in page.all("#list li > a")]

    page.open("/corpus").sees("3 reports", "#results-line")
    assert titles() == ["What the bridge cost", "Bridge to open in March", "Zebra"]
    for name, first in (("Oldest first", "Zebra"), ("Title", "Bridge to open in March"), ("Source", "Zebra")):
        Select(page.one("#sort")).select_by_visible_text(name)
        page.until(lambda first=first: titles()[:1] == [first], name)
    page.open("/corpus?sort=undated").sees("1 report", "#results-line")
    assert titles() == ["Zebra"]
    page.open("/corpus?sort=title").sees("3 reports", "#results-line")
    page.one("#source").send_keys("morning post" + ENTER)
    page.sees("1 report", "#results-line")
    assert titles() == ["What the bridge cost"]
    page.open("/corpus?from=2032-01-01").sees("No report fits.", "#results-line")


def test_one_report_does_not_fill_the_first_hits(page: Page, stage: Stage):
    chatter = " ".join(f"The Hallein bridge was praised again on day {n}." for n in range(40))
    stage.shelf.put(a_document("chatter", chatter, title="Bridge diary"))
    page.open("/corpus?q=the+hallein+bridge").sees("in 3 reports", "#results-line")
    assert len(page.all("#list li")) == 3
    page.sees("3 more passages", "#list").find("praised")
    page.click("#list details summary").one("#list details[open] .passage-line")
    assert page.serious_axe_findings() == []


def test_a_search_finds_passages_with_their_source_and_has_an_address(page: Page):
    page.open("/corpus").one("#q").send_keys("opens Friday Hallein" + ENTER)
    page.sees("The Hallein bridge will open on Friday, March 14.", "#list b")
    page.sees("The Salt Courier · Mar 5, 2031", "#list")
    assert page.browser.current_url.endswith("/corpus?q=opens+Friday+Hallein")
    page.browser.refresh()
    page.sees("The Hallein bridge will open on Friday, March 14.", "#list b")


def test_search_can_be_narrowed_by_source_and_days(page: Page):
    page.open("/corpus?q=bridge&source=Morning+Post").sees("Morning Post", "#list")
    assert "Salt Courier" not in page.text("#list")
    page.open("/corpus?q=bridge&to=2031-03-05").sees("The Salt Courier", "#list")
    assert "Morning Post" not in page.text("#list")


def test_an_impossible_search_is_refused_in_words(page: Page):
    page.open("/corpus?q=bridge&from=2031-03-05&to=2031-01-01").sees("Must not be after 'to'.", ".notice")


def test_a_card_leads_to_the_report_with_the_passage_marked_and_back(page: Page):
    page.open().checked(ARTICLE)
    check = page.browser.current_url
    page.click("#cards .is-contradicted .source")
    page.sees("The Hallein bridge will open on Friday, March 14.", "#report mark")
    assert LETTER.id in page.text("#report .facts")
    page.sees("The Hallein bridge will open on March 15.", ".users")
    page.click("#report .row a").until(
        lambda: page.browser.current_url == check and page.all("mark.first"), "the check"
    )


def test_a_report_shows_the_claims_of_recent_checks_that_used_it(page: Page):
    page.open().checked(ARTICLE).open("/corpus").click("#list a[href*=courier]")
    page.sees("contradicted", ".users")
    page.click(".users a").until(lambda: page.all("mark.chosen"), "the claim")
    assert page.one("mark.chosen").text == "The Hallein bridge will open on March 15."


def test_a_report_is_removed_after_a_question(page: Page, stage: Stage):
    page.open(f"/corpus?report={LETTER.id}").click("#report .remove")
    page.until(lambda: page.browser.switch_to.alert).dismiss()
    assert LETTER.id in stage.shelf.documents
    page.click("#report .remove")
    page.until(lambda: page.browser.switch_to.alert).accept()
    page.sees("1 report")
    assert LETTER.id not in stage.shelf.documents


def test_a_report_that_is_gone_is_said_to_be_gone(page: Page):
    page.open("/corpus?report=nowhere").sees("There is nothing here.", ".notice")


def test_the_archive_asks_for_the_key_too(page: Page, stage: Stage):
    stage.key = "fc_secret"
    page.open("/corpus").one("#key").send_keys("fc_secret" + ENTER)
    page.sees("2 reports")


def test_a_report_is_retracted_with_a_reason_and_restored(page: Page, stage: Stage):
    page.open(f"/corpus?report={LETTER.id}").click("#retract").one("#reason").send_keys("Wrong bridge.")
    page.click("#save-change").sees("Retracted: not used as evidence. Wrong bridge.", ".warning")
    assert stage.shelf.get(LETTER.id).retracted
    page.click("#retract").one("#reason").send_keys("It was right.")
    page.click("#save-change").sees("Changed by the desk: It was right.", "#report .note")
    assert not stage.shelf.get(LETTER.id).retracted


def test_a_report_s_date_and_source_are_corrected_and_its_versions_shown(page: Page, stage: Stage):
    page.open(f"/corpus?report={LETTER.id}").click("#correct").one("#change-source").clear()
    page.one("#change-source").send_keys("The Evening Courier")
    page.js("document.getElementById('change-date').value = '2031-03-04'")
    page.one("#reason").send_keys("Filed under the wrong paper.")
    page.click("#save-change").sees("The Evening Courier", "#report .facts")
    assert (stage.shelf.get(LETTER.id).source, stage.shelf.get(LETTER.id).published_at) == (
        "The Evening Courier",
        "2031-03-04",
    )
    page.sees("Filed under the wrong paper.", ".earlier summary")
    page.click(".earlier summary").sees("Source: The Salt Courier", ".earlier")
    page.sees("Published: 2031-03-05", ".earlier")
    assert page.serious_axe_findings() == []


def test_a_report_is_corrected_with_a_reason(page: Page, stage: Stage):
    page.open(f"/corpus?report={LETTER.id}").click("#correct").one("#change-title").send_keys(" after all")
    page.one("#reason").send_keys("Headline.")
    page.click("#save-change").sees("Bridge to open in March after all", "#report h2")
    assert (stage.shelf.get(LETTER.id).text, stage.shelf.get(LETTER.id).note) == (LETTER.text, "Headline.")
    assert page.serious_axe_findings() == []
