"""JSON as Redis keeps it: compact UTF-8. Preserves the lone surrogates that JSON input may contain."""

import json
from typing import Any


def pack(value: object) -> bytes:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack(raw: bytes | str) -> Any:
    """Inverse of `pack`."""
    return json.loads(raw.decode("utf-8", "surrogatepass") if isinstance(raw, bytes) else raw)
