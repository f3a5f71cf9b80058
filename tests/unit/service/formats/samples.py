"""A report on an article that has emoji and other astral characters before every error."""

from zlib import crc32

from factcheck.article import Article, Field, OffsetConverter, Span
from factcheck.claim import Claim
from factcheck.evidence import DocumentRef, Evidence, Stance
from factcheck.verdict import (
    ClaimSide,
    Conflict,
    ConflictKind,
    Coverage,
    EvidenceSide,
    InternalConflict,
    Label,
    Report,
    Suggestion,
    Verdict,
)
from tests.builders import a_report, a_verdict, an_article

TEXT = (
    "🎭 The gala 𝒪pened with “Ó mar” 👩‍🚀.\r\n"
    "The 🏟 ceremony is on Feb. 10, officials said.\n"
    "Tickets cost <b>$40</b> & more. The mayor, Ann Lee, came. What a night!"
)
TITLE = "😀 Gala opens on Feb. 10"
ARCHIVE = "The ceremony is scheduled for Feb. 9."


def sample_article(**changes: object) -> Article:
    given = {
        "text": TEXT,
        "title": TITLE,
        "url": "https://example.org/gala",
        "source": "Courier",
        "published_at": "2018-02-01",
    }
    return an_article(**{**given, **changes})


def span_of(words: str, article: Article, field: Field = Field.TEXT) -> Span:
    text = article.text if field is Field.TEXT else article.title or ""
    start = text.index(words)
    return OffsetConverter(field, text).span(start, start + len(words))


def evidence(stance: Stance = Stance.CONTRADICTS, document_id: str = "d-9", url: str | None = None) -> Evidence:
    document = DocumentRef(document_id, "Games <soon>", "Wire", "2018-01-30", url)
    return Evidence(document, OffsetConverter(Field.TEXT, ARCHIVE).span(0, len(ARCHIVE)), ARCHIVE, stance, 0.9)


def verdict_on(words: str, article: Article, label: Label, field: Field = Field.TEXT, **changes: object) -> Verdict:
    claim = Claim(f"c-{crc32(words.encode())}", span_of(words, article, field), words, 0)
    return a_verdict(**{"claim": claim, "label": label, "message": f"About: {words}", "evidence": (), **changes})


def wrong_day(article: Article, field: Field = Field.TEXT) -> Verdict:
    words = "The 🏟 ceremony is on Feb. 10" if field is Field.TEXT else TITLE
    place = span_of("Feb. 10", article, field)
    side = EvidenceSide("d-9", OffsetConverter(Field.TEXT, ARCHIVE).span(30, 36), "Feb. 9", "2018-02-09")
    return verdict_on(
        words,
        article,
        Label.CONTRADICTED,
        field,
        conflicts=(Conflict(ConflictKind.DATE, ClaimSide(place, "Feb. 10", "2018-02-10"), side),),
        suggestions=(Suggestion(place, "Feb. 9"),),
        evidence=(evidence(), evidence(Stance.NEUTRAL, "d-0")),
    )


def sample_report(article: Article) -> Report:
    def side(words: str) -> ClaimSide:
        return ClaimSide(span_of(words, article), words, None)

    report = a_report(
        wrong_day(article, Field.TITLE),
        verdict_on(
            "The gala 𝒪pened with “Ó mar”", article, Label.SUPPORTED, evidence=(evidence(Stance.SUPPORTS, "d-1"),)
        ),
        wrong_day(article),
        verdict_on("Tickets cost <b>$40</b> & more", article, Label.DISPUTED, rule="stances", evidence=(evidence(),)),
        verdict_on("The mayor, Ann Lee, came", article, Label.UNVERIFIED),
        verdict_on("What a night!", article, Label.NOT_CHECKABLE),
    )
    inner = InternalConflict(ConflictKind.NAME, side("Ann Lee"), side("The gala"), "Two names.", ())
    return Report(report.verdicts, (inner,), Coverage(6, 5, 1, 0), report.corpus, report.engine)


def unfinished(report: Report) -> Report:
    return Report(report.verdicts, report.internal_conflicts, Coverage(8, 5, 1, 2), report.corpus, report.engine)
