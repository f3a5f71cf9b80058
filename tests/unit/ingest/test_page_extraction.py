import pytest

from bench.extraction.pages import PAGES, Page
from factcheck.ingest.page_extraction import read_report

_REPORT = "".join(
    f"<p>Sentence {number} of the report says that the bridge stays closed until the autumn.</p>" for number in range(6)
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_paragraph_of_a_report_is_kept(page: Page):
    text = read_report("a", page.html).text
    assert [paragraph for paragraph in page.kept if paragraph not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_title_and_day_are_found_where_the_page_tells_them(page: Page):
    document = read_report("a", page.html)
    assert (document.title, (document.published_at or "")[:10] or None) == (page.title, page.day)


@pytest.mark.parametrize(
    "furniture", ["<div class='newsletter'>{}</div>", "<div id='comments'>{}</div>", "<div class='related'>{}</div>"]
)
def test_furniture_that_only_its_class_tells_is_left_out(furniture: str):
    html = (
        f"<body><div class='story-body'>{_REPORT}</div>{furniture.format('<p>Read this too, on another matter.</p>')}"
    )
    assert "another matter" not in read_report("a", html).text


def test_the_time_of_day_and_the_language_are_kept_as_declared():
    head = '<meta property="article:published_time" content="2018-01-30T09:00:00+09:00">'
    document = read_report("a", f'<html lang="en"><head>{head}</head><body>{_REPORT}</body></html>')
    assert (document.published_at, document.language) == ("2018-01-30T09:00:00+09:00", "en")


@pytest.mark.parametrize("date", ["2018-02-30", "03/04/2018", "30 janvier 2018", "yesterday", "0000-00-00", "\ud800"])
def test_a_declared_date_that_is_not_iso_is_not_guessed(date: str):
    assert read_report("a", f'<head><meta name="date" content="{date}"></head>{_REPORT}').published_at is None


@pytest.mark.parametrize("html", ["", "  ", "<script>var a = 1</script>", "<html></html>", "\x00"])
def test_a_page_without_text_has_none(html: str):
    assert read_report("a", html).text.strip("\x00") == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("just words", "just words"),
        ("<p>Short.</p>", "Short."),
        ("<p>One \ud800 half.</p>", "One \ud800 half."),
        ("<div>" * 5_000 + "Deep words." + "</div>" * 5_000, "Deep words."),
    ],
)
def test_what_the_library_cannot_read_our_own_rules_do(html: str, text: str):
    assert text in read_report("a", html).text


def test_entities_that_a_page_declares_do_not_grow():
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    page = (
        f'<!DOCTYPE html [<!ENTITY e0 "ha">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]><body>{_REPORT}<p>&e9;&f;</p>'
    )
    text = read_report("a", page).text
    assert len(text) < 2 * len(page)
    assert "root:" not in text


def test_a_huge_page_is_read():
    text = read_report("a", f"<article>{'<p>The harvest ended late.</p>' * 100_000}</article>").text
    assert text.count("harvest") == 100_000


def test_an_xhtml_page_with_its_declaration_is_read():
    assert "Sentence 5" in read_report("a", f'<?xml version="1.0" encoding="latin-1"?><html>{_REPORT}é</html>').text
