"""The queued jobs. They carry only ids. Running one twice is safe, because every write is fenced by its execution."""

import logging
import time
import traceback
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from math import ceil
from typing import TypeAlias
from uuid import uuid4

from rq.timeouts import JobTimeoutException, UnixSignalDeathPenalty

from factcheck.check import CheckRequest, Problem
from factcheck.errors import (
    CheckCancelled,
    ExpiredCheck,
    FactcheckError,
    IndexUnavailable,
    StaleExecution,
    StoreUnavailable,
    UnknownCheck,
)
from factcheck.evidence import Document
from factcheck.instrumentation import Stopwatch, recording
from factcheck.logs import noting
from factcheck.ports import CheckExecution, PassageSearch, VerdictSink
from factcheck.search.other_documents import OtherDocumentsSearch
from factcheck.verdict import Report, Verdict
from worker.process.metrics import WorkerMetrics
from worker.process.watchdog import Watchdog

Checker: TypeAlias = Callable[[CheckRequest, PassageSearch, VerdictSink], Report]
_GONE = (UnknownCheck, ExpiredCheck, CheckCancelled, StaleExecution)
_INDEX_PATIENCE_S = 20.0
_log = logging.getLogger(__name__)


class ExecutionFailed(Exception):
    """One try of a check failed. Has the error's type and place, not its message, which may quote the article."""


@dataclass(frozen=True, slots=True)
class WorkerContext:
    """The dependencies of a worker process, loaded once: checker with models, corpus, executions.

    The checker itself observes the request's time limit, between claims. `grace_s` after it, an alarm ends the check; after
    `grace_s` more, the watchdog ends the process.
    """

    executions: CheckExecution
    corpus: PassageSearch
    corpus_of: Callable[[tuple[Document, ...]], PassageSearch]
    checker: Checker
    watchdog: Watchdog
    grace_s: float = 5.0
    meter: WorkerMetrics = field(default_factory=WorkerMetrics)
    steps: Callable[[], Stopwatch] = Stopwatch
    around: Callable[[str], AbstractContextManager[object]] = nullcontext


_context: WorkerContext | None = None


def configure(context: WorkerContext) -> None:
    """Sets the context. The composition root calls it once, before the first job."""
    global _context
    _context = context


def run_check(check_id: str) -> None:
    """Checks one article. Returns silently if the check no longer exists. Raises: `ExecutionFailed` if this try failed."""
    if _context is None:
        raise RuntimeError("this process was not furnished; start it with `factcheck worker`")
    with noting(check_id=check_id), _context.around(check_id):
        _Execution(_context, check_id, uuid4().hex).run()


@dataclass(frozen=True, slots=True)
class _Execution:
    """One try of one check."""

    context: WorkerContext
    check_id: str
    execution: str

    def run(self) -> None:
        """Runs the check and stores its outcome. Raises: `ExecutionFailed`."""
        started = time.monotonic()
        try:
            claims = self._check()
            _log.info("check done", extra={"ms": _ms_since(started), "claims": claims})
        except _GONE as gone:
            if isinstance(gone, CheckCancelled):
                self.context.meter.ended("cancelled")
            _log.info("check dropped", extra={"ms": _ms_since(started), "error": type(gone).__name__})
        except JobTimeoutException:
            self._overdue()
        except Exception as error:
            _log.exception("check failed this time", extra={"ms": _ms_since(started)})
            raise ExecutionFailed(_place(error)) from None

    def _check(self) -> int:
        order = self.context.executions.start(self.check_id, self.execution)
        alarm_s = order.options.time_limit_s + self.context.grace_s
        began, steps = time.monotonic(), self.context.steps()
        with (
            self.context.watchdog.watching(alarm_s + self.context.grace_s, self._overdue),
            UnixSignalDeathPenalty(ceil(alarm_s), JobTimeoutException),  # type: ignore[no-untyped-call]
            recording(steps),
        ):
            report = self.context.checker(order, self._corpus(order), self._record)
        self.context.executions.finish(self.check_id, self.execution, report)
        self.context.meter.finished(report, time.monotonic() - began, steps)
        return len(report.verdicts)

    def _corpus(self, order: CheckRequest) -> PassageSearch:
        if order.documents is not None:
            return self.context.corpus_of(order.documents)
        corpus = _readable(self.context.corpus)
        return corpus if order.others is None else OtherDocumentsSearch(corpus, order.others)

    def _record(self, verdict: Verdict | None, claims_total: int) -> None:
        self.context.executions.record(self.check_id, self.execution, verdict, claims_total)

    def _overdue(self) -> None:
        _log.error("check over its time limit", extra={"check_id": self.check_id})
        try:
            self.context.executions.fail(self.check_id, self.execution, OVERDUE)
            self.context.meter.ended("failed")
        except (*_GONE, StoreUnavailable):
            return


def _readable(corpus: PassageSearch) -> PassageSearch:
    """The corpus, as soon as it is readable, so that checks do not use up their tries during a rebuild of the index."""
    patience_ends = time.monotonic() + _INDEX_PATIENCE_S
    while True:
        try:
            corpus.revision()
            return corpus
        except IndexUnavailable:
            if time.monotonic() > patience_ends:
                raise
            time.sleep(0.2)


def record_failed_try(
    executions: CheckExecution,
    check_id: str,
    error: type[BaseException],
    tries_left: int,
    meter: WorkerMetrics | None = None,
) -> None:
    """Call after a try failed or its worker died. Without tries left, fails the check, so that no client waits forever.

    Starts an execution first, which fences out the failed one.
    """
    meter = meter or WorkerMetrics()
    meter.try_failed()
    if tries_left > 0:
        _log.warning("check to be tried again", extra={"check_id": check_id, "tries_left": tries_left})
        return
    execution = uuid4().hex
    try:
        executions.start(check_id, execution)
        executions.fail(check_id, execution, _problem_of(error))
        meter.ended("failed")
        _log.error("check failed for good", extra={"check_id": check_id, "error": error.__name__})
    except _GONE:
        return


OVERDUE = Problem(
    type="urn:factcheck:problem:time-limit-reached",
    title="The check took too long",
    detail="The work did not end within the check's time limit. The verdicts reached until then are kept.",
)

JOB_GONE = Problem(
    type="urn:factcheck:problem:check-failed",
    title="The article could not be checked",
    detail="The queue lost the work on this article. Submit it again.",
)


def _problem_of(error: type[BaseException]) -> Problem:
    if error is ExecutionFailed or issubclass(error, FactcheckError):
        detail = "Every try to check this article ended in an error. The other checks are not affected."
    else:
        detail = "Every worker that took this article stopped while it worked on it. The other checks are not affected."
    return Problem(type="urn:factcheck:problem:check-failed", title="The article could not be checked", detail=detail)


def _place(error: BaseException) -> str:
    """Type and place of an error, without text of the article: `ValueError at steps/read.py:41`."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    where = "/".join(last.filename.split("/")[-2:]) + f":{last.lineno}" if last else "an unknown place"
    return f"{type(error).__name__} at {where}"


def _ms_since(started: float) -> int:
    return round((time.monotonic() - started) * 1000)
