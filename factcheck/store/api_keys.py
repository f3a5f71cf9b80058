"""API keys in Redis: digests and what they may do, never the keys themselves."""

import json
from datetime import UTC, datetime
from uuid import uuid4

from redis import Redis

from factcheck import redis_keys
from factcheck.api_keys import ApiKey, RateLimit, Scope, digest, new_secret
from factcheck.audit import AuditAction
from factcheck.errors import UnknownKey
from factcheck.redis_connection import as_text, store_errors
from factcheck.settings import Settings
from factcheck.store.audit import AUDITED

# The generic cell rate algorithm: what is kept is the moment at which all requests until now will be paid off.
# KEYS: keys, this key's moment. ARGV: the key's digest, requests a minute where the key says nothing itself.
# Answers the key's row, then limit, remaining, ms until all is paid off, ms until one more may come (0: it came).
# Where Redis takes no writes (a replica, memory full) nobody is counted, and everybody may still read.
_USE = """
local row = redis.call('HGET', KEYS[1], ARGV[1])
if not row then return {'', 0, 0, 0, 0} end
local limit = tonumber(cjson.decode(row).per_minute or ARGV[2])
if limit == 0 then return {row, 0, 0, 0, 0} end
local minute, step = 60000000, math.floor(60000000 / limit)
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local debt = math.max(tonumber(redis.call('GET', KEYS[2]) or 0) - now, 0)
local wait = debt + step - minute
if wait > 0 then return {row, limit, 0, math.ceil(debt / 1000), math.ceil(wait / 1000)} end
debt = debt + step
redis.pcall('SET', KEYS[2], string.format('%.0f', now + debt), 'PX', math.ceil(debt / 1000))
return {row, limit, math.floor((minute - debt) / step), math.ceil(debt / 1000), 0}
"""

# KEYS: keys, audit. ARGV: the key's digest, its row or "" (it goes), its id, lines of the audit log, who does it or "".
# Answers 0 where nothing changed.
_CHANGE = (
    AUDITED
    + f"local CREATED, REVOKED = '{AuditAction.KEY_CREATED}', '{AuditAction.KEY_REVOKED}'"
    + """
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
elseif redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then
  return 0
end
write_down(KEYS[2], ARGV[4], ARGV[5], ARGV[2] ~= '' and CREATED or REVOKED, ARGV[3])
return 1
"""
)


class RedisApiKeys:
    """`KeyRing` in Redis. A change's `by` is who stands in the audit log for it; None: it has no line."""

    def __init__(self, client: Redis, audit_entries: int = Settings().audit_entries) -> None:
        """`audit_entries` is how many lines the audit log keeps."""
        self._client = client
        self._audit_entries = audit_entries
        self._use = client.register_script(_USE)
        self._change = client.register_script(_CHANGE)

    def create(
        self, name: str, scopes: frozenset[Scope], per_minute: int | None = None, by: str | None = None
    ) -> tuple[ApiKey, str]:
        """The key and its secret, which cannot be read again."""
        secret = new_secret()
        created_at = datetime.now(UTC).isoformat(timespec="seconds")
        key = ApiKey(uuid4().hex[:12], name, scopes, created_at, per_minute)
        self._changed(digest(secret), _to_json(key), key.id, by)
        return key, secret

    def find(self, secret: str) -> ApiKey | None:
        """By its digest, so that comparing takes no time that tells anything."""
        with store_errors():
            row = self._client.hget(redis_keys.API_KEYS, digest(secret))
        return _from_json(as_text(row)) if row else None

    def use(self, secret: str, per_minute: int) -> tuple[ApiKey, RateLimit | None] | None:
        """As `find`, and counts one request; no allowance where the key may ask as much as it likes. One round trip."""
        name = digest(secret)
        with store_errors():
            row, limit, remaining, reset_ms, wait_ms = self._use(
                keys=[redis_keys.API_KEYS, redis_keys.rate(name)], args=[name, per_minute]
            )
        if not row:
            return None
        allowance = RateLimit(limit, remaining, reset_ms / 1000, wait_ms / 1000) if limit else None
        return _from_json(as_text(row)), allowance

    def is_empty(self) -> bool:
        """True where no key was made yet, or all were revoked."""
        with store_errors():
            return not self._client.hlen(redis_keys.API_KEYS)

    def all(self) -> list[ApiKey]:
        """Oldest first."""
        with store_errors():
            rows = self._client.hvals(redis_keys.API_KEYS)
        return sorted((_from_json(as_text(row)) for row in rows), key=lambda key: (key.created_at, key.id))

    def revoke(self, key_id: str, by: str | None = None) -> None:
        """From now on it opens nothing. Raises `UnknownKey`."""
        with store_errors():
            rows = self._client.hgetall(redis_keys.API_KEYS)
        found = next((as_text(name) for name, row in rows.items() if _from_json(as_text(row)).id == key_id), None)
        if found is None or not self._changed(found, "", key_id, by):
            raise UnknownKey(key_id)

    def _changed(self, name: str, row: str, key_id: str, by: str | None) -> bool:
        with store_errors():
            args: list[str | int] = [name, row, key_id, self._audit_entries, by or ""]
            return bool(self._change(keys=[redis_keys.API_KEYS, redis_keys.AUDIT], args=args))


def _to_json(key: ApiKey) -> str:
    row: dict[str, object] = {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "created_at": key.created_at,
    }
    if key.per_minute is not None:
        row["per_minute"] = key.per_minute
    return json.dumps(row, ensure_ascii=True)


def _from_json(text: str) -> ApiKey:
    row = json.loads(text)
    return ApiKey(
        row["id"], row["name"], frozenset(map(Scope, row["scopes"])), row["created_at"], row.get("per_minute")
    )
