"""What is counted, and how Prometheus reads it (text format 0.0.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from factcheck.metric_names import series
from service.middleware.process_counters import ProcessCounters

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class Family:
    """One metric: its kind, and what it is in words."""

    kind: str
    meaning: str


FAMILIES = {
    "factcheck_http_requests_total": Family("counter", "Requests answered, by method, route and status."),
    "factcheck_http_request_seconds": Family(
        "histogram", "Seconds from a request's head to its answer's head, by route."
    ),
    "factcheck_checks_submitted_total": Family("counter", "Checks handed in; a repeated key counts once."),
    "factcheck_documents_stored_total": Family("counter", "Documents stored or replaced."),
    "factcheck_checks_total": Family(
        "counter", "Checks that ended, by status. Of cancelled ones: those that had begun."
    ),
    "factcheck_claims_total": Family("counter", "Claims of finished checks, by label."),
    "factcheck_tries_failed_total": Family("counter", "Tries of a check that ended in an error or with their worker."),
    "factcheck_check_seconds": Family("summary", "Seconds of work on a check that finished."),
    "factcheck_step_seconds": Family("summary", "Seconds of work, by step of the check."),
    "factcheck_queue_depth": Family(
        "gauge", "Checks that wait for a worker, by priority; without the one that is next."
    ),
    "factcheck_queue_age_seconds": Family("gauge", "How long the check that has waited longest waits already."),
    "factcheck_workers": Family("gauge", "Workers that gave a sign of life lately."),
    "factcheck_worker_memory_bytes": Family("gauge", "Resident memory of each worker."),
    "factcheck_index_lag_seconds": Family("gauge", "How far this host's search index is behind the newest change."),
    "factcheck_callbacks_due": Family("gauge", "Callbacks still to be delivered."),
    "factcheck_store_memory_bytes": Family("gauge", "Memory that Redis uses."),
    "factcheck_store_memory_limit_bytes": Family("gauge", "Memory that Redis may use; 0: as much as there is."),
    "factcheck_checks_unfinished": Family("gauge", "Checks that are queued or running."),
    "factcheck_ready": Family("gauge", "1 where that part of the service is ready."),
}


class Metrics:
    """Counts what the service does."""

    def __init__(self, tally: ProcessCounters) -> None:
        self._tally = tally

    def count(self, name: str, amount: int = 1, **labels: str) -> None:
        """Add to a counter."""
        self._tally.add(series(name, labels), amount)

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that was answered. `route` is the pattern, not the address, so that series stay few."""
        self.count("factcheck_http_requests_total", method=method, route=route, status=str(status))
        name = "factcheck_http_request_seconds"
        bound = next((bound for bound in _BUCKETS_S if seconds <= bound), inf)
        self._tally.add(series(f"{name}_bucket", {"route": route, "le": _told(bound)}), 1)
        self._tally.add(series(f"{name}_sum", {"route": route}), seconds)
        self._tally.add(series(f"{name}_count", {"route": route}), 1)

    def render(self, ready: Mapping[str, bool], gauges: Mapping[str, float]) -> str:
        """All of it. `ready`: part of the service → whether it is; `gauges`: series → value now."""
        sums = {**_cumulated(self._tally.sums()), **gauges}
        sums.update({series("factcheck_ready", {"part": part}): float(ok) for part, ok in ready.items()})
        lines: list[str] = []
        for name, family in FAMILIES.items():
            lines += [f"# HELP {name} {family.meaning}", f"# TYPE {name} {family.kind}"]
            lines += [f"{entry} {sums[entry]:.12g}" for entry in sorted(sums, key=_order) if _family(entry) == name]
        return "\n".join(lines) + "\n"


def _told(bound: float) -> str:
    return "+Inf" if bound == inf else f"{bound:g}"


def _cumulated(sums: Mapping[str, float]) -> dict[str, float]:
    """Prometheus counts in each bucket what is in the smaller ones too; while counting, each request has one bucket."""
    found = dict(sums)
    for head in {name.partition('le="')[0] for name in sums if 'le="' in name}:
        total = 0.0
        for bound in (*_BUCKETS_S, inf):
            bucket = f'{head}le="{_told(bound)}"}}'
            total += sums.get(bucket, 0.0)
            found[bucket] = total
    return found


def _family(entry: str) -> str:
    name = entry.partition("{")[0]
    for suffix in ("_bucket", "_sum", "_count"):
        if name.removesuffix(suffix) in FAMILIES:
            return name.removesuffix(suffix)
    return name


def _order(entry: str) -> tuple[str, float]:
    """By name and labels; the buckets of a histogram by their bounds."""
    head, _, bound = entry.partition('le="')
    return head, float(bound.rstrip('"}').replace("+Inf", "inf")) if bound else 0.0
