"""What a newsroom does meanwhile: writes, replaces and deletes reports, and submits checks. Remembers what was acknowledged."""

import json
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import requests

from bench.cluster.hosts import Hosts

MARK = "clustermark"
_TOGETHER = 10
_REPLACED, _DELETED = 5, 10  # one document of so many, each round

_DRAFT = (
    "North Korea canceled the joint cultural event on Monday night. "
    "The opening ceremony is scheduled for Feb. 10. The concert hall has 900 seats."
)


@dataclass(slots=True)
class Acknowledged:
    """`texts`: document id → its newest acknowledged text. `silences_s`: how long each round of writes took to be acknowledged."""

    texts: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    checks: list[str] = field(default_factory=list)
    silences_s: list[float] = field(default_factory=list)


def text_of(document_id: str, edition: int) -> str:
    """Each edition of a report tells another number."""
    return f"{MARK} report {document_id} has {edition + 2} parts. It is edition number {edition}."


def write_documents(hosts: Hosts, done: Acknowledged, count: int, over_s: float, chance: random.Random) -> None:
    """`count` reports at an even pace; some are replaced, some deleted. Returns when all is acknowledged."""
    began = time.monotonic()
    editions: dict[str, int] = {}
    for start in range(0, count, _TOGETHER):
        time.sleep(max(0.0, began + over_s * start / count - time.monotonic()))
        written = {f"doc-{number:06}": 0 for number in range(start, min(start + _TOGETHER, count))}
        known = sorted(editions)
        written |= {name: editions[name] + 1 for name in chance.sample(known, min(len(known), _TOGETHER // _REPLACED))}
        began_round = time.monotonic()
        _put(hosts, {name: text_of(name, edition) for name, edition in written.items()})
        editions |= written
        done.texts |= {name: text_of(name, edition) for name, edition in written.items()}
        for name in chance.sample(known, min(len(known), _TOGETHER // _DELETED)):
            hosts.ask("DELETE", f"v1/documents/{name}", lambda answer: answer.status_code in (204, 404))
            editions.pop(name)
            done.texts.pop(name)
            done.deleted.add(name)
        done.silences_s.append(time.monotonic() - began_round)


def submit_checks(hosts: Hosts, done: Acknowledged, count: int, over_s: float) -> None:
    """`count` checks at an even pace, each under a key, so that one sent twice counts once."""
    began = time.monotonic()
    for number in range(count):
        time.sleep(max(0.0, began + over_s * number / count - time.monotonic()))
        body = {"article": {"text": _DRAFT, "published_at": "2018-02-01"}}
        headers = {"Idempotency-Key": uuid4().hex}
        answer = hosts.ask("POST", "v1/checks", _is_accepted, json=body, headers=headers)
        done.checks.append(answer.json()["id"])


def _put(hosts: Hosts, texts: dict[str, str]) -> None:
    body = "\n".join(json.dumps({"id": name, "text": text}) for name, text in texts.items())
    headers = {"Content-Type": "application/x-ndjson"}
    hosts.ask("POST", "v1/documents", _all_stored(len(texts)), data=body.encode(), headers=headers)


def _all_stored(count: int) -> Callable[[requests.Response], bool]:
    def accept(answer: requests.Response) -> bool:
        outcomes = [json.loads(line)["status"] for line in answer.text.splitlines()] if answer.ok else []
        return len(outcomes) == count and set(outcomes) <= {200, 201}

    return accept


def _is_accepted(answer: requests.Response) -> bool:
    return answer.status_code in (200, 202)
