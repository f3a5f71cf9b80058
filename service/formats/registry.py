"""Report formats: by name for the command line, by media type for HTTP."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from factcheck.article import Article
from factcheck.check import Check, CheckStatus
from factcheck.sentences import split_sentences
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Report
from service.formats.check_grounding import render_grounding
from service.formats.claimreview import render_claimreview
from service.formats.csv_report import render_csv
from service.formats.html_report import render_html
from service.formats.sarif import render_sarif
from service.formats.web_annotation import render_annotation

Renderer: TypeAlias = Callable[[Report, Article], str]
ReportFormat: TypeAlias = Callable[[Check, Article], tuple[bytes, str]]

RENDERERS: Mapping[str, Renderer] = {
    "html": render_html,
    "csv": render_csv,
    "sarif": render_sarif,
    "claimreview": render_claimreview,
    "annotation": render_annotation,
    "grounding": render_grounding,
}
"""Name → renderer. A renderer is a pure function of report and article."""


def _plain(render: Renderer, content_type: str) -> ReportFormat:
    return lambda check, article: (_encoded(render(report_of(check, article), article)), content_type)


def _dated(render: Callable[[Report, Article, str | None], str], content_type: str) -> ReportFormat:
    def render_dated(check: Check, article: Article) -> tuple[bytes, str]:
        return _encoded(render(report_of(check, article), article, _checked_at(check))), content_type

    return render_dated


def _checked_at(check: Check) -> str | None:
    """Time of the last recheck for a watched article, otherwise the time the check finished."""
    return (check.watch.checked_at if check.watch else None) or check.finished_at


def _word(check: Check, article: Article) -> tuple[bytes, str]:
    """Loads the library with the first Word document."""
    from service.formats.word_document import render_word

    return render_word(report_of(check, article), article), WORD


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ANNOTATION = 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'

REPORT_FORMATS: Mapping[str, ReportFormat] = {
    "text/html": _dated(render_html, "text/html; charset=utf-8"),
    "text/csv": _plain(render_csv, "text/csv; charset=utf-8; header=present"),
    "application/sarif+json": _plain(render_sarif, "application/sarif+json"),
    "application/ld+json; profile=claimreview": _dated(render_claimreview, "application/ld+json; profile=claimreview"),
    "application/ld+json; profile=annotation": _dated(render_annotation, _ANNOTATION),
    _ANNOTATION: _dated(render_annotation, _ANNOTATION),
    WORD: _word,
    "application/json; profile=grounding": _plain(render_grounding, "application/json; profile=grounding"),
}
"""Media type with profile → function that returns body and `Content-Type`."""


def report_of(check: Check, article: Article) -> Report:
    """The report so far. For an unfinished check, `coverage.complete` is always False."""
    report = check.report or _nothing_yet(article)
    if check.status is CheckStatus.FINISHED or not report.coverage.complete:
        return report
    coverage = report.coverage
    return replace(report, coverage=replace(coverage, sentences=coverage.sentences + 1, not_reached=1))


def _nothing_yet(article: Article) -> Report:
    sentences = len(list(split_sentences(article.text))) or 1
    engine = EngineInfo(version="", entailment="", retrieval="")
    return Report((), (), Coverage(sentences, 0, 0, sentences), CorpusInfo("", 0, None), engine)


def _encoded(text: str) -> bytes:
    """UTF-8. Replaces lone surrogates, which UTF-8 cannot encode, by `?`."""
    return text.encode("utf-8", "replace")
