"""Decisions on pairs of passages in Redis: one hash, changed by compare-and-set, so that two editors lose nothing."""

from collections.abc import Sequence

from redis import Redis

from factcheck import redis_keys
from factcheck.disagreement_decision import (
    DisagreementDecision,
    DisagreementDecisionEntry,
    entry_from_json,
    entry_to_json,
)
from factcheck.redis_connection import as_text, store_errors
from factcheck.store.decisions import conflict_with
from factcheck.store.json_codec import pack, unpack

# KEYS: decisions. ARGV: key of the pair, the old row or "", the new row. Returns 0 where the row is not the old one any more.
_DECIDE = """
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""


class RedisDisagreementDecisions:
    """`DisagreementDecisionStore` in Redis. No sentence is kept, only a digest of both."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._decide = client.register_script(_DECIDE)

    def read(self, keys: Sequence[str]) -> dict[str, DisagreementDecision]:
        """One round trip."""
        if not keys:
            return {}
        with store_errors():
            rows = self._client.hmget(redis_keys.PAIR_DECISIONS, list(keys))
        return {key: _decision(as_text(row)) for key, row in zip(keys, rows, strict=True) if row is not None}

    def decide(self, key: str, entry: DisagreementDecisionEntry, seen: int | None) -> DisagreementDecision:
        """Tries again where somebody else has written meanwhile and `seen` is None."""
        with store_errors():
            while True:
                row = as_text(self._client.hget(redis_keys.PAIR_DECISIONS, key))
                before = _decision(row) if row else DisagreementDecision((), 0)
                if seen is not None and seen != before.count:
                    raise conflict_with(before.last if before.entries else None)
                after = before.added(entry)
                args: list[str | bytes] = [key, row.encode("utf-8", "surrogatepass"), _row(after)]
                if self._decide(keys=[redis_keys.PAIR_DECISIONS], args=args):
                    return after


def _decision(row: str) -> DisagreementDecision:
    raw = unpack(row)
    return DisagreementDecision(tuple(entry_from_json(entry) for entry in raw["entries"]), raw["count"])


def _row(decision: DisagreementDecision) -> bytes:
    return pack({"entries": [entry_to_json(entry) for entry in decision.entries], "count": decision.count})
