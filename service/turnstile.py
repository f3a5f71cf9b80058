"""In front of the app: while the queue is full, submissions are refused before anything of them is read or looked up.

Not even keys are: what would take them all the same, and saying no must cost least where most ask.
"""

import json
import logging
from collections.abc import Iterable
from typing import Any, TypeAlias

from flask import Flask

from factcheck.errors import Busy
from service.metrics import Metrics
from service.problems import MEDIA_TYPE, TABLE, problem_body
from service.security import HEADERS
from service.waiting import Brake

Wsgi: TypeAlias = Any
"""An application as WSGI wants it."""

_SUBMISSIONS = {
    ("POST", "/v1/checks"),
    *((method, path) for method in ("GET", "POST") for path in ("/v2/check", "/check")),
}
_STATUS = f"{TABLE[Busy].status} Service Unavailable"

log = logging.getLogger(__name__)


def install(app: Flask, brake: Brake, metrics: Metrics) -> None:
    """From now on the app sees no submission while `brake` is held, but those with an Idempotency-Key: whoever repeats
    one is still told what became of it.
    """
    app.wsgi_app = _Turnstile(app.wsgi_app, brake, metrics)  # type: ignore[method-assign]


class _Turnstile:
    def __init__(self, app: Wsgi, brake: Brake, metrics: Metrics) -> None:
        self._app = app
        self._brake = brake
        self._metrics = metrics
        self._refusals = {path: _refusal(path) for _, path in _SUBMISSIONS}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        asked = (environ["REQUEST_METHOD"], environ.get("PATH_INFO", ""))
        if asked not in _SUBMISSIONS or "HTTP_IDEMPOTENCY_KEY" in environ or not self._brake.held():
            answer: Iterable[bytes] = self._app(environ, start_response)
            return answer
        method, path = asked
        self._metrics.observe_request(method, path, TABLE[Busy].status, 0.0)
        headers, body = self._refusals[path]
        start_response(_STATUS, list(headers))
        return [body]


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
