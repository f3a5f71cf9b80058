from pathlib import Path

import pytest

from factcheck.ingest.element_trees import html_text
from factcheck.ingest.raw_documents import AcceptedDocument, PublishingStatus, RejectedDocument
from factcheck.ingest.shortcodes import paragraphs, strip_shortcodes
from tests.unit.ingest.archives import document, outcomes

HEAD = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Harbor Post</title><language>nb-NO</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:author><wp:author_login>kd</wp:author_login>
<wp:author_display_name>Kari Dahl</wp:author_display_name></wp:author>"""
TAIL = "</channel></rss>"


def item(
    number: int, body: str = "The ferry sank.", status: str = "publish", kind: str = "post", more: str = ""
) -> str:
    return f"""<item><title>Ferry {number}</title><link>https://post.example/{number}</link><dc:creator>kd</dc:creator>
<guid isPermaLink="false">https://post.example/?p={number}</guid><content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[Excerpt.]]></excerpt:encoded><wp:post_id>{number}</wp:post_id><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type>{more}</item>"""


def export(*items: str) -> str:
    return HEAD + "".join(items) + TAIL


def test_a_published_post_is_a_document(tmp_path: Path):
    more = """<wp:post_date>2019-06-03 20:30:00</wp:post_date><wp:post_date_gmt>2019-06-03 18:30:00</wp:post_date_gmt>
    <wp:post_modified>2019-06-05 09:00:00</wp:post_modified><wp:post_modified_gmt>2019-06-05 07:00:00</wp:post_modified_gmt>
    <category domain="category" nicename="sea">Sea</category><category domain="post_tag" nicename="ferry">Ferry</category>"""
    found = document(tmp_path, "a.xml", export(item(7, "<!-- wp:paragraph --><p>The ferry sank.</p>", more=more)))
    assert (found.id, found.title, found.text) == ("https://post.example/?p=7", "Ferry 7", "The ferry sank.")
    assert (found.source, found.language, found.tags) == ("Harbor Post", "nb-NO", ("Sea", "Ferry"))
    assert (found.published_at, found.url) == ("2019-06-03T20:30:00+02:00", "https://post.example/7")
    assert found.origin
    assert (found.origin.reader, found.origin.entry) == ("wordpress", "item 1 (post 7)")
    assert (found.origin.date_source, found.origin.modified_at) == ("wp:post_date", "2019-06-05T09:00:00+02:00")
    assert found.origin.byline == "Kari Dahl"


@pytest.mark.parametrize(
    ("status", "kind", "more", "left"),
    [
        ("publish", "page", "", None),
        ("publish", "longread", "", None),
        ("draft", "post", "", PublishingStatus.DRAFT),
        ("auto-draft", "post", "", PublishingStatus.DRAFT),
        ("pending", "post", "", PublishingStatus.DRAFT),
        ("assigned", "post", "", PublishingStatus.DRAFT),
        ("future", "post", "", PublishingStatus.SCHEDULED),
        ("private", "post", "", PublishingStatus.PRIVATE),
        ("trash", "post", "", PublishingStatus.TRASHED),
        ("inherit", "attachment", "", PublishingStatus.NOT_A_REPORT),
        ("inherit", "revision", "", PublishingStatus.NOT_A_REPORT),
        ("publish", "nav_menu_item", "", PublishingStatus.NOT_A_REPORT),
        ("publish", "wp_template", "", PublishingStatus.NOT_A_REPORT),
        ("publish", "post", "<wp:post_password>secret</wp:post_password>", PublishingStatus.PROTECTED),
        ("publish", "post", "<wp:post_date_gmt>2031-01-01 00:00:01</wp:post_date_gmt>", PublishingStatus.SCHEDULED),
    ],
)
def test_only_what_is_published_is_taken(
    tmp_path: Path, status: str, kind: str, more: str, left: PublishingStatus | None
):
    (found,) = outcomes(tmp_path, {"a.xml": export(item(1, status=status, kind=kind, more=more))})
    assert (found.status if isinstance(found, RejectedDocument) else None) == left


@pytest.mark.parametrize(
    ("dates", "published", "source"),
    [
        (
            "<pubDate></pubDate><wp:post_date_gmt>2019-06-03 18:30:00</wp:post_date_gmt>",
            "2019-06-03T18:30:00+00:00",
            "wp:post_date_gmt",
        ),
        (
            "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><wp:post_date>2019-06-03 18:30:00</wp:post_date>"
            "<wp:post_date_gmt>0000-00-00 00:00:00</wp:post_date_gmt>",
            "2019-06-03T18:30:00",
            "wp:post_date",
        ),
        ("<pubDate>Mon, 03 Jun 2019 18:30:00 +0000</pubDate>", "2019-06-03T18:30:00+00:00", "pubDate"),
        ("", None, None),
    ],
)
def test_the_date_is_that_of_the_post(tmp_path: Path, dates: str, published: str | None, source: str | None):
    found = document(tmp_path, "a.xml", export(item(1, more=dates)))
    assert (found.published_at, found.origin and found.origin.date_source) == (published, source)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("One.\n\nTwo,\nthree.", "One.\n\nTwo,\nthree."),
        ("<p>One.</p>\n\n<p>Two.</p>", "One.\n\nTwo."),
        ("One.\n<blockquote>Two.</blockquote>\nThree.", "One.\n\nTwo.\n\nThree."),
        ("<!-- wp:paragraph -->\n<p>One\nline.</p>\n<!-- /wp:paragraph -->", "One line."),
        (
            '[caption id="a" width="1"]<img src="a.jpg" /> The old mill[/caption]\n\nIt burned.',
            "The old mill\n\nIt burned.",
        ),
        (
            '[caption id="a" caption="The old mill"]<img src="a.jpg" />[/caption]It burned.',
            "The old mill\n\nIt burned.",
        ),
        ('Before. [gallery ids="1,2"] After.', "Before. After."),
        ("[embed]https://video.example/1[/embed]\n\nAfter.", "After."),
        ("[contact-form-7]\n\nAfter.", "After."),
        ('[vc_row width="1/2"]Inside.[/vc_row]', "Inside."),
        ("[su_quote]Inside.[/su_quote]", "Inside."),
        ("He said [Dahl] would leave [sic].", "He said [Dahl] would leave [sic]."),
        ("Write [[gallery]] to show one.", "Write [gallery] to show one."),
    ],
)
def test_shortcodes_and_empty_lines_are_read_as_wordpress_shows_them(body: str, text: str):
    assert html_text(paragraphs(strip_shortcodes(body))) == text


def test_a_truncated_export_gives_what_is_whole_and_a_fault(tmp_path: Path):
    whole = export(item(1), item(2), item(3))
    first, second, fault = outcomes(tmp_path, {"a.xml": whole[: whole.index("Ferry 3")]})
    assert [o.document.id for o in (first, second) if isinstance(o, AcceptedDocument)] == [
        "https://post.example/?p=1",
        "https://post.example/?p=2",
    ]
    assert isinstance(fault, RejectedDocument)
    assert "broken after item 2" in fault.reason


def test_two_exports_glued_together_give_the_first_and_a_fault(tmp_path: Path):
    found = outcomes(tmp_path, {"a.xml": export(item(1)) + export(item(2))})
    assert [type(o).__name__ for o in found] == ["AcceptedDocument", "RejectedDocument"]


def test_control_characters_and_broken_utf8_lose_nothing_else(tmp_path: Path):
    raw = export(item(1, "The\x0b ferry s@nk."), item(2)).encode().replace(b"@", b"\xe9")
    found = outcomes(tmp_path, {"a.xml": raw})
    assert [o.document.text for o in found if isinstance(o, AcceptedDocument)] == ["The ferry s�nk.", "The ferry sank."]


def test_declared_entities_are_refused(tmp_path: Path):
    bomb = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    (found,) = outcomes(tmp_path, {"a.xml": export(item(1, "&b;")).replace("<rss", f"{bomb}<rss", 1)})
    assert isinstance(found, RejectedDocument)
    assert "entities" in found.reason
