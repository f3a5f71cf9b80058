"""The bulk job for rechecks: checks kept articles again, and lists the verdicts that flipped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from factcheck.bulk_job import BulkJob, JobFinding
from factcheck.check import Check, CheckRequest
from factcheck.check_history import ArticleFilter, ArticleState
from factcheck.check_json import verdict_to_json
from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ExpiredCheck, TimeLimitReached, UnknownArticle, UnknownCheck
from factcheck.ports import Changelog, CheckHistory, CheckRepository, WatchList
from factcheck.publication_date import is_after
from factcheck.recheck import (
    OutdatedReason,
    RecheckCriteria,
    VerdictFlip,
    count_of,
    criteria_from_json,
    flips_between,
)
from factcheck.timestamps import iso_utc
from factcheck.verdict import EngineInfo, Report, Verdict
from worker.process.bulk_runner import NextJobItem

_WHOLE = ArticleFilter()
_BY_INDEX = "at "
_LAST = "end"


class EndedCheckRequests(Protocol):
    """Requests of ended checks."""

    def request(self, check_id: str) -> CheckRequest | None:
        """The request; None if the text is deleted, or the check had its own documents."""


@dataclass(frozen=True, slots=True)
class BulkRecheckPorts:
    """Dependencies of the job. `renewed` is called with each report that replaces another one."""

    history: CheckHistory
    checks: CheckRepository
    requests: EndedCheckRequests
    watches: WatchList
    changelog: Changelog
    renewed: Callable[[str, Report], None]


class BulkRecheckTask:
    """`BulkTask` for kept articles. Items are ids of each article's newest finished check. `engine` is the current version."""

    def __init__(self, ports: BulkRecheckPorts, engine: EngineInfo, now: Callable[[], datetime]) -> None:
        self._ports = ports
        self._engine = engine
        self._now = now

    def next(self, job: BulkJob) -> NextJobItem | None:
        """The next of the selected articles, or of all in the history, newest first."""
        selection = criteria_from_json(job.selection)
        if selection.articles is not None:
            return self._named(job, selection, selection.articles)
        if job.cursor == _LAST:
            return None
        page = self._ports.history.page(job.owner, _WHOLE, job.cursor or _start(selection), 1)
        if not page.items or (selection.first is not None and page.items[0].updated_at[:10] < selection.first):
            return None
        return NextJobItem(page.cursor or _LAST, self._item(job, selection, page.items[0]))

    def request(self, job: BulkJob, item: str) -> CheckRequest | None:
        """The check's request; with reports up to today as evidence, if the job says so."""
        request = self._ports.requests.request(item)
        if request is None or not criteria_from_json(job.selection).later_reports:
            return request
        published, today = request.article.published_at, self._now().date().isoformat()
        until = request.as_of or (published if is_after(published, today) else today)
        return replace(request, as_of=until)

    def settle(self, job: BulkJob, item: str, report: Report) -> Sequence[JobFinding]:
        """The flips between the old and the new report. The new one replaces the old one, if the job says so.

        Raises: `TimeLimitReached` if the new report covers less.
        """
        try:
            check = self._ports.checks.get(item, job.owner)
        except (UnknownCheck, ExpiredCheck):
            return ()
        if check.report is None or check.article_id is None:
            return ()
        if report.coverage.not_reached > check.report.coverage.not_reached:
            raise TimeLimitReached
        findings = self._flips(job, check, check.article_id, check.report, report)
        if criteria_from_json(job.selection).update:
            self._renew(check, check.report, report)
        return findings

    def _flips(self, job: BulkJob, check: Check, article_id: str, before: Report, after: Report) -> list[JobFinding]:
        article = self._ports.history.get(job.owner, article_id)
        return [
            JobFinding(f"{check.id}:{flip.subject.claim.id}", count_of(flip), _content(flip, article, check.id))
            for flip in flips_between(before, after)
        ]

    def _renew(self, check: Check, before: Report, after: Report) -> None:
        moment = iso_utc(self._now())
        watch = None if check.watch is None else check.watch.renewed(before, after, moment)
        if self._ports.watches.renew(check.id, after, watch):
            self._ports.renewed(check.id, after)

    def _named(self, job: BulkJob, selection: RecheckCriteria, articles: Sequence[str]) -> NextJobItem | None:
        at = int(job.cursor.removeprefix(_BY_INDEX) or 0)
        if at >= len(articles):
            return None
        try:
            article = self._ports.history.get(job.owner, articles[at])
        except UnknownArticle:
            return NextJobItem(f"{_BY_INDEX}{at + 1}", None)
        return NextJobItem(f"{_BY_INDEX}{at + 1}", self._item(job, selection, article))

    def _item(self, job: BulkJob, selection: RecheckCriteria, article: ArticleState) -> str | None:
        """The article's check; None if it never finished, is running, or is not selected."""
        checked = article.finished
        if checked is None or not article.latest.status.final or not _is_within(article.updated_at, selection):
            return None
        if selection.outdated and not self._is_outdated(checked.check_id, job.owner, selection.outdated):
            return None
        return checked.check_id

    def _is_outdated(self, check_id: str, owner: str, reasons: Sequence[OutdatedReason]) -> bool:
        try:
            report = self._ports.checks.get(check_id, owner).report
        except (UnknownCheck, ExpiredCheck):
            return False
        if report is None:
            return False
        if OutdatedReason.READER in reasons and report.engine != self._engine:
            return True
        return OutdatedReason.CORPUS in reasons and not _has_seen(report, self._ports.changelog.position())


def utc_now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def _content(flip: VerdictFlip, article: ArticleState, check_id: str) -> dict[str, Any]:
    """A flip as clients see it."""
    return {
        "article": {"id": article.id, "title": article.title, "url": article.url},
        "check_id": check_id,
        "claim_id": flip.subject.claim.id,
        "text": flip.subject.claim.text,
        "before": _side(flip.before),
        "after": _side(flip.after),
    }


def _side(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    raw = verdict_to_json(verdict)
    return {name: raw[name] for name in ("label", "message", "conflicts", "evidence")}


def _start(selection: RecheckCriteria) -> str | None:
    """The cursor of the history before the selection's last day."""
    if selection.last is None:
        return None
    end = datetime.fromisoformat(selection.last).replace(tzinfo=UTC) + timedelta(days=1)
    return f"{int(end.timestamp() * 1000)}:!"


def _is_within(moment: str, selection: RecheckCriteria) -> bool:
    day = moment[:10]
    return (selection.first is None or day >= selection.first) and (selection.last is None or day <= selection.last)


def _has_seen(report: Report, position: CorpusVersion) -> bool:
    try:
        return CorpusVersion.parse(report.corpus.revision).reached(position)
    except ValueError:
        return False
