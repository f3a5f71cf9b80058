"""API keys in Redis: digests and what they may do, never the keys themselves."""

import json
from datetime import UTC, datetime
from uuid import uuid4

from redis import Redis

from factcheck import keys
from factcheck.access import ApiKey, Scope, digest, new_secret
from factcheck.errors import UnknownKey
from factcheck.store.connection import as_text, store_errors


class RedisKeyRing:
    """`KeyRing` in Redis."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def create(self, name: str, scopes: frozenset[Scope]) -> tuple[ApiKey, str]:
        """The key and its secret, which cannot be read again."""
        secret = new_secret()
        key = ApiKey(uuid4().hex[:12], name, scopes, datetime.now(UTC).isoformat(timespec="seconds"))
        with store_errors():
            self._client.hset(keys.API_KEYS, digest(secret), _to_json(key))
        return key, secret

    def find(self, secret: str) -> ApiKey | None:
        """By its digest, so that comparing takes no time that tells anything."""
        with store_errors():
            row = self._client.hget(keys.API_KEYS, digest(secret))
        return _from_json(as_text(row)) if row else None

    def is_empty(self) -> bool:
        """True where no key was made yet, or all were revoked."""
        with store_errors():
            return not self._client.hlen(keys.API_KEYS)

    def all(self) -> list[ApiKey]:
        """Oldest first."""
        with store_errors():
            rows = self._client.hvals(keys.API_KEYS)
        return sorted((_from_json(as_text(row)) for row in rows), key=lambda key: (key.created_at, key.id))

    def revoke(self, key_id: str) -> None:
        """From now on it opens nothing. Raises `UnknownKey`."""
        with store_errors():
            rows = self._client.hgetall(keys.API_KEYS)
            found = [name for name, row in rows.items() if _from_json(as_text(row)).id == key_id]
            if not found or not self._client.hdel(keys.API_KEYS, *found):
                raise UnknownKey(key_id)


def _to_json(key: ApiKey) -> str:
    row = {"id": key.id, "name": key.name, "scopes": sorted(key.scopes), "created_at": key.created_at}
    return json.dumps(row, ensure_ascii=True)


def _from_json(text: str) -> ApiKey:
    row = json.loads(text)
    return ApiKey(row["id"], row["name"], frozenset(map(Scope, row["scopes"])), row["created_at"])
