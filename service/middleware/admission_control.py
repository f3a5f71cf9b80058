"""WSGI middleware: refuses submissions while the queue is full, before any part of the request is read.

API keys are not checked first, because a refusal must be cheapest under the highest load. Other submissions enter the
app three at a time in FIFO order: more threads would only contend for the GIL, which is unfair and delays some of them.

Source: bench/RESULTS.md, load.
"""

import json
import logging
from collections.abc import Iterable, Mapping
from io import BytesIO
from time import perf_counter
from typing import Any, TypeAlias

from flask import Flask

from factcheck.errors import Busy
from service.http.problems import MEDIA_TYPE, TABLE, problem_body
from service.http.wait_slots import FifoSemaphore, QueueFullFlag
from service.middleware.access_log import ARRIVED
from service.middleware.metrics import Metrics
from service.middleware.security_headers import HEADERS

Wsgi: TypeAlias = Any
"""A WSGI application."""

_CHECKS = "/v1/checks"
_CONCURRENT_SUBMISSIONS = 3
_SLOT_TIMEOUT_S = 0.1
_BUFFER_LIMIT_BYTES = 65_536
_SUBMISSIONS = {
    ("POST", _CHECKS),
    *((method, path) for method in ("GET", "POST") for path in ("/v2/check", "/check")),
}
_STATUS = f"{TABLE[Busy].status} Service Unavailable"

log = logging.getLogger(__name__)


def install(app: Flask, queue_full: QueueFullFlag, metrics: Metrics) -> None:
    """Refuses submissions while `queue_full` is set.

    Requests with an Idempotency-Key pass, so that a client that repeats one still learns the state of its check.
    """
    app.wsgi_app = _AdmissionControl(app.wsgi_app, queue_full, metrics)  # type: ignore[method-assign]


class _AdmissionControl:
    def __init__(self, app: Wsgi, queue_full: QueueFullFlag, metrics: Metrics) -> None:
        self._app = app
        self._queue_full = queue_full
        self._metrics = metrics
        self._semaphore = FifoSemaphore(_CONCURRENT_SUBMISSIONS, _SLOT_TIMEOUT_S)
        self._refusals = {path: _refusal(path) for _, path in _SUBMISSIONS}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        environ[ARRIVED] = perf_counter()
        requested = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        if requested not in _SUBMISSIONS:
            return self._call_app(environ, start_response)
        if "HTTP_IDEMPOTENCY_KEY" in environ or not self._queue_full.is_set():
            return self._submit_in_order(environ, start_response)
        method, path = requested
        self._metrics.observe_request(method, path, TABLE[Busy].status, 0.0)
        headers, body = self._refusals[path]
        start_response(_STATUS, list(headers))
        return [body]

    def _submit_in_order(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Buffers the body before it takes a permit, for slow clients. Requests that may wait take no permit."""
        length = _bufferable_length(environ)
        if length is None or _may_wait(environ):
            return self._call_app(environ, start_response)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
        with self._semaphore.slot():
            return self._call_app(environ, start_response)

    def _call_app(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._app(environ, start_response)
        return answer


def _bufferable_length(environ: Mapping[str, Any]) -> int | None:
    """Content-Length if it is valid and at most `_BUFFER_LIMIT_BYTES`, otherwise None."""
    announced = environ.get("CONTENT_LENGTH", "")
    is_number = announced.isascii() and announced.isdecimal() and len(announced) <= len(str(_BUFFER_LIMIT_BYTES))
    return int(announced) if is_number and int(announced) <= _BUFFER_LIMIT_BYTES else None


def _may_wait(environ: Mapping[str, Any]) -> bool:
    """True if the request may wait for the check to finish."""
    asks = "HTTP_PREFER" in environ or "wait" in environ.get("QUERY_STRING", "")
    return asks or environ["PATH_INFO"] != _CHECKS


def _refusal(path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body of the 503, equal to the app's own answer."""
    row = TABLE[Busy]
    body = json.dumps({**problem_body(Busy(row.retry_after_s or 0)), "instance": path}).encode()
    headers = {
        "Content-Type": MEDIA_TYPE,
        "Content-Length": str(len(body)),
        "Retry-After": str(row.retry_after_s),
        **HEADERS,
        "Cache-Control": "no-store",
    }
    return list(headers.items()), body
