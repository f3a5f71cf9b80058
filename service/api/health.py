"""/healthz (liveness), /readyz (readiness), /metrics (Prometheus)."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version

from flask import Response

from factcheck.errors import FactcheckError
from service.api.resource import Resource
from service.api.response_schemas import HealthAnswer, ReadinessAnswer
from service.context import GaugeReaders, Gauges, ProbeResult, services
from service.http import problems
from service.http.request_body import json_response
from service.middleware.metrics import CONTENT_TYPE

health = Resource("health", __name__, description="Liveness, readiness and metrics for operators.")

log = logging.getLogger(__name__)


@health.route("/healthz", methods=["GET"])
@health.response(200, HealthAnswer, description="The process answers.")
@health.doc(operationId="readHealth")
def alive() -> Response:
    """Liveness: depends on no other process."""
    return json_response({"status": "ok", "version": version("factcheck")})


@health.route("/readyz", methods=["GET"])
@health.response(200, ReadinessAnswer, description="Every part is ready.")
@health.refuses(503)
@health.doc(operationId="readReadiness")
def ready() -> Response:
    """Readiness: the store answers, a worker is alive, the index is up to date."""
    found = {part: run_probe(probe) for part, probe in services().probes.items()}
    parts = {part: {"ok": probe.ok, "detail": probe.detail} for part, probe in found.items()}
    missing = [f"{part}: {probe.detail}" for part, probe in found.items() if not probe.ok]
    if not missing:
        return json_response({"status": "ready", "parts": parts})
    return problems.not_ready("; ".join(missing), parts)


@health.route("/metrics", methods=["GET"])
@health.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus text format.")
@health.doc(operationId="readMetrics")
def metrics() -> Response:
    """Metrics in Prometheus's text format."""
    context = services()
    ready = {part: run_probe(probe).ok for part, probe in context.probes.items()}
    now = {**dict(_read_gauges(context.gauges)), **_read_series(context.gauge_readers)}
    return Response(context.metrics.render(ready, now), content_type=CONTENT_TYPE)


def _read_series(gauge_readers: GaugeReaders) -> dict[str, float]:
    """Skips those whose source is unreachable."""
    found: dict[str, float] = {}
    for read in gauge_readers:
        with suppress(FactcheckError):
            found.update(read())
    return found


def _read_gauges(gauges: Gauges) -> Iterator[tuple[str, float]]:
    """Skips those whose source is unreachable."""
    for name, read in gauges.items():
        with suppress(FactcheckError):
            yield name, read()


def run_probe(probe: Callable[[], ProbeResult]) -> ProbeResult:
    """Runs a probe; a `FactcheckError` counts as not ready."""
    try:
        return probe()
    except FactcheckError as error:
        log.warning("not ready", extra={"error": type(error).__name__})
        return ProbeResult(False, problems.row_of(error).title)
