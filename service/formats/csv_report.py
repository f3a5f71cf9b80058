"""The report as CSV (RFC 4180): one row per claim, for spreadsheets and scripts."""

import csv
import io
from collections.abc import Iterator, Mapping

from factcheck.article import Article, Span
from factcheck.decision import Decision
from factcheck.evidence import Evidence
from factcheck.verdict import Conflict, InternalConflict, Report, Suggestion, Verdict
from service.formats.article_text import ArticleText
from service.formats.marked_spans import INTERNAL, with_stance

COLUMNS = (
    *("label", "confidence", "text", "field", "start", "end", "utf16_start", "utf16_end", "message", "conflicts"),
    *("suggestions", "evidence_document", "evidence_title", "evidence_source", "evidence_published_at"),
    *("evidence_url", "evidence_stance", "evidence_text", "claim_id", "rule", "decision", "decided_by", "decided_at"),
    *("decision_comment", "assignee"),
)
# Prefixes that make spreadsheets evaluate a cell (CSV injection), in ASCII and as fullwidth forms.
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")


def render_csv(report: Report, article: Article) -> str:
    """Claims in reading order, then internal conflicts, then one row for sentences not reached."""
    draft, sink = ArticleText(article), io.StringIO(newline="")
    writer = csv.DictWriter(sink, COLUMNS, restval="")
    writer.writeheader()
    for row in _rows(report, draft):
        writer.writerow({name: guarded(value) for name, value in row.items()})
    return sink.getvalue()


def guarded(value: object) -> str:
    """Prefixes a cell that begins like a formula by an apostrophe, so that no spreadsheet evaluates it.

    >>> guarded("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _rows(report: Report, draft: ArticleText) -> Iterator[Mapping[str, object]]:
    yield from (_claim(verdict, draft) for verdict in report.verdicts)
    yield from (_internal(conflict, draft) for conflict in report.internal_conflicts)
    if not report.coverage.complete:
        left, of = report.coverage.not_reached, report.coverage.sentences
        yield {"label": "not_reached", "message": f"{left} of {of} sentences were not reached."}


def _claim(verdict: Verdict, draft: ArticleText) -> dict[str, object]:
    best = next(iter(with_stance(verdict.evidence) or verdict.evidence), None)
    return {
        "label": verdict.label.value,
        "confidence": f"{verdict.confidence:.2f}",
        **_place(verdict.claim.span, draft),
        "message": verdict.message,
        "conflicts": "; ".join(_conflict(conflict) for conflict in verdict.conflicts),
        "suggestions": _suggestions(verdict.suggestions, draft),
        **({} if best is None else _evidence(best)),
        "claim_id": verdict.claim.id,
        "rule": verdict.rule,
        **({} if verdict.decision is None else _decision(verdict.decision, verdict.label)),
    }


def _decision(decision: Decision, label: str) -> dict[str, object]:
    last = decision.last
    return {
        "decision": decision.kind_for(label).value,
        "decided_by": last.by,
        "decided_at": last.at,
        "decision_comment": decision.reason or "",
        "assignee": last.assignee or "",
    }


def _internal(conflict: InternalConflict, draft: ArticleText) -> dict[str, object]:
    return {
        "label": INTERNAL,
        **_place(conflict.a.span, draft),
        "message": conflict.message,
        "conflicts": conflict.kind.value,
        "suggestions": _suggestions(conflict.suggestions, draft),
    }


def _place(span: Span, draft: ArticleText) -> dict[str, object]:
    return {
        "text": draft.words_of(span),
        "field": span.field.value,
        "start": span.start,
        "end": span.end,
        "utf16_start": span.utf16_start,
        "utf16_end": span.utf16_end,
    }


def _conflict(conflict: Conflict) -> str:
    return f"{conflict.kind.value}: {conflict.claim.text} ≠ {conflict.evidence.text}"


def _suggestions(suggestions: tuple[Suggestion, ...], draft: ArticleText) -> str:
    return "; ".join(f"{draft.words_of(s.span)} → {s.replacement}" for s in suggestions)


def _evidence(piece: Evidence) -> dict[str, object]:
    document = piece.document
    return {
        "evidence_document": document.id,
        "evidence_title": document.title,
        "evidence_source": document.source or "",
        "evidence_published_at": document.published_at or "",
        "evidence_url": document.url or "",
        "evidence_stance": piece.stance.value,
        "evidence_text": piece.text,
    }
