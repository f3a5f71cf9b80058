"""HTTP as the client speaks it: calls, refusals as typed errors, server-sent events. Standard library only."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException, HTTPMessage, HTTPResponse
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, OpenerDirector, Request, build_opener

from factcheck.errors import Detail

_SHOWN_CHARS = 300


class ClientError(Exception):
    """Base of all that the client raises."""


class Unreachable(ClientError):
    """Nobody answers at that address, or the answer broke off."""


class NotThisService(ClientError):
    """What answers at that address is something else."""


class Refused(ClientError):
    """The service said no (RFC 9457). `kind` is the problem's stable type, "" where the answer carried none."""

    def __init__(self, status: int, kind: str, detail: str, faults: tuple[Detail, ...], retry_after_s: float) -> None:
        told = "; ".join(f"{fault.pointer}: {fault.detail}" for fault in faults) or detail
        super().__init__(f"the service answered {status}: {told}")
        self.status = status
        self.kind = kind
        self.detail = detail
        self.faults = faults
        self.retry_after_s = retry_after_s


class InvalidRequest(Refused):
    """What was sent is not acceptable (400, 406, 413, 415, 422); `faults` names each fault by a JSON pointer."""


class NotAllowed(Refused):
    """The key is missing, unknown, or lacks the scope (401, 403)."""


class NotFound(Refused):
    """There is no such check or document, not for this key (404)."""


class Gone(Refused):
    """The check has expired or was deleted (410)."""


class Conflict(Refused):
    """The idempotency key belongs to another body (409)."""


class TooBusy(Refused):
    """Come back after `retry_after_s` seconds (429, 503)."""


class ServerFault(Refused):
    """The service stumbled (any other 5xx)."""


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
    """One server-sent event. `data` is its JSON."""

    id: str
    kind: str
    data: dict[str, Any]


class _NoRedirect(HTTPRedirectHandler):
    """A redirect is an answer like any other: following one would show the key to whoever it leads to."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """None: do not follow."""


class HttpTransport:
    """One service. `timeout_s` bounds each wait for bytes, on top of what the service itself was asked to wait."""

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
        """The answer's JSON, None where it has no body. Raises `ClientError`."""
        with self._open(method, path, body, headers or {}, wait_s) as answer:
            raw = self._read(answer)
        try:
            return json.loads(raw) if raw else None
        except (ValueError, RecursionError) as error:
            raise NotThisService(f"what answers at {self._url} is not this service") from error

    def stream(self, path: str, after: str | None) -> Iterator[ServerEvent]:
        """Events until the stream ends. Raises `ClientError`."""
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
    """Server-sent events from their lines; comments and fields unknown here are passed over. Raises `ValueError`."""
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
        raise ValueError("no object")
    return value


def _refusal(error: HTTPError) -> Refused:
    problem = _problem(error)
    kind = _KINDS.get(error.code) or (ServerFault if error.code >= 500 else Refused)
    faults = tuple(
        Detail(str(fault.get("pointer", "")), str(fault.get("detail", "")))
        for fault in problem.get("errors") or ()
        if isinstance(fault, dict)
    )
    detail = str(problem.get("detail") or problem.get("title") or error.reason)[:_SHOWN_CHARS]
    return kind(error.code, str(problem.get("type", "")), detail, faults, _seconds(error.headers.get("Retry-After")))


def _problem(error: HTTPError) -> dict[str, Any]:
    """The answer's problem details; empty where it has none."""
    try:
        return _object(error.read().decode())
    except (OSError, HTTPException, ValueError, RecursionError):
        return {}


def _seconds(header: str | None) -> float:
    """Of Retry-After; a date, which this service never sends, counts as a second."""
    return float(header) if header and header.isascii() and header.isdecimal() else 1.0
