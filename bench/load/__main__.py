"""Load: how fast checks are taken in, how fast status is read beside long polls, what a full queue answers.

`python -m bench.load --seconds 10`. Clients are connections of this one process, on the machine of the service: they take
their share of its cores.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

from bench.chaos.victims import descendants, kind_of
from bench.load.client import Answer, Client, request
from bench.load.fleet import Asked, Fleet
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
        found, cost = _for_a_while(service, seconds, _CLIENTS, request("POST", "/v1/checks", _BODY), rate)
        taken = [answer for answer in found if answer.status == 202]
        show(
            f"submit, {_CLIENTS} clients {how}",
            {"accepted a second": round(len(taken) / seconds), "by status": _statuses(found), **_times(taken), **cost},
        )


def _measure_reads(service: Service, seconds: float) -> None:
    path = f"/v1/checks/{_submitted(service)}"
    with ThreadPoolExecutor(_LONG_POLLS) as pool:
        polls = [pool.submit(_ask, service, "GET", f"{path}?wait={int(seconds) + 2}") for _ in range(_LONG_POLLS)]
        time.sleep(0.5)
        found, cost = _for_a_while(service, seconds, 4, request("GET", path))
        waited = [poll.result() for poll in polls]
    figures = {"reads a second": round(len(found) / seconds), "by status": _statuses(found), **_times(found), **cost}
    show(f"status, 4 readers beside {_LONG_POLLS} long polls", {**figures, "long polls by status": _statuses(waited)})


def _measure_bound(service: Service, seconds: float) -> None:
    while _ask(service, "POST", "/v1/checks").status == 202:
        pass
    before = _web_memory_mb(service)
    for how, rate in (("without pause", 0.0), (f"{_PACE:g} a second together", _PACE)):
        found, cost = _for_a_while(service, seconds, _CLIENTS, request("POST", "/v1/checks", _BODY), rate)
        refused = [answer for answer in found if answer.status in {429, 503}]
        memory = f"{before:.0f} → {_web_memory_mb(service):.0f}"
        show(
            f"queue at its bound of {_QUEUE_LIMIT}, {_CLIENTS} clients {how}",
            {"by status": _statuses(found), "refused, a second": round(len(refused) / seconds), **_times(refused)}
            | {**cost, "memory of the web server, MB": memory},
        )


def _for_a_while(
    service: Service, seconds: float, clients: int, asked: bytes, rate: float = 0.0
) -> tuple[list[Asked], dict[str, float]]:
    """Each client asks again as soon as it was answered, or all of them together `rate` times a second.

    Beside the answers: processor milliseconds a request of the web server and of its clients, which other work on the
    machine hardly changes.
    """
    fleet = Fleet(service.url, clients, rate)
    before, ours = _web_cpu_s(service), time.process_time()
    try:
        found = fleet.ask(asked, seconds)
    finally:
        fleet.close()
    web, ours = _web_cpu_s(service) - before, time.process_time() - ours
    per = 1000 / max(1, len(found))
    return found, {"web server's processor ms a request": round(web * per, 3), "clients'": round(ours * per, 3)}


def _ask(service: Service, method: str, path: str) -> Answer:
    client = Client(service.url)
    try:
        return client.ask(method, path, _BODY if method == "POST" else "")
    finally:
        client.close()


def _submitted(service: Service) -> str:
    """Id of a check that waits behind all the others."""
    return str(json.loads(_ask(service, "POST", "/v1/checks").body)["id"])


def _statuses(found: Sequence[Answer | Asked]) -> dict[str, int]:
    return {str(status): count for status, count in sorted(Counter(answer.status for answer in found).items())}


def _times(found: Sequence[Answer | Asked]) -> dict[str, float]:
    """None if nothing was answered so."""
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
    pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in _web_pids(service))
    return pages * 4096 / 1e6


def _web_cpu_s(service: Service) -> float:
    """Processor time that the web server and its processes have had."""
    rows = [Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split() for pid in _web_pids(service)]
    return sum(int(row[11]) + int(row[12]) for row in rows) / os.sysconf("SC_CLK_TCK")


def _web_pids(service: Service) -> list[int]:
    return [pid for pid in descendants(service.pid) if kind_of(pid) in {"web server", "web process"}]


if __name__ == "__main__":
    sys.exit(main())
