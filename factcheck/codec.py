"""Domain types ↔ JSON of the API and of Redis. Stored records carry `"v": 1`, which the reader checks."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any, TypeAlias

from factcheck.article import Article, Field, Format, Span
from factcheck.check import Check, CheckOptions, CheckRequest, OtherReports, Priority, Problem
from factcheck.claim import Claim
from factcheck.claim_matching import decision_counts
from factcheck.decision import decision_from_json, decision_to_json
from factcheck.evidence import Document, DocumentRef, Evidence, Stance
from factcheck.origin import origin_from_json, origin_to_json
from factcheck.verdict import (
    ClaimSide,
    Conflict,
    ConflictKind,
    CorpusInfo,
    Coverage,
    EngineInfo,
    EvidenceSide,
    InternalConflict,
    Label,
    Report,
    Suggestion,
    Verdict,
)
from factcheck.watch import Flip, Watch

VERSION = 1
Json: TypeAlias = dict[str, Any]
Source: TypeAlias = Mapping[str, Any]


def span_to_json(span: Span) -> Json:
    """`{"field", "start", "end", "utf16": {"start", "end"}}`, half-open."""
    return {
        "field": span.field.value,
        "start": span.start,
        "end": span.end,
        "utf16": {"start": span.utf16_start, "end": span.utf16_end},
    }


def span_from_json(raw: Source) -> Span:
    """Inverse of `span_to_json`."""
    return Span(Field(raw["field"]), raw["start"], raw["end"], raw["utf16"]["start"], raw["utf16"]["end"])


def document_to_json(document: Document) -> Json:
    """A document as clients see it. `origin` is a member of imported documents only, `note` of those changed by hand."""
    origin = {"origin": origin_to_json(document.origin)} if document.origin else {}
    note = {"note": document.note} if document.note else {}
    return {
        "id": document.id,
        "title": document.title,
        "text": document.text,
        "source": document.source,
        "published_at": document.published_at,
        "url": document.url,
        "language": document.language,
        "tags": list(document.tags),
        "retracted": document.retracted,
        "corrects": document.corrects,
        **origin,
        **note,
    }


def document_from_json(raw: Source) -> Document:
    """A document from a validated object. Missing optional members read as absent."""
    return Document(
        id=raw["id"],
        title=raw.get("title") or "",
        text=raw["text"],
        source=raw.get("source"),
        published_at=raw.get("published_at"),
        url=raw.get("url"),
        language=raw.get("language"),
        tags=tuple(raw.get("tags") or ()),
        retracted=bool(raw.get("retracted", False)),
        corrects=raw.get("corrects"),
        story=raw.get("story"),
        origin=origin_from_json(raw["origin"]) if raw.get("origin") else None,
        note=raw.get("note"),
    )


def document_ref(document: Document) -> DocumentRef:
    """The document without its text."""
    return DocumentRef(document.id, document.title, document.source, document.published_at, document.url)


def document_ref_to_json(ref: DocumentRef) -> Json:
    """A document reference in a report."""
    return {"id": ref.id, "title": ref.title, "source": ref.source, "url": ref.url, "published_at": ref.published_at}


def document_ref_from_json(raw: Source) -> DocumentRef:
    """Inverse of `document_ref_to_json`."""
    return DocumentRef(raw["id"], raw["title"], raw["source"], raw["published_at"], raw["url"])


def article_to_json(article: Article) -> Json:
    """An article as submitted."""
    return {
        "text": article.text,
        "title": article.title,
        "published_at": article.published_at,
        "source": article.source,
        "url": article.url,
        "language": article.language,
        "format": article.format.value,
    }


def article_from_json(raw: Source) -> Article:
    """An article from a validated object. Missing optional members read as absent."""
    return Article(
        text=raw["text"],
        title=raw.get("title"),
        published_at=raw.get("published_at"),
        source=raw.get("source"),
        url=raw.get("url"),
        language=raw.get("language"),
        format=Format(raw.get("format") or Format.TEXT),
    )


def request_to_json(request: CheckRequest) -> Json:
    """A check request as Redis keeps it."""
    return {
        "v": VERSION,
        "article": article_to_json(request.article),
        "documents": None if request.documents is None else [document_to_json(d) for d in request.documents],
        "as_of": request.as_of,
        "callback_url": request.callback_url,
        "options": options_to_json(request.options),
        **({} if request.others is None else {"others": asdict(request.others)}),
    }


def request_from_json(raw: Source) -> CheckRequest:
    """Inverse of `request_to_json`."""
    _expect_version(raw)
    documents, others = raw["documents"], raw.get("others")
    return CheckRequest(
        article=article_from_json(raw["article"]),
        documents=None if documents is None else tuple(document_from_json(d) for d in documents),
        as_of=raw["as_of"],
        callback_url=raw["callback_url"],
        options=options_from_json(raw["options"]),
        others=None if others is None else OtherReports(**others),
    )


def options_to_json(options: CheckOptions) -> Json:
    """Options as Redis keeps them."""
    return {
        "max_evidence": options.max_evidence,
        "sources": {"include": list(options.sources_include), "exclude": list(options.sources_exclude)},
        "time_limit_s": options.time_limit_s,
        "priority": options.priority.value,
    }


def options_from_json(raw: Source) -> CheckOptions:
    """Inverse of `options_to_json`."""
    return CheckOptions(
        max_evidence=raw["max_evidence"],
        sources_include=tuple(raw["sources"]["include"]),
        sources_exclude=tuple(raw["sources"]["exclude"]),
        time_limit_s=raw["time_limit_s"],
        priority=Priority(raw.get("priority", Priority.BATCH)),
    )


def _claim_side_to_json(side: ClaimSide) -> Json:
    return {"span": span_to_json(side.span), "text": side.text, "value": side.value}


def _claim_side_from_json(raw: Source) -> ClaimSide:
    return ClaimSide(span_from_json(raw["span"]), raw["text"], raw["value"])


def _conflict_to_json(conflict: Conflict) -> Json:
    side = conflict.evidence
    return {
        "kind": conflict.kind.value,
        "claim": _claim_side_to_json(conflict.claim),
        "evidence": {
            "document_id": side.document_id,
            "span": span_to_json(side.span),
            "text": side.text,
            "value": side.value,
        },
    }


def _conflict_from_json(raw: Source) -> Conflict:
    side = raw["evidence"]
    return Conflict(
        ConflictKind(raw["kind"]),
        _claim_side_from_json(raw["claim"]),
        EvidenceSide(side["document_id"], span_from_json(side["span"]), side["text"], side["value"]),
    )


def _suggestion_to_json(suggestion: Suggestion) -> Json:
    return {"span": span_to_json(suggestion.span), "replacement": suggestion.replacement}


def _suggestion_from_json(raw: Source) -> Suggestion:
    return Suggestion(span_from_json(raw["span"]), raw["replacement"])


def evidence_to_json(evidence: Evidence) -> Json:
    """One passage and its stance."""
    return {
        "document": document_ref_to_json(evidence.document),
        "span": span_to_json(evidence.span),
        "text": evidence.text,
        "stance": evidence.stance.value,
        "score": round(evidence.score, 4),
    }


def _evidence_from_json(raw: Source) -> Evidence:
    document = document_ref_from_json(raw["document"])
    return Evidence(document, span_from_json(raw["span"]), raw["text"], Stance(raw["stance"]), raw["score"])


def verdict_to_json(verdict: Verdict) -> Json:
    """One entry of a report's `claims`. `decision` is a member of claims that editors have decided on only."""
    decision = {"decision": decision_to_json(verdict.decision, verdict.label)} if verdict.decision else {}
    return {
        "id": verdict.claim.id,
        "span": span_to_json(verdict.claim.span),
        "text": verdict.claim.text,
        "sentence": verdict.claim.sentence_index,
        "label": verdict.label.value,
        "confidence": round(verdict.confidence, 4),
        "message": verdict.message,
        "rule": verdict.rule,
        "conflicts": [_conflict_to_json(c) for c in verdict.conflicts],
        "suggestions": [_suggestion_to_json(s) for s in verdict.suggestions],
        "evidence": [evidence_to_json(e) for e in verdict.evidence],
        **decision,
    }


def verdict_from_json(raw: Source) -> Verdict:
    """Inverse of `verdict_to_json`."""
    return Verdict(
        claim=Claim(raw["id"], span_from_json(raw["span"]), raw["text"], raw["sentence"]),
        label=Label(raw["label"]),
        confidence=raw["confidence"],
        message=raw["message"],
        rule=raw["rule"],
        conflicts=tuple(_conflict_from_json(c) for c in raw["conflicts"]),
        suggestions=tuple(_suggestion_from_json(s) for s in raw["suggestions"]),
        evidence=tuple(_evidence_from_json(e) for e in raw["evidence"]),
        decision=decision_from_json(raw["decision"], raw["id"], raw["text"]) if raw.get("decision") else None,
    )


def _internal_to_json(conflict: InternalConflict) -> Json:
    return {
        "kind": conflict.kind.value,
        "a": _claim_side_to_json(conflict.a),
        "b": None if conflict.b is None else _claim_side_to_json(conflict.b),
        "message": conflict.message,
        "suggestions": [_suggestion_to_json(s) for s in conflict.suggestions],
    }


def _internal_from_json(raw: Source) -> InternalConflict:
    return InternalConflict(
        ConflictKind(raw["kind"]),
        _claim_side_from_json(raw["a"]),
        None if raw["b"] is None else _claim_side_from_json(raw["b"]),
        raw["message"],
        tuple(_suggestion_from_json(s) for s in raw["suggestions"]),
    )


def report_to_json(report: Report) -> Json:
    """The report as the API specifies it."""
    coverage, corpus, engine = report.coverage, report.corpus, report.engine
    return {
        "summary": report.summary(),
        "coverage": {
            "sentences": coverage.sentences,
            "checked": coverage.checked,
            "not_checkable": coverage.not_checkable,
            "not_reached": coverage.not_reached,
            "complete": coverage.complete,
        },
        "claims": [verdict_to_json(v) for v in report.verdicts],
        "internal_conflicts": [_internal_to_json(c) for c in report.internal_conflicts],
        "corpus": {"revision": corpus.revision, "documents": corpus.documents, "as_of": corpus.as_of},
        "engine": {
            "version": engine.version,
            "models": {"entailment": engine.entailment, "retrieval": engine.retrieval},
        },
    }


def report_from_json(raw: Source) -> Report:
    """Inverse of `report_to_json`."""
    coverage, corpus, engine = raw["coverage"], raw["corpus"], raw["engine"]
    return Report(
        verdicts=tuple(verdict_from_json(v) for v in raw["claims"]),
        internal_conflicts=tuple(_internal_from_json(c) for c in raw["internal_conflicts"]),
        coverage=Coverage(
            coverage["sentences"], coverage["checked"], coverage["not_checkable"], coverage["not_reached"]
        ),
        corpus=CorpusInfo(corpus["revision"], corpus["documents"], corpus["as_of"]),
        engine=EngineInfo(engine["version"], engine["models"]["entailment"], engine["models"]["retrieval"]),
    )


def problem_to_json(problem: Problem) -> Json:
    """Why a check failed."""
    return {"type": problem.type, "title": problem.title, "detail": problem.detail}


def problem_from_json(raw: Source) -> Problem:
    """Inverse of `problem_to_json`."""
    return Problem(raw["type"], raw["title"], raw["detail"])


def watch_to_json(watch: Watch) -> Json:
    """The watch of a check, as clients see it and as Redis keeps it."""
    return {
        "until": watch.until,
        "rechecks": watch.rechecks,
        "checked_at": watch.checked_at,
        "flips": [
            {
                "claim_id": flip.claim_id,
                "before": flip.before.value,
                "after": flip.after.value,
                "recheck": flip.recheck,
                "at": flip.at,
            }
            for flip in watch.flips
        ],
    }


def watch_from_json(raw: Source) -> Watch:
    """Inverse of `watch_to_json`."""
    flips = tuple(
        Flip(f["claim_id"], Label(f["before"]), Label(f["after"]), f["recheck"], f["at"]) for f in raw["flips"]
    )
    return Watch(raw["until"], raw["rechecks"], raw["checked_at"], flips)


def check_to_json(check: Check) -> Json:
    """The check as clients see it, without `links`, which the service adds."""
    report = check.report
    return {
        "id": check.id,
        "status": check.status.value,
        "created_at": check.created_at,
        "started_at": check.started_at,
        "finished_at": check.finished_at,
        "progress": {"claims_total": check.progress.claims_total, "claims_done": check.progress.claims_done},
        "report": None if report is None else report_to_json(report),
        "error": None if check.error is None else problem_to_json(check.error),
        "watch": None if check.watch is None else watch_to_json(check.watch),
        "article_id": check.article_id,
        "version": check.version,
        "submitted_by": check.submitted_by,
        "decisions": None if report is None else decision_counts(report),
    }


def _expect_version(raw: Source) -> None:
    if raw.get("v") != VERSION:
        raise ValueError(f"a record of version {raw.get('v')!r}; this code reads version {VERSION}")
