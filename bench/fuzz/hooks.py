"""What schemathesis is told about this service, besides `openapi.yaml`."""

from collections.abc import Callable
from typing import Any

import schemathesis
from schemathesis.engine import observations

_NDJSON = "application/x-ndjson"
_NOBODY = "http://127.0.0.1:9/"


@schemathesis.serializer(_NDJSON)
def as_it_is(ctx: schemathesis.SerializationContext, value: object) -> bytes:
    """Lines are text already."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


@schemathesis.hook
def before_call(ctx: Any, case: Any, kwargs: Any) -> None:
    """No callback leaves this machine."""
    body = case.body
    if isinstance(body, dict) and str(body.get("callback_url", "")).lower().startswith("http"):
        body["callback_url"] = _NOBODY


def _tolerant(read: Callable[[str, tuple[str, str]], str | None]) -> Callable[[str, tuple[str, str]], str | None]:
    def same_origin_path(value: str, origin: tuple[str, str]) -> str | None:
        try:
            return read(value, origin)
        except ValueError:
            return None

    return same_origin_path


# schemathesis 4.32.5 ends with a traceback where an answer says back an address that is none, `http://[6d]/`.
observations._same_origin_path = _tolerant(observations._same_origin_path)  # type: ignore[assignment]
