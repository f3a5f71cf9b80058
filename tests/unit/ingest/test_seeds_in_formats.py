"""The two seed reports, written in nine formats, give the same two documents."""

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from factcheck.evidence import Document
from tests.unit.ingest.archives import documents

SEEDS = [json.loads(line) for line in (Path(__file__).parents[3] / "seeds/documents.jsonl").read_text().splitlines()]


def paragraphs(seed: dict[str, Any]) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in seed["text"].split("\n\n"))


def jsonl(seed: dict[str, Any]) -> str:
    return json.dumps({name: seed[name] for name in ("id", "title", "text", "published_at")})


def markdown(seed: dict[str, Any]) -> str:
    return f"---\nid: {seed['id']}\ntitle: {json.dumps(seed['title'])}\ndate: {seed['published_at']}\n---\n{seed['text']}\n"


def rss(seed: dict[str, Any]) -> str:
    return f"""<rss version="2.0"><channel><item><guid>{seed["id"]}</guid><title>{escape(seed["title"])}</title>
    <pubDate>{seed["published_at"]}</pubDate><description>{escape(paragraphs(seed))}</description></item></channel></rss>"""


def wordpress(seed: dict[str, Any]) -> str:
    return f"""<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
    <item><guid>{seed["id"]}</guid><title>{escape(seed["title"])}</title><content:encoded>{escape(seed["text"])}</content:encoded>
    <wp:post_date>{seed["published_at"]}</wp:post_date><wp:status>publish</wp:status></item></channel></rss>"""


def ninjs(seed: dict[str, Any]) -> str:
    item = {"uri": seed["id"], "type": "text", "headline": seed["title"], "body_html": paragraphs(seed)}
    return json.dumps({**item, "firstcreated": seed["published_at"]})


def ans(seed: dict[str, Any]) -> str:
    elements = [{"type": "text", "content": escape(part)} for part in seed["text"].split("\n\n")]
    story = {"_id": seed["id"], "type": "story", "headlines": {"basic": seed["title"]}, "content_elements": elements}
    return json.dumps({**story, "first_publish_date": seed["published_at"]})


def newsml(seed: dict[str, Any]) -> str:
    return f"""<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{seed["id"]}"><itemMeta><firstCreated>{seed["published_at"]}
    </firstCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>{escape(seed["title"])}</headline></contentMeta>
    <contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>{paragraphs(seed)}</body></html></inlineXML></contentSet>
    </newsItem>"""


def nitf(seed: dict[str, Any]) -> str:
    return f"""<nitf><head><docdata><doc-id id-string="{seed["id"]}"/><date.issue norm="{seed["published_at"]}"/></docdata></head>
    <body><body.head><hedline><hl1>{escape(seed["title"])}</hl1></hedline></body.head>
    <body.content>{paragraphs(seed)}</body.content></body></nitf>"""


def mail(seed: dict[str, Any]) -> str:
    headers = f"Message-ID: <{seed['id']}>\nDate: {seed['published_at']}\nContent-Type: text/plain; charset=utf-8\n"
    return f"{headers}Subject: {seed['title']}\n\n{seed['text']}\n"


def known(document: Document) -> tuple[str, str, str, str | None]:
    return document.id, document.title, document.text, document.published_at


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("a.jsonl", jsonl), ("a.md", markdown), ("a.rss", rss), ("a.xml", wordpress), ("a.json", ninjs), ("b.json", ans),
        ("b.xml", newsml), ("c.xml", nitf), ("a.eml", mail),
    ],
)  # fmt: skip
@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed["id"])
def test_a_seed_report_is_the_same_document_in_every_format(
    tmp_path: Path, name: str, write: Any, seed: dict[str, Any]
):
    (found,) = documents(tmp_path, name, write(seed))
    text = seed["text"] if name == "a.jsonl" else seed["text"].replace("\u00a0", " ")
    assert known(found) == (seed["id"], seed["title"], text, seed["published_at"])
