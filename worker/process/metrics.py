"""What this worker tells the metrics: checks, claims, steps, memory. Best effort: what cannot be told now is lost."""

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
    """Where workers tell their memory."""

    def tell_memory(self, worker: str, size_bytes: int) -> None:
        """Raises `StoreUnavailable`."""


class WorkerMetrics:
    """Counts what becomes of checks. Without a log it counts for nobody."""

    def __init__(self, log: MetricSink | None = None) -> None:
        self._log = log

    def finished(self, report: Report, seconds: float, steps: Stopwatch) -> None:
        """A check was done: its claims by label, and the time it took."""
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
        """A check ended in another way: `failed` or `cancelled`."""
        self._add({series("factcheck_checks_total", {"status": status}): 1})

    def try_failed(self) -> None:
        """A try ended in an error, or with its worker."""
        self._add({"factcheck_tries_failed_total": 1})

    def _add(self, amounts: dict[str, float]) -> None:
        if self._log is None:
            return
        try:
            self._log.add(amounts)
        except StoreUnavailable:
            _log.info("not counted: the store is away")


def resident_bytes() -> int:
    """This process's memory; 0 if the system does not say (it is not Linux)."""
    try:
        return int(_STATM.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def tell_memory(log: MemoryGauge, worker: str) -> None:
    """From a thread, for as long as the process lives."""
    threading.Thread(target=_tell, args=(log, worker), name="memory", daemon=True).start()


def _tell(log: MemoryGauge, worker: str) -> None:
    while True:
        try:
            log.tell_memory(worker, resident_bytes())
        except StoreUnavailable:
            _log.debug("memory not told: the store is away")
        time.sleep(_TELL_EVERY_S)
