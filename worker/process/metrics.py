"""The worker's metrics: checks, claims, steps, memory. Best effort: values that cannot be stored are dropped."""

import logging
import os
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Protocol

from factcheck.errors import StoreUnavailable
from factcheck.instrumentation import Stopwatch
from factcheck.metric_names import series
from factcheck.ports import MetricSink
from factcheck.verdict import Report

_TELL_EVERY_S = 10.0
_STATM = Path("/proc/self/statm")
_log = logging.getLogger(__name__)


class MemoryGauge(Protocol):
    """Stores the memory use of workers."""

    def report_memory(self, worker: str, size_bytes: int) -> None:
        """Stores one worker's memory use. Raises: `StoreUnavailable`."""


class WorkerMetrics:
    """Records check outcomes. No-op without a sink."""

    def __init__(self, log: MetricSink | None = None) -> None:
        self._log = log

    def finished(self, report: Report, seconds: float, steps: Stopwatch) -> None:
        """Records a finished check: claims by label, and duration."""
        labels = Counter(verdict.label.value for verdict in report.verdicts)
        self._add(
            {
                series("factcheck_checks_total", {"status": "finished"}): 1,
                "factcheck_check_seconds_sum": seconds,
                "factcheck_check_seconds_count": 1,
                **{series("factcheck_claims_total", {"label": label}): count for label, count in labels.items()},
                **{series("factcheck_step_seconds_sum", {"step": name}): s for name, s in steps.seconds.items()},
                **{series("factcheck_step_seconds_count", {"step": name}): n for name, n in steps.times.items()},
            }
        )

    def ended(self, status: str) -> None:
        """Records a check that `failed` or was `cancelled`."""
        self._add({series("factcheck_checks_total", {"status": status}): 1})

    def try_failed(self) -> None:
        """Records a try that ended in an error or with its worker's death."""
        self._add({"factcheck_tries_failed_total": 1})

    def _add(self, amounts: dict[str, float]) -> None:
        if self._log is None:
            return
        try:
            self._log.add(amounts)
        except StoreUnavailable:
            _log.info("not counted: the store is away")


def resident_bytes() -> int:
    """Resident memory of this process; 0 if unknown (not Linux)."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def report_memory(log: MemoryGauge, worker: str) -> None:
    """Starts a thread that reports memory use until the process ends."""
    threading.Thread(target=_tell, args=(log, worker), name="memory", daemon=True).start()


def _tell(log: MemoryGauge, worker: str) -> None:
    while True:
        try:
            log.report_memory(worker, resident_bytes())
        except StoreUnavailable:
            _log.debug("memory not told: the store is away")
        time.sleep(_TELL_EVERY_S)
