"""The report as W3C Web Annotations (JSON-LD).

Each annotation has two selectors: the quoted words with prefix and suffix, and their position in Unicode code points.
For HTML articles both refer to the text content, without markup.

Source: W3C Web Annotation Data Model, 2017.
"""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from factcheck.article import Article, Field, Span
from factcheck.decision import Decision
from factcheck.evidence import Evidence
from factcheck.verdict import Label, Report, Suggestion, Verdict
from service.formats.article_text import ArticleText
from service.formats.json_text import present, write_json
from service.formats.marked_spans import MarkedSpan, findings, told, with_stance

_AROUND_CHARS = 32
_MARKED_WHOLE = (Label.SUPPORTED, Label.UNVERIFIED)


def render_annotation(report: Report, article: Article, checked_at: str | None = None) -> str:
    """One annotation page: first the findings, each on the conflicting words; then the other claims, each as a whole."""
    draft, name = ArticleText(article), _name(article)
    items = [{"id": f"{name}:{number}", **item} for number, item in enumerate(_items(report, draft, name), 1)]
    page = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"{name}:page",
        "type": "AnnotationPage",
        "partOf": {"id": name, "type": "AnnotationCollection", "label": "factcheck", "total": len(items)},
        "startIndex": 0,
        "items": [{**item, **present(created=checked_at), "generator": _generator(report)} for item in items],
    }
    return write_json(page)


def _items(report: Report, draft: ArticleText, name: str) -> Iterator[dict[str, Any]]:
    for finding in findings(report):
        yield _of_finding(finding, draft, name)
    for verdict in report.verdicts:
        if verdict.label in _MARKED_WHOLE:
            yield _of_claim(verdict, draft, name)


def _of_finding(finding: MarkedSpan, draft: ArticleText, name: str) -> dict[str, Any]:
    places = [_target(span, draft, name) for span in (finding.span, finding.also) if span is not None]
    bodies = [_remark(finding.message), _tag(finding.label), _tag(finding.kind)]
    if finding.decision is not None:
        bodies += _decision(finding.decision, finding.label)
    bodies += [_correction(suggestion) for suggestion in finding.suggestions]
    return _annotation([*bodies, *_sources(finding.evidence)], places if len(places) > 1 else places[0])


def _of_claim(verdict: Verdict, draft: ArticleText, name: str) -> dict[str, Any]:
    bodies = [_remark(verdict.message), _tag(verdict.label.value)]
    bodies += _decision(verdict.decision, verdict.label) if verdict.decision else []
    bodies += _sources(verdict.evidence)
    return _annotation(bodies, _target(verdict.claim.span, draft, name))


def _annotation(bodies: list[dict[str, Any]], target: object) -> dict[str, Any]:
    return {"type": "Annotation", "motivation": "assessing", "body": bodies, "target": target}


def _remark(message: str) -> dict[str, Any]:
    return {
        "type": "TextualBody",
        "purpose": "commenting",
        "format": "text/plain",
        "language": "en",
        "value": message,
    }


def _tag(value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "tagging", "value": value}


def _decision(decision: Decision, label: str) -> list[dict[str, Any]]:
    """What editors decided, as a tag and a reply."""
    reply = {"type": "TextualBody", "purpose": "replying", "format": "text/plain", "value": told(decision, label)}
    return [_tag(decision.kind_for(label).value), reply]


def _correction(suggestion: Suggestion) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": "editing", "format": "text/plain", "value": suggestion.replacement}


def _sources(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    """The passages with a stance, quoted. The source is the document's URL, or a URN with its id."""
    return [
        {
            "type": "SpecificResource",
            "purpose": "linking",
            "source": piece.document.url or f"urn:factcheck:document:{quote(piece.document.id, safe='')}",
            "selector": {"type": "TextQuoteSelector", "exact": piece.text},
        }
        for piece in with_stance(evidence)
    ]


def _target(span: Span, draft: ArticleText, name: str) -> dict[str, Any]:
    exact, start = draft.words_of(span), draft.readable_start(span)
    before, after = draft.around(span, _AROUND_CHARS)
    selectors = [
        {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after},
        {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
    ]
    source = draft.article.url or name
    return {"source": source if span.field is Field.TEXT else f"{source}#title", "selector": selectors}


def _generator(report: Report) -> dict[str, str]:
    return {
        "id": f"urn:factcheck:engine:{quote(report.engine.version, safe='')}",
        "type": "Software",
        "name": f"factcheck {report.engine.version}",
    }


def _name(article: Article) -> str:
    """A URN that identifies the article by a hash of title and text."""
    words = f"{article.title or ''}\0{article.text}".encode("utf-8", "surrogatepass")
    return f"urn:factcheck:article:{sha256(words).hexdigest()[:32]}"
