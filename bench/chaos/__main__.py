"""Queues checks while processes of the service are killed with -9: every check must finish, none be shown twice.

`python -m bench.chaos --checks 200 --kills 6`. Kills only what its own `factcheck serve` started.
"""

import argparse
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from threading import Thread

from bench.chaos.client import Event, Json, follow, read, submit
from bench.chaos.victims import KINDS, kill_one
from bench.serving import Service, running_service, show

ARTICLE = {
    "text": "North Korea canceled the joint cultural event on Monday night. The opening ceremony is scheduled for Feb. 10. "
    "Hundreds of missiles are expected in the parade. The concert hall has 900 seats.",
    "published_at": "2018-02-01",
}
_LIMIT_S = 540.0
_SILENCE_S = 4.0  # shorter than the pause after a worker's death, longer than a claim takes


@dataclass(frozen=True, slots=True)
class Kill:
    """Seconds since the first submission; `pid` None if nobody of that kind ran."""

    at_s: float
    kind: str
    pid: int | None


def main() -> int:
    """0 where nothing was lost and nothing shown twice, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, default=200)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--over", type=float, default=20.0, help="seconds over which submissions and kills are spread")
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--log", type=Path, default=None, help="keep what the service prints")
    arguments = parser.parse_args()
    seed = random.SystemRandom().randrange(10**6) if arguments.seed is None else arguments.seed
    forgetful = {"FACTCHECK_VERDICT_MEMORY_S": "0"}  # remembered verdicts would leave nothing to interrupt
    with running_service(log=arguments.log, settings=forgetful) as service:
        kills: list[Kill] = []
        began = time.monotonic()
        killer = Thread(target=_kill, args=(service.pid, _plan(arguments, random.Random(seed)), began, kills))
        killer.start()
        ids = _submit_all(service, arguments.checks, arguments.over)
        killer.join()
        checks = _await_all(service.url, ids, began + _LIMIT_S)
        took_s = time.monotonic() - began
        finished = [check for check in checks if check["status"] == "finished"]
        shown = [follow(service.url, check["id"]) for check in finished]
    figures = {
        "checks submitted": arguments.checks,
        "different ids": len(set(ids)),
        "finished": len(finished),
        "by status": dict(Counter(str(check["status"]) for check in checks)),
        "claims shown twice": _shown_twice(finished, shown),
        "different reports of the one article": len({_labels(check) for check in finished}),
        "kills": [f"{kill.at_s} s {kill.kind}{'' if kill.pid else ' (none ran)'}" for kill in kills],
        f"checks silent for over {_SILENCE_S:g} s": sum(_silence_s(events) > _SILENCE_S for events in shown),
        "longest silence of a running check, s": round(max(map(_silence_s, shown), default=0.0), 2),
        "in all, s": round(took_s, 1),
        "seed": seed,
    }
    show("chaos", figures)
    good = len(finished) == len(set(ids)) == arguments.checks and figures["claims shown twice"] == 0
    return 0 if good and figures["different reports of the one article"] == 1 else 1


def _plan(arguments: argparse.Namespace, chance: random.Random) -> list[tuple[float, str, random.Random]]:
    """When to kill what: every kind in turn, each at a random moment."""
    kinds = [KINDS[number % len(KINDS)] for number in range(arguments.kills)]
    return sorted((chance.uniform(1, arguments.over), kind, chance) for kind in kinds)


def _kill(supervisor_pid: int, plan: list[tuple[float, str, random.Random]], began: float, kills: list[Kill]) -> None:
    for at_s, kind, chance in plan:
        time.sleep(max(0.0, began + at_s - time.monotonic()))
        kills.append(Kill(round(time.monotonic() - began, 1), kind, kill_one(supervisor_pid, kind, chance)))


def _submit_all(service: Service, count: int, over_s: float) -> list[str]:
    began = time.monotonic()

    def submit_one(number: int) -> str:
        time.sleep(max(0.0, began + over_s * 0.8 * number / count - time.monotonic()))
        return submit(service.url, ARTICLE)

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(submit_one, range(count)))


def _await_all(url: str, ids: list[str], deadline: float) -> list[Json]:
    checks = {check_id: read(url, check_id) for check_id in ids}
    while time.monotonic() < deadline:
        waiting = [check_id for check_id, check in checks.items() if check["status"] in {"queued", "running"}]
        if not waiting:
            break
        time.sleep(0.5)
        checks.update({check_id: read(url, check_id) for check_id in waiting})
    return list(checks.values())


def _shown_twice(finished: list[Json], shown: list[list[Event]]) -> int:
    """Claims that stand twice in a report, or were told twice to a follower."""
    reported = [[claim["id"] for claim in check["report"]["claims"]] for check in finished]
    told = [[event.data["id"] for event in events if event.kind == "claim"] for events in shown]
    return sum(len(ids) - len(set(ids)) for ids in [*reported, *told])


def _labels(check: Json) -> tuple[tuple[str, str], ...]:
    return tuple((claim["id"], claim["label"]) for claim in check["report"]["claims"])


def _silence_s(events: list[Event]) -> float:
    """The longest pause between two events: where the worker was killed, the time until another one had begun."""
    return max((later.at_s - earlier.at_s for earlier, later in pairwise(events)), default=0.0)


if __name__ == "__main__":
    sys.exit(main())
