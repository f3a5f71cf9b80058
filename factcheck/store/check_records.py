"""A check as Redis keeps it: one hash, its verdicts in another, and its report with claim ids in place of verdicts."""

import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from factcheck.article import Field
from factcheck.check import Check, CheckRequest, CheckStatus, Problem, Progress
from factcheck.check_json import options_to_json, report_from_json, report_to_json, verdict_from_json
from factcheck.claim_tracking import findings_of, words_to_json
from factcheck.errors import DamagedCheck
from factcheck.json_mapping import Json, from_json, to_json
from factcheck.store.json_codec import pack, unpack
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Label, Report, Verdict
from factcheck.watch import Watch

_log = logging.getLogger(__name__)

VERSION = "1"
LISTED = ("v", "owner", "status", "created_at", "started_at", "finished_at", "article_id", "version", "submitted_by")
COUNTED = ("claims_total", "claims_done", "revision", "error", "watch")


def new_record(check: Check, request: CheckRequest) -> dict[str, str]:
    """The hash of a newly submitted check. Absent values are omitted. `asked` lets a kept article be checked again."""
    callback = {} if request.callback_url is None else {"callback_url": request.callback_url}
    watch = {} if check.watch is None else {"watch": pack(to_json(check.watch)).decode()}
    asked = pack(
        {"as_of": request.as_of, "own_corpus": request.documents is not None, **options_to_json(request.options)}
    )
    article = {} if check.article_id is None else {"article_id": check.article_id, "asked": asked.decode()}
    author = {} if check.submitted_by is None else {"submitted_by": check.submitted_by}
    return {
        **callback,
        **watch,
        **article,
        **author,
        "v": VERSION,
        "owner": check.owner,
        "status": CheckStatus.QUEUED.value,
        "priority": request.options.priority.value,
        "created_at": check.created_at,
        "claims_total": "0",
        "claims_done": "0",
        "revision": "1",
    }


def read_record(check_id: str, record: Mapping[str, str], verdicts: Mapping[str, str] | None) -> Check:
    """The check. It has a report only where `verdicts` are given.

    Raises: `DamagedCheck`.
    """
    try:
        return _read(check_id, record, verdicts)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        _log.error("check record damaged", extra={"check_id": check_id, "error": type(error).__name__})
        raise DamagedCheck(check_id) from error


def read_listed(check_id: str, record: Mapping[str, str]) -> Check | None:
    """The check without its report; None for a record that is damaged, so that a list shows the others."""
    with suppress(DamagedCheck):
        return read_record(check_id, record, None)
    return None


def _read(check_id: str, record: Mapping[str, str], verdicts: Mapping[str, str] | None) -> Check:
    if record.get("v") != VERSION:
        raise ValueError(f"check {check_id} is a record of version {record.get('v')!r}; this code reads {VERSION}")
    progress, status = Progress(int(record["claims_total"]), int(record["claims_done"])), CheckStatus(record["status"])
    is_watched = "watch" in record and status not in {CheckStatus.FAILED, CheckStatus.CANCELLED}
    return Check(
        id=check_id,
        owner=record["owner"],
        status=status,
        created_at=record["created_at"],
        started_at=record.get("started_at"),
        finished_at=record.get("finished_at"),
        progress=progress,
        report=None if verdicts is None else _read_report(record.get("report"), verdicts, progress),
        error=from_json(Problem, unpack(record["error"])) if record.get("error") else None,
        revision=int(record["revision"]),
        watch=from_json(Watch, unpack(record["watch"])) if is_watched else None,
        article_id=record.get("article_id"),
        version=int(record["version"]) if "version" in record else None,
        submitted_by=record.get("submitted_by"),
    )


def pack_report(report: Report) -> bytes:
    """The report without its verdicts, which are stored separately. `findings` lets the history do without them."""
    return pack(
        {
            **report_to_json(replace(report, verdicts=())),
            "summary": report.summary(),
            "claims": [v.claim.id for v in report.verdicts],
            "findings": [words_to_json(claim) for claim in findings_of(report)],
        }
    )


def _read_report(packed: str | None, verdicts: Mapping[str, str], progress: Progress) -> Report | None:
    if packed:
        raw: Json = unpack(packed)
        return report_from_json({**raw, "claims": [unpack(verdicts[claim]) for claim in raw["claims"]]})
    if progress.claims_total == 0:
        return None
    return partial_report([verdict_from_json(unpack(verdict)) for verdict in verdicts.values()], progress)


def partial_report(verdicts: list[Verdict], progress: Progress) -> Report:
    """The report of a running check. Coverage counts claims instead of sentences; pending claims count as not reached."""
    not_checkable = sum(verdict.label is Label.NOT_CHECKABLE for verdict in verdicts)
    pending = max(0, progress.claims_total - len(verdicts))
    return Report(
        verdicts=tuple(sorted(verdicts, key=_reading_order)),
        internal_conflicts=(),
        coverage=Coverage(len(verdicts) + pending, len(verdicts) - not_checkable, not_checkable, pending),
        corpus=CorpusInfo("", 0, None),
        engine=EngineInfo("", "", ""),
    )


def _reading_order(verdict: Verdict) -> tuple[Any, ...]:
    span = verdict.claim.span
    return span.field is not Field.TITLE, span.start, span.end, verdict.claim.id
