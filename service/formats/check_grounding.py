"""The report in the format of check-grounding APIs: claims by byte offset, with indices of the chunks they cite."""

from typing import Any

from factcheck.article import Article
from factcheck.evidence import Evidence, Stance
from factcheck.verdict import Label, Report, Verdict
from service.formats.article_text import ArticleText
from service.formats.json_text import present, write_json


def render_grounding(report: Report, article: Article) -> str:
    """JSON text.

    `supportScore` is the share of checkable claims that are supported, null if there are none. Positions are half-open
    byte offsets into the UTF-8 text or title, as `field` says. `citationIndices` lists supporting chunks,
    `antiCitationIndices` contradicting ones.
    """
    draft, chunks = ArticleText(article), _CitedChunks()
    claims = [_claim(verdict, draft, chunks) for verdict in report.verdicts]
    body = {
        "supportScore": _support(report),
        "citedChunks": chunks.cited,
        "claims": claims,
        "incomplete": not report.coverage.complete,
    }
    return write_json(body)


class _CitedChunks:
    """The cited passages, without duplicates."""

    def __init__(self) -> None:
        self.cited: list[dict[str, Any]] = []
        self._known: dict[tuple[str, str, int], int] = {}

    def index_of(self, piece: Evidence) -> int:
        key = (piece.document.id, piece.span.field.value, piece.span.start)
        if key not in self._known:
            self._known[key] = len(self.cited)
            self.cited.append(self._chunk(piece))
        return self._known[key]

    def _chunk(self, piece: Evidence) -> dict[str, Any]:
        document = piece.document
        return present(
            index=len(self.cited),
            chunkText=piece.text,
            source=document.id,
            uri=document.url,
            title=document.title or None,
            sourceMetadata=present(source=document.source, published_at=document.published_at),
        )


def _claim(verdict: Verdict, draft: ArticleText, chunks: _CitedChunks) -> dict[str, Any]:
    start, end = draft.bytes_of(verdict.claim.span)
    cited = {stance: [chunks.index_of(e) for e in verdict.evidence if e.stance is stance] for stance in _CITING}
    return present(
        startPos=start,
        endPos=end,
        field=verdict.claim.span.field.value,
        claimText=verdict.claim.text,
        citationIndices=cited[Stance.SUPPORTS],
        antiCitationIndices=cited[Stance.CONTRADICTS],
        groundingCheckRequired=verdict.label is not Label.NOT_CHECKABLE,
        label=verdict.label.value,
        decision=verdict.decision.kind_for(verdict.label).value if verdict.decision else None,
        score=round(verdict.confidence, 4) if verdict.label is Label.SUPPORTED else None,
    )


_CITING = (Stance.SUPPORTS, Stance.CONTRADICTS)


def _support(report: Report) -> float | None:
    checkable = [v for v in report.verdicts if v.label is not Label.NOT_CHECKABLE]
    if not checkable:
        return None
    return round(sum(v.label is Label.SUPPORTED for v in checkable) / len(checkable), 4)
