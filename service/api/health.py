"""/healthz, /readyz, /metrics: is it alive, is it ready, what has it done."""

import logging
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib.metadata import version

from flask import Response

from factcheck.errors import FactcheckError
from service.api.resource import Resource
from service.api.response_schemas import HealthAnswer, ReadinessAnswer
from service.context import Gauges, Probe, Readings, services
from service.http import problems
from service.http.request_body import json_response
from service.middleware.metrics import CONTENT_TYPE

health = Resource("health", __name__, description="For operators and their machines.")

log = logging.getLogger(__name__)


@health.route("/healthz", methods=["GET"])
@health.response(200, HealthAnswer, description="The process answers.")
@health.doc(operationId="readHealth")
def alive() -> Response:
    """Liveness: asks nobody else."""
    return json_response({"status": "ok", "version": version("factcheck")})


@health.route("/readyz", methods=["GET"])
@health.response(200, ReadinessAnswer, description="Every part is ready.")
@health.refuses(503)
@health.doc(operationId="readReadiness")
def ready() -> Response:
    """Readiness: the store answers, a worker lives, the index has caught up."""
    found = {part: looked_at(probe) for part, probe in services().probes.items()}
    parts = {part: {"ok": probe.ok, "detail": probe.detail} for part, probe in found.items()}
    missing = [f"{part}: {probe.detail}" for part, probe in found.items() if not probe.ok]
    if not missing:
        return json_response({"status": "ready", "parts": parts})
    return problems.not_ready("; ".join(missing), parts)


@health.route("/metrics", methods=["GET"])
@health.response(200, {"type": "string"}, content_type="text/plain", description="Prometheus's text format.")
@health.doc(operationId="readMetrics")
def metrics() -> Response:
    """What the service has done."""
    house = services()
    ready = {part: looked_at(probe).ok for part, probe in house.probes.items()}
    now = {**dict(_read_gauges(house.gauges)), **_read_all(house.readings)}
    return Response(house.metrics.render(ready, now), content_type=CONTENT_TYPE)


def _read_all(readings: Readings) -> dict[str, float]:
    """Those that can be read now."""
    found: dict[str, float] = {}
    for read in readings:
        with suppress(FactcheckError):
            found.update(read())
    return found


def _read_gauges(gauges: Gauges) -> Iterator[tuple[str, float]]:
    """Those that can be read now."""
    for name, read in gauges.items():
        with suppress(FactcheckError):
            yield name, read()


def looked_at(probe: Callable[[], Probe]) -> Probe:
    """What the probe finds; an error of ours is a finding too."""
    try:
        return probe()
    except FactcheckError as error:
        log.warning("not ready", extra={"error": type(error).__name__})
        return Probe(False, problems.row_of(error).title)
