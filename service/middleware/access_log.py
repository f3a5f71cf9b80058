"""Access log: one log line and one metric per request."""

import logging
from time import perf_counter

from flask import Flask, Response, g, request

from factcheck import logs
from service.context import services

log = logging.getLogger(__name__)

ARRIVED = "factcheck.arrived"
"""Member of the WSGI environment: `perf_counter()` at a request's arrival, before it waits for admission."""
_QUIET = {"/healthz", "/readyz", "/metrics"}


def install(app: Flask) -> None:
    """Logs each request when its answer begins."""
    app.before_request(_begin)
    app.after_request(_log_request)


def _begin() -> None:
    logs.forget()
    g.began = request.environ.get(ARRIVED, perf_counter())


def _log_request(response: Response) -> Response:
    seconds = perf_counter() - g.get("began", perf_counter())
    route = request.url_rule.rule if request.url_rule else "none"
    method = request.method if request.method in {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"} else "other"
    services().metrics.observe_request(method, route, response.status_code, seconds)
    level = logging.DEBUG if route in _QUIET else logging.INFO
    facts = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    log.log(level, "answered", extra=facts)
    return response
