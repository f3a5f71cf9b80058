"""A client that does not give up: what it could not send or read it sends or reads again."""

import json
import time
from typing import Any
from uuid import uuid4

import requests

_PATIENCE_S = 60.0
Json = dict[str, Any]


class Unanswered(Exception):
    """The service did not answer for a minute."""


def submit(url: str, article: Json) -> str:
    """The check's id. The Idempotency-Key makes a submission that was sent twice count once."""
    headers = {"Idempotency-Key": uuid4().hex}
    answer = _until_answered("POST", f"{url}v1/checks", json={"article": article}, headers=headers)
    return str(answer.json()["id"])


def read(url: str, check_id: str) -> Json:
    """The check as it stands."""
    check: Json = _until_answered("GET", f"{url}v1/checks/{check_id}").json()
    return check


def shown_claims(url: str, check_id: str) -> list[str]:
    """The claims of a finished check, in the order in which a follower of its events was shown them."""
    answer = _until_answered("GET", f"{url}v1/checks/{check_id}/events")
    blocks = [
        dict(_field(line) for line in block.split("\n")) for block in answer.text.split("\n\n") if "data:" in block
    ]
    return [json.loads(block["data"])["id"] for block in blocks if block.get("event") == "claim"]


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
