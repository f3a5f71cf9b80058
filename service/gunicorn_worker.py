"""gunicorn worker that answers unparsable requests with problem details instead of HTML."""

import json
import socket
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.http.errors import (
    ConfigurationProblem,
    ExpectationFailed,
    ForbiddenProxyRequest,
    InvalidResponseHeader,
    InvalidResponseHeaderName,
    LimitRequestHeaders,
    LimitRequestLine,
    ParseException,
    UnsupportedTransferCoding,
)
from gunicorn.workers.gthread import ThreadWorker

from service.http.problems import HTTP_TITLES, MEDIA_TYPE, urn
from service.middleware.security_headers import HEADERS

_STATUSES: dict[type[Exception], int] = {
    LimitRequestLine: 414,
    LimitRequestHeaders: 431,
    ExpectationFailed: 417,
    ForbiddenProxyRequest: 403,
    UnsupportedTransferCoding: 501,
    ConfigurationProblem: 500,
    InvalidResponseHeader: 500,
    InvalidResponseHeaderName: 500,
    ParseException: 400,
}


class ProblemThreadWorker(ThreadWorker):  # type: ignore[misc] # gunicorn has no types
    """Threaded worker. Requests that gunicorn cannot parse never reach the app and are answered here."""

    def handle_error(self, req: Any, client: socket.socket, addr: Any, exc: Exception) -> None:
        """Sends a problem response and closes the connection. Logs only the error's type, never request content."""
        status = next((_STATUSES[kind] for kind in type(exc).__mro__ if kind in _STATUSES), 500)
        if status == 500:
            self.log.error("unreadable request: %s", type(exc).__name__, exc_info=exc)
        else:
            self.log.warning("unreadable request: %s", type(exc).__name__)
        try:
            util.write_nonblock(client, answer(status))
        except OSError:
            self.log.debug("client closed the connection")


def answer(status: int) -> bytes:
    """The complete HTTP response, head and body."""
    slug, title = HTTP_TITLES.get(status, ("http-error", HTTPStatus(status).phrase))
    body = json.dumps({"type": urn(slug), "title": title, "status": status, "detail": title}).encode()
    headers = {"Connection": "close", "Content-Type": MEDIA_TYPE, "Content-Length": str(len(body)), **HEADERS}
    lines = [f"HTTP/1.1 {status} {HTTPStatus(status).phrase}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode() + body
