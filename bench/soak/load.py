"""A newsroom's day in small: new and edited drafts, watched ones, reports stored, edited and deleted, imports, searches."""

import json
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from threading import Event, Thread

import requests

_CLIENTS = 8
_SLOW_S = 3.0
_SENTENCES = (
    "The opening ceremony is scheduled for Feb. 10.",
    "North Korea canceled the joint cultural event on Monday night.",
    "The council of ward {n} has {m} members.",
    "The budget of ward {n} is {m} million dollars.",
    "The mayor said the bridge in ward {n} will open on May {d}.",
    "Hundreds of missiles are expected in the parade.",
)


@dataclass(frozen=True, slots=True)
class Answered:
    """`at_s` is monotonic; `fault` is "" if the request succeeded."""

    at_s: float
    kind: str
    ms: float
    fault: str


class Newsroom:
    """Its archive stays at about `documents` reports, so that growth is the service's and not the archive's."""

    def __init__(self, url: str, documents: int, callback_url: str, seed: int) -> None:
        self._url, self._documents, self._callback_url = url, documents, callback_url
        self._chance = random.Random(seed)
        self._draft = self._article()
        self.answered: list[Answered] = []

    def fill(self) -> None:
        """The archive, before the load begins."""
        for start in range(0, self._documents, 500):
            self._import(range(start, min(start + 500, self._documents)))

    def run(self, rate: float, stop: Event) -> None:
        """`rate` requests a second until `stop` is set, into `answered`."""
        kinds: list[tuple[str, Callable[[], None]]] = [
            *[("new draft", self._submit_new)] * 2,
            *[("edited draft", self._submit_edited)] * 3,
            ("watched draft", self._submit_watched),
            *[("stored report", self._store)] * 3,
            ("deleted report", self._delete),
            ("import", lambda: self._import(self._chance.sample(range(self._documents), 20))),
            *[("search", self._search)] * 4,
        ]
        began = time.monotonic()
        with ThreadPoolExecutor(_CLIENTS) as pool:
            for number in count():
                stop.wait(max(0.0, began + number / rate - time.monotonic()))
                if stop.is_set():
                    return
                kind, act = self._chance.choice(kinds)
                pool.submit(lambda kind=kind, act=act: self.answered.append(_timed(kind, act)))  # type: ignore[misc]

    def _submit_new(self) -> None:
        self._draft = self._article()
        self._post("v1/checks", {"article": self._draft, "callback_url": self._callback_url})

    def _submit_edited(self) -> None:
        edited = {**self._draft, "text": self._draft["text"] + " " + self._sentence()}
        self._post("v1/checks?wait=5", {"article": edited})

    def _submit_watched(self) -> None:
        self._post("v1/checks", {"article": self._article(), "watch": True})

    def _store(self) -> None:
        self._post("v1/documents", self._document(self._chance.randrange(self._documents)))

    def _delete(self) -> None:
        number = self._chance.randrange(self._documents)
        answer = requests.delete(f"{self._url}v1/documents/doc-{number}", timeout=30)
        if answer.status_code not in (204, 404):
            answer.raise_for_status()

    def _import(self, numbers: range | list[int]) -> None:
        lines = "\n".join(json.dumps(self._document(number)) for number in numbers)
        headers = {"Content-Type": "application/x-ndjson"}
        requests.post(f"{self._url}v1/documents", data=lines, headers=headers, timeout=60).raise_for_status()

    def _search(self) -> None:
        words = {"q": self._sentence()}
        requests.get(f"{self._url}v1/documents/search", words, timeout=30).raise_for_status()

    def _post(self, path: str, body: object) -> None:
        requests.post(f"{self._url}{path}", json=body, timeout=60).raise_for_status()

    def _document(self, number: int) -> dict[str, str]:
        text = " ".join(self._sentence() for _ in range(8))
        return {"id": f"doc-{number}", "title": f"Report {number}", "text": text, "published_at": "2018-01-30"}

    def _article(self) -> dict[str, str]:
        return {"text": " ".join(self._sentence() for _ in range(6)), "published_at": "2018-02-01"}

    def _sentence(self) -> str:
        pick = self._chance.randrange
        return self._chance.choice(_SENTENCES).format(n=pick(1, 60), m=pick(3, 90), d=pick(1, 31))


def _timed(kind: str, act: Callable[[], None]) -> Answered:
    began, fault = time.monotonic(), ""
    try:
        act()
    except requests.HTTPError as error:
        fault = f"status {error.response.status_code}"
    except requests.RequestException as error:
        fault = type(error).__name__
    now = time.monotonic()
    return Answered(now, kind, (now - began) * 1000, fault)


class SlowReceiver:
    """A webhook receiver that takes seconds to answer. `received` counts."""

    def __init__(self) -> None:
        self.received = 0
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                time.sleep(_SLOW_S)
                receiver.received += 1
                with suppress(OSError):
                    self.send_response(204)
                    self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/done"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()
