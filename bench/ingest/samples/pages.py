"""Saved web pages: layouts as content management systems make them, around made-up reports."""

from collections.abc import Iterator, Sequence

from bench.ingest.samples.prose import STORIES
from bench.ingest.samples.sample import Sample

_MENU = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/news'>News</a></li><li><a href='/sport'>Sport</a></li></ul></nav>"
_FOOT = "<footer><p>© 2026 The Paper. All rights reserved.</p><p><a href='/imprint'>Imprint</a> <a href='/privacy'>Privacy</a></p></footer>"
_RELATED = "<aside class='related'><h2>Related</h2><ul><li><a href='/a'>Storm closes the school in Ekdal</a> <time datetime='2026-10-20'>20 Oct</time></li></ul></aside>"
_LD = '<script type="application/ld+json">{}</script>'


def pages() -> Iterator[Sample]:
    """Each layout with one of the reports."""
    for number, (about, day, head, around) in enumerate(_LAYOUTS):
        title, paragraphs = STORIES[number % len(STORIES)]
        body = "".join(f"<p>{words}</p>" for words in paragraphs)
        html = f"<!doctype html><html lang='en'><head><meta charset='utf-8'><title>{title} | The Paper</title>{head}</head><body>"
        html += (
            around.replace("{title}", title)
            .replace("{body}", body)
            .replace("{menu}", _MENU)
            .replace("{foot}", _FOOT)
            .replace("{related}", _RELATED)
        )
        yield Sample(f"page{number:02}.html", about, f"{html}</body></html>".encode(), _text(paragraphs), day)
    yield from _inline()


def _text(paragraphs: Sequence[str]) -> str:
    return "\n\n".join(paragraphs)


_ARTICLE = "{menu}<main><article><h1>{title}</h1>{body}</article></main>{related}{foot}"
_LAYOUTS: tuple[tuple[str, str | None, str, str], ...] = (
    ("WordPress, block theme", "2019-03-04",
     '<meta property="article:published_time" content="2019-03-04T22:15:00-05:00"><meta property="article:modified_time" content="2019-03-06T10:00:00+00:00">',
     "{menu}<main><h1 class='wp-block-post-title'>{title}</h1><div class='wp-block-post-date'><time datetime='2019-03-04T22:15:00-05:00'>March 4, 2019</time></div><div class='entry-content wp-block-post-content'>{body}</div></main>{foot}"),
    ("WordPress, classic theme, hEntry", "2016-07-11", "",
     "<header><h2>The Paper</h2>{menu}</header><div id='content'><article class='hentry'><header class='entry-header'><h1 class='entry-title'>{title}</h1><div class='entry-meta'><span class='posted-on'>Posted on <a href='#'><time class='entry-date published' datetime='2016-07-11T18:00:00+02:00'>11 July 2016</time><time class='updated' datetime='2016-07-12T09:00:00+02:00'>12 July 2016</time></a></span></div></header><div class='entry-content'>{body}</div></article><div id='comments'><h2>2 comments</h2><ol><li>Great.</li></ol></div></div><aside class='widget'><h3>Recent posts</h3><ul><li>Another story</li></ul></aside>{foot}"),
    ("JSON-LD in a graph", "2021-11-30",
     _LD.format('{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"The Paper"},{"@type":"NewsArticle","headline":"x","datePublished":"2021-11-30T06:00:00+01:00","dateModified":"2021-12-02T06:00:00+01:00"}]}'), _ARTICLE),
    ("JSON-LD, list of types", "2020-02-29", _LD.format('[{"@type":["NewsArticle","Article"],"datePublished":"2020-02-29"}]'), _ARTICLE),
    ("JSON-LD of an old report", "1991-05-17", _LD.format('{"@type":"NewsArticle","datePublished":"1991-05-17","dateModified":"2014-01-01T00:00:00Z"}'), _ARTICLE),
    ("Open Graph, epoch seconds", "2017-11-27", '<meta property="article:published_time" content="1511806845">', _ARTICLE),
    ("meta date in words", "2018-05-11", '<meta name="date" content="May 11, 2018">', _ARTICLE),
    ("Dublin Core", "2009-08-19", '<meta name="DC.date.issued" content="2009-08-19"><meta name="DC.date.modified" content="2011-01-01">', _ARTICLE),
    ("parsely", "2022-06-01", '<meta name="parsely-pub-date" content="2022-06-01T23:30:00Z">', _ARTICLE),
    ("sailthru", "2015-10-05", '<meta name="sailthru.date" content="2015-10-05 09:12:00">', _ARTICLE),
    ("microdata, changed first", "2017-11-25", "",
     "{menu}<main itemscope itemtype='https://schema.org/NewsArticle'><article><h1 itemprop='headline'>{title}</h1><p class='dates'><time itemprop='dateModified' datetime='2017-11-27T19:20:45+01:00'>updated 27 Nov</time> <time itemprop='datePublished' datetime='2017-11-25T10:00:00+01:00'>25 Nov</time></p><div itemprop='articleBody'>{body}</div></article></main>{foot}"),
    ("microdata in meta elements", "2014-04-02", "",
     "<div itemscope itemtype='https://schema.org/NewsArticle'><meta itemprop='datePublished' content='2014-04-02T08:00:00Z'><meta itemprop='dateModified' content='2014-04-09T08:00:00Z'><h1>{title}</h1><div class='story'>{body}</div></div>{foot}"),
    ("time with pubdate", "2011-09-08", "", "{menu}<article><h1>{title}</h1><time pubdate datetime='2011-09-08'>8 September 2011</time>{body}</article>{related}{foot}"),
    ("time of JavaScript's form", "2017-11-18", "", "<article><h1>{title}</h1><time datetime='Sat Nov 18 2017 15:21:41 GMT+0000'>18 Nov</time>{body}</article>{foot}"),
    ("changed date only", None, '<meta property="article:modified_time" content="2023-01-01T00:00:00Z">', _ARTICLE),
    ("time only in the side column", None, "", _ARTICLE),
    ("printed date with label", "2013-12-24", "", "{menu}<article><h1>{title}</h1><div class='meta'>Published: 24 December 2013, 10:15 GMT</div>{body}</article>{foot}"),
    ("printed German date", "2012-03-09", "", "{menu}<article><h1>{title}</h1><div class='meta'>Veröffentlicht am 9. März 2012, 14.30 Uhr</div>{body}</article>{foot}"),
    ("date in the address", "2010-01-15", '<link rel="canonical" href="https://paper.example/2010/01/15/story.html">', _ARTICLE),
    ("no date at all", None, "", "{menu}<article><h1>{title}</h1>{body}</article>{foot}"),
    ("declared nonsense", None, '<meta name="date" content="2018-02-30">', "{menu}<article><h1>{title}</h1>{body}</article>{foot}"),
    ("two readings", None, '<meta name="pubdate" content="03/04/2018">', "{menu}<article><h1>{title}</h1>{body}</article>{foot}"),
    ("compact date", "2008-06-30", '<meta name="pubdate" content="20080630">', _ARTICLE),
    ("divs with classes", "2019-09-09", '<meta property="og:published_time" content="2019-09-09T09:09:09+02:00">', "<div class='header'>The Paper</div><div class='nav'><a>News</a></div><div class='article-body'><h1>{title}</h1>{body}</div><div class='newsletter'><p>Sign up for our newsletter and never miss a story.</p></div><div class='footer'><p>© The Paper</p></div>"),
    ("live ticker teaser beside", "2024-02-20", '<meta property="article:published_time" content="2024-02-20T07:00:00+01:00">', "{menu}<div class='layout'><article><h1>{title}</h1>{body}</article><div class='latest sidebar'><ul><li><time datetime='2026-10-28T08:00'>08:00</time> Trains late</li></ul></div></div>{foot}"),
)  # fmt: skip


def _inline() -> Iterator[Sample]:
    """Words inside of sentences that extractors mistreat."""
    head = '<meta property="article:published_time" content="2018-01-30T20:00:00-05:00">'
    rest = STORIES[1][1]
    for number, (about, html, text) in enumerate(_SENTENCES):
        body = (
            "".join(f"<p>{words}</p>" for words in rest[:2]) + html + "".join(f"<p>{words}</p>" for words in rest[2:])
        )
        page = f"<html lang='en'><head><title>Inline</title>{head}</head><body>{_MENU}<article><h1>Inline</h1>{body}</article>{_FOOT}</body></html>"
        yield Sample(f"inline{number:02}.html", about, page.encode(), _text([*rest[:2], text, *rest[2:]]), "2018-01-30")


_SENTENCES = (
    (
        "time in a sentence",
        "<p>The fair will be held on <time datetime='2018-02-09'>Feb. 9</time> in the old harbour hall.</p>",
        "The fair will be held on Feb. 9 in the old harbour hall.",
    ),
    (
        "quotation element",
        "<p>The harbour master said <q>no ship may leave</q> before the storm is over.</p>",
        "The harbour master said “no ship may leave” before the storm is over.",
    ),
    (
        "struck out",
        "<p>The fair will be held on <del>Feb. 10</del> <ins>Feb. 9</ins> in the harbour hall, not far from the station.</p>",
        "The fair will be held on Feb. 9 in the harbour hall, not far from the station.",
    ),
    (
        "abbreviation",
        "<p>The <abbr title='Coast Guard'>CG</abbr> sent two boats to the place where the ferry was seen last.</p>",
        "The CG sent two boats to the place where the ferry was seen last.",
    ),
    (
        "footnote and power",
        "<p>The oil covered 10<sup>6</sup> square metres of the bay.<sup><a href='#fn1'>1</a></sup> It was cleaned within a week.</p>",
        "The oil covered 10⁶ square metres of the bay. It was cleaned within a week.",
    ),
    (
        "soft hyphen and ligature",
        "<p>El&shy;even oﬃces were closed in the course of the week, the town hall said in a note.</p>",
        "Eleven offices were closed in the course of the week, the town hall said in a note.",
    ),
    (
        "line breaks",
        "<p>The office is closed on these days:<br>Monday, 5 March<br>Tuesday, 6 March</p>",
        "The office is closed on these days:\nMonday, 5 March\nTuesday, 6 March",
    ),
    (
        "list",
        "<ul><li>Two boats came from Ekdal to help the ferry.</li><li>One helicopter came from Brannholm to help the ferry.</li></ul>",
        "Two boats came from Ekdal to help the ferry.\n\nOne helicopter came from Brannholm to help the ferry.",
    ),
    (
        "block quotation",
        "<blockquote><p>We have never seen such waves in this strait, not even in the winter of 1987.</p></blockquote>",
        "We have never seen such waves in this strait, not even in the winter of 1987.",
    ),
    (
        "hidden words",
        "<p>The harbour was closed <span style='display:none'>read our app</span>for the whole of the night, the office said.</p>",
        "The harbour was closed for the whole of the night, the office said.",
    ),
)
