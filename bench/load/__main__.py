"""Load: how fast checks are taken in, how fast status is read beside long polls, what a full queue answers.

`python -m bench.load --seconds 10`. Clients are threads of this process, on the machine of the service: they take their
share of its cores.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from bench.chaos.victims import descendants, kind_of
from bench.load.client import Answer, Client
from bench.serving import Service, running_service, show

_CLIENTS, _LONG_POLLS = 16, 30
_QUEUE_LIMIT = 300
_PACE = 500.0  # the goal
_BODY = json.dumps(
    {"article": {"text": "The opening ceremony is scheduled for Feb. 10.", "published_at": "2018-02-01"}}
)


def main() -> int:
    """Prints its tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0, help="of each measurement")
    seconds: float = parser.parse_args().seconds
    with running_service(workers=1, settings={"FACTCHECK_QUEUE_LIMIT": "1000000"}) as service:
        _measure_submissions(service, seconds)
        _measure_reads(service, seconds)
    with running_service(workers=1, settings={"FACTCHECK_QUEUE_LIMIT": str(_QUEUE_LIMIT)}) as service:
        _measure_bound(service, seconds)
    return 0


def _measure_submissions(service: Service, seconds: float) -> None:
    for how, rate in (("without pause", 0.0), (f"{_PACE:g} a second together", _PACE)):
        found = _for_a_while(service, seconds, _CLIENTS, "POST", lambda: "/v1/checks", rate)
        taken = [answer for answer in found if answer.status == 202]
        show(
            f"submit, {_CLIENTS} clients {how}",
            {"accepted a second": round(len(taken) / seconds), "by status": _statuses(found), **_times(taken)},
        )


def _measure_reads(service: Service, seconds: float) -> None:
    path = f"/v1/checks/{_submitted(service)}"
    with ThreadPoolExecutor(_LONG_POLLS) as pool:
        polls = [pool.submit(_ask, service, "GET", f"{path}?wait={int(seconds) + 2}") for _ in range(_LONG_POLLS)]
        time.sleep(0.5)
        found = _for_a_while(service, seconds, 4, "GET", lambda: path)
        waited = [poll.result() for poll in polls]
    figures = {"reads a second": round(len(found) / seconds), "by status": _statuses(found), **_times(found)}
    show(f"status, 4 readers beside {_LONG_POLLS} long polls", {**figures, "long polls by status": _statuses(waited)})


def _measure_bound(service: Service, seconds: float) -> None:
    while _ask(service, "POST", "/v1/checks").status == 202:
        pass
    before = _web_memory_mb(service)
    for how, rate in (("without pause", 0.0), (f"{_PACE:g} a second together", _PACE)):
        found = _for_a_while(service, seconds, _CLIENTS, "POST", lambda: "/v1/checks", rate)
        refused = [answer for answer in found if answer.status in {429, 503}]
        memory = f"{before:.0f} → {_web_memory_mb(service):.0f}"
        show(
            f"queue at its bound of {_QUEUE_LIMIT}, {_CLIENTS} clients {how}",
            {"by status": _statuses(found), "refused, a second": round(len(refused) / seconds), **_times(refused)}
            | {"memory of the web server, MB": memory},
        )


def _for_a_while(
    service: Service, seconds: float, clients: int, method: str, path: Callable[[], str], rate: float = 0.0
) -> list[Answer]:
    """Each client asks again as soon as it was answered, or all of them together `rate` times a second."""
    ends = time.monotonic() + seconds

    def client() -> list[Answer]:
        asking, found = Client(service.url), []
        due = time.monotonic() + (random.random() * clients / rate if rate else 0.0)
        while time.monotonic() < ends:
            if rate:
                time.sleep(max(0.0, due - time.monotonic()))
                due += clients / rate
            found.append(asking.ask(method, path(), _BODY if method == "POST" else ""))
        asking.close()
        return found

    with ThreadPoolExecutor(clients) as pool:
        return [answer for future in [pool.submit(client) for _ in range(clients)] for answer in future.result()]


def _ask(service: Service, method: str, path: str) -> Answer:
    client = Client(service.url)
    try:
        return client.ask(method, path, _BODY if method == "POST" else "")
    finally:
        client.close()


def _submitted(service: Service) -> str:
    """Id of a check that waits behind all the others."""
    return str(json.loads(_ask(service, "POST", "/v1/checks").body)["id"])


def _statuses(found: list[Answer]) -> dict[str, int]:
    return {str(status): count for status, count in sorted(Counter(answer.status for answer in found).items())}


def _times(found: list[Answer]) -> dict[str, float]:
    """None where nothing was answered so."""
    times = [answer.ms for answer in found]
    if len(times) < 2:
        return {}
    return {
        "median ms": round(median(times), 1),
        "p99 ms": round(quantiles(times, n=100)[98], 1),
        "max ms": round(max(times), 1),
    }


def _web_memory_mb(service: Service) -> float:
    """Resident, of the web server and its processes."""
    pids = [pid for pid in descendants(service.pid) if kind_of(pid) in {"web server", "web process"}]
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in pids)
    return pages * 4096 / 1e6


if __name__ == "__main__":
    sys.exit(main())
