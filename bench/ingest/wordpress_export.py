"""A WordPress export of any size, made up: posts of several statuses, classic and block ones, in a site's own zone."""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Bench Courier</title><link>https://courier.example</link><language>en-US</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://courier.example</wp:base_site_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ab]]></wp:author_login>
<wp:author_display_name><![CDATA[Anna Berg]]></wp:author_display_name></wp:author>
"""
_ITEM = """<item><title><![CDATA[{title}]]></title><link>https://courier.example/?p={number}</link>
<pubDate>{rfc}</pubDate><dc:creator><![CDATA[ab]]></dc:creator>
<guid isPermaLink="false">https://courier.example/?p={number}</guid><description></description>
<content:encoded><![CDATA[{body}]]></content:encoded><excerpt:encoded><![CDATA[]]></excerpt:encoded>
<wp:post_id>{number}</wp:post_id><wp:post_date><![CDATA[{local}]]></wp:post_date>
<wp:post_date_gmt><![CDATA[{utc}]]></wp:post_date_gmt><wp:post_modified><![CDATA[{local}]]></wp:post_modified>
<wp:post_modified_gmt><![CDATA[{utc}]]></wp:post_modified_gmt><wp:comment_status>closed</wp:comment_status>
<wp:post_name><![CDATA[post-{number}]]></wp:post_name><wp:status><![CDATA[{status}]]></wp:status>
<wp:post_type><![CDATA[{kind}]]></wp:post_type><wp:post_password><![CDATA[]]></wp:post_password>
<category domain="category" nicename="news"><![CDATA[News]]></category>
<wp:postmeta><wp:meta_key><![CDATA[_edit_last]]></wp:meta_key><wp:meta_value><![CDATA[1]]></wp:meta_value></wp:postmeta></item>
"""
_WORDS = """council road bridge vote budget mayor minister police fire school hospital harbour mill storm river train court
judge strike union company bank wage tax rain snow winter summer plan report week month people house street county city said
announced opened closed approved rejected began ended rose fell burned left returned found lost paid built sold""".split()
_UNPUBLISHED = (
    ("draft", "post"),
    ("private", "post"),
    ("trash", "post"),
    ("inherit", "attachment"),
    ("publish", "nav_menu_item"),
)
_OFFSET = timedelta(hours=5)


def write_export(path: Path, posts: int, megabytes: int) -> None:
    """An export with so many published posts among others, of about that size."""
    draw, mean = random.Random(16), megabytes * 1_000_000 // max(1, posts)
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for item in _items(posts, mean, draw):
            file.write(item)
        file.write("</channel></rss>\n")


def _items(posts: int, mean: int, draw: random.Random) -> Iterator[str]:
    number = 0
    for published in range(posts):
        number += 1
        yield _item(number, "publish", "post", mean, draw)
        if published % 20 == 0:
            number += 1
            status, kind = draw.choice(_UNPUBLISHED)
            yield _item(number, status, kind, 200, draw)


def _item(number: int, status: str, kind: str, size: int, draw: random.Random) -> str:
    utc = datetime(2005, 1, 1) + timedelta(minutes=73 * number)
    local = utc - _OFFSET
    return _ITEM.format(
        title=_sentence(draw, 7), number=number, status=status, kind=kind, body=_body(size - 1_500, number % 2 == 0, draw),
        rfc=f"{utc:%a, %d %b %Y %H:%M:%S} +0000", local=f"{local:%Y-%m-%d %H:%M:%S}", utc=f"{utc:%Y-%m-%d %H:%M:%S}",
    )  # fmt: skip


def _body(size: int, has_blocks: bool, draw: random.Random) -> str:
    parts, length = [], 0
    while length < max(200, size):
        words = " ".join(_sentence(draw, draw.randint(8, 25)) for _ in range(draw.randint(2, 5)))
        part = f"<!-- wp:paragraph -->\n<p>{words}</p>\n<!-- /wp:paragraph -->" if has_blocks else words
        parts.append(part)
        length += len(part)
    return "\n\n".join(parts)


def _sentence(draw: random.Random, words: int) -> str:
    return " ".join(draw.choices(_WORDS, k=words)).capitalize() + "."
