"""Runs one check per LanguageTool request: submits, waits until the deadline, deletes."""

from contextlib import suppress
from dataclasses import replace

from factcheck.article import Article, Format
from factcheck.check import Check, CheckOptions, CheckRequest, Priority
from factcheck.claim_tracking import findings_of
from factcheck.errors import FactcheckError
from factcheck.settings import Settings
from factcheck.verdict import CorpusInfo, Coverage, EngineInfo, Report
from service.api.long_poll import wait_until_done
from service.api.request_mapping import new_check
from service.context import owner, services, submit_check
from service.formats.registry import report_of
from service.languagetool.request import TextCheckRequest


def check_text(request: TextCheckRequest) -> Report:
    """The report at the deadline. Then deletes the check, which stops its work and removes its text.

    The verdict cache keeps the verdicts found so far, so that the next request continues from there.

    Raises:
        Busy: the queue is full.
        StoreUnavailable: Redis does not answer.
    """
    if not request.text.read.strip():
        return _EMPTY
    context = services()
    check_request = _check_request(request, context.settings)
    check = submit_check(new_check(owner()), check_request, None)
    try:
        seen, _ = wait_until_done(check, context.settings.languagetool_deadline_s)
        return _without_dismissed(report_of(seen, check_request.article))
    finally:
        _delete(check)


def _without_dismissed(report: Report) -> Report:
    """The report without findings that editors have dismissed, in whichever article these words stood."""
    book = services().decisions
    dismissed = book.dismissed(owner(), findings_of(report)) if book else set()
    return replace(report, verdicts=tuple(v for v in report.verdicts if v.claim.id not in dismissed))


def _check_request(request: TextCheckRequest, settings: Settings) -> CheckRequest:
    article = Article(
        text=request.text.read,
        title=None,
        published_at=request.published_at,
        source=None,
        url=None,
        language=request.language.code,
        format=Format.TEXT,
    )
    limit_s = min(settings.languagetool_deadline_s, settings.check_time_limit_s)
    return CheckRequest(
        article, None, None, None, CheckOptions(settings.max_evidence, (), (), limit_s, Priority.INTERACTIVE)
    )


def _delete(check: Check) -> None:
    """Best effort: a check that cannot be deleted expires by itself."""
    with suppress(FactcheckError):
        services().checks.drop(check.id, check.owner, forget=True)


_EMPTY = Report((), (), Coverage(0, 0, 0, 0), CorpusInfo("", 0, None), EngineInfo("", "", ""))
