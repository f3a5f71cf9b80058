"""Files of every other format, around the same made-up reports."""

import json
from collections.abc import Iterator

from bench.ingest.samples.office import Placed, docx, odt, pdf, word
from bench.ingest.samples.prose import STORIES
from bench.ingest.samples.sample import Sample

_WXR = """<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"
xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Paper</title><item><title>{title}</title>
<guid>https://paper.example/?p=1</guid>{dates}<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>1</wp:post_id>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item></channel></rss>"""
_RSS = """<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>The Paper</title><item>
<title>{title}</title><guid>g1</guid><pubDate>{date}</pubDate><content:encoded><![CDATA[{body}]]></content:encoded></item></channel></rss>"""
_ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>The Paper</title><entry><title>{title}</title><id>urn:e:1</id>
<published>2018-01-30T22:00:00-05:00</published><updated>2018-02-03T00:00:00Z</updated><content type="xhtml">
<div xmlns="http://www.w3.org/1999/xhtml">{body}</div></content></entry></feed>"""
_G2 = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:n:1" version="2"><itemMeta><itemClass qcode="ninat:text"/>
<versionCreated>2018-02-02T08:00:00Z</versionCreated><firstCreated>2018-01-30T20:00:00-05:00</firstCreated>
<pubStatus uri="http://cv.iptc.org/newscodes/pubstatusg2/usable"/></itemMeta><contentMeta><contentCreated>2018</contentCreated>
<headline>{title}</headline></contentMeta><contentSet>{content}</contentSet></newsItem>"""
_XHTML = "<inlineXML><html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head><body>{}</body></html></inlineXML>"
_NITF = """<nitf><head><docdata><doc-id id-string="d1"/><date.issue norm="20180130T200000-0500"/></docdata></head><body><body.head>
<hedline><hl1>{title}</hl1></hedline><byline>By A. Writer</byline><dateline><location>LYSVIK</location></dateline></body.head>
<body.content>{body}</body.content></body></nitf>"""
_MAIL = "From: Wire <w@wire.example>\nDate: Tue, 30 Jan 2018 20:00:00 -0500\nMessage-ID: <m@w>\nSubject: {title}\nContent-Type: {kind}; charset=utf-8\n\n{body}"


def files() -> Iterator[Sample]:
    """Samples of each format."""
    yield from _xml()
    yield from _json()
    yield from _texts()
    yield from _office()


def _story(number: int) -> tuple[str, tuple[str, ...], str, str]:
    title, paragraphs = STORIES[number % len(STORIES)]
    return title, paragraphs, "\n\n".join(paragraphs), "".join(f"<p>{words}</p>" for words in paragraphs)


def _xml() -> Iterator[Sample]:
    title, paragraphs, text, html = _story(0)
    both = "<wp:post_date>2018-01-30 22:00:00</wp:post_date><wp:post_date_gmt>2018-01-31 03:00:00</wp:post_date_gmt>"
    classic = '[caption id="a"]<img src="a.jpg"/> The strait at night.[/caption]\n\n' + "\n\n".join(paragraphs)
    yield _sample(
        "wxr-blocks.xml",
        "WordPress, blocks",
        _WXR.format(title=title, dates=both, body=f"<!-- wp:paragraph -->{html}<!-- /wp:paragraph -->"),
        text,
    )
    yield _sample(
        "wxr-classic.xml",
        "WordPress, classic",
        _WXR.format(title=title, dates=both, body=classic),
        f"The strait at night.\n\n{text}",
    )
    bare = "<pubDate>Mon, 30 Nov -0001 00:00:00 +0000</pubDate><wp:post_date_gmt>2018-01-30 10:00:00</wp:post_date_gmt>"
    yield _sample("wxr-date.xml", "WordPress, broken pubDate", _WXR.format(title=title, dates=bare, body=html), text)
    for number, date in enumerate(
        (
            "Tue, 30 Jan 2018 22:00:00 EST",
            "Tue, 30 Jan 2018 22:00:00 -0800",
            "Tue, 30 Jan 18 08:00:00 +0100",
            "Di, 30 Jan 2018 08:00:00",
            "Mon, 29 Jan 2018 24:00:00 GMT",
        )
    ):
        yield _sample(f"rss{number}.rss", f"RSS, {date}", _RSS.format(title=title, date=date, body=html), text)
    yield _sample("atom.atom", "Atom", _ATOM.format(title=title, body=html), text)
    yield _sample("g2.xml", "NewsML-G2, XHTML", _G2.format(title=title, content=_XHTML.format(html)), text)
    yield _sample(
        "g2div.xml",
        "NewsML-G2, div",
        _G2.format(
            title=title,
            content=_XHTML.format(f"<div>{paragraphs[0]}</div>" + "".join(f"<p>{p}</p>" for p in paragraphs[1:])),
        ),
        text,
    )
    yield _sample("nitf.xml", "NITF", _NITF.format(title=title, body=html), text)
    yield _sample(
        "g2nitf.xml",
        "NewsML-G2, NITF",
        _G2.format(title=title, content=f"<inlineXML>{_NITF.format(title=title, body=html)}</inlineXML>"),
        text,
    )


def _json() -> Iterator[Sample]:
    title, paragraphs, text, html = _story(1)
    base = {
        "uri": "urn:j:1",
        "type": "text",
        "pubstatus": "usable",
        "firstcreated": "2018-01-30T20:00:00-05:00",
        "versioncreated": "2018-02-02T08:00:00Z",
    }
    yield _sample("ninjs1.json", "ninjs 1", json.dumps({**base, "headline": title, "body_html": html}), text)
    roles = [
        {"role": "summary", "contenttype": "text/plain", "value": paragraphs[0]},
        {"role": "main", "contenttype": "text/html", "value": html},
    ]
    yield _sample(
        "ninjs2.json",
        "ninjs 2",
        json.dumps({**base, "headlines": [{"role": "main", "value": title}], "bodies": roles}),
        text,
    )
    bodies = [{"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": _NITF.format(title=title, body=html)}]
    yield _sample(
        "ninjs3.json", "ninjs 3", json.dumps({**base, "headlines": [{"value": title}], "bodies": bodies}), text
    )
    elements = [{"type": "text", "content": words} for words in paragraphs]
    story = {
        "_id": "A1",
        "type": "story",
        "version": "0.10.9",
        "headlines": {"basic": title},
        "content_elements": elements,
        "first_publish_date": "2018-01-30T20:00:00Z",
        "last_updated_date": "2019-01-01T00:00:00Z",
    }
    yield _sample("ans.json", "ANS", json.dumps(story), text)
    yield _sample(
        "ans-moved.json",
        "ANS, moved from another system",
        json.dumps({**story, "first_publish_date": "2022-01-01T00:00:00Z", "display_date": "2018-01-30T20:00:00Z"}),
        text,
    )
    yield _sample(
        "own.jsonl", "JSONL", json.dumps({"id": "a", "title": title, "text": text, "published_at": "2018-01-30"}), text
    )


def _texts() -> Iterator[Sample]:
    title, paragraphs, text, html = _story(2)
    yield _sample("a.md", "Markdown", f"---\ntitle: {title}\ndate: January 30, 2018\n---\n{text}", text)
    yield _sample(
        "zone.md", "Markdown, with a zone", f"---\ntitle: {title}\ndate: 2018-01-30 22:00:00 -0800\n---\n{text}", text
    )
    yield _sample(
        "struck.md",
        "Markdown, struck out",
        f"---\ntitle: {title}\ndate: 2018-01-30\n---\n~~Ten people died.~~ Nobody died.\n\n{text}",
        f"Nobody died.\n\n{text}",
    )
    yield _sample("2018-01-30-mill.md", "Jekyll", f"---\ntitle: {title}\n---\n{text}", text)
    yield _sample(
        "plain.eml", "mail, text", _MAIL.format(title=title, kind="text/plain", body=f"{text}\n\n-- \nWire desk"), text
    )
    yield _sample("html.eml", "mail, HTML", _MAIL.format(title=title, kind="text/html", body=html), text)
    wrapped = "\n\n".join(_wrapped(words) for words in paragraphs)
    yield _sample(
        "wrapped.eml", "mail, wrapped lines", _MAIL.format(title=title, kind="text/plain", body=wrapped), text
    )


def _office() -> Iterator[Sample]:
    title, paragraphs, text, _ = _story(0)
    body = word(title, "Title") + "".join(word(words) for words in paragraphs)
    yield _bytes("a.docx", "DOCX", docx(body, created="2018-01-30T20:00:00Z"), text)
    printed = word(title, "Title") + word("Published: 30 January 2018") + "".join(word(words) for words in paragraphs)
    yield _bytes(
        "printed.docx",
        "DOCX, printed date",
        docx(printed, created="2001-01-01T00:00:00Z"),
        f"Published: 30 January 2018\n\n{text}",
    )
    tracked = "<w:p><w:del w:id='1'><w:r><w:delText>Ten</w:delText></w:r></w:del><w:ins w:id='2'><w:r><w:t>Nine</w:t></w:r></w:ins><w:r><w:t xml:space='preserve'> boats came.</w:t></w:r></w:p>"
    yield _bytes(
        "tracked.docx",
        "DOCX, tracked changes",
        docx(body + tracked, created="2018-01-30T20:00:00Z"),
        f"{text}\n\nNine boats came.",
    )
    odf = f"<text:h>{title}</text:h>" + "".join(f"<text:p>{words}</text:p>" for words in paragraphs)
    yield _bytes("a.odt", "ODT", odt(odf, meta="<meta:creation-date>2018-01-30T20:00:00</meta:creation-date>"), text)
    yield _bytes(
        "one.pdf",
        "PDF, one column",
        pdf(_pages(title, paragraphs, 92, 1), "/CreationDate (D:20180130200000-05'00')"),
        text,
    )
    yield _bytes(
        "two.pdf",
        "PDF, two columns, running heads",
        pdf(_pages(title, paragraphs * 3, 44, 2), "/CreationDate (D:20180130200000-05'00')"),
        "\n\n".join(paragraphs * 3),
    )


def _pages(title: str, paragraphs: tuple[str, ...], width: int, columns: int) -> list[list[Placed]]:
    """Lines of paragraphs set in columns of 30 lines, with hyphens at line ends."""
    lines = [line for words in paragraphs for line in [*_set(words, width), ""]]
    tall = 30
    pages: list[list[Placed]] = []
    for start in range(0, len(lines), tall * columns):
        page: list[Placed] = [(50.0, 815.0, 8.0, f"The Paper, page {len(pages) + 1}")] if columns > 1 else []
        if not pages:
            page.append((50.0, 780.0, 20.0, title))
        for column in range(columns):
            part = lines[start + column * tall : start + (column + 1) * tall]
            page += [(50.0 + 260 * column, 720.0 - 13 * at, 10.0, line) for at, line in enumerate(part) if line]
        pages.append(page)
    return pages


def _set(words: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a word of more than nine letters is divided where it does not fit."""
    lines, line = [], ""
    for word_ in words.split():
        if len(line) + len(word_) + 1 > width:
            room = width - len(line) - 2
            if word_.isalpha() and len(word_) > 9 and 4 <= room < len(word_) - 3:
                lines.append(f"{line} {word_[:room]}-")
                line = word_[room:]
                continue
            lines.append(line)
            line = word_
        else:
            line = f"{line} {word_}".strip()
    return [*lines, line]


def _wrapped(words: str) -> str:
    return "\n".join(_set(words, 72)).replace("-\n", "")


def _sample(name: str, about: str, content: str, text: str) -> Sample:
    return _bytes(name, about, content.encode(), text)


def _bytes(name: str, about: str, content: bytes, text: str) -> Sample:
    return Sample(name, about, content, text, "2018-01-30")
