"""Waiting for changes of a check, on the check's event stream."""

import re
from time import monotonic

from redis import Redis

from factcheck import redis_keys
from factcheck.check import CheckStatus, Progress
from factcheck.check_json import verdict_from_json
from factcheck.ports import CheckEvent, EventKind
from factcheck.redis_connection import BLOCK_MS, as_fields, as_text, store_errors
from factcheck.store.json_codec import unpack

_EVENT_ID = re.compile(r"\d{1,19}-\d{1,19}")
_FIRST = "0-0"


class RedisCheckEventReader:
    """`CheckEventReader` in Redis. Each waiting call holds one connection. Waits are short enough to detect a dead server."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def wait_for_change(self, check_id: str, after_event_id: str | None, timeout_s: float) -> list[CheckEvent]:
        """A claim event whose verdict was replaced later carries the newest verdict."""
        after = after_event_id if after_event_id and _EVENT_ID.fullmatch(after_event_id) else _FIRST
        deadline = monotonic() + timeout_s
        with store_errors():
            while True:
                events = self._events(check_id, after)
                left_ms = int((deadline - monotonic()) * 1000)
                if events or left_ms <= 0:
                    return events
                self._client.xread({redis_keys.check_events(check_id): after}, count=1, block=min(left_ms, BLOCK_MS))

    def wait_until_done(self, check_id: str, timeout_s: float) -> bool:
        """Reads the record at each change instead of the stream, which may be long."""
        deadline = monotonic() + timeout_s
        with store_errors():
            while True:
                status, after = self._state(check_id)
                left_ms = int((deadline - monotonic()) * 1000)
                if status is None or status.final or left_ms <= 0:
                    return status is not None and status.final
                self._client.xread({redis_keys.check_events(check_id): after}, count=1, block=min(left_ms, BLOCK_MS))

    def _state(self, check_id: str) -> tuple[CheckStatus | None, str]:
        with self._client.pipeline(transaction=True) as pipe:
            pipe.hget(redis_keys.check(check_id), "status")
            pipe.xrevrange(redis_keys.check_events(check_id), count=1)
            status, newest = pipe.execute()
        return CheckStatus(as_text(status)) if status else None, as_text(newest[0][0]) if newest else _FIRST

    def _events(self, check_id: str, after: str) -> list[CheckEvent]:
        rows = self._client.xrange(redis_keys.check_events(check_id), f"({after}", "+") or []
        entries = [(as_text(event_id), as_fields(fields)) for event_id, fields in rows if fields]
        claims = [fields["claim"] for _, fields in entries if fields["claim"]]
        stored = self._client.hmget(redis_keys.check_verdicts(check_id), claims) if claims else []
        verdicts = {claim: raw for claim, raw in zip(claims, stored, strict=True) if raw is not None}
        return [
            _event(event_id, fields, verdicts.get(fields["claim"]))
            for event_id, fields in entries
            if not fields["claim"] or fields["claim"] in verdicts
        ]


def _event(event_id: str, fields: dict[str, str], verdict: bytes | str | None) -> CheckEvent:
    return CheckEvent(
        id=event_id,
        kind=EventKind(fields["kind"]),
        status=CheckStatus(fields["status"]),
        progress=Progress(int(fields["total"]), int(fields["done"])),
        verdict=None if verdict is None else verdict_from_json(unpack(verdict)),
    )
