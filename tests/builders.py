"""Builders of domain objects: a test passes what matters to it, and gets defaults for the rest."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

from factcheck.article import Article, Field, Format, OffsetConverter
from factcheck.check import Check, CheckOptions, CheckRequest, CheckStatus, Progress
from factcheck.claim import Claim
from factcheck.evidence import Document
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Label, Report, Verdict


def a_document(document_id: str = "d1", text: str = "The ceremony opens on Friday.", **changes: Any) -> Document:
    document = Document(
        id=document_id,
        title="",
        text=text,
        source=None,
        published_at=None,
        url=None,
        language=None,
        tags=(),
        retracted=False,
        corrects=None,
        story=None,
    )
    return replace(document, **changes)


def an_article(text: str = "The ceremony opens on Friday.", **changes: Any) -> Article:
    article = Article(
        text=text, title=None, published_at=None, source=None, url=None, language=None, format=Format.TEXT
    )
    return replace(article, **changes)


def a_request(**changes: Any) -> CheckRequest:
    options = CheckOptions(max_evidence=5, sources_include=(), sources_exclude=(), time_limit_s=30.0)
    return replace(
        CheckRequest(an_article(), documents=None, as_of=None, callback_url=None, options=options), **changes
    )


def a_check(**changes: Any) -> Check:
    check = Check(
        id=uuid4().hex,
        owner="desk",
        status=CheckStatus.QUEUED,
        created_at="2018-01-30T09:00:00.000Z",
        started_at=None,
        finished_at=None,
        progress=Progress(0, 0),
        report=None,
        error=None,
        revision=1,
    )
    return replace(check, **changes)


def a_verdict(claim_id: str = "c1", text: str = "The ceremony opens on Friday.", **changes: Any) -> Verdict:
    claim = Claim(claim_id, OffsetConverter(Field.TEXT, text).span(0, len(text)), text, 0)
    verdict = Verdict(
        claim=claim,
        label=Label.SUPPORTED,
        confidence=0.9,
        message="d1 says the same.",
        rule="entailed",
        conflicts=(),
        suggestions=(),
        evidence=(),
    )
    return replace(verdict, **changes)


def a_report(*verdicts: Verdict) -> Report:
    return Report(
        verdicts=verdicts,
        internal_conflicts=(),
        coverage=Coverage(len(verdicts), len(verdicts), 0, 0),
        corpus=CorpusInfo("r1", 1, None),
        engine=EngineInfo("0.1.0", "tiny-nli", "bm25"),
    )
