"""The report as schema.org ClaimReview (JSON-LD), the format search engines read from published fact checks."""

from datetime import date
from typing import Any

from factcheck.article import Article
from factcheck.claim_tracking import is_dismissed
from factcheck.evidence import Evidence
from factcheck.verdict import Label, Report, Verdict
from service.formats.article_text import ArticleText
from service.formats.json_text import present, write_json
from service.formats.marked_spans import with_stance

AUTHOR = "factcheck"
"""Name of the reviewer. Publishers replace it by their own newsroom."""

# ratingValue 1 to 5, as ClaimReview consumers expect; None: the archive has no evidence.
_RATINGS = {
    Label.SUPPORTED: ("Supported by the archive", 5),
    Label.DISPUTED: ("Disputed: reports in the archive disagree", 3),
    Label.CONTRADICTED: ("Contradicted by the archive", 1),
    Label.UNVERIFIED: ("Unverified: the archive is silent", None),
}


def render_claimreview(report: Report, article: Article, checked_at: str | None = None) -> str:
    """One review per checkable claim, without those that editors dismissed: a review is to be published.

    `checked_at` is ISO 8601, or None if unknown.
    """
    draft = ArticleText(article)
    kept = [verdict for verdict in report.verdicts if verdict.label in _RATINGS and not is_dismissed(verdict)]
    reviews = [_review(verdict, draft, checked_at) for verdict in kept]
    return write_json({"@context": "https://schema.org", "@graph": reviews})


def _review(verdict: Verdict, draft: ArticleText, checked_at: str | None) -> dict[str, Any]:
    url = draft.article.url
    return {
        "@type": "ClaimReview",
        **present(
            url=None if url is None else f"{url.partition('#')[0]}#{verdict.claim.id}",
            datePublished=None if checked_at is None else _day(checked_at),
            claimReviewed=draft.words_of(verdict.claim.span),
            reviewBody=verdict.message,
            author={"@type": "Organization", "name": AUTHOR},
            reviewRating=_rating(verdict.label),
            itemReviewed={"@type": "Claim", "appearance": _appearance(draft.article)},
            citation=[_citation(piece) for piece in with_stance(verdict.evidence)] or None,
        ),
    }


def _rating(label: Label) -> dict[str, object]:
    name, value = _RATINGS[label]
    scale = {} if value is None else {"ratingValue": value, "bestRating": 5, "worstRating": 1}
    return {"@type": "Rating", "alternateName": name, **scale}


def _appearance(article: Article) -> dict[str, object]:
    members = present(
        url=article.url,
        headline=article.title,
        datePublished=article.published_at,
        inLanguage=article.language,
        publisher=_publisher(article.source),
    )
    return {"@type": "NewsArticle", **members}


def _citation(piece: Evidence) -> dict[str, object]:
    document = piece.document
    members = present(
        identifier=document.id,
        headline=document.title or None,
        url=document.url,
        datePublished=document.published_at,
        publisher=_publisher(document.source),
        text=piece.text,
    )
    return {"@type": "NewsArticle", **members}


def _publisher(name: str | None) -> dict[str, object] | None:
    return None if name is None else {"@type": "Organization", "name": name}


def _day(moment: str) -> str:
    return date.fromisoformat(moment[:10]).isoformat()
