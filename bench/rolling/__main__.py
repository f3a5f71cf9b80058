"""A rolling upgrade under load: two hosts of an earlier build on one database are replaced by this build, one after the other.

`python -m bench.rolling --from cf16b1c --rate 100`; without --from, this build replaces itself. As a load balancer does, the
bench takes a host out of service, waits for a second, stops it, and puts it back when `/readyz` says so.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Event

from bench.chaos.client import read
from bench.cluster.hosts import Host
from bench.cluster.servers import durable_server, free_ports
from bench.rolling.load import Balancer, Outcome, run
from bench.serving import show, store_seeds
from bench.versus.trees import Tree, built_tree, present_tree

_DRAIN_S, _BEFORE_S = 1.0, 10.0
_FINISHED_S = 900.0


def main() -> int:
    """0 where at most one request of a thousand failed and every accepted check finished, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="commit", help="commit of the earlier build")
    parser.add_argument("--rate", type=float, default=100.0, help="requests a second")
    parser.add_argument(
        "--folder", type=Path, default=None, help="where data folders and logs stay; by default none stays"
    )
    arguments = parser.parse_args()
    with ExitStack() as stack:
        name = arguments.folder or stack.enter_context(tempfile.TemporaryDirectory(prefix="fc-rolling-"))
        new = stack.enter_context(present_tree())
        old = stack.enter_context(built_tree(arguments.commit)) if arguments.commit else new
        hosts = stack.enter_context(_running_hosts(Path(name), old))
        balancer, stop, began = Balancer([host.url for host in hosts]), Event(), time.monotonic()
        with ThreadPoolExecutor(1) as pool:
            load = pool.submit(run, balancer, arguments.rate, stop)
            try:
                time.sleep(_BEFORE_S)
                replaced = [_replace(host, new, balancer) for host in hosts]
                time.sleep(_BEFORE_S)
            finally:
                stop.set()
            outcomes = load.result()
        return _show(arguments, outcomes, began, replaced, _statuses(hosts[0].url, balancer.checks))


@contextmanager
def _running_hosts(folder: Path, tree: Tree) -> Iterator[list[Host]]:
    """Two, with the seed reports."""
    (port,) = free_ports(1)
    database = durable_server(folder, "redis", port, port)
    settings = {"REDIS_URL": f"redis://{database.address}/0", "FACTCHECK_REQUESTS_PER_MINUTE": "0"}
    hosts = [Host(f"host-{n}", folder / f"host-{n}", settings, 1, tree) for n in (1, 2)]
    with ExitStack() as stack:
        stack.callback(database.kill)
        database.start()
        for host in hosts:
            stack.callback(host.stop)
            host.start()
        for host in hosts:
            host.await_ready()
        store_seeds(hosts[0].url)
        yield hosts


def _replace(host: Host, tree: Tree, balancer: Balancer) -> tuple[float, float]:
    """When the host went out of service and came back, in seconds of `time.monotonic`."""
    began = time.monotonic()
    balancer.urls = [url for url in balancer.urls if url != host.url]
    time.sleep(_DRAIN_S)
    host.stop()
    host.tree = tree
    host.start()
    host.await_ready()
    balancer.urls = [*balancer.urls, host.url]
    return began, time.monotonic()


def _statuses(url: str, ids: list[str]) -> Counter[str]:
    deadline, left, found = time.monotonic() + _FINISHED_S, list(ids), Counter[str]()
    while left and time.monotonic() < deadline:
        statuses = {check_id: str(read(url, check_id)["status"]) for check_id in left}
        left = [check_id for check_id, status in statuses.items() if status in ("queued", "running")]
        found += Counter(status for status in statuses.values() if status not in ("queued", "running"))
        time.sleep(1 if left else 0)
    return found + Counter({"unfinished": len(left)})


def _show(
    arguments: argparse.Namespace,
    outcomes: list[Outcome],
    began: float,
    replaced: list[tuple[float, float]],
    checks: Counter[str],
) -> int:
    times = sorted(outcome.ms for outcome in outcomes)
    faults = [outcome for outcome in outcomes if outcome.fault]
    figures = {
        "from": arguments.commit or "this build",
        "requests": len(outcomes),
        "failed": len(faults),
        "failures": dict(Counter(f"{fault.kind}: {fault.fault}" for fault in faults)),
        "failed in second": dict(sorted(Counter(int(fault.sent_s - began) for fault in faults).items())),
        "p50 / p99 / longest, ms": " / ".join(f"{times[int(q * (len(times) - 1))]:.0f}" for q in (0.5, 0.99, 1.0)),
        "each host out of service, from second to second": [
            f"{out - began:.0f} to {back - began:.0f}" for out, back in replaced
        ],
        "accepted checks": dict(checks),
    }
    show("rolling upgrade", figures)
    return 0 if len(faults) <= len(outcomes) / 1000 and set(+checks) == {"finished"} else 1


if __name__ == "__main__":
    sys.exit(main())
