"""Documents are added and deleted while processes of the service are killed with -9: record and index must hold exactly
what was acknowledged, after every kill.

`python -m bench.chaos.corpus --documents 20000 --kills 50`. Kills only what its own `factcheck serve` started.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from threading import Thread

import requests

from bench.chaos.victims import KINDS, kill_one
from bench.serving import Service, running_service, show
from factcheck.ports import PassageQuery
from factcheck.redis_connection import connect_patiently
from factcheck.search.embedded.search import EmbeddedSearch
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore

_PATIENCE_S = 120.0
_TOGETHER = 10
_DELETED = 4  # one of so many is deleted again
_KILLED_WITHIN_S = 0.5  # of a round of a second or two
_MARK = "chaosmark"


def main() -> int:
    """0 where record and index were right after each kill, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    with running_service(workers=1) as service:
        run = _Run(service, random.Random(seed))
        began = time.monotonic()
        for number in range(arguments.kills):
            run.round(KINDS[number % len(KINDS)], arguments.documents // arguments.kills)
        figures = {
            "documents added": run.added,
            "documents deleted": run.deleted,
            "kills": dict(run.kills),
            "requests sent again": run.again,
            "rounds whose record was not what was acknowledged": run.wrong_records,
            "rounds whose index was not what was acknowledged": run.wrong_indexes,
            "slowest catching up after a round, s": round(run.slowest_s, 2),
            "documents at the end": len(run.expected),
            "in all, s": round(time.monotonic() - began, 1),
            "seed": seed,
        }
    show("chaos of the corpus", figures)
    return 1 if run.wrong_records or run.wrong_indexes else 0


class _Run:
    """What was acknowledged so far, and what was found to be there."""

    def __init__(self, service: Service, chance: random.Random) -> None:
        self._service, self._chance = service, chance
        self._address = f"{service.url}v1/documents"
        client = connect_patiently((service.data / "redis.url").read_text())
        self._store, self._changelog = RedisDocumentStore(client), RedisChangelog(client)
        self._index = EmbeddedSearch(service.data)
        self.expected = {document.id for document in self._store.export()}
        self._seeds = set(self.expected)
        self.kills: Counter[str] = Counter()
        self.added = self.deleted = self.again = self.wrong_records = self.wrong_indexes = 0
        self.slowest_s = 0.0

    def round(self, kind: str, count: int) -> None:
        """Adds `count` documents and deletes a fourth as many; somewhere in between, one process is killed."""
        killer = Thread(target=self._kill, args=[kind, self._chance.uniform(0, _KILLED_WITHIN_S)])
        killer.start()
        new = [f"{self.added + number:06}" for number in range(count)]
        for start in range(0, count, _TOGETHER):
            self._add(new[start : start + _TOGETHER])
            mine = sorted(self.expected - self._seeds)
            for document_id in self._chance.sample(mine, min(len(mine), _TOGETHER // _DELETED)):
                self._delete(document_id)
        killer.join()
        self._compare()

    def _kill(self, kind: str, after_s: float) -> None:
        time.sleep(after_s)
        deadline = time.monotonic() + 10
        while kill_one(self._service.pid, kind, self._chance) is None and time.monotonic() < deadline:
            time.sleep(0.05)
        self.kills[kind] += 1

    def _add(self, ids: list[str]) -> None:
        body = "\n".join(json.dumps({"id": i, "text": f"{_MARK} report {i}. It has two sentences."}) for i in ids)
        headers = {"Content-Type": "application/x-ndjson"}
        while True:
            answer = self._ask("POST", self._address, data=body.encode(), headers=headers)
            outcomes = [json.loads(line)["status"] for line in answer.text.splitlines()] if answer is not None else []
            if len(outcomes) == len(ids) and set(outcomes) <= {200, 201}:
                break
            self._wait()
        self.expected |= set(ids)
        self.added += len(ids)

    def _delete(self, document_id: str) -> None:
        while True:
            answer = self._ask("DELETE", f"{self._address}/{document_id}")
            if answer is not None and answer.status_code in (204, 404):  # 404: the try before was heard
                break
            self._wait()
        self.expected.discard(document_id)
        self.deleted += 1

    def _ask(self, method: str, address: str, **how: object) -> requests.Response | None:
        try:
            return requests.request(method, address, timeout=20, **how)  # type: ignore[arg-type]
        except requests.RequestException:
            return None

    def _wait(self) -> None:
        self.again += 1
        time.sleep(0.05)

    def _compare(self) -> None:
        began = time.monotonic()
        self.wrong_records += {document.id for document in self._store.export()} != self.expected
        caught_up = self._index.wait_for(self._changelog.position(), _PATIENCE_S)
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        found = self._index.search(PassageQuery(_MARK, len(self.expected) + 1_000))
        ids = Counter(candidate.passage.document.id for candidate in found)
        right = caught_up and set(ids) == self.expected - self._seeds and max(ids.values(), default=1) == 1
        self.wrong_indexes += not (right and self._index.documents() == len(self.expected))


if __name__ == "__main__":
    sys.exit(main())
