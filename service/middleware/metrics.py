"""Metrics and their exposition in Prometheus text format 0.0.4."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from factcheck.metric_names import series
from service.middleware.process_counters import ProcessCounters

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_BUCKETS_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


@dataclass(frozen=True, slots=True)
class MetricFamily:
    """Type and help text of one metric."""

    kind: str
    meaning: str


FAMILIES = {
    "factcheck_http_requests_total": MetricFamily("counter", "Requests answered, by method, route and status."),
    "factcheck_http_request_seconds": MetricFamily(
        "histogram", "Seconds from a request's head to its answer's head, by route."
    ),
    "factcheck_checks_submitted_total": MetricFamily(
        "counter", "Checks submitted; a repeated Idempotency-Key counts once."
    ),
    "factcheck_documents_stored_total": MetricFamily("counter", "Documents stored or replaced."),
    "factcheck_checks_total": MetricFamily(
        "counter", "Checks that ended, by status. Cancelled checks count only if they had started."
    ),
    "factcheck_claims_total": MetricFamily("counter", "Claims of finished checks, by label."),
    "factcheck_tries_failed_total": MetricFamily("counter", "Attempts at a check that failed, or whose worker died."),
    "factcheck_check_seconds": MetricFamily("summary", "Seconds of work on a check that finished."),
    "factcheck_step_seconds": MetricFamily("summary", "Seconds of work, by step of the check."),
    "factcheck_queue_depth": MetricFamily(
        "gauge", "Checks that wait for a worker, by priority, without the one that is next."
    ),
    "factcheck_queue_age_seconds": MetricFamily("gauge", "Waiting time of the oldest queued check."),
    "factcheck_workers": MetricFamily("gauge", "Workers with a recent heartbeat."),
    "factcheck_worker_memory_bytes": MetricFamily("gauge", "Resident memory of each worker."),
    "factcheck_index_lag_seconds": MetricFamily(
        "gauge", "Seconds this host's search index is behind the newest change."
    ),
    "factcheck_callbacks_due": MetricFamily("gauge", "Webhooks waiting for delivery."),
    "factcheck_store_memory_bytes": MetricFamily("gauge", "Memory that Redis uses."),
    "factcheck_store_memory_limit_bytes": MetricFamily("gauge", "Memory limit of Redis; 0: none."),
    "factcheck_checks_unfinished": MetricFamily("gauge", "Checks that are queued or running."),
    "factcheck_ready": MetricFamily("gauge", "1 if that part of the service is ready."),
}


class Metrics:
    """Counters and histograms of the web processes."""

    def __init__(self, counters: ProcessCounters) -> None:
        self._counters = counters

    def count(self, name: str, amount: int = 1, **labels: str) -> None:
        """Adds to a counter."""
        self._counters.add(series(name, labels), amount)

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Records one answered request. `route` is the URL rule, not the path, to bound the number of series."""
        self.count("factcheck_http_requests_total", method=method, route=route, status=str(status))
        name = "factcheck_http_request_seconds"
        bound = next((bound for bound in _BUCKETS_S if seconds <= bound), inf)
        self._counters.add(series(f"{name}_bucket", {"route": route, "le": _bound_text(bound)}), 1)
        self._counters.add(series(f"{name}_sum", {"route": route}), seconds)
        self._counters.add(series(f"{name}_count", {"route": route}), 1)

    def render(self, ready: Mapping[str, bool], gauges: Mapping[str, float]) -> str:
        """The exposition. `ready`: part of the service → whether it is ready; `gauges`: series → current value."""
        sums = {**_cumulated(self._counters.sums()), **gauges}
        sums.update({series("factcheck_ready", {"part": part}): float(ok) for part, ok in ready.items()})
        lines: list[str] = []
        for name, family in FAMILIES.items():
            lines += [f"# HELP {name} {family.meaning}", f"# TYPE {name} {family.kind}"]
            lines += [f"{entry} {sums[entry]:.12g}" for entry in sorted(sums, key=_sort_key) if _family(entry) == name]
        return "\n".join(lines) + "\n"


def _bound_text(bound: float) -> str:
    return "+Inf" if bound == inf else f"{bound:g}"


def _cumulated(sums: Mapping[str, float]) -> dict[str, float]:
    """Converts to Prometheus's cumulative buckets; `observe_request` counts each request in one bucket only."""
    found = dict(sums)
    for head in {name.partition('le="')[0] for name in sums if 'le="' in name}:
        total = 0.0
        for bound in (*_BUCKETS_S, inf):
            bucket = f'{head}le="{_bound_text(bound)}"}}'
            total += sums.get(bucket, 0.0)
            found[bucket] = total
    return found


def _family(entry: str) -> str:
    name = entry.partition("{")[0]
    for suffix in ("_bucket", "_sum", "_count"):
        if name.removesuffix(suffix) in FAMILIES:
            return name.removesuffix(suffix)
    return name


def _sort_key(entry: str) -> tuple[str, float]:
    """Sorts by name and labels, and histogram buckets by bound."""
    head, _, bound = entry.partition('le="')
    return head, float(bound.rstrip('"}').replace("+Inf", "inf")) if bound else 0.0
