"""`kill -9` of parts of the cluster, one after the other; each comes back a little later."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from bench.chaos.victims import kill_one
from bench.cluster.hosts import Host
from bench.cluster.search_cluster import SearchCluster
from bench.cluster.servers import Database, Server, until

KINDS = (
    "primary",
    "host",
    "indexer",
    "search",
    "worker",
    "sentinel",
    "primary",
    "web server",
    "replica",
    "web process",
)
_DOWN_S = 5.0  # longer than a failover takes to begin
_WHOLE_S = 120.0


@dataclass(frozen=True, slots=True)
class Kill:
    """`at_s` since the first one; `whole_s` until all parts were there again."""

    at_s: float
    kind: str
    whole_s: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """`search` is None if each host has an index of its own."""

    database: Database
    hosts: list[Host]
    search: Server | SearchCluster | None

    def await_whole(self) -> None:
        """Raises: `TimeoutError`."""
        until(self.database.is_whole, "the database has two replicas", _WHOLE_S)
        if isinstance(self.search, SearchCluster):
            until(self.search.is_whole, "the search cluster is whole", _WHOLE_S)
        for host in self.hosts:
            host.await_ready()


def kill_all(cluster: Cluster, kinds: list[str], pause_s: float, chance: random.Random, done: list[Kill]) -> None:
    """A replica must hold each write, so the next kill waits until all parts are there again."""
    began = time.monotonic()
    for kind in kinds:
        time.sleep(chance.uniform(0, 2 * pause_s))
        at = time.monotonic()
        bring_back = _kill(cluster, kind, chance)
        time.sleep(_DOWN_S)
        bring_back()
        cluster.await_whole()
        done.append(Kill(round(at - began, 1), kind, round(time.monotonic() - at, 1)))


def _kill(cluster: Cluster, kind: str, chance: random.Random) -> Callable[[], None]:
    """What brings it back; the supervisors bring back their own."""
    host = chance.choice(cluster.hosts)
    if kind == "host":
        host.kill()
        return host.start
    if kind in ("primary", "replica", "sentinel", "search"):
        server = _server(cluster, kind, chance)
        server.kill()
        return server.start
    until(lambda: kill_one(host.pid, kind, chance) is not None, f"a {kind} of {host.name} runs")
    return lambda: None


def _server(cluster: Cluster, kind: str, chance: random.Random) -> Server:
    if kind == "primary":
        return cluster.database.primary()
    if kind == "replica":
        return cluster.database.replica()
    if kind == "sentinel":
        return chance.choice(cluster.database.sentinels)
    assert cluster.search is not None
    return cluster.search.primary(chance) if isinstance(cluster.search, SearchCluster) else cluster.search
