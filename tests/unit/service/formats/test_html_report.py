import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from factcheck.article import Format
from factcheck.verdict import Label
from service.formats.html_report import render_html
from service.formats.html_report_style import STYLE, STYLE_SOURCE
from tests.builders import a_report
from tests.unit.service.formats.samples import evidence, sample_article, sample_report, unfinished, verdict_on

VOID = {"meta"}


class Balance(HTMLParser):
    """Fails on an element that is closed in the wrong place; gathers tags and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)


def parsed(page: str) -> Balance:
    reader = Balance()
    reader.feed(page)
    reader.close()
    assert reader.open == []
    return reader


def test_the_page_shows_the_article_whole_with_each_claim_marked():
    article = sample_article()
    page = render_html(sample_report(article), article)
    words = "".join(parsed(page).words)
    assert article.text.replace("\r\n", "\n") in words.replace("\r\n", "\n")
    assert re.findall(r'<mark class="(\w+)">', page) == [
        *("contradicted", "supported", "contradicted", "disputed", "unverified", "internal_conflict", "unverified"),
    ]


def test_the_page_carries_no_script_no_handler_and_nothing_from_elsewhere():
    article = sample_article(title='<script>alert("x")</script>', source="<img src=x onerror=alert(1)>")
    report = a_report(
        verdict_on("What a night!", article, Label.SUPPORTED, evidence=(evidence(url="javascript:alert(1)"),))
    )
    reader = parsed(render_html(report, article))
    assert not {"script", "img", "link", "iframe", "object", "form"} & set(reader.tags)
    assert [a for a in reader.attributes if a[0].startswith("on") or a[0] in {"src", "style"}] == []
    assert [value for name, value in reader.attributes if name == "href" and not value.startswith("#")] == []


def test_documents_with_a_web_address_are_linked():
    article = sample_article()
    address = 'https://example.org/a?b=1&c="2"'
    report = a_report(verdict_on("What a night!", article, Label.SUPPORTED, evidence=(evidence(url=address),)))
    assert ("href", address) in parsed(render_html(report, article)).attributes


@given(st.text(), st.text())
def test_no_text_breaks_out_of_the_page(text: str, title: str):
    article = sample_article(text=f"x{text}", title=title)
    page = render_html(a_report(verdict_on("x", article, Label.CONTRADICTED, message=text)), article)
    assert "script" not in parsed(page).tags


def test_the_policy_in_the_page_allows_its_own_stylesheet_only():
    article = sample_article()
    page = render_html(sample_report(article), article)
    assert f"<style>{STYLE}</style>" in page
    assert f"style-src {STYLE_SOURCE};" in page


def test_sentences_that_were_not_reached_are_shown_at_the_top():
    article = sample_article()
    page = render_html(unfinished(sample_report(article)), article)
    assert "2 of 8 sentences were not reached." in page.split("<main>")[0]


def test_of_html_the_words_are_shown_without_their_markup():
    article = sample_article(text="<p>The <b>gala</b> &amp; more</p><p>opens.</p>", format=Format.HTML)
    page = render_html(a_report(verdict_on("<b>gala</b> &amp; more", article, Label.UNVERIFIED)), article)
    assert re.search(r'<mark class="unverified"><a href="#[^"]+">gala &amp; more</a></mark>', page)
