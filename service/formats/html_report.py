"""The report as one HTML file: self-contained, printable, no scripts, no external resources."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias
from urllib.parse import urlsplit

from factcheck.article import Article, Field, Span
from factcheck.claim_tracking import decision_counts
from factcheck.evidence import Evidence
from factcheck.verdict import InternalConflict, Label, Report, Suggestion, Verdict
from service.formats.article_text import ArticleText, plain_text
from service.formats.html_report_style import STYLE, STYLE_SOURCE
from service.formats.marked_spans import INTERNAL, told, with_stance

_WORDS = {**{label.value: label.value.replace("_", " ") for label in Label}, INTERNAL: "contradicts itself"}
_POLICY = f"default-src 'none'; style-src {STYLE_SOURCE}; base-uri 'none'; form-action 'none'"
_GRAVITY = (Label.CONTRADICTED, INTERNAL, Label.DISPUTED, Label.UNVERIFIED, Label.SUPPORTED)
Mark: TypeAlias = tuple[Span, str, str]
"""Span, label, and id of the list entry that explains it."""


def render_html(report: Report, article: Article, checked_at: str | None = None) -> str:
    """The article with marked claims, followed by the verdicts with their evidence."""
    draft = ArticleText(article)
    title = escape(article.title or "Untitled draft")
    parts = [
        "<!doctype html>",
        f'<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">',
        f"<title>Fact check: {title}</title><style>{STYLE}</style></head><body>",
        *_header(report, article, checked_at),
        f"<main><h2>The article</h2>{_article(report, draft)}",
        f'<h2>Claims</h2><ol class="verdicts">{"".join(_entries(report, draft))}</ol></main>',
        *_footer(report),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _header(report: Report, article: Article, checked_at: str | None) -> Iterator[str]:
    facts = (article.source, article.published_at, checked_at and f"checked {checked_at}")
    yield f"<header><h1>{escape(article.title or 'Untitled draft')}</h1>"
    yield f'<p class="meta">{" · ".join(escape(fact) for fact in facts if fact)}</p>'
    yield '<ul class="counts">'
    for label, count in report.summary().items():
        yield f'<li class="{label}"><span class="label">{count} {_WORDS.get(label, label)}</span></li>'
    if report.internal_conflicts:
        count = len(report.internal_conflicts)
        yield f'<li class="{INTERNAL}"><span class="label">{count} within the article</span></li>'
    yield "</ul>"
    counts = decision_counts(report)
    if counts["findings"] != counts["open"]:
        yield f'<p class="meta">{counts["open"]} open of {counts["findings"]} contradicted or disputed</p>'
    coverage = report.coverage
    if not coverage.complete:
        yield f'<p class="warning" role="status">{coverage.not_reached} of {coverage.sentences} sentences were not reached.</p>'
    yield "</header>"


def _footer(report: Report) -> Iterator[str]:
    corpus, engine = report.corpus, report.engine
    until = "" if corpus.as_of is None else f" as of {escape(corpus.as_of)}"
    yield f"<footer><p>Checked against {corpus.documents} documents of the newsroom’s own archive{until}."
    yield "The archive may be wrong itself."
    yield f"factcheck {escape(engine.version)}, {escape(engine.entailment)}, {escape(engine.retrieval)}.</p></footer>"


# ── article with marks  ─────────────────────────────────────────────────────────────────────────────────────────────


def _article(report: Report, draft: ArticleText) -> str:
    """The text of the draft; each claim links to its verdict."""
    marks = list(_marks(report))
    parts = []
    for field in (Field.TITLE, Field.TEXT):
        if field in draft.fields:
            tag = "h3" if field is Field.TITLE else "div"
            parts.append(f"<{tag}>{_marked(field, draft, marks)}</{tag}>")
    return f'<div class="article">{"".join(parts)}</div>'


def _marks(report: Report) -> Iterator[Mark]:
    for verdict in report.verdicts:
        if verdict.label is not Label.NOT_CHECKABLE:
            yield verdict.claim.span, verdict.label.value, verdict.claim.id
    for number, conflict in enumerate(report.internal_conflicts, 1):
        yield conflict.a.span, INTERNAL, f"i-{number}"


def _marked(field: Field, draft: ArticleText, marks: Sequence[Mark]) -> str:
    """Where marks overlap, shows the most severe label; for equal labels the shorter span."""
    html, text = draft.is_html(field), draft.fields[field]
    parts = []
    for start, end, mark in _runs(len(text), [mark for mark in marks if mark[0].field is field]):
        words = escape(plain_text(text[start:end], html))
        if mark is not None:
            words = f'<mark class="{mark[1]}"><a href="#{escape(mark[2])}">{words}</a></mark>'
        parts.append(words)
    return "".join(parts)


def _runs(length: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, Mark | None]]:
    """Splits the whole text into runs `(start, end, mark)` with one visible mark each."""
    ranked = sorted(marks, key=lambda mark: (_GRAVITY.index(mark[1]), mark[0].end - mark[0].start))
    cuts = sorted({0, length, *(m[0].start for m in marks), *(m[0].end for m in marks)})
    shown = [_covering(start, ranked) for start in cuts[:-1]]
    for mark, group in groupby(zip(cuts, cuts[1:], shown, strict=False), key=itemgetter(2)):
        pieces = list(group)
        yield pieces[0][0], pieces[-1][1], mark


def _covering(at: int, ranked: Sequence[Mark]) -> Mark | None:
    return next((mark for mark in ranked if mark[0].start <= at < mark[0].end), None)


# ── the verdicts ────────────────────────────────────────────────────────────────────────────────────────────────────


def _entries(report: Report, draft: ArticleText) -> Iterator[str]:
    for number, conflict in enumerate(report.internal_conflicts, 1):
        yield _internal(f"i-{number}", conflict, draft)
    for verdict in report.verdicts:
        yield _verdict(verdict, draft)


def _internal(entry: str, conflict: InternalConflict, draft: ArticleText) -> str:
    sides = [side for side in (conflict.a, conflict.b) if side is not None]
    quotes = "".join(f"<blockquote>{escape(side.text)}</blockquote>" for side in sides)
    fixes = "".join(_fix(suggestion, draft) for suggestion in conflict.suggestions)
    return (
        f'<li id="{entry}" class="{INTERNAL}">{_label(INTERNAL)}<p>{escape(conflict.message)}</p>{quotes}{fixes}</li>'
    )


def _verdict(verdict: Verdict, draft: ArticleText) -> str:
    label = verdict.label.value
    parts = [
        f'<li id="{escape(verdict.claim.id)}" class="{label}">{_label(label, verdict.confidence)}',
        f"<p>{escape(draft.words_of(verdict.claim.span))}</p>",
    ]
    if verdict.decision is not None:
        words = told(verdict.decision, label)
        parts.append(f'<p class="decision">{escape(words[0].upper() + words[1:])}</p>')
    if verdict.label is not Label.NOT_CHECKABLE:
        parts.append(f'<p class="meta">{escape(verdict.message)}</p>')
        parts += [_fix(suggestion, draft) for suggestion in verdict.suggestions]
        parts += [_quote(piece) for piece in with_stance(verdict.evidence)]
    return "".join([*parts, "</li>"])


def _label(label: str, confidence: float | None = None) -> str:
    share = "" if confidence is None or label == Label.NOT_CHECKABLE else f" · {confidence:.0%}"
    return f'<span class="label">{_WORDS[label]}{share}</span>'


def _fix(suggestion: Suggestion, draft: ArticleText) -> str:
    before, after = escape(draft.words_of(suggestion.span)), escape(suggestion.replacement)
    return f"<p>Suggested: <del>{before}</del> → <ins>{after}</ins></p>"


def _quote(piece: Evidence) -> str:
    document = piece.document
    name = escape(document.title or document.id)
    if document.url and urlsplit(document.url).scheme in {"http", "https"}:
        name = f'<a href="{escape(document.url)}" rel="noreferrer noopener">{name}</a>'
    facts = [name, *(escape(fact) for fact in (document.source, document.published_at) if fact)]
    stance = f"{escape(piece.stance.value)}: " if piece.stance else ""
    return f'<blockquote>{escape(piece.text)}<p class="meta">{stance}{" · ".join(facts)}</p></blockquote>'
