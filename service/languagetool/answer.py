"""Builds LanguageTool's response: matches with offset and length in UTF-16 code units of the text as sent."""

from collections.abc import Iterator
from dataclasses import replace
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from factcheck.article import Field, OffsetConverter, Span
from factcheck.sentences import split_sentences
from factcheck.verdict import Report
from service.formats.marked_spans import INTERNAL, TITLES, MarkedSpan, findings, with_stance
from service.languagetool.annotated import AnnotatedText
from service.languagetool.languages import Language
from service.languagetool.request import RuleFilter, TextCheckRequest

_AROUND_CHARS = 45
_ASSUMED_CONFIDENCE = 0.5
_SHORT = {"contradicted": "Contradicted", "disputed": "Disputed", INTERNAL: "Contradicts itself"}


def answer(report: Report, request: TextCheckRequest, issue_type: str) -> dict[str, Any]:
    """The response body. `warnings.incompleteResults` is True if a sentence was not reached."""
    ranges = list(split_sentences(request.text.read))
    return {
        "software": software(),
        "warnings": _warnings(report),
        "language": _language(request.language),
        "matches": list(_matches(report, request, issue_type, ranges)),
        "sentenceRanges": [list(request.text.range_utf16(start, end)) for start, end in ranges],
    }


def software() -> dict[str, Any]:
    """The `software` member. `apiVersion` is LanguageTool's."""
    return {
        "name": "factcheck",
        "version": version("factcheck"),
        "buildDate": "",
        "apiVersion": 1,
        "premium": False,
        "premiumHint": "",
        "status": "",
    }


def rule_id(finding: MarkedSpan) -> str:
    """`FACTCHECK_CONTRADICTED_DATE`. Stable, so that clients can disable a kind of finding."""
    return f"FACTCHECK_{finding.label}_{finding.kind}".upper().replace("-", "_").replace(" ", "_")


def category_id(finding: MarkedSpan) -> str:
    """`FACTCHECK_CONTRADICTED`."""
    return f"FACTCHECK_{finding.label}".upper()


def _warnings(report: Report) -> dict[str, Any]:
    coverage = report.coverage
    if coverage.complete:
        return {"incompleteResults": False}
    reason = f"{coverage.not_reached} of {coverage.sentences} sentences were not reached"
    return {"incompleteResults": True, "incompleteResultsReason": reason}


def _language(language: Language) -> dict[str, Any]:
    detected = {
        "name": language.name,
        "code": language.code,
        "confidence": _ASSUMED_CONFIDENCE if language.assumed else 1.0,
        "source": "assumed" if language.assumed else "request",
    }
    return {"name": language.name, "code": language.code, "detectedLanguage": detected}


def _matches(
    report: Report, request: TextCheckRequest, issue_type: str, ranges: list[tuple[int, int]]
) -> Iterator[dict[str, Any]]:
    for finding in findings(report):
        if finding.span.field is Field.TEXT and _kept(finding, request.filter):
            yield _match(finding, request.text, issue_type, ranges)


def _kept(finding: MarkedSpan, filter_: RuleFilter) -> bool:
    return filter_.keeps(rule_id(finding), category_id(finding))


def _match(finding: MarkedSpan, text: AnnotatedText, issue_type: str, ranges: list[tuple[int, int]]) -> dict[str, Any]:
    span = _widened_span(finding)
    start, end = text.of_span(span)
    return {
        "message": finding.message,
        "shortMessage": _SHORT[finding.label],
        "replacements": _replacements(finding, span, text.read),
        "offset": start,
        "length": end - start,
        "context": _context(span, text.read),
        "sentence": _sentence(span, text.read, ranges),
        "type": {"typeName": "Other"},
        "rule": _rule(finding, issue_type),
        "ignoreForIncompleteSentence": False,
        "contextForSureMatch": 0,
    }


def _rule(finding: MarkedSpan, issue_type: str) -> dict[str, Any]:
    addresses = dict.fromkeys(piece.document.url for piece in with_stance(finding.evidence))
    urls = [{"value": url} for url in addresses if url and urlsplit(url).scheme in {"http", "https"}]
    return {
        "id": rule_id(finding),
        "description": f"{TITLES[finding.label]}: {finding.kind.replace('_', ' ')}",
        "issueType": issue_type,
        "category": {"id": category_id(finding), "name": TITLES[finding.label]},
        "isPremium": False,
        **({"urls": urls} if urls else {}),
    }


def _widened_span(finding: MarkedSpan) -> Span:
    """The span extended to cover all suggestions, because clients replace the whole match."""
    spans = [finding.span, *(suggestion.span for suggestion in finding.suggestions)]
    first, last = min(spans, key=lambda span: span.start), max(spans, key=lambda span: span.end)
    return replace(finding.span, start=first.start, end=last.end)


def _replacements(finding: MarkedSpan, span: Span, text: str) -> list[dict[str, str]]:
    """The suggestions as replacements of the whole match."""
    values = (
        text[span.start : fix.span.start] + fix.replacement + text[fix.span.end : span.end]
        for fix in finding.suggestions
    )
    return [{"value": value} for value in dict.fromkeys(values)]


def _context(span: Span, text: str) -> dict[str, Any]:
    """The match with surrounding text in one line; offset and length in UTF-16 code units."""
    first, last = max(0, span.start - _AROUND_CHARS), min(len(text), span.end + _AROUND_CHARS)
    before, after = "..." if first else "", "..." if last < len(text) else ""
    shown = before + text[first:last].translate(_ONE_LINE) + after
    start = len(before) + span.start - first
    place = OffsetConverter(Field.TEXT, shown).span(start, start + span.end - span.start)
    return {"text": shown, "offset": place.utf16_start, "length": place.utf16_end - place.utf16_start}


def _sentence(span: Span, text: str, ranges: list[tuple[int, int]]) -> str:
    """The sentence in which the match begins."""
    start, end = next(((a, b) for a, b in ranges if a <= span.start < b), (span.start, span.end))
    return text[start:end]


_ONE_LINE = {ord(char): " " for char in "\r\n\t"}
