"""Pages as newsrooms make them, written for this bench: what a reader would keep, and what stands around it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Page:
    """`kept` are the report's paragraphs, `left` the furniture's; metadata are None if the page does not tell."""

    name: str
    html: str
    kept: tuple[str, ...]
    left: tuple[str, ...]
    title: str
    day: str | None
    source: str | None = None
    url: str | None = None


_BRIDGE = (
    "The council of Eastmoor voted on Tuesday to close the Harrow Bridge to lorries until the end of the year.",
    "Engineers had found cracks in two of the nine piers during an inspection in March, the works department said.",
    '"We could not wait for the winter," said Lena Ortiz, who heads the department. "The repair will cost 4.2 million euros."',
    "About 11,000 vehicles cross the bridge each day, a fifth of them heavy goods traffic, according to the council.",
    "The hauliers' association called the decision hasty and asked for a detour that avoids the old town.",
)
_MENU = ("Sign in to your account", "Subscribe now for one euro", "World Politics Business Sport Weather")
_FOOT = ("All rights reserved by the publisher.", "Terms of use, privacy and imprint are found here.")


def _p(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _links(texts: tuple[str, ...]) -> str:
    return "<ul>" + "".join(f'<li><a href="/x{n}">{text}</a></li>' for n, text in enumerate(texts)) + "</ul>"


_RELATED = (
    "Ferry strike enters its third week as talks stall",
    "Ten places to eat by the river this summer",
    "Mayor's budget passes with one vote to spare",
)
_META = """<meta property="og:title" content="Harrow Bridge closed to lorries"><meta property="og:site_name" content="Eastmoor Post">
<meta property="article:published_time" content="2024-05-14T18:20:00+02:00">
<link rel="canonical" href="https://post.example/bridge"><title>Harrow Bridge closed to lorries | Eastmoor Post</title>"""
_LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Harrow Bridge closed to lorries", "datePublished": "2024-05-14T18:20:00+02:00",
"publisher": {"@type": "Organization", "name": "Eastmoor Post"}, "mainEntityOfPage": "https://post.example/bridge"}</script>"""
_TITLE, _DAY = "Harrow Bridge closed to lorries", "2024-05-14"
_COMMENTS = (
    "Typical of this council, they never ask anybody who drives for a living and then wonder why shops close down.",
    "My uncle worked on that bridge in the seventies and he always said that the piers would not last for long.",
)
_COOKIES = (
    "We and our 312 partners store cookies on your device to measure audiences and to show you advertising.",
    "You may change your choice at any time in the settings at the foot of each page.",
)
_LETTER = "Get the morning letter: the five stories that matter, in your inbox before breakfast, five days a week."
_OTHER = (
    "Die Stadt sperrt die Brücke bis zum Jahresende für den Schwerverkehr, teilte das Bauamt am Dienstag mit.",
    "Bei einer Prüfung im März hatten Fachleute an zwei von neun Pfeilern Risse gefunden.",
)
_LIST = ("Lorries over 3.5 tonnes are turned away at both ends.", "Buses and ambulances may still cross.")
_BRIEF = "EASTMOOR, May 14 - The Harrow Bridge is closed to lorries, the council said on Tuesday."

PAGES = (
    Page(
        "article element",
        f'<html lang="en"><head>{_META}</head><body><header>{_p(_MENU[:1])}</header><nav>{_links(_MENU[1:])}</nav>'
        f"<article><h1>{_TITLE}</h1>{_p(_BRIDGE)}</article><aside>{_links(_RELATED)}</aside><footer>{_p(_FOOT)}</footer></body></html>",
        _BRIDGE,
        (*_MENU, *_RELATED, *_FOOT),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "divs with classes only",
        f"<html><head>{_META}</head><body><div class='topbar'>{_links(_MENU)}</div><div class='story-body'><h1>{_TITLE}</h1>{_p(_BRIDGE)}"
        f"</div><div class='related-stories'>{_links(_RELATED)}</div><div class='footer'>{_p(_FOOT)}</div></body></html>",
        _BRIDGE,
        (*_MENU, *_RELATED, *_FOOT),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "divs without classes",
        f"<html><head>{_META}</head><body><div>{_links(_MENU)}</div><div><h1>{_TITLE}</h1>{_p(_BRIDGE)}</div>"
        f"<div>{_links(_RELATED)}</div><div>{_p(_FOOT)}</div></body></html>",
        _BRIDGE,
        (*_MENU, *_RELATED, *_FOOT),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "tables for layout",
        f"<html><head><title>{_TITLE}</title></head><body><table><tr><td>{_links(_MENU)}</td><td><font size=5>{_TITLE}</font><br>"
        f"<small>May 14, 2024</small><br>{'<br><br>'.join(_BRIDGE)}</td></tr></table><center>{' '.join(_FOOT)}</center></body></html>",
        _BRIDGE,
        (*_MENU, *_FOOT),
        _TITLE,
        _DAY,
    ),
    Page(
        "metadata in JSON-LD",
        f"<html><head>{_LD}<title>{_TITLE}</title></head><body><div id='nav'>{_links(_MENU)}</div><main><h1>{_TITLE}</h1>"
        f"{_p(_BRIDGE)}</main><div id='footer'>{_p(_FOOT)}</div></body></html>",
        _BRIDGE,
        (*_MENU, *_FOOT),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "related stories and a letter inside of the article",
        f"<html><head>{_META}</head><body><article><h1>{_TITLE}</h1>{_p(_BRIDGE[:2])}<div class='related'><h3>Read more</h3>"
        f"{_links(_RELATED)}</div>{_p(_BRIDGE[2:])}<div class='newsletter-signup'><p>{_LETTER}</p></div></article></body></html>",
        _BRIDGE,
        (*_RELATED, _LETTER),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "comments beneath",
        f"<html><head>{_META}</head><body><div class='content'><h1>{_TITLE}</h1>{_p(_BRIDGE)}</div><div id='comments' class='comments'>"
        f"<h3>Comments</h3><div class='comment'>{_p(_COMMENTS[:1])}</div><div class='comment'>{_p(_COMMENTS[1:])}</div></div></body></html>",
        _BRIDGE,
        _COMMENTS,
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "a cookie wall in front",
        f"<html><head>{_META}</head><body><div class='cookie-consent' role='dialog'>{_p(_COOKIES)}</div><div class='entry-content'>"
        f"<h1>{_TITLE}</h1>{_p(_BRIDGE)}</div></body></html>",
        _BRIDGE,
        _COOKIES,
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "a brief of one sentence",
        f"<html><head>{_META}</head><body><div class='menu'>{_links(_MENU)}</div><div class='story'><h1>{_TITLE}</h1><p>{_BRIEF}</p></div>"
        f"<div class='more'>{_links(_RELATED)}</div><div class='footer'>{_p(_FOOT)}</div></body></html>",
        (_BRIEF,),
        (*_MENU, *_RELATED, *_FOOT),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "lists and quotations in the report",
        f"<html><head>{_META}</head><body><nav>{_links(_MENU)}</nav><div class='article-body'><h1>{_TITLE}</h1>{_p(_BRIDGE[:2])}"
        f"<ul><li>{_LIST[0]}</li><li>{_LIST[1]}</li></ul><blockquote>{_BRIDGE[2]}</blockquote>{_p(_BRIDGE[3:])}</div></body></html>",
        (*_BRIDGE, *_LIST),
        _MENU,
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "broken markup",
        f"<head>{_META}<body><div class=nav><ul><li>{'<li>'.join(_MENU)}</ul><div class=article><h1>{_TITLE}</h2><p>{'<p>'.join(_BRIDGE)}"
        f"</b></div></section><div class=footer><p>{'<p>'.join(_FOOT)}",
        _BRIDGE,
        (*_MENU, *_FOOT),
        _TITLE,
        _DAY,
        "Eastmoor Post",
        "https://post.example/bridge",
    ),
    Page(
        "the date in words only",
        f"<html><head><title>{_TITLE}</title></head><body><div class='post'><h1>{_TITLE}</h1><div class='byline'>By Ann Lee, "
        f"<span class='date'>14 May 2024</span></div>{_p(_BRIDGE)}</div></body></html>",
        _BRIDGE,
        (),
        _TITLE,
        _DAY,
    ),
    Page(
        "no date anywhere",
        f"<html><head><title>{_TITLE}</title></head><body><div class='post'><h1>{_TITLE}</h1>{_p(_BRIDGE)}</div>"
        "<div class='footer'><p>Copyright 2019-2025 Eastmoor Post</p></div></body></html>",
        _BRIDGE,
        ("Copyright 2019-2025 Eastmoor Post",),
        _TITLE,
        None,
    ),
    Page(
        "German",
        '<html lang="de"><head><title>Brücke gesperrt</title><meta name="date" content="2024-05-14"></head><body>'
        f"<div class='navigation'>{_links(('Anmelden', 'Abonnieren Sie jetzt für einen Euro'))}</div><div class='artikel'>"
        f"<h1>Brücke gesperrt</h1>{_p(_OTHER)}</div></body></html>",
        _OTHER,
        ("Anmelden", "Abonnieren Sie jetzt für einen Euro"),
        "Brücke gesperrt",
        _DAY,
    ),
)
