"""HTTP transport of the client: calls, error responses as typed exceptions, server-sent events. Standard library only."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from factcheck.errors import InvalidInputDetail

_SHOWN_CHARS = 300


class ClientError(Exception):
    """Base of all errors that the client raises."""


class Unreachable(ClientError):
    """No server answers at the address, or the response ended early."""


class NotThisService(ClientError):
    """The server at the address is another service."""


class Refused(ClientError):
    """The service returned an error (RFC 9457). `kind` is the problem's stable type, "" if the response has none."""

    def __init__(
        self, status: int, kind: str, detail: str, faults: tuple[InvalidInputDetail, ...], retry_after_s: float
    ) -> None:
        message = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults) or detail
        super().__init__(f"the service answered {status}: {message}")
        self.status = status
        self.kind = kind
        self.detail = detail
        self.faults = faults
        self.retry_after_s = retry_after_s


class InvalidRequest(Refused):
    """The request is not acceptable (400, 406, 413, 415, 422). `faults` locates each fault by a JSON pointer."""


class NotAllowed(Refused):
    """The API key is missing, unknown, or lacks the scope (401, 403)."""


class NotFound(Refused):
    """The check or document does not exist for this API key (404)."""


class Gone(Refused):
    """The check has expired or was deleted (410)."""


class Conflict(Refused):
    """The idempotency key was used with another body (409)."""


class TooBusy(Refused):
    """The service is busy; retry after `retry_after_s` seconds (429, 503)."""


class ServerFault(Refused):
    """Internal error of the service (any other 5xx)."""


_KINDS: dict[int, type[Refused]] = {
    **dict.fromkeys((400, 406, 413, 415, 422), InvalidRequest),
    **dict.fromkeys((401, 403), NotAllowed),
    **dict.fromkeys((429, 503), TooBusy),
    404: NotFound,
    409: Conflict,
    410: Gone,
}


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One server-sent event. `data` is its parsed JSON."""

    id: str
    kind: str
    data: dict[str, Any]


class _NoRedirect(HTTPRedirectHandler):
    """Returns a redirect as an ordinary response. Following it would send the API key to another server."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """None: do not follow."""


class HttpTransport:
    """Connection to one service. `timeout_s` bounds each wait for bytes, in addition to the wait the service was asked for."""

    def __init__(self, url: str, key: str | None, timeout_s: float) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"{url!r} is no http or https address")
        self._url = url.rstrip("/")
        self._key = key
        self._timeout_s = timeout_s
        self._opener: OpenerDirector = build_opener(_NoRedirect)

    def call(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None, wait_s: float = 0
    ) -> Any:
        """The response's JSON, None if it has no body.

        Raises: `ClientError`.
        """
        with self._open(method, path, body, headers or {}, wait_s) as answer:
            raw = self._read(answer)
        try:
            return json.loads(raw) if raw else None
        except (ValueError, RecursionError) as error:
            raise NotThisService(f"what answers at {self._url} is not this service") from error

    def stream(self, path: str, after: str | None) -> Iterator[ServerEvent]:
        """Server-sent events until the stream ends. `after` is the id of the last event received.

        Raises: `ClientError`.
        """
        headers = {"Accept": "text/event-stream", **({"Last-Event-ID": after} if after else {})}
        with self._open("GET", path, None, headers, 0) as answer:
            try:
                yield from read_events(answer)
            except (OSError, HTTPException) as error:
                raise self._unreachable(error) from error
            except (ValueError, RecursionError) as error:
                raise NotThisService(f"what answers at {self._url} sends no events") from error

    def _open(self, method: str, path: str, body: object, headers: Mapping[str, str], wait_s: float) -> HTTPResponse:
        payload = None if body is None else json.dumps(body).encode()
        sent = {"Accept": "application/json", **({"Content-Type": "application/json"} if payload else {}), **headers}
        if self._key:
            sent["Authorization"] = f"Bearer {self._key}"
        request = Request(f"{self._url}{path}", payload, sent, method=method)
        try:
            answer: HTTPResponse = self._opener.open(request, timeout=wait_s + self._timeout_s)
            return answer
        except HTTPError as error:
            with error:
                raise _refusal(error) from None
        except (URLError, OSError, HTTPException) as error:
            raise self._unreachable(error) from error

    def _read(self, answer: HTTPResponse) -> bytes:
        try:
            return answer.read()
        except (OSError, HTTPException) as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: Exception) -> Unreachable:
        return Unreachable(f"the service at {self._url} does not answer: {getattr(error, 'reason', error)}")


def read_events(lines: Iterable[bytes]) -> Iterator[ServerEvent]:
    """Parses server-sent events from lines. Ignores comments and unknown fields.

    Raises: `ValueError` where an event's data is not a JSON object.
    """
    fields: dict[str, str] = {}
    for raw in lines:
        line = raw.decode().rstrip("\r\n")
        if not line:
            if "data" in fields:
                yield ServerEvent(fields.get("id", ""), fields.get("event", "message"), _object(fields["data"]))
            fields = {}
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        fields[name] = f"{fields[name]}\n{value}" if name == "data" and name in fields else value


def _object(text: str) -> dict[str, Any]:
    value = json.loads(text)
    if not isinstance(value, dict):
        raise ValueError("not a JSON object")
    return value


def _refusal(error: HTTPError) -> Refused:
    problem = _problem(error)
    kind = _KINDS.get(error.code) or (ServerFault if error.code >= 500 else Refused)
    faults = tuple(
        InvalidInputDetail(str(fault.get("pointer", "")), str(fault.get("detail", "")))
        for fault in problem.get("errors") or ()
        if isinstance(fault, dict)
    )
    detail = str(problem.get("detail") or problem.get("title") or error.reason)[:_SHOWN_CHARS]
    return kind(error.code, str(problem.get("type", "")), detail, faults, _seconds(error.headers.get("Retry-After")))


def _problem(error: HTTPError) -> dict[str, Any]:
    """Problem details of the response; empty where it has none."""
    try:
        return _object(error.read().decode())
    except (OSError, HTTPException, ValueError, RecursionError):
        return {}


def _seconds(header: str | None) -> float:
    """Seconds of a Retry-After header. A date, which this service never sends, reads as 1 s."""
    return float(header) if header and header.isascii() and header.isdecimal() else 1.0
