"""Where a shard of the distributed engine lies: one server, or a node of a cluster that may change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from redis import Redis

from factcheck.errors import StoreUnavailable
from factcheck.redis_cluster import ClusterNodes
from factcheck.redis_connection import store_errors


class ShardServer(Protocol):
    """The server of one shard. `tag` is a part of all its keys; empty where there is no cluster."""

    tag: str

    def client(self) -> Redis:
        """A connection to the server that holds the shard."""

    def look_again(self) -> None:
        """The server does not answer, or holds the shard no longer."""


class FixedShardServer:
    """An `ShardServer` that is always the same."""

    tag = ""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def client(self) -> Redis:
        """The one."""
        return self._client

    def look_again(self) -> None:
        """There is no other."""


class ClusterShardServer:
    """An `ShardServer`: the primary that holds the slot of `tag`. All keys of the shard have that hash tag."""

    def __init__(self, nodes: ClusterNodes, tag: str) -> None:
        self.tag = tag
        self._nodes = nodes

    def client(self) -> Redis:
        """Asks the cluster where the holder is not known."""
        return self._nodes.holder(self.tag)

    def look_again(self) -> None:
        """For all shards of the cluster."""
        self._nodes.look_again()


@contextmanager
def connected(server: ShardServer) -> Iterator[Redis]:
    """A connection to the server. After an error, the next call looks for the server again.

    Raises: `StoreUnavailable`.
    """
    try:
        with store_errors():
            yield server.client()
    except StoreUnavailable:
        server.look_again()
        raise
