"""A client that does not give up: what it could not send or read it sends or reads again."""

import json
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import requests

_PATIENCE_S = 150.0
Json = dict[str, Any]


class Unanswered(Exception):
    """The service did not answer for minutes."""


def submit(url: str, article: Json) -> str:
    """The check's id. The Idempotency-Key makes a submission that was sent twice count once."""
    headers = {"Idempotency-Key": uuid4().hex}
    answer = _until_answered("POST", f"{url}v1/checks", json={"article": article}, headers=headers)
    return str(answer.json()["id"])


def read(url: str, check_id: str) -> Json:
    """The check as it stands."""
    check: Json = _until_answered("GET", f"{url}v1/checks/{check_id}").json()
    return check


@dataclass(frozen=True, slots=True)
class Event:
    """One server-sent event; `at_s` is when the store recorded it, in seconds since 1970."""

    at_s: float
    kind: str
    data: Json


def follow(url: str, check_id: str) -> list[Event]:
    """All that a follower of a finished check is shown, in order."""
    answer = _until_answered("GET", f"{url}v1/checks/{check_id}/events")
    blocks = [block for block in answer.text.split("\n\n") if "data:" in block]
    return [_event(dict(_field(line) for line in block.split("\n"))) for block in blocks]


def _event(fields: dict[str, str]) -> Event:
    return Event(int(fields["id"].split("-")[0]) / 1000, fields["event"], json.loads(fields["data"]))


def _field(line: str) -> tuple[str, str]:
    name, _, value = line.partition(":")
    return name, value.strip()


def _until_answered(method: str, url: str, **how: Any) -> requests.Response:
    deadline = time.monotonic() + _PATIENCE_S
    while True:
        try:
            answer = requests.request(method, url, timeout=10, **how)
            if answer.ok:
                return answer
            trouble = f"{answer.status_code}: {answer.text[:200]}"
            if answer.status_code < 500 and answer.status_code != 429:
                raise Unanswered(f"{method} {url} was refused, {trouble}")
        except requests.RequestException as error:
            trouble = type(error).__name__
        if time.monotonic() > deadline:
            raise Unanswered(f"{method} {url}: {trouble}")
        time.sleep(0.2)
