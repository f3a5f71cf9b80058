"""The version of all records in Redis. An older program refuses them instead of misreading them."""

from threading import Event

from redis import Redis

from factcheck import redis_keys
from factcheck.errors import StoreTooNew, StoreUnavailable
from factcheck.redis_connection import as_text, store_errors

FORMAT = 1
"""Increase it with a change that an older program would misread, and convert older records in `require_format`."""

_PAUSE_S = 0.5


def require_format(client: Redis) -> None:
    """Writes our format into an empty or older store. Every process calls this before it writes anything.

    Raises: `StoreTooNew`, `StoreUnavailable`.
    """
    with store_errors():
        client.set(redis_keys.FORMAT, FORMAT, nx=True)
        stored = int(as_text(client.get(redis_keys.FORMAT)) or FORMAT)
    if stored > FORMAT:
        raise StoreTooNew(stored, FORMAT)


def await_format(client: Redis, stop: Event) -> None:
    """`require_format` as soon as Redis answers; returns early where `stop` is set.

    Raises: `StoreTooNew`.
    """
    while not stop.is_set():
        try:
            return require_format(client)
        except StoreUnavailable:
            stop.wait(_PAUSE_S)
