"""The recheck scheduler: follows the corpus, and rechecks watched articles when documents touch their claims.

Runs as a thread of every worker. A lease in Redis lets one of them work at a time; its state is stored there, so that the next
one continues. A recheck is an ordinary check with an owner that no client has.
"""

import logging
import os
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import Thread
from uuid import uuid4

from factcheck.check import Check, CheckRequest, CheckStatus, Priority, Progress
from factcheck.corpus_version import CorpusVersion
from factcheck.errors import Busy, ChangelogLost, ExpiredCheck, FactcheckError, RateLimited, UnknownCheck
from factcheck.ports import Changelog, CheckRepository, CorpusChange, RecheckStates, WatchedCheck, WatchList
from factcheck.publication_date import is_after
from factcheck.search.claim_index import ClaimIndex
from factcheck.timestamps import timestamp
from factcheck.verdict import Report
from factcheck.watch import RecheckState

NAME = "watched articles"
"""Name of the changelog's reader, and owner of all rechecks. No API key has this name, so rechecks are not listed."""

AT_ONCE = 4
"""Maximum number of concurrent rechecks: enough for the workers of one machine, few enough not to delay new checks."""

PATIENCE = 10
"""Maximum delay of a recheck while documents keep arriving, in multiples of `quiet_s`."""

_BATCH = 200
_LEASE_S = 30.0
_IDLE_S = 1.0
_BUSY_S = 0.1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecheckPorts:
    """Dependencies of the scheduler."""

    book: WatchList
    rounds: RecheckStates
    changelog: Changelog
    checks: CheckRepository


def process_name() -> str:
    """A unique name of this process, for the lease."""
    return f"{os.getpid()}-{uuid4().hex[:8]}"


class RecheckScheduler:
    """`quiet_s`: seconds without a document that touches an article before the article is rechecked."""

    def __init__(self, ports: RecheckPorts, quiet_s: float, now: Callable[[], float] = time.time) -> None:
        self._book = ports.book
        self._rounds = ports.rounds
        self._changelog = ports.changelog
        self._checks = ports.checks
        self._quiet_s = quiet_s
        self._now = now
        self._index = ClaimIndex()
        self._states: dict[str, RecheckState] = {}
        self._position: CorpusVersion | None = None
        self._companions: list[Callable[[], bool]] = []

    def start(self) -> None:
        """Starts a thread that ends with the process."""
        Thread(target=self._run, name="scheduler", daemon=True).start()

    def add_companion(self, companion: Callable[[], bool]) -> None:
        """Registers `companion`, called after each step while this process holds the lease. It returns False when idle."""
        self._companions.append(companion)

    def note_renewed(self, check_id: str, report: Report) -> None:
        """Call when a watched check has a new report, whose evidence is followed from now on."""
        if check_id in self._index:
            self._index.put(check_id, report)

    def step(self) -> bool:
        """One round of all work. False if there was nothing to do. Raises: `StoreUnavailable`."""
        if not self._book.lead(_LEASE_S):
            self._position = None
            return False
        position = self._take_up() if self._position is None else self._position
        self._register(position)
        moved = self._follow(position)
        for check_id in [check_id for check_id, state in self._states.items() if state.recheck]:
            self._look_at(check_id)
        self._begin_due()
        return moved

    def _run(self) -> None:
        while True:
            rest_s = _IDLE_S
            try:
                if self.step():
                    continue
                if self._position is not None and [one for one in self._companions if one()]:
                    rest_s = _BUSY_S
            except FactcheckError as error:
                self._position = None  # reload the state, since it may not have been stored
                _log.info("watched articles wait", extra={"error": type(error).__name__})
            except Exception:
                self._position = None
                _log.exception("scheduler stumbled")
            time.sleep(rest_s)

    # ── which articles are watched ──

    def _take_up(self) -> CorpusVersion:
        """Loads the state that the previous holder of the lease stored."""
        self._index, self._states = ClaimIndex(), self._rounds.load()
        return self._rounds.position() or self._changelog.position()

    def _register(self, position: CorpusVersion) -> None:
        watched = self._book.watched()
        for check_id in self._states.keys() - set(watched):
            self._forget(check_id)
        for check_id in watched:
            if check_id not in self._index and (known := self._book.read(check_id)):
                self._index.put(check_id, known.report)
                if check_id not in self._states:
                    self._save(check_id, self._first_state(known, position))

    def _first_state(self, known: WatchedCheck, position: CorpusVersion) -> RecheckState:
        """The state of a newly watched article. Due if the corpus has changed since its check: those changes were missed."""
        seen = _position_of(known.report)
        if seen is not None and seen.reached(position):
            return RecheckState(seen, None, None, None)
        return self._touched(RecheckState(position, None, None, None), position)

    def _forget(self, check_id: str) -> None:
        """Forgets a watched check and its recheck, which contains the article."""
        recheck = self._states.pop(check_id).recheck
        self._index.remove(check_id)
        if recheck is not None:
            self._drop(recheck)
        self._rounds.save(check_id, None)

    def _save(self, check_id: str, state: RecheckState) -> None:
        self._rounds.save(check_id, state)
        self._states[check_id] = state

    # ── what touches them ──

    def _follow(self, position: CorpusVersion) -> bool:
        """Processes the next batch of changes. True if there were any."""
        if not self._states:
            reached = self._changelog.position()
        else:
            try:
                changes = self._changelog.read(position, _BATCH, 0)
            except ChangelogLost:
                reached = self._changelog.position()
                self._touch(dict.fromkeys(self._states, reached))
            else:
                reached = changes[-1].position if changes else position
                self._apply(changes)
        if reached != self._position:
            self._rounds.advance(reached)
            self._changelog.commit(NAME, reached)
        moved = self._position is not None and reached != self._position
        self._position = reached
        return moved

    def _apply(self, changes: list[CorpusChange]) -> None:
        latest = {change.document_id: change for change in changes}
        touched: dict[str, CorpusVersion] = {}
        for change in sorted(latest.values(), key=lambda change: (change.position.ms, change.position.serial)):
            ids = self._index.touched_by(change.document_id, change.document)
            touched.update(dict.fromkeys(ids, change.position))
        self._touch(touched)

    def _touch(self, touched: Mapping[str, CorpusVersion]) -> None:
        """Marks checks as touched. `touched` maps check ids to the change; checks that have already seen it are skipped."""
        for check_id, position in touched.items():
            state = self._states.get(check_id)
            if state is not None and not state.position.reached(position):
                self._save(check_id, self._touched(state, position))

    def _touched(self, state: RecheckState, position: CorpusVersion) -> RecheckState:
        """The state after a touch: due after `quiet_s`; during a large import, after `PATIENCE` × `quiet_s` at most."""
        now_s = self._now()
        since_s = now_s if state.since_s is None else state.since_s
        due_s = min(now_s + self._quiet_s, since_s + PATIENCE * self._quiet_s)
        return RecheckState(position, since_s, due_s, state.recheck)

    # ── checking again ──

    def _begin_due(self) -> None:
        """Submits due rechecks, those that have waited longest first."""
        free = AT_ONCE - sum(state.recheck is not None for state in self._states.values())
        due = sorted(
            (state.due_s, check_id)
            for check_id, state in self._states.items()
            if state.due_s is not None and state.due_s <= self._now() and state.recheck is None
        )
        for _, check_id in due[: max(0, free)]:
            self._begin(check_id)

    def _begin(self, check_id: str) -> None:
        known = self._book.read(check_id)
        if known is None:
            return
        check = _recheck()
        self._save(check_id, replace(self._states[check_id], since_s=None, due_s=None, recheck=check.id))
        try:
            self._checks.submit(check, _again(known.order, timestamp(self._now())[:10]), None)
        except (Busy, RateLimited):
            self._postpone(check_id)

    def _look_at(self, check_id: str) -> None:
        state, known = self._states[check_id], self._book.read(check_id)
        if known is None or state.recheck is None:
            return
        try:
            recheck = self._checks.get(state.recheck, NAME)
        except (UnknownCheck, ExpiredCheck):
            self._postpone(check_id)
            return
        if recheck.status.final:
            self._settle(known, recheck)
            self._drop(recheck.id)

    def _settle(self, known: WatchedCheck, recheck: Check) -> None:
        """Stores the result of a recheck. One that failed or covers less than the previous one changes nothing."""
        check_id, report = known.check.id, recheck.report
        if recheck.status is not CheckStatus.FINISHED or report is None or _is_shorter(report, known.report):
            _log.warning(
                "watched article not checked again", extra={"check_id": check_id, "status": recheck.status.value}
            )
            self._save(check_id, replace(self._states[check_id], recheck=None))
            return
        watch = known.watch.renewed(known.report, report, timestamp(self._now()))
        self._book.renew(check_id, report, watch)
        self._index.put(check_id, report)
        flips = len(watch.flipped_by(watch.rechecks))
        _log.info("watched article checked again", extra={"check_id": check_id, "flips": flips})
        seen = _position_of(report)
        if seen is not None and seen.reached(self._states[check_id].position):
            self._save(check_id, RecheckState(seen, None, None, None))
        else:
            self._postpone(check_id)

    def _postpone(self, check_id: str) -> None:
        """Schedules another recheck, since the last one did not run or the index had not caught up."""
        state = self._states[check_id]
        self._save(check_id, replace(self._touched(state, state.position), recheck=None))

    def _drop(self, recheck_id: str) -> None:
        with suppress(UnknownCheck, ExpiredCheck):
            self._checks.drop(recheck_id, NAME, forget=True)


def _is_shorter(report: Report, other: Report) -> bool:
    return report.coverage.not_reached > other.coverage.not_reached


def _position_of(report: Report) -> CorpusVersion | None:
    """The version of the corpus that a report is based on."""
    try:
        return CorpusVersion.parse(report.corpus.revision)
    except ValueError:
        return None


def _recheck() -> Check:
    return Check(
        id=uuid4().hex,
        owner=NAME,
        status=CheckStatus.QUEUED,
        created_at=timestamp(time.time()),
        started_at=None,
        finished_at=None,
        progress=Progress(0, 0),
        report=None,
        error=None,
        revision=1,
    )


def _again(order: CheckRequest, today: str) -> CheckRequest:
    """Copy of the request without webhook and with batch priority.

    Reports up to today count as evidence: the article is watched for them.
    """
    published = order.article.published_at
    until = order.as_of or (published if is_after(published, today) else today)
    return replace(order, as_of=until, callback_url=None, options=replace(order.options, priority=Priority.BATCH))
