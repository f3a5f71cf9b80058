"""Decisions on claims in Redis: one hash per article, changed by compare-and-set, so that two editors lose nothing."""

import time
from collections.abc import Sequence
from typing import Any

from redis import Redis

from factcheck import redis_keys
from factcheck.claim_tracking import TrackedClaim
from factcheck.decision import Decision, DecisionEntry, DecisionKind, entry_from_json, entry_to_json
from factcheck.disagreement_decision import DisagreementDecisionEntry
from factcheck.errors import DecisionConflict
from factcheck.redis_connection import as_fields, as_text, store_errors
from factcheck.settings import Settings
from factcheck.store.checks import kept_s
from factcheck.store.json_codec import pack, unpack

# KEYS: decisions, owner's dismissed, article. ARGV: decision id, the old row or "", the new row, lifetime in s, now in ms,
# "1" if dismissed, "0" if not, "" if unchanged, then `claim id label` of all places of the decision, the newest first.
# Returns 0 where the row is not the old one any more.
_DECIDE = """
if (redis.call('HGET', KEYS[1], ARGV[1]) or '') ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
local left = redis.call('TTL', KEYS[3])
redis.call('EXPIRE', KEYS[1], left > 0 and left or ARGV[4])
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[5] - 1000 * ARGV[4])
if ARGV[6] == '1' then
  redis.call('ZADD', KEYS[2], ARGV[5], ARGV[7])
  redis.call('EXPIRE', KEYS[2], ARGV[4])
elseif ARGV[6] == '0' then
  redis.call('ZREM', KEYS[2], unpack(ARGV, 7))
end
return 1
"""


class RedisDecisionStore:
    """`DecisionStore` in Redis. The decisions on an article expire with it."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client = client
        self._kept_s = kept_s(settings)
        self._decide = client.register_script(_DECIDE)

    def read(self, owner: str, article_id: str) -> tuple[Decision, ...]:
        """In no particular order."""
        with store_errors():
            rows = as_fields(self._client.hgetall(redis_keys.article_decisions(owner, article_id)))
        return tuple(decision_of(decision_id, row) for decision_id, row in rows.items())

    def decide(
        self,
        owner: str,
        article_id: str,
        claim: TrackedClaim,
        entry: DecisionEntry,
        known: str | None,
        seen: int | None,
    ) -> Decision:
        """Tries again where somebody else has written meanwhile and `seen` is None."""
        decision_id = known or claim.id
        with store_errors():
            while True:
                row = as_text(self._client.hget(redis_keys.article_decisions(owner, article_id), decision_id))
                before = decision_of(decision_id, row) if row else None
                if seen is not None and seen != (before.count if before else 0):
                    raise conflict_with(before.last if before else None)
                after = (before or Decision(decision_id, (), "", (), (), 0)).added(
                    entry, claim.id, claim.text, claim.odd
                )
                if self._write(owner, article_id, row, after, _places(after)):
                    return after

    def move(self, owner: str, article_id: str, decisions: Sequence[Decision]) -> None:
        """Skips a decision that was changed meanwhile: the next reader moves it."""
        with store_errors():
            for decision in decisions:
                row = as_text(self._client.hget(redis_keys.article_decisions(owner, article_id), decision.id))
                if row and decision_of(decision.id, row).count == decision.count:
                    self._write(owner, article_id, row, decision, [])

    def dismissed(self, owner: str, claims: Sequence[TrackedClaim]) -> set[str]:
        """One round trip."""
        if not claims:
            return set()
        with store_errors():
            members = [_member(claim.id, claim.label) for claim in claims]
            scores = self._client.zmscore(redis_keys.owner_dismissed(owner), members)
        return {claim.id for claim, score in zip(claims, scores, strict=True) if score is not None}

    def _write(self, owner: str, article_id: str, row: str, after: Decision, places: list[str]) -> bool:
        is_dismissed = str(int(after.last.kind is DecisionKind.DISMISSED)) if places else ""
        keys = [
            redis_keys.article_decisions(owner, article_id),
            redis_keys.owner_dismissed(owner),
            redis_keys.article(owner, article_id),
        ]
        old, now_ms = row.encode("utf-8", "surrogatepass"), int(time.time() * 1000)
        args: list[str | int | bytes] = [after.id, old, _row_of(after), self._kept_s, now_ms, is_dismissed, *places]
        return bool(self._decide(keys=keys, args=args))


def decision_of(decision_id: str, row: str) -> Decision:
    """A decision as Redis keeps it."""
    raw: dict[str, Any] = unpack(row)
    entries = tuple(entry_from_json(entry) for entry in raw["entries"])
    return Decision(decision_id, tuple(raw["claim_ids"]), raw["text"], tuple(raw["odd"]), entries, raw["count"])


def _row_of(decision: Decision) -> bytes:
    return pack(
        {
            "claim_ids": list(decision.claim_ids),
            "text": decision.text,
            "odd": list(decision.odd_words),
            "entries": [entry_to_json(entry) for entry in decision.entries],
            "count": decision.count,
        }
    )


def _places(decision: Decision) -> list[str]:
    """All ids and labels under which the decision may have been dismissed, the present ones first."""
    labels = dict.fromkeys(entry.label for entry in reversed(decision.entries))
    return [_member(claim_id, label) for claim_id in reversed(decision.claim_ids) for label in labels]


def _member(claim_id: str, label: str) -> str:
    return f"{claim_id} {label}"


def conflict_with(last: DecisionEntry | DisagreementDecisionEntry | None) -> DecisionConflict:
    """What is told to an editor who has not seen this newest entry; None: the decision is gone."""
    if last is None:
        return DecisionConflict("somebody", "deleted", None)
    return DecisionConflict(last.by, last.kind.value, last.comment)
