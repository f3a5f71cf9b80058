"""JSON as Redis keeps it: compact UTF-8. Preserves the lone surrogates that JSON input may contain."""

import json
from datetime import UTC, datetime
from typing import Any


def pack(value: object) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(raw: bytes | str) -> Any:
    """Inverse of `pack`."""
    return json.loads(raw.decode("utf-8", "surrogatepass") if isinstance(raw, bytes) else raw)


def timestamp() -> str:
    """The current time, ISO 8601 in UTC with milliseconds: `2018-01-30T09:00:00.000Z`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def epoch_ms(moment: str) -> int:
    """Milliseconds since 1970 of an ISO 8601 date-time. A time without zone is UTC."""
    parsed = datetime.fromisoformat(moment)
    return int((parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp() * 1000)
