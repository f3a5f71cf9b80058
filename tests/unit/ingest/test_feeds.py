from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.unit.ingest.archives import document, documents, left_out

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
<entry><id>tag:a,1</id><title type="html">&lt;b&gt;Vote&lt;/b&gt;</title>{dates}<author><name>Kari</name></author>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>The vote is on <del>Monday</del> <ins>Friday</ins>.</p></div>
</content></entry></feed>"""
BOMB = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>'
THIEF = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss><channel><title>&a;</title></channel></rss>'
ONE = "<rss><channel><item><title>Bridge</title><description>It opens tomorrow.</description>{}</item></channel></rss>"


def test_an_rss_feed_gives_a_document_an_item(tmp_path: Path):
    first, second = documents(tmp_path, "wire.rss", RSS)
    assert (first.id, first.title, first.text) == ("wire-1", "Mill & fire", "Nine people died.\n\nRain fell.")
    assert (first.source, first.published_at) == ("Harbor Wire", "2018-01-30T09:15:00+01:00")
    assert (first.url, first.language, first.tags) == ("https://example.org/1", "en", ("fires",))
    assert (second.id, second.text, second.published_at) == ("wire.rss#2", "The council met.", None)


@pytest.mark.parametrize(
    ("dates", "published", "modified"),
    [
        ("<updated>2018-01-30T09:00:00Z</updated>", "2018-01-30T09:00:00+00:00", "2018-01-30T09:00:00+00:00"),
        (
            "<published>2018-01-29T23:00:00-05:00</published><updated>2018-01-30T09:00:00Z</updated>",
            "2018-01-29T23:00:00-05:00",
            "2018-01-30T09:00:00+00:00",
        ),
    ],
)
def test_an_atom_feed_gives_a_document_an_entry(tmp_path: Path, dates: str, published: str, modified: str):
    found = document(tmp_path, "desk.atom", ATOM.format(dates=dates))
    assert (found.id, found.title, found.text) == ("tag:a,1", "Vote", "The vote is on Friday.")
    assert (found.source, found.published_at) == ("Desk", published)
    assert found.origin
    assert (found.origin.modified_at, found.origin.byline) == (modified, "Kari")


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Mon, 03 Jun 2019 21:30:00 EST", "2019-06-03T21:30:00-05:00"),
        ("Mon, 03 Jun 2019 21:30:00 -0700", "2019-06-03T21:30:00-07:00"),
        ("Mon, 03 Jun 19 00:00:00 +0200", "2019-06-03T00:00:00+02:00"),
        ("Mon, 3 Jun 2019 21:30:00", "2019-06-03T21:30:00"),
        ("Mo, 3 Jun 2019 21:30:00", "2019-06-03T21:30:00"),
        ("Sun, 02 Jun 2019 24:00:00 GMT", "2019-06-03T00:00:00+00:00"),
        ("am dritten Tag", None),
    ],
)
def test_the_date_stays_in_the_zone_it_was_written_in(tmp_path: Path, date: str, published: str | None):
    assert document(tmp_path, "a.rss", ONE.format(f"<pubDate>{date}</pubDate>")).published_at == published


def test_the_newsroom_s_zone_tells_the_day_of_a_date_in_utc(tmp_path: Path):
    item = ONE.format("<pubDate>Mon, 03 Jun 2019 23:30:00 GMT</pubDate>")
    assert document(tmp_path, "a.rss", item, ZoneInfo("Europe/Oslo")).published_at == "2019-06-04T01:30:00+02:00"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BOMB, "declares entities"),
        (THIEF, "declares entities"),
        ("<rss><channel>", "not XML"),
        ("", "not XML"),
        ("<rss/><rss/>", "not XML"),
        ("<svg/>", "<svg> is neither a feed"),
        ("<rss><channel><title>Empty</title></channel></rss>", "holds no report"),
        ('<newsItem guid="x"/>', "without text inline"),
        ("<newsItem><contentSet><inlineData>No id.</inlineData></contentSet></newsItem>", "has no id"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "not XML"),
    ],
)
def test_what_is_no_feed_is_told(tmp_path: Path, text: str, says: str):
    assert says in left_out(tmp_path, "a.xml", text).reason
