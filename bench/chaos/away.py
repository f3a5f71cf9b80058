"""Redis goes away in the midst of the work, stays away for a minute, and comes back: nothing that was acknowledged is lost.

`python -m bench.chaos.away --checks 200 --away 60`. The server is this bench's own, given to the service as REDIS_URL, so
that no supervisor starts it again.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Thread

import requests

from bench.chaos.client import Json, read, submit
from bench.chaos.victims import KINDS, descendants, kind_of
from bench.serving import Service, running_service, show
from factcheck_cli.embedded_redis import server_program
from factcheck_cli.supervisor import Child

_ARTICLE = {
    "text": "The opening ceremony is scheduled for Feb. 10. The concert hall has 900 seats.",
    "published_at": "2018-02-01",
}
_BEFORE_S, _LIMIT_S = 5.0, 400.0


def main() -> int:
    """0 where every acknowledged check finished, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, default=200)
    parser.add_argument("--away", type=float, default=60.0, help="seconds without Redis")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-away-") as folder:
        server = Child(server_program(Path(folder), Path(folder) / "redis.sock"))
        server.keep_running(print)
        settings = {"REDIS_URL": f"unix://{folder}/redis.sock", "FACTCHECK_VERDICT_MEMORY_S": "0"}
        try:
            with running_service(settings=settings) as service:
                return _measure(service, server, arguments.checks, arguments.away)
        finally:
            server.ask_to_stop()
            server.wait_stopped(time.monotonic() + 10)


def _measure(service: Service, server: Child, count: int, away_s: float) -> int:
    before, began = _processes(service), time.monotonic()
    told: list[tuple[str, float]] = []
    with ThreadPoolExecutor(8) as pool:
        span_s = _BEFORE_S + away_s + 5
        pending = [pool.submit(_submit_at, service, began + span_s * number / count) for number in range(count)]
        time.sleep(_BEFORE_S)
        watcher = Thread(target=_watch, args=(service, away_s - 5, told))
        server.ask_to_stop()
        server.wait_stopped(time.monotonic() + 10)
        watcher.start()
        time.sleep(away_s)
        server.keep_running(print)
        back = time.monotonic()
        ids = [future.result() for future in pending]
        ready_s = _ready_after(service, back)
    watcher.join()
    checks = _await_all(service.url, ids)
    statuses = Counter(str(check["status"]) for check in checks)
    after = _processes(service)
    show(
        f"Redis away for {away_s:g} s",
        {
            "acknowledged": len(ids),
            "by status": dict(statuses),
            "what readiness said": dict(Counter(words for words, _ in told)),
            "slowest answer while away, s": round(max((s for _, s in told), default=0.0), 2),
            "ready again after, s": round(ready_s, 2),
            "all finished after, s": round(time.monotonic() - back, 1),
            "processes that ended and were started again": sorted(
                kind for pid, kind in before.items() if pid not in after
            ),
        },
    )
    return 0 if statuses == Counter({"finished": count}) else 1


def _submit_at(service: Service, moment: float) -> str:
    """Tries until it is acknowledged."""
    time.sleep(max(0.0, moment - time.monotonic()))
    return submit(service.url, _ARTICLE)


def _watch(service: Service, for_s: float, told: list[tuple[str, float]]) -> None:
    """What readiness says each second, and how long it takes."""
    ends = time.monotonic() + for_s
    while time.monotonic() < ends:
        began = time.monotonic()
        answer = requests.get(f"{service.url}readyz", timeout=30).json()
        told.append((str(answer["parts"]["redis"]["detail"]), time.monotonic() - began))
        time.sleep(1)


def _ready_after(service: Service, back: float) -> float:
    while not requests.get(f"{service.url}readyz", timeout=30).ok:
        time.sleep(0.2)
    return time.monotonic() - back


def _await_all(url: str, ids: list[str]) -> list[Json]:
    deadline = time.monotonic() + _LIMIT_S
    checks = {check_id: read(url, check_id) for check_id in ids}
    while time.monotonic() < deadline:
        waiting = [check_id for check_id, check in checks.items() if check["status"] in {"queued", "running"}]
        if not waiting:
            break
        time.sleep(0.5)
        checks.update({check_id: read(url, check_id) for check_id in waiting})
    return list(checks.values())


def _processes(service: Service) -> dict[int, str]:
    kinds = {pid: kind_of(pid) for pid in descendants(service.pid)}
    return {pid: kind for pid, kind in kinds.items() if kind in KINDS}


if __name__ == "__main__":
    sys.exit(main())
