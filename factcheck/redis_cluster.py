"""Connections to the nodes of a Redis Cluster, by the key that they hold."""

from collections.abc import Mapping
from threading import Lock
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from redis import Redis
from redis.cluster import ClusterNode, RedisCluster
from redis.crc import REDIS_CLUSTER_HASH_SLOTS, key_slot
from redis.exceptions import RedisClusterException

CLUSTER = "cluster://"
_PORT = 6_379
_DEFAULT_SHARDS = 3


class ClusterNodes:
    """The nodes of one cluster. Asks for the slots when it is first used, and again after `look_again`.

    Raises: `RedisClusterException` where no node answers, or none holds the key.
    """

    def __init__(self, nodes: list[tuple[str, int]], options: Mapping[str, Any]) -> None:
        self._nodes = nodes
        self._options = options
        self._lock = Lock()
        self._cluster: RedisCluster | None = None

    def holder(self, key: str) -> Redis:
        """The primary that holds `key`, as far as known. One that does not any more answers with `MovedError`."""
        with self._lock:
            if self._cluster is None:
                nodes = [ClusterNode(host, port) for host, port in self._nodes]  # type: ignore[no-untyped-call]
                self._cluster = RedisCluster(startup_nodes=nodes, **self._options)
            node = self._cluster.get_node_from_key(key)  # type: ignore[no-untyped-call]
            if node is None:
                raise RedisClusterException(f"no node holds the slot of {key}")
            return self._cluster.get_redis_connection(node)

    def look_again(self) -> None:
        """Forgets the slots: a primary died, or slots were moved."""
        with self._lock:
            self._cluster = None


def parse_cluster_url(url: str) -> tuple[list[tuple[str, int]], int, dict[str, Any]]:
    """Nodes, number of shards, and login of `cluster://[user:password@]host[:port][,host[:port]…][?shards=3]`.

    Raises: `ValueError` where the URL has another form.
    """
    parts = urlsplit(url)
    login, _, hosts = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    shards = query.pop("shards", str(_DEFAULT_SHARDS))
    if not hosts or parts.path.strip("/") or query or not shards.isdigit() or not 1 <= int(shards) <= 64:
        raise ValueError("a cluster's URL is cluster://host:port,host:port?shards=3, with 1 to 64 shards")
    nodes = [_host_and_port(host) for host in hosts.split(",")]
    return nodes, int(shards), {"username": unquote(user) or None, "password": unquote(password)} if login else {}


def shard_tags(shards: int) -> list[str]:
    """Hash tags, one a shard, whose slots lie evenly: as many on each primary of a cluster whose slots were dealt in order.

    >>> [key_slot(tag.encode()) * 3 // REDIS_CLUSTER_HASH_SLOTS for tag in shard_tags(3)]
    [0, 1, 2]
    """
    return [_tag(number, shards) for number in range(shards)]


def _tag(number: int, shards: int) -> str:
    """In the middle half of its share, so that primaries whose borders differ a little hold the same shards."""
    share = REDIS_CLUSTER_HASH_SLOTS / shards
    low, high = (number + 0.25) * share, (number + 0.75) * share
    tags = (f"{{{shards}.{number}.{turn}}}" for turn in range(100 * shards * 64))
    return next(tag for tag in tags if low <= key_slot(tag.encode()) < high)


def _host_and_port(raw: str) -> tuple[str, int]:
    host, colon, port = raw.rpartition(":")
    return (host.strip("[]"), int(port)) if colon and port.isdigit() else (raw.strip("[]"), _PORT)
