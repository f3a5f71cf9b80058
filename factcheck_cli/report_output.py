"""Renders a report for a terminal or a file."""

import json
import textwrap
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from factcheck.article import Article
from factcheck.check_json import report_to_json
from factcheck.errors import UnreadableSource
from factcheck.verdict import Report, Verdict

MARKS = {"supported": "✓", "contradicted": "✗", "disputed": "≠", "unverified": "?", "not_checkable": "·"}


def render(report: Report, article: Article, form: str, uri: str | None = None) -> str:
    """The report in one of the formats of `factcheck check --format`. `uri`: where the draft's file lies, for SARIF."""
    if form == "text":
        return "\n".join(_lines(report)) + "\n"
    if form == "json":
        return json.dumps(report_to_json(report), ensure_ascii=False, indent=2) + "\n"
    if form == "sarif" and uri is not None:
        article = replace(article, url=uri)
    return _by_service_format(report, article, form)


def _by_service_format(report: Report, article: Article, form: str) -> str:
    from service.formats.registry import RENDERERS

    if form not in RENDERERS:
        raise UnreadableSource(f"--format {form} is not available")
    return RENDERERS[form](report, article)


def write_word(target: str, report: Report, article: Article, draft: str) -> None:
    """Writes the draft's own file with the marks in it, or a new document where the draft is no Word file."""
    from service.formats.word_document import annotate_word, render_word

    if Path(draft).suffix.lower() in (".docx", ".docm"):
        raw = annotate_word(Path(draft).read_bytes(), draft, report, article)
    else:
        raw = render_word(report, article)
    Path(target).write_bytes(raw)


def _lines(report: Report) -> Iterator[str]:
    for verdict in report.verdicts:
        yield from _verdict(verdict)
    for conflict in report.internal_conflicts:
        yield f"! within the article: {conflict.message}"
    counts = ", ".join(f"{n} {label.replace('_', ' ')}" for label, n in report.summary().items() if label != "claims")
    yield f"{report.summary()['claims']} claims: {counts}."
    coverage = report.coverage
    if not coverage.complete:
        yield f"{coverage.not_reached} of {coverage.sentences} sentences were not reached."


def _verdict(verdict: Verdict) -> Iterator[str]:
    yield f"{MARKS[verdict.label]} {verdict.label.replace('_', ' ')}: {verdict.claim.text}"
    if verdict.conflicts or verdict.label == "supported":
        yield textwrap.fill(verdict.message, 100, initial_indent="    ", subsequent_indent="    ")
    for suggestion in verdict.suggestions:
        yield f"    suggested: {suggestion.replacement}"
    for evidence in verdict.evidence[:1]:
        if evidence.stance != "neutral":
            yield textwrap.fill(f"“{evidence.text}”", 100, initial_indent="    ", subsequent_indent="    ")
