"""In front of the app: while the queue is full, submissions are refused before anything of them is read or looked up.

Not even keys are: what would take them all the same, and saying no must cost least where most ask. The others go in by
threes, in the order of their coming: more threads at once only wait for the interpreter's lock, which goes to any of
them, so that some wait long (bench/RESULTS.md has the figures).
"""

import json
import logging
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any, TypeAlias

from flask import Flask

from factcheck.errors import Busy
from service.http.problems import MEDIA_TYPE, TABLE, problem_body
from service.http.wait_slots import FifoSemaphore, QueueFullFlag
from service.middleware.metrics import Metrics
from service.middleware.security_headers import HEADERS

Wsgi: TypeAlias = Any
"""An application as WSGI wants it."""

_CHECKS = "/v1/checks"
_AT_ONCE = 3
_PATIENCE_S = 0.1
_SHORT_BYTES = 65_536
_SUBMISSIONS = {
    ("POST", _CHECKS),
    *((method, path) for method in ("GET", "POST") for path in ("/v2/check", "/check")),
}
_STATUS = f"{TABLE[Busy].status} Service Unavailable"

log = logging.getLogger(__name__)


def install(app: Flask, brake: QueueFullFlag, metrics: Metrics) -> None:
    """From now on the app sees no submission while `brake` is held, but those with an Idempotency-Key: whoever repeats
    one is still told what became of it.
    """
    app.wsgi_app = _AdmissionControl(app.wsgi_app, brake, metrics)  # type: ignore[method-assign]


class _AdmissionControl:
    def __init__(self, app: Wsgi, brake: QueueFullFlag, metrics: Metrics) -> None:
        self._app = app
        self._brake = brake
        self._metrics = metrics
        self._gate = FifoSemaphore(_AT_ONCE, _PATIENCE_S)
        self._refusals = {path: _refusal(path) for _, path in _SUBMISSIONS}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        if asked not in _SUBMISSIONS:
            return self._passed(environ, start_response)
        if "HTTP_IDEMPOTENCY_KEY" in environ or not self._brake.held():
            return self._in_turn(environ, start_response)
        method, path = asked
        self._metrics.observe_request(method, path, TABLE[Busy].status, 0.0)
        headers, body = self._refusals[path]
        start_response(_STATUS, list(headers))
        return [body]

    def _in_turn(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """What comes in slowly does so before it has a place; what waits for its check takes none."""
        length = _short_length(environ)
        if length is None or _waits(environ):
            return self._passed(environ, start_response)
        environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(length))
        with self._gate.passing():
            return self._passed(environ, start_response)

    def _passed(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self._app(environ, start_response)
        return answer


def _short_length(environ: Mapping[str, Any]) -> int | None:
    """Bytes of the body; None where it is long, or does not say."""
    said = environ.get("CONTENT_LENGTH", "")
    is_number = said.isascii() and said.isdecimal() and len(said) <= len(str(_SHORT_BYTES))
    return int(said) if is_number and int(said) <= _SHORT_BYTES else None


def _waits(environ: Mapping[str, Any]) -> bool:
    """True where the answer may come only when the check is over."""
    asks = "HTTP_PREFER" in environ or "wait" in environ.get("QUERY_STRING", "")
    return asks or environ["PATH_INFO"] != _CHECKS


def _refusal(path: str) -> tuple[list[tuple[str, str]], bytes]:
    """Headers and body, the same as the app's own."""
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
