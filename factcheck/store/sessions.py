"""Sessions of people who signed in. Redis holds a digest of a session's id, never the id that the browser sends."""

import secrets
from hashlib import sha256
from typing import Any

from redis import Redis

from factcheck import redis_keys
from factcheck.redis_connection import store_errors
from factcheck.store.json_codec import pack, unpack


class RedisSessions:
    """Sessions in Redis. Raises `StoreUnavailable`."""

    def __init__(self, client: Redis, lifetime_s: int) -> None:
        self._client = client
        self._lifetime_s = lifetime_s

    def create(self, content: dict[str, Any]) -> str:
        """Stores a new session and returns its id, 256 random bits."""
        session_id = secrets.token_urlsafe(32)
        with store_errors():
            self._client.set(_key(session_id), pack(content), ex=self._lifetime_s)
        return session_id

    def read(self, session_id: str) -> dict[str, Any] | None:
        """The content; None if the session has ended."""
        with store_errors():
            raw = self._client.get(_key(session_id))
        return None if raw is None else dict(unpack(raw))

    def update(self, session_id: str, content: dict[str, Any]) -> None:
        """Replaces the content of a session that has not ended. Its lifetime goes on."""
        with store_errors():
            self._client.set(_key(session_id), pack(content), keepttl=True, xx=True)

    def end(self, session_id: str) -> None:
        """Deletes the session."""
        with store_errors():
            self._client.delete(_key(session_id))


def _key(session_id: str) -> str:
    return redis_keys.session(sha256(session_id.encode("utf-8", "surrogatepass")).hexdigest())
