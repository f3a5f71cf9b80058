from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.extraction.pages import PAGES, Page
from factcheck.ingest.html import decoded_page, page_report
from factcheck.ingest.raw_documents import AcceptedDocument, NewsroomClock, RawDocument
from factcheck.ingest.raw_to_document import document_outcome
from tests.unit.ingest.archives import NOW, document

REPORT = "".join(
    f"<p>Sentence {number} of the report says that the bridge stays closed until the autumn.</p>" for number in range(6)
)


def published(html: str) -> tuple[str | None, str | None]:
    """Date and its field."""
    found = document_outcome(page_report(html, "a"), "a", "html", NewsroomClock(None, NOW))
    assert isinstance(found, AcceptedDocument)
    assert found.document.origin
    return found.document.published_at, found.document.origin.date_source


def day(report: RawDocument) -> str | None:
    found = document_outcome(report, "a", "html", NewsroomClock(None, NOW))
    return (found.document.published_at or "")[:10] or None if isinstance(found, AcceptedDocument) else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_paragraph_of_a_report_is_kept(page: Page):
    text = page_report(page.html, "a").text
    assert [paragraph for paragraph in page.kept if paragraph not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_title_and_day_are_found_where_the_page_tells_them(page: Page):
    report = page_report(page.html, "a")
    assert (report.title, day(report)) == (page.title, page.day)


LD = '<script type="application/ld+json">{}</script>'


@pytest.mark.parametrize(
    ("head", "body", "moment", "field"),
    [
        (LD.format('{"@type": "NewsArticle", "datePublished": "1987-04-15", "dateModified": "2012-06-01"}'), "", "1987-04-15", "JSON-LD datePublished"),
        (LD.format('{"@graph": [{"@type": "WebPage", "datePublished": "2001-01-01"}, {"@type": ["Article"], "datePublished": "2019-06-03"}]}'),
         "", "2019-06-03", "JSON-LD datePublished"),
        (LD.format('[{"@type": "Organization"}, {"@type": "ReportageNewsArticle", "datePublished": "2019-06-03T20:00:00-07:00"}]'),
         "", "2019-06-03T20:00:00-07:00", "JSON-LD datePublished"),
        ('<meta property="article:published_time" content="June 3, 2019">', "", "2019-06-03", "meta article:published_time"),
        ('<meta property="article:published_time" content="1559589300">', "", "2019-06-03T19:15:00+00:00", "meta article:published_time"),
        ('<meta name="DC.date.issued" content="2019-06-03">', "", "2019-06-03", "meta dc.date.issued"),
        ('<meta name="parsely-pub-date" content="2019-06-03T10:00:00Z">', "", "2019-06-03T10:00:00+00:00", "meta parsely-pub-date"),
        ('<meta itemprop="datePublished" content="2019-06-03">', "", "2019-06-03", "meta datepublished"),
        ('<meta property="article:modified_time" content="2019-06-09">', "", None, None),
        (LD.format('{"@type": "NewsArticle", "dateModified": "2019-06-09"}'), "", None, None),
        ("", '<time itemprop="dateModified" datetime="2019-06-09">u</time><time itemprop="datePublished" datetime="2019-06-03">p</time>',
         "2019-06-03", "itemprop datePublished"),
        ("", '<p>Updated <time datetime="2019-06-09">9 June</time></p><p>Published <time datetime="2019-06-03">3 June</time></p>', "2019-06-03", "time"),
        ("", '<time class="updated" datetime="2019-06-09">9 June</time> <time class="entry-date published" datetime="2019-06-03">3 June</time>',
         "2019-06-03", "time"),
        ("", '<time pubdate datetime="Mon Jun 03 2019 15:21:41 GMT+0000">3 June</time>', "2019-06-03T15:21:41+00:00", "time"),
        ("", '<p>The games open on <time datetime="2019-07-09">July 9</time> in the town.</p>', None, None),
        ("", '<p>The games open on <time datetime="2019-07-09">July 9</time></p>', None, None),
        ("", '<aside><time datetime="2026-10-20">20 Oct</time> Latest</aside>', None, None),
        ("", '<div class="related-stories"><time datetime="2026-10-20">20 Oct</time> Latest</div>', None, None),
        ("", "<p>By Kari Dahl</p><p>Published: 3 June 2019, 10:15 GMT</p>", "2019-06-03T10:15:00+00:00", "printed date"),
        ("", "<p>Updated: 9 June 2019</p>", None, None),
        ('<link rel="canonical" href="https://post.example/2019/06/03/ferry/">', "", "2019-06-03", "address"),
        ('<meta name="date" content="2019-02-30">', "", None, None),
        ('<meta name="date" content="03/04/2019">', "", None, None),
        ('<meta name="date" content="yesterday">', "", None, None),
        ('<meta property="article:published_time" content="2019-06-03T09:00:00+09:00">', "", "2019-06-03T09:00:00+09:00",
         "meta article:published_time"),
    ],
)  # fmt: skip
def test_the_date_is_that_of_publication(head: str, body: str, moment: str | None, field: str | None):
    html = f'<html lang="en"><head><title>Bridge</title>{head}</head><body><article><h1>Bridge</h1>{body}{REPORT}</article></body></html>'
    assert published(html) == (moment, field)


@pytest.mark.parametrize(
    ("paragraph", "text"),
    [
        ("It opens on <time datetime='2019-06-09'>June 9</time> in the stadium, the mayor told us.", "It opens on June 9 in the stadium, the mayor told us."),
        ("The mayor said: <q>no comment</q> when asked about the costs of it all.", "The mayor said: “no comment” when asked about the costs of it all."),
        ("On <del>Monday</del> <ins>Tuesday</ins> the council met in the hall.", "On Tuesday the council met in the hall."),
        ("The <abbr title='World Wide Fund'>WWF</abbr> gave the town 10<sup>6</sup> euros for it.", "The WWF gave the town 10⁶ euros for it."),
        ("Sev\u00aden barns were lost in the village on the coast.", "Seven barns were lost in the village on the coast."),
    ],
)  # fmt: skip
def test_the_text_is_as_the_reader_saw_it(paragraph: str, text: str):
    assert text in page_report(
        f"<body><article><h1>T</h1>{REPORT}<p>{paragraph}</p>{REPORT}</article></body>", "a"
    ).text.split("\n\n")


@pytest.mark.parametrize(
    "furniture", ["<div class='newsletter'>{}</div>", "<div id='comments'>{}</div>", "<div class='related'>{}</div>"]
)
def test_furniture_that_only_its_class_tells_is_left_out(furniture: str):
    html = f"<body><div class='story-body'>{REPORT}</div>{furniture.format('<p>Read this too, on another matter.</p>')}"
    assert "another matter" not in page_report(html, "a").text


def test_dates_of_change_and_of_events_stand_apart(tmp_path: Path):
    head = '<meta property="article:published_time" content="2019-06-03"><meta property="article:modified_time" content="2019-06-05">'
    html = f"<head>{head}</head><article>{REPORT}<p>The fair opens on <time datetime='2019-07-09'>July 9</time> at noon.</p></article>"
    found = document(tmp_path, "a.html", html)
    assert found.origin
    assert (found.published_at, found.origin.modified_at, found.origin.event_dates) == (
        "2019-06-03",
        "2019-06-05",
        ("2019-07-09",),
    )


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ('<meta charset="windows-1252"><p>Caf\xe9 “here”'.encode("cp1252"), "Café “here”"),
        ('<meta charset="iso-8859-1"><p>“here”'.encode("cp1252"), "“here”"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=shift_jis"><p>日本'.encode("shift_jis"), "日本"),
        ("<p>Café".encode("utf-16"), "Café"),
        ("<p>Café".encode("utf-8-sig"), "Café"),
        ('<meta charset="klingon"><p>Café'.encode(), "Café"),
        (b"<p>Caf\xe9", "Café"),
    ],
)
def test_a_page_is_decoded_as_it_declares(raw: bytes, words: str):
    assert words in decoded_page(raw)


@pytest.mark.parametrize("html", ["", "  ", "<script>var a = 1</script>", "<html></html>", "\x00"])
def test_a_page_without_text_has_none(html: str):
    assert page_report(html, "a").text.strip("\x00") == ""


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("just words", "just words"),
        ("<p>Short.</p>", "Short."),
        ("<p>One.<p>Two.", "One.\n\nTwo."),
        ("<div>One.<div>Two.</div>Three.</div>", "One.\n\nTwo.\n\nThree."),
        ("<article>In.</article><p>Out.</p>", "In."),
        ("</nav></article><p>Stray ends.</p>", "Stray ends."),
        ("<p>5 &lt; 6 &eacute; &#x1F600;</p>", "5 < 6 é 😀"),
        ("<div>" * 5_000 + "Deep words." + "</div>" * 5_000, "Deep words."),
    ],
)
def test_what_the_library_cannot_read_our_own_rules_do(html: str, text: str):
    assert page_report(html, "a").text == text


def test_entities_that_a_page_declares_do_not_grow():
    bomb = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    page = (
        f'<!DOCTYPE html [<!ENTITY e0 "ha">{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]><body>{REPORT}<p>&e9;&f;</p>'
    )
    text = page_report(page, "a").text
    assert len(text) < 2 * len(page)
    assert "root:" not in text


def test_a_huge_page_is_read():
    text = page_report(f"<article>{'<p>The harvest ended late.</p>' * 100_000}</article>", "a").text
    assert text.count("harvest") == 100_000


def test_an_xhtml_page_with_its_declaration_is_read():
    assert "Sentence 5" in page_report(f'<?xml version="1.0" encoding="latin-1"?><html>{REPORT}é</html>', "a").text


@given(st.text(alphabet="<>/ptimeabodyrcl-\"'= 0123456789\n", max_size=200))
def test_no_page_raises(html: str):
    assert isinstance(page_report(html, "a").text, str)
