"""Connections to a Redis primary that Redis Sentinel may replace."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from redis.sentinel import Sentinel, SentinelManagedConnection

SENTINEL = "sentinel://"
_PORT = 26_379
_TIMEOUT_S = 0.5


class _Connection(SentinelManagedConnection):
    """Looks up the primary before each attempt. redis-py looks it up once and then retries the dead one forever.

    Source: redis-py issue 3874.
    """

    def _connect(self) -> Any:
        self.host, self.port = self.connection_pool.get_master_address()
        return super()._connect()  # type: ignore[no-untyped-call]


def connect_by_sentinel(url: str, options: dict[str, Any]) -> Redis:
    """Connects by `sentinel://[user:password@]host[:port][,host[:port]…]/service[?db=0]`.

    `service` is the primary's name at the sentinels. The login is for the primary; the sentinels get none.

    Raises: `ValueError` where the URL has another form.
    """
    parts = urlsplit(url)
    login, _, hosts = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    service = parts.path.strip("/")
    if not hosts or not service or query.keys() - {"db"}:
        raise ValueError("a sentinel's URL is sentinel://host:port,host:port/service?db=0")
    sentinels = [_host_and_port(host) for host in hosts.split(",")]
    if login:
        options |= {"username": unquote(user) or None, "password": unquote(password)}
    return _primary(sentinels, service, {**options, "db": int(query.get("db", 0))})


def _primary(sentinels: list[tuple[str, int]], service: str, options: dict[str, Any]) -> Redis:
    sentinel_options: dict[str, Any] = {
        "socket_connect_timeout": _TIMEOUT_S,
        "socket_timeout": _TIMEOUT_S,
        "retry": Retry(NoBackoff(), 0),
    }
    sentinel = Sentinel(sentinels, sentinel_kwargs=sentinel_options)  # type: ignore[no-untyped-call]
    primary: Redis = sentinel.master_for(service, connection_class=_Connection, **options)  # type: ignore[no-untyped-call]
    return primary


def _host_and_port(raw: str) -> tuple[str, int]:
    host, colon, port = raw.rpartition(":")
    return (host.strip("[]"), int(port)) if colon and port.isdigit() else (raw.strip("[]"), _PORT)
