"""API keys in Redis: digests and scopes, never the secrets."""

import json
from datetime import UTC, datetime
from uuid import uuid4

from redis import Redis

from factcheck import redis_keys
from factcheck.api_keys import ApiKey, RateLimitState, Scope, digest, new_secret
from factcheck.audit_log import AuditAction
from factcheck.errors import UnknownKey
from factcheck.redis_connection import as_text, store_errors
from factcheck.settings import Settings
from factcheck.store.audit_log import AUDITED

# Generic cell rate algorithm (GCRA): the stored value is the theoretical arrival time, at which the limit is full again.
# KEYS: keys, this key's arrival time. ARGV: the key's digest, default requests a minute.
# Returns the key's row, then limit, remaining, ms until the limit is full, ms until the next request (0: permitted).
# Where Redis rejects writes (a replica, memory full) requests are not counted, and reads continue.
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

# KEYS: keys, audit. ARGV: the key's digest, its row or "" (delete), its id, length of the audit log, actor or "".
# Returns 0 where nothing changed.
_CHANGE = (
    AUDITED
    + f"local CREATED, REVOKED = '{AuditAction.KEY_CREATED}', '{AuditAction.KEY_REVOKED}'"
    + """
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
elseif redis.call('HDEL', KEYS[1], ARGV[1]) == 0 then
  return 0
end
append_audit(KEYS[2], ARGV[4], ARGV[5], ARGV[2] ~= '' and CREATED or REVOKED, ARGV[3])
return 1
"""
)


class RedisApiKeys:
    """API keys in Redis. `by` is the actor of the audit entry; None writes no entry."""

    def __init__(self, client: Redis, audit_entries: int = Settings().audit_entries) -> None:
        """`audit_entries` bounds the length of the audit log."""
        self._client = client
        self._audit_entries = audit_entries
        self._use = client.register_script(_USE)
        self._change = client.register_script(_CHANGE)

    def create(
        self,
        name: str,
        scopes: frozenset[Scope],
        per_minute: int | None = None,
        by: str | None = None,
        shared: bool = False,
    ) -> tuple[ApiKey, str]:
        """The new key and its secret, which cannot be read again."""
        secret = new_secret()
        created_at = datetime.now(UTC).isoformat(timespec="seconds")
        key = ApiKey(uuid4().hex[:12], name, scopes, created_at, per_minute, shared)
        self._write(digest(secret), _to_json(key), key.id, by)
        return key, secret

    def find(self, secret: str) -> ApiKey | None:
        """The key of a secret. Looks up the digest, so that the timing reveals nothing about stored secrets."""
        with store_errors():
            row = self._client.hget(redis_keys.API_KEYS, digest(secret))
        return _from_json(as_text(row)) if row else None

    def use(self, secret: str, per_minute: int) -> tuple[ApiKey, RateLimitState | None] | None:
        """As `find`, and counts one request, in one round trip. The rate limit is None if the key has none."""
        key_digest = digest(secret)
        with store_errors():
            row, limit, remaining, reset_ms, wait_ms = self._use(
                keys=[redis_keys.API_KEYS, redis_keys.rate(key_digest)], args=[key_digest, per_minute]
            )
        if not row:
            return None
        rate_limit = RateLimitState(limit, remaining, reset_ms / 1000, wait_ms / 1000) if limit else None
        return _from_json(as_text(row)), rate_limit

    def is_empty(self) -> bool:
        """True if no key exists."""
        with store_errors():
            return not self._client.hlen(redis_keys.API_KEYS)

    def all(self) -> list[ApiKey]:
        """All keys, oldest first."""
        with store_errors():
            rows = self._client.hvals(redis_keys.API_KEYS)
        return sorted((_from_json(as_text(row)) for row in rows), key=lambda key: (key.created_at, key.id))

    def revoke(self, key_id: str, by: str | None = None) -> None:
        """Deletes the key.

        Raises: `UnknownKey`.
        """
        with store_errors():
            rows = self._client.hgetall(redis_keys.API_KEYS)
        found = next((as_text(name) for name, row in rows.items() if _from_json(as_text(row)).id == key_id), None)
        if found is None or not self._write(found, "", key_id, by):
            raise UnknownKey(key_id)

    def _write(self, key_digest: str, row: str, key_id: str, by: str | None) -> bool:
        with store_errors():
            args: list[str | int] = [key_digest, row, key_id, self._audit_entries, by or ""]
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
    if key.shared:
        row["shared"] = True
    return json.dumps(row, ensure_ascii=True)


def _from_json(text: str) -> ApiKey:
    row = json.loads(text)
    scopes = frozenset(map(Scope, row["scopes"]))
    return ApiKey(
        row["id"], row["name"], scopes, row["created_at"], row.get("per_minute"), bool(row.get("shared", False))
    )
