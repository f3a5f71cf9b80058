"""The report as SARIF 2.1.0: findings for code-review tools, CI and editors' problem lists.

Columns, `charOffset` and `charLength` count UTF-16 code units (`columnKind`); `byteOffset` and `byteLength` count bytes
of UTF-8. Only findings become results, because viewers show every result as an alert, whatever its `kind`.

Source: OASIS SARIF 2.1.0 errata 01.
"""

from bisect import bisect_right
from typing import Any

from factcheck.article import Article, Field, Format, Span
from factcheck.decision import DecisionKind
from factcheck.verdict import Report
from service.formats.article_text import ArticleText
from service.formats.json_text import present, write_json
from service.formats.marked_spans import INTERNAL, TITLES, MarkedSpan, findings, told, with_stance

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"contradicted": "error", "disputed": "warning", INTERNAL: "warning"}
_ENDINGS = {Format.TEXT: "txt", Format.HTML: "html", Format.MARKDOWN: "md"}


def render_sarif(report: Report, article: Article) -> str:
    """One run over one article. A title is a separate artifact."""
    draft, found = ArticleText(article), findings(report)
    rules = sorted({finding.rule_id: finding for finding in found}.items())
    order = {rule_id: index for index, (rule_id, _) in enumerate(rules)}
    run = {
        "tool": {"driver": _driver(report, [finding for _, finding in rules])},
        "columnKind": "utf16CodeUnits",
        "newlineSequences": ["\r\n", "\n"],
        "invocations": [_invocation(report)],
        "artifacts": [_artifact(field, draft) for field in draft.fields],
        "results": [_result(finding, order[finding.rule_id], draft) for finding in found],
        "properties": {"summary": report.summary(), "corpus": {"revision": report.corpus.revision}},
    }
    return write_json({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _driver(report: Report, examples: list[MarkedSpan]) -> dict[str, Any]:
    return {
        "name": "factcheck",
        "version": report.engine.version,
        "rules": [_rule(example) for example in examples],
    }


def _rule(example: MarkedSpan) -> dict[str, Any]:
    title, kind = TITLES[example.label], example.kind.replace("_", " ")
    return {
        "id": example.rule_id,
        "name": "".join(part.capitalize() for part in example.rule_id.replace("/", "_").split("_")),
        "shortDescription": {"text": f"{title}: {kind}"},
        "fullDescription": {"text": f"{title}. What differs: {kind}."},
        "defaultConfiguration": {"level": _LEVELS[example.label]},
    }


def _invocation(report: Report) -> dict[str, Any]:
    """Reports an incomplete check as a failed invocation with a notification."""
    coverage = report.coverage
    if coverage.complete:
        return {"executionSuccessful": True}
    text = f"{coverage.not_reached} of {coverage.sentences} sentences were not reached."
    return {
        "executionSuccessful": False,
        "toolExecutionNotifications": [{"level": "warning", "message": {"text": text}}],
    }


def _artifact(field: Field, draft: ArticleText) -> dict[str, Any]:
    text = draft.fields[field]
    return {
        "location": _location(field, draft),
        "length": len(text.encode("utf-8", "surrogatepass")),
        "mimeType": draft.media_type(field),
        "encoding": "UTF-8",
        "contents": {"text": text},
    }


def _location(field: Field, draft: ArticleText) -> dict[str, Any]:
    ending = _ENDINGS[draft.article.format]
    uri = (draft.article.url or f"article.{ending}") if field is Field.TEXT else "title.txt"
    return {"uri": uri, "index": list(draft.fields).index(field)}


def _result(finding: MarkedSpan, rule_index: int, draft: ArticleText) -> dict[str, Any]:
    members = present(
        ruleId=finding.rule_id,
        ruleIndex=rule_index,
        level=_LEVELS[finding.label],
        message={"text": finding.message},
        locations=[{"physicalLocation": _place(finding.span, draft)}],
        relatedLocations=_related(finding, draft) or None,
        partialFingerprints=None if finding.claim_id is None else {"claim/v1": finding.claim_id},
        fixes=[_fix(s.span, s.replacement, draft) for s in finding.suggestions] or None,
        suppressions=_suppressions(finding) or None,
        rank=None if finding.confidence is None else round(finding.confidence * 100, 2),
    )
    return dict(members)


def _suppressions(finding: MarkedSpan) -> list[dict[str, Any]]:
    """A dismissed finding is suppressed by somebody outside of the text; viewers hide it."""
    if finding.decision is None or finding.decided is not DecisionKind.DISMISSED:
        return []
    reason = told(finding.decision, finding.label)
    return [{"kind": "external", "status": "accepted", "justification": reason}]


def _place(span: Span, draft: ArticleText) -> dict[str, Any]:
    return {"artifactLocation": _location(span.field, draft), "region": region(span, draft)}


def region(span: Span, draft: ArticleText) -> dict[str, Any]:
    """The span as lines and columns (from 1), as UTF-16 code units, and as bytes of UTF-8."""
    first, last = _line_column(span.field, span.utf16_start, draft), _line_column(span.field, span.utf16_end, draft)
    start, end = draft.bytes_of(span)
    return {
        "startLine": first[0],
        "startColumn": first[1],
        "endLine": last[0],
        "endColumn": last[1],
        "charOffset": span.utf16_start,
        "charLength": span.utf16_end - span.utf16_start,
        "byteOffset": start,
        "byteLength": end - start,
    }


def _line_column(field: Field, offset: int, draft: ArticleText) -> tuple[int, int]:
    starts = draft.lines[field]
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


def _related(finding: MarkedSpan, draft: ArticleText) -> list[dict[str, Any]]:
    """The second span of an internal conflict, and the evidence with its document's URL or id."""
    places: list[dict[str, Any]] = []
    if finding.also is not None:
        places.append({"physicalLocation": _place(finding.also, draft), "message": {"text": "the other place"}})
    for piece in with_stance(finding.evidence):
        document = piece.document
        name = {"name": document.title or document.id, "fullyQualifiedName": document.id, "kind": "resource"}
        where = {} if document.url is None else {"physicalLocation": {"artifactLocation": {"uri": document.url}}}
        places.append({"logicalLocations": [name], "message": {"text": piece.text}, **where})
    return [{"id": number, **place} for number, place in enumerate(places, 1)]


def _fix(span: Span, replacement: str, draft: ArticleText) -> dict[str, Any]:
    change = {"deletedRegion": region(span, draft), "insertedContent": {"text": replacement}}
    return {
        "description": {"text": f"Replace by “{replacement}”."},
        "artifactChanges": [{"artifactLocation": _location(span.field, draft), "replacements": [change]}],
    }
