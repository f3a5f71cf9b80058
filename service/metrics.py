"""What is counted, and how Prometheus reads it (text format 0.0.4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from service.tally import Tally

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
    "factcheck_checks_unfinished": Family("gauge", "Checks that are queued or running."),
    "factcheck_ready": Family("gauge", "1 where that part of the service is ready."),
}


class Metrics:
    """Counts what the service does."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally

    def count(self, name: str, amount: int = 1, **labels: str) -> None:
        """Add to a counter."""
        self._tally.add(_series(name, labels), amount)

    def observe_request(self, method: str, route: str, status: int, seconds: float) -> None:
        """One request that was answered. `route` is the pattern, not the address, so that series stay few."""
        self.count("factcheck_http_requests_total", method=method, route=route, status=str(status))
        name = "factcheck_http_request_seconds"
        bound = next((bound for bound in _BUCKETS_S if seconds <= bound), inf)
        self._tally.add(_series(f"{name}_bucket", {"route": route, "le": _told(bound)}), 1)
        self._tally.add(_series(f"{name}_sum", {"route": route}), seconds)
        self._tally.add(_series(f"{name}_count", {"route": route}), 1)

    def render(self, ready: Mapping[str, bool], gauges: Mapping[str, float]) -> str:
        """All of it. `ready`: part of the service → whether it is; `gauges`: name → value now."""
        sums = {**_cumulated(self._tally.sums()), **gauges}
        sums.update({_series("factcheck_ready", {"part": part}): float(ok) for part, ok in ready.items()})
        lines: list[str] = []
        for name, family in FAMILIES.items():
            lines += [f"# HELP {name} {family.meaning}", f"# TYPE {name} {family.kind}"]
            lines += [f"{series} {sums[series]:.12g}" for series in sorted(sums, key=_order) if _family(series) == name]
        return "\n".join(lines) + "\n"


def _told(bound: float) -> str:
    return "+Inf" if bound == inf else f"{bound:g}"


def _cumulated(sums: Mapping[str, float]) -> dict[str, float]:
    """Prometheus counts in each bucket what is in the smaller ones too; while counting, each request has one bucket."""
    found = dict(sums)
    for head in {series.partition('le="')[0] for series in sums if 'le="' in series}:
        total = 0.0
        for bound in (*_BUCKETS_S, inf):
            series = f'{head}le="{_told(bound)}"}}'
            total += sums.get(series, 0.0)
            found[series] = total
    return found


def _series(name: str, labels: Mapping[str, str]) -> str:
    inner = ",".join(f'{label}="{_escaped(value)}"' for label, value in labels.items())
    return f"{name}{{{inner}}}" if inner else name


def _escaped(value: str) -> str:
    return value.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


def _family(series: str) -> str:
    name = series.partition("{")[0]
    for suffix in ("_bucket", "_sum", "_count"):
        if name.removesuffix(suffix) in FAMILIES:
            return name.removesuffix(suffix)
    return name


def _order(series: str) -> tuple[str, float]:
    """By name and labels; the buckets of a histogram by their bounds."""
    head, _, bound = series.partition('le="')
    return head, float(bound.rstrip('"}').replace("+Inf", "inf")) if bound else 0.0
