"""The audit log as a Redis stream. Append-only; the oldest entries beyond a bound are dropped.

The script that makes a change also appends its entry, so neither exists without the other.
"""

import re
from collections.abc import Iterator

from redis import Redis

from factcheck import redis_keys
from factcheck.audit_log import AuditAction, AuditEntry
from factcheck.errors import InvalidInput, InvalidInputDetail
from factcheck.ports import Page
from factcheck.redis_connection import as_fields, as_text, store_errors
from factcheck.timestamps import timestamp

_CHUNK = 500
_CURSOR = re.compile(r"[1-9]\d{0,18}-\d{1,19}", re.ASCII)  # Redis rejects 0-0 as the exclusive end of a range

AUDITED = """
local function append_audit(audit, kept, actor, act, subject)
  if actor ~= '' then
    redis.call('XADD', audit, 'MAXLEN', '~', kept, '*', 'actor', actor, 'act', act, 'subject', subject)
  end
end
"""
"""Lua function for other scripts: appends one entry; none where `actor` is empty."""


class RedisAuditLog:
    """`AuditLog` in Redis."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def page(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        """Entries, newest first.

        Raises: `InvalidInput` at `/cursor` where the cursor is not from an earlier page.
        """
        if cursor is not None and not _CURSOR.fullmatch(cursor):
            raise InvalidInput([InvalidInputDetail("/cursor", "not a cursor of this listing")])
        with store_errors():
            rows = self._client.xrevrange(redis_keys.AUDIT, f"({cursor}" if cursor else "+", "-", count=limit + 1)
        found = [_entry(as_text(entry_id), as_fields(fields)) for entry_id, fields in rows or () if fields]
        shown = tuple(found[:limit])
        return Page(shown, shown[-1].id if len(found) > limit else None)

    def entries(self) -> Iterator[AuditEntry]:
        """All entries, newest first, in chunks of 500."""
        cursor: str | None = None
        while True:
            page = self.page(cursor, _CHUNK)
            yield from page.items
            cursor = page.cursor
            if cursor is None:
                return


def _entry(entry_id: str, fields: dict[str, str]) -> AuditEntry:
    at = timestamp(int(entry_id.partition("-")[0]) / 1000)
    return AuditEntry(entry_id, at, fields["actor"], AuditAction(fields["act"]), fields["subject"])
