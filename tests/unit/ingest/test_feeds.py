import json
from pathlib import Path

import pytest

from factcheck.errors import UnreadableSource
from factcheck.evidence import Document
from factcheck.ingest.sources import UnreadableDate, read_corpus, read_outcomes

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Harbor Wire</title><language>en</language>
<item><guid>wire-1</guid><title>Mill &amp;amp; fire</title><link>https://example.org/1</link>
<pubDate>Tue, 30 Jan 2018 09:15:00 +0100</pubDate><category>fires</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>Nine people died.</p><script>x()</script><p>Rain fell.</p>]]></content:encoded></item>
<item><title>No address</title><description>The council met.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Desk</title>
<entry><id>tag:a,1</id><title type="html">&lt;b&gt;Vote&lt;/b&gt;</title><updated>2018-01-30T09:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The vote is on Friday.</p></div></content></entry></feed>"""
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:x:1" version="2" xml:lang="en">
<itemMeta><provider literal="Wire"><name>Harbor Wire</name></provider><versionCreated>2018-01-31T08:00:00Z</versionCreated>
<pubStatus qcode="stat:{status}"/></itemMeta>
<contentMeta><contentCreated>2018-01-30T09:00:00+01:00</contentCreated><headline>Mill fire</headline>
<language tag="en"/><keyword>fires</keyword></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>x</title></head><body><p>Nine people <em>died</em>.</p><ul><li>Rain fell.</li></ul></body></html></inlineXML>
</contentSet></newsItem>"""
NITF = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>
<newsItem guid="a"><contentSet><inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/">
<body><body.head><hedline><hl1>Head</hl1></hedline></body.head><body.content><block><p>One.</p><p>Two.</p></block></body.content>
</body></nitf></inlineXML></contentSet></newsItem>
<newsItem guid="b"><contentSet><inlineData>Plain words.</inlineData></contentSet></newsItem>
<newsItem guid="picture"><contentSet><remoteContent href="x.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
THIEF = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel><title>&a;</title></channel></rss>'


def read(tmp_path: Path, name: str, text: str) -> list[Document]:
    path = tmp_path / name
    path.write_text(text)
    return list(read_corpus(path))


def test_an_rss_feed_gives_a_document_an_item(tmp_path: Path):
    first, second = read(tmp_path, "wire.rss", RSS)
    assert (first.id, first.title, first.text) == ("wire-1", "Mill & fire", "Nine people died.\n\nRain fell.")
    assert (first.source, first.published_at) == ("Harbor Wire", "2018-01-30T08:15:00+00:00")
    assert (first.url, first.language, first.tags) == ("https://example.org/1", "en", ("fires",))
    assert (second.id, second.text, second.published_at) == ("wire.rss#2", "The council met.", None)


def test_an_atom_feed_gives_a_document_an_entry(tmp_path: Path):
    (found,) = read(tmp_path, "desk.atom", ATOM)
    assert (found.id, found.title, found.text) == ("tag:a,1", "Vote", "The vote is on Friday.")
    assert (found.source, found.published_at) == ("Desk", "2018-01-30T09:00:00+00:00")


@pytest.mark.parametrize(("status", "retracted"), [("usable", False), ("canceled", True), ("withheld", True)])
def test_a_news_item_with_its_text_inline_is_a_document(tmp_path: Path, status: str, retracted: bool):
    (found,) = read(tmp_path, "item.xml", ITEM.replace("{status}", status))
    assert (found.id, found.title, found.text) == ("urn:x:1", "Mill fire", "Nine people died.\n\nRain fell.")
    assert (found.source, found.published_at) == ("Harbor Wire", "2018-01-30T09:00:00+01:00")
    assert (found.language, found.tags, found.retracted) == ("en", ("fires",), retracted)


def test_a_news_message_gives_its_items_that_have_text(tmp_path: Path):
    assert [(d.id, d.text) for d in read(tmp_path, "m.xml", NITF)] == [("a", "One.\n\nTwo."), ("b", "Plain words.")]


@pytest.mark.parametrize(
    "item",
    [
        {"uri": "https://e.org/1", "headline": "Vote", "body_text": "One.", "versioncreated": "2018-01-30T09:00:00Z"},
        {"guid": "https://e.org/1", "uri": "https://e.org/1", "headline": "Vote", "body_html": "<p>One.</p>"},
        {
            "uri": "https://e.org/1",
            "headlines": [{"role": "main", "value": "Vote"}],
            "bodies": [{"contentType": "text/html", "value": "<p>One.</p>"}],
            "contentCreated": "2018-01-30T09:00:00Z",
        },
    ],
)
def test_ninjs_of_any_version_is_a_document(tmp_path: Path, item: dict[str, object]):
    for name, value in (("one.json", item), ("many.json", [item]), ("lines.jsonl", item)):
        (found,) = read(tmp_path, name, json.dumps(value))
        assert (found.id, found.title, found.text, found.url) == ("https://e.org/1", "Vote", "One.", "https://e.org/1")
        assert found.published_at in {None, "2018-01-30T09:00:00+00:00"}


def test_a_cancelled_ninjs_item_is_retracted(tmp_path: Path):
    (found,) = read(tmp_path, "a.json", json.dumps({"uri": "u", "body_text": "One.", "pubstatus": "canceled"}))
    assert found.retracted


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "declares entities"),
        (THIEF, "declares entities"),
        ("<rss><channel>", "not XML"),
        ("", "not XML"),
        ("<svg/>", "<svg> is neither a feed"),
        ("<rss><channel><title>Empty</title></channel></rss>", "holds no report"),
        ('<newsItem guid="x"/>', "holds no report"),
        ("<newsItem><contentSet><inlineData>No id.</inlineData></contentSet></newsItem>", "`id` is missing"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "not XML"),
    ],
)
def test_what_is_no_feed_is_told(tmp_path: Path, text: str, says: str):
    path = tmp_path / "a.xml"
    path.write_text(text)
    (fault,) = read_outcomes(path)
    assert isinstance(fault, UnreadableSource)
    assert says in str(fault)


def test_a_date_in_a_foreign_form_leaves_the_report_undated(tmp_path: Path):
    path = tmp_path / "a.rss"
    path.write_text(RSS.replace("Tue, 30 Jan 2018 09:15:00 +0100", "am dritten Tag"))
    first, _ = read_outcomes(path)
    assert isinstance(first, UnreadableDate)
    assert first.undated.text.startswith("Nine people died.")
