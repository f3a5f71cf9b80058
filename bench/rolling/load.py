"""Requests at an even rate to the hosts that a load balancer would have in service. Nothing is sent twice."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Event
from urllib.parse import urlsplit

CLIENTS = 32
TEXT = "The opening ceremony is scheduled for Feb. 10."
_TIMEOUT_S = 30
_Answer = tuple[int, bytes]
"""Status and body."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`fault`: why a request failed; "" if it did not. `sent_s`: `time.monotonic`."""

    kind: str
    ms: float
    fault: str
    sent_s: float


@dataclass(slots=True)
class Balancer:
    """The hosts in service, in turn. `checks`: ids of all accepted checks."""

    urls: list[str]
    checks: list[str] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=count, repr=False)

    def url(self) -> str:
        """The next host's."""
        urls = self.urls
        return urls[next(self._turn) % len(urls)]


def run(balancer: Balancer, rate: float, stop: Event) -> list[Outcome]:
    """Until `stop` is set. A request is due at its time, whether or not earlier ones were answered."""
    began, outcomes = time.monotonic(), list[Outcome]()
    with ThreadPoolExecutor(CLIENTS) as pool:
        for number in count():
            stop.wait(max(0.0, began + number / rate - time.monotonic()))
            if stop.is_set():
                break
            pool.submit(lambda number=number: outcomes.append(_timed(balancer, number)))  # type: ignore[misc]
    return outcomes


def _timed(balancer: Balancer, number: int) -> Outcome:
    kind = _KINDS[number % len(_KINDS)]
    began = time.monotonic()
    try:
        status, answer = _REQUESTS[kind](balancer, number)
        fault = f"{status} {_problem(answer)}" if status >= 400 else ""
    except OSError as error:
        fault = type(error).__name__
    except http.client.HTTPException as error:
        fault = type(error).__name__
    return Outcome(kind, (time.monotonic() - began) * 1000, fault, began)


def _problem(answer: bytes) -> str:
    """The last word of the problem's type, such as `store-unavailable`."""
    try:
        return str(json.loads(answer)["type"]).rpartition(":")[2]
    except (ValueError, KeyError, TypeError):
        return "without a problem"


def _submit(balancer: Balancer, number: int) -> _Answer:
    body = {"article": {"text": TEXT, "title": f"Draft {number}", "published_at": "2018-02-01"}}
    status, answer = _ask(balancer.url(), "POST", "/v1/checks", body)
    if status < 300:
        balancer.checks.append(json.loads(answer)["id"])
    return status, answer


def _store(balancer: Balancer, number: int) -> _Answer:
    document = {"id": f"d{number % 500}", "text": f"Report {number} is out."}
    return _ask(balancer.url(), "POST", "/v1/documents", document)


def _read(balancer: Balancer, number: int) -> _Answer:
    known = balancer.checks
    path = f"/v1/checks/{known[number % len(known)]}" if known else "/v1/checks"
    return _ask(balancer.url(), "GET", path)


def _search(balancer: Balancer, number: int) -> _Answer:
    return _ask(balancer.url(), "GET", "/v1/documents/search?q=opening+ceremony")


_REQUESTS: dict[str, Callable[[Balancer, int], _Answer]] = {
    "submit": _submit,
    "store": _store,
    "read": _read,
    "search": _search,
}
_KINDS = ["read"] * 12 + ["search"] * 5 + ["store"] * 2 + ["submit"]


def _ask(url: str, method: str, path: str, body: object = None) -> _Answer:
    """On a connection of its own, which is closed afterwards."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=_TIMEOUT_S)
    headers = {"Content-Type": "application/json", "Connection": "close"}
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
