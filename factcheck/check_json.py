"""Domain types ↔ JSON of the API and of Redis. Stored records carry `"v": 1`, which the reader checks.

`factcheck.json_mapping` derives the JSON from the types. Here stands only what is more than its fields.
"""

from dataclasses import asdict, replace

from factcheck.article import Article
from factcheck.check import Check, CheckOptions, CheckRequest, OtherDocuments, Priority
from factcheck.claim_tracking import decision_counts
from factcheck.decision import decision_from_json, decision_to_json
from factcheck.evidence import Document, DocumentRef
from factcheck.json_mapping import Json, Source, from_json, to_json
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, InternalConflict, Report, Verdict

VERSION = 1


def document_ref(document: Document) -> DocumentRef:
    """The document without its text."""
    return DocumentRef(document.id, document.title, document.source, document.published_at, document.url)


def request_to_json(request: CheckRequest) -> Json:
    """A check request as Redis keeps it."""
    return {
        "v": VERSION,
        "article": to_json(request.article),
        "documents": None if request.documents is None else [to_json(d) for d in request.documents],
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
        article=from_json(Article, raw["article"]),
        documents=None if documents is None else tuple(from_json(Document, d) for d in documents),
        as_of=raw["as_of"],
        callback_url=raw["callback_url"],
        options=options_from_json(raw["options"]),
        others=None if others is None else OtherDocuments(**others),
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


def verdict_to_json(verdict: Verdict) -> Json:
    """One entry of a report's `claims`. `decision` is a member of claims that editors have decided on only."""
    row = to_json(verdict)
    if verdict.decision:
        row["decision"] = decision_to_json(verdict.decision, verdict.label)
    return row


def verdict_from_json(raw: Source) -> Verdict:
    """Inverse of `verdict_to_json`."""
    verdict = from_json(Verdict, raw)
    if raw.get("decision"):
        return replace(verdict, decision=decision_from_json(raw["decision"], raw["id"], raw["text"]))
    return verdict


def report_to_json(report: Report) -> Json:
    """The report as the API specifies it."""
    return {
        "summary": report.summary(),
        "coverage": {**to_json(report.coverage), "complete": report.coverage.complete},
        "claims": [verdict_to_json(v) for v in report.verdicts],
        "internal_conflicts": [to_json(c) for c in report.internal_conflicts],
        "corpus": to_json(report.corpus),
        "engine": to_json(report.engine),
    }


def report_from_json(raw: Source) -> Report:
    """Inverse of `report_to_json`."""
    return Report(
        verdicts=tuple(verdict_from_json(v) for v in raw["claims"]),
        internal_conflicts=tuple(from_json(InternalConflict, c) for c in raw["internal_conflicts"]),
        coverage=from_json(Coverage, raw["coverage"]),
        corpus=from_json(CorpusInfo, raw["corpus"]),
        engine=from_json(EngineInfo, raw["engine"]),
    )


def check_to_json(check: Check) -> Json:
    """The check as clients see it, without `links`, which the service adds."""
    report = check.report
    return {
        "id": check.id,
        "status": check.status.value,
        "created_at": check.created_at,
        "started_at": check.started_at,
        "finished_at": check.finished_at,
        "progress": to_json(check.progress),
        "report": None if report is None else report_to_json(report),
        "error": None if check.error is None else to_json(check.error),
        "watch": None if check.watch is None else to_json(check.watch),
        "article_id": check.article_id,
        "version": check.version,
        "submitted_by": check.submitted_by,
        "decisions": None if report is None else decision_counts(report),
    }


def _expect_version(raw: Source) -> None:
    if raw.get("v") != VERSION:
        raise ValueError(f"a record of version {raw.get('v')!r}; this code reads version {VERSION}")
