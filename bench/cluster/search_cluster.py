"""A Redis Cluster with the search module on this machine: primaries with replicas, which keep nothing on disk."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from redis.crc import REDIS_CLUSTER_HASH_SLOTS

from bench.cluster.servers import (
    DOWN_AFTER_MS,
    Server,
    configured_server,
    followers,
    free_ports,
    search_module,
    until,
)


@dataclass(frozen=True, slots=True)
class SearchCluster:
    """`url` is what a service takes as `FACTCHECK_SEARCH_URL`."""

    servers: list[Server]
    primaries: int

    @property
    def url(self) -> str:
        """All nodes, and as many shards as primaries."""
        return f"cluster://{','.join(server.address for server in self.servers)}?shards={self.primaries}"

    def primary(self, chance: Random) -> Server:
        """One of those that hold slots now."""
        return chance.choice([server for server in self.servers if _replication(server).get("role") == "master"])

    def replica_of(self, primary: Server) -> Server:
        """One that follows it."""
        return next(s for s in self.servers if str(_replication(s).get("master_port")) == str(primary.port))

    def is_whole(self) -> bool:
        """Whether all slots are held, and each primary has its replicas."""
        replicas = len(self.servers) // self.primaries - 1
        told = [_replication(server) for server in self.servers]
        of_primaries = [followers(row) for row in told if row.get("role") == "master"]
        return of_primaries == [replicas] * self.primaries and all(map(_is_ok, self.servers))


def _replication(server: Server) -> dict[str, object]:
    told = server.ask("INFO", "replication")
    return told if isinstance(told, dict) else {}


def _is_ok(server: Server) -> bool:
    told = server.ask("CLUSTER INFO")
    return isinstance(told, dict) and told.get("cluster_state") == "ok"


@contextmanager
def running_search_cluster(folder: Path, primaries: int = 3, replicas: int = 1) -> Iterator[SearchCluster]:
    """Yields it when all slots are held and all replicas follow.

    Raises: `FileNotFoundError` where no wheel of the module exists for this machine.
    """
    ports = free_ports(2 * primaries * (1 + replicas))
    pairs = list(zip(ports[::2], ports[1::2], strict=True))
    servers = [_node(folder, f"node-{n}", port, bus) for n, (port, bus) in enumerate(pairs)]
    with ExitStack() as stack:
        for server in servers:
            stack.callback(server.kill)
            server.start()
        for number, server in enumerate(servers[:primaries]):
            bounds = [n * REDIS_CLUSTER_HASH_SLOTS // primaries for n in (number, number + 1)]
            server.ask("CLUSTER ADDSLOTSRANGE", str(bounds[0]), str(bounds[1] - 1))
        for port, bus in pairs[1:]:
            servers[0].ask("CLUSTER MEET", "127.0.0.1", str(port), str(bus))
        names = [str(server.ask("CLUSTER MYID")) for server in servers[:primaries]]
        for number, server in enumerate(servers[primaries:]):
            _replicate(server, names[number % primaries])
        cluster = SearchCluster(servers, primaries)
        until(cluster.is_whole, "the search cluster is whole")
        yield cluster


def _replicate(server: Server, primary: str) -> None:
    until(lambda: server.ask("CLUSTER REPLICATE", primary) is not None, f"{server.name} follows its primary")


def _node(folder: Path, name: str, port: int, bus: int) -> Server:
    config = (
        f"cluster-enabled yes\ncluster-port {bus}\ncluster-node-timeout {DOWN_AFTER_MS}\n"
        f"appendonly no\nsave ''\nrepl-diskless-sync-delay 0\nloadmodule {search_module()}\n"
    )
    return configured_server(folder, name, port, config)
