"""The audit log as a Redis stream: only appended to, the oldest entries dropped beyond a bound."""

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from redis import Redis

from factcheck import keys
from factcheck.audit import Act, AuditEntry
from factcheck.errors import Detail, InvalidInput
from factcheck.ports import Page
from factcheck.store.connection import as_fields, as_text, store_errors

_CHUNK = 500
_CURSOR = re.compile(r"[1-9]\d{0,18}-\d{1,19}", re.ASCII)  # before 0-0 there is nothing, and Redis refuses to look there
_LONGEST = 512


class RedisAuditLog:
    """`AuditLog` in Redis. `kept` entries stay, and a few more, since Redis drops whole blocks."""

    def __init__(self, client: Redis, kept: int) -> None:
        self._client = client
        self._kept = kept

    def write(self, actor: str, act: Act, subjects: Sequence[str]) -> None:
        """One round trip."""
        with store_errors(), self._client.pipeline(transaction=False) as pipe:
            for subject in subjects:
                row = {"actor": _storable(actor), "act": act.value, "subject": _storable(subject)}
                pipe.xadd(keys.AUDIT, row, maxlen=self._kept, approximate=True)  # type: ignore[arg-type]
            pipe.execute()

    def page(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        """Raises `InvalidInput` at `/cursor` for a cursor that none of our pages gave out."""
        if cursor is not None and not _CURSOR.fullmatch(cursor):
            raise InvalidInput([Detail("/cursor", "not a cursor of this listing")])
        with store_errors():
            rows = self._client.xrevrange(keys.AUDIT, f"({cursor}" if cursor else "+", "-", count=limit + 1)
        found = [_entry(as_text(entry_id), as_fields(fields)) for entry_id, fields in rows or () if fields]
        shown = tuple(found[:limit])
        return Page(shown, shown[-1].id if len(found) > limit else None)

    def entries(self) -> Iterator[AuditEntry]:
        """All of them, newest first, some hundreds a round trip."""
        cursor: str | None = None
        while True:
            page = self.page(cursor, _CHUNK)
            yield from page.items
            cursor = page.cursor
            if cursor is None:
                return


def _entry(entry_id: str, fields: dict[str, str]) -> AuditEntry:
    at = datetime.fromtimestamp(int(entry_id.partition("-")[0]) / 1000, UTC)
    told = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return AuditEntry(entry_id, told, fields["actor"], Act(fields["act"]), fields["subject"])


def _storable(text: str) -> bytes:
    """What has no UTF-8 is no id of ours and is about to be refused."""
    return text[:_LONGEST].encode("utf-8", "replace")
