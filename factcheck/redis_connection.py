"""Connections to Redis, and the translation of its errors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from redis import Redis
from redis.backoff import ExponentialBackoff
from redis.exceptions import (
    AskError,
    ClusterError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisClusterException,
    RedisError,
    ResponseError,
    TimeoutError,
    TryAgainError,
)
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.retry import Retry

from factcheck import redis_keys
from factcheck.errors import InvalidSetting, StoreUnavailable
from factcheck.redis_cluster import ClusterNodes, parse_cluster_url, shard_tags
from factcheck.redis_sentinel import SENTINEL, connect_by_sentinel

BLOCK_MS = 500
"""Longest wait inside one blocking command. Below `_WEB_TIMEOUT_S`, so that an idle server is not taken for a dead one."""

_WEB_TIMEOUT_S = 4.0
"""A database that waits for its disk or for a core is silent for seconds, and has the command already: to send it again would
make it do it twice. Source: bench/RESULTS.md, rolling upgrade.
"""

_ENGINE_TIMEOUT_S = 5.0
_REPLICATION_MS = 800
_WORKER_ATTEMPTS = 120  # with a cap of 2 s: survives an outage of four minutes
_CLUSTER_CHANGES = (AskError, ClusterError, RedisClusterException, TryAgainError)
_DOWN = (
    "LOADING",
    "READONLY",
    "OOM",
    "MISCONF",
    "NOAUTH",
    "WRONGPASS",
    "MASTERDOWN",
    "NOREPLICAS",
    "NOPERM",
    "BUSY ",
    "NOSCRIPT",
    "UNBLOCKED",  # the server became a replica during a blocking command
)

_IN_PIPELINE = "of pipeline caused error: "  # redis-py puts the command in front of the message


def connect_patiently(url: str) -> Redis:
    """Connection for workers: retries for minutes. `url` is redis://, rediss://, unix:// or sentinel://."""
    retry = Retry(ExponentialBackoff(cap=2, base=0.05), _WORKER_ATTEMPTS)
    return _connect(url, retry=retry, socket_connect_timeout=5, health_check_interval=30)


def connect_briefly(url: str) -> Redis:
    """Connection for the web process and the command line: gives up within five seconds, so that no request hangs.

    Sends a command again where the connection is gone, not where the answer is late.
    """
    retry = Retry(ExponentialBackoff(cap=0.1, base=0.05), 1, supported_errors=(RedisConnectionError,))
    return _connect(url, retry=retry, socket_connect_timeout=0.5, socket_timeout=_WEB_TIMEOUT_S)


def connect_engine(url: str) -> Redis:
    """Connection to the search engine's server; gives up within seconds. Uses protocol 3, whose replies are maps."""
    return _connect(url, **_engine_options())


def _engine_options() -> dict[str, Any]:
    retry = Retry(ExponentialBackoff(cap=0.2, base=0.05), 1)
    return {"retry": retry, "socket_connect_timeout": 0.5, "socket_timeout": _ENGINE_TIMEOUT_S, "protocol": 3}


def connect_engine_cluster(url: str) -> tuple[ClusterNodes, list[str]]:
    """The nodes of the search engine's cluster, and the hash tags of its shards. Opens no connection yet."""
    try:
        nodes, shards, login = parse_cluster_url(url)
    except ValueError as error:
        raise InvalidSetting(f"FACTCHECK_SEARCH_URL={_without_password(url)!r}: {error}") from None
    return ClusterNodes(nodes, {**_engine_options(), **login}), shard_tags(shards)


def require_address(given: str | None, default: str) -> None:
    """Refuses a start without an address of Redis: in a container, the default is the container itself.

    Raises: `InvalidSetting` where none is given and nothing answers at `default`.
    """
    if not given and not answers(connect_briefly(default)):
        raise InvalidSetting(
            f"REDIS_URL is not set, and no Redis answers at {default}: "
            "set it to the address of the database, such as redis://redis:6379/0"
        )


def _connect(url: str, **options: Any) -> Redis:
    if not url.startswith("unix:"):
        options["socket_keepalive"] = True
    try:
        return connect_by_sentinel(url, options) if url.startswith(SENTINEL) else Redis.from_url(url, **options)
    except ValueError as error:
        raise InvalidSetting(f"REDIS_URL={_without_password(url)!r}: {error}") from None


def _without_password(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://…@{rest.rpartition('@')[2]}" if "@" in rest else url


def await_replicas(client: Redis, replicas: int) -> None:
    """Waits until `replicas` replicas hold all earlier writes, so that no failover loses them. Returns at once for 0.

    Raises: `StoreUnavailable` where they do not within a second. The primary then keeps the write. It may be repeated:
    documents replace themselves, and checks have an Idempotency-Key.
    """
    if replicas == 0:
        return
    with store_errors(), client.pipeline(transaction=False) as pipe:
        pipe.set(redis_keys.REPLICATED, 1)
        pipe.wait(replicas, _REPLICATION_MS)
        reached = int(pipe.execute()[1])
    if reached < replicas:
        raise StoreUnavailable(f"written, but {reached} of {replicas} replicas have it; try again")


def answers(client: Redis) -> bool:
    """True if Redis answers a ping, even if only to say that its disk is full. Does not raise where Redis is unreachable."""
    try:
        with store_errors():
            return bool(client.ping())
    except StoreUnavailable as error:
        return isinstance(error.__cause__, ResponseError)


@contextmanager
def store_errors() -> Iterator[None]:
    """Raises `StoreUnavailable` for errors that mean Redis cannot serve now. Programming errors pass through unchanged."""
    try:
        yield
    except (RedisConnectionError, TimeoutError, ReadOnlyError, OutOfMemoryError, *_CLUSTER_CHANGES) as error:
        raise StoreUnavailable(f"Redis does not answer: {error}") from error
    except ResponseError as error:
        if str(error).rpartition(_IN_PIPELINE)[2].startswith(_DOWN):
            raise StoreUnavailable(f"Redis refuses: {error}") from error
        raise
    except RedisError as error:
        if "closed" in str(error).lower():
            raise StoreUnavailable(f"Redis does not answer: {error}") from error
        raise


def as_text(raw: bytes | str | None) -> str:
    """A stored value as text; "" for None. Lone surrogates survive."""
    return raw.decode("utf-8", "surrogatepass") if isinstance(raw, bytes) else raw or ""


def as_texts(rows: Any) -> list[str]:
    """Members of a list or sorted set, of an answer of Redis."""
    return [as_text(row) for row in rows]


def as_fields(raw: dict[bytes | str, bytes | str]) -> dict[str, str]:
    """A hash or stream entry as text."""
    return {as_text(name): as_text(value) for name, value in raw.items()}
