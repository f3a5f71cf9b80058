"""Watched checks in Redis: the list, their recheck states, and the replacement of a report."""

import time

from redis import Redis

from factcheck import redis_keys
from factcheck.check import CheckStatus
from factcheck.check_json import request_from_json, verdict_to_json
from factcheck.corpus_version import CorpusVersion
from factcheck.json_mapping import to_json
from factcheck.ports import WatchedCheck
from factcheck.redis_connection import as_fields, as_text, store_errors
from factcheck.store.check_records import pack_report, read_record
from factcheck.store.json_codec import pack, unpack
from factcheck.verdict import Report
from factcheck.watch import RecheckState, Watch

# KEYS: lease. ARGV: holder, lifetime in ms.
_LEAD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

# KEYS: check, verdicts, callbacks. ARGV: check id, report as JSON, watch as JSON or "", number of the recheck where it
# flipped a verdict, else "", then claim id and verdict alternately.
_RENEW = """
if redis.call('HGET', KEYS[1], 'status') ~= 'finished' then return 0 end
local claims = (#ARGV - 4) / 2
redis.call('HSET', KEYS[1], 'report', ARGV[2], 'claims_total', claims, 'claims_done', claims)
if ARGV[3] ~= '' then redis.call('HSET', KEYS[1], 'watch', ARGV[3]) end
redis.call('HINCRBY', KEYS[1], 'revision', 1)
redis.call('DEL', KEYS[2])
for at = 5, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1]) end
local left_ms = redis.call('PTTL', KEYS[1])
if left_ms > 0 then redis.call('PEXPIRE', KEYS[2], left_ms) end
if ARGV[4] ~= '' and redis.call('HEXISTS', KEYS[1], 'callback_url') == 1 then
  redis.call('ZADD', KEYS[3], 0, ARGV[1] .. ':' .. ARGV[4])
end
return 1
"""


class RedisWatchList:
    """`WatchList` in Redis. `holder` identifies this process as the holder of the lease."""

    def __init__(self, client: Redis, holder: str) -> None:
        self._client = client
        self._holder = holder
        self._lead = client.register_script(_LEAD)
        self._renew = client.register_script(_RENEW)

    def lead(self, lease_s: float) -> bool:
        """Restarts the lease where this process holds it already."""
        with store_errors():
            return bool(self._lead(keys=[redis_keys.WATCH_LEASE], args=[self._holder, int(lease_s * 1000)]))

    def watched(self) -> list[str]:
        """Deletes the entries whose watch has ended."""
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.zremrangebyscore(redis_keys.WATCHES, "-inf", int(time.time() * 1000))
            pipe.zrange(redis_keys.WATCHES, 0, -1)
            return [as_text(check_id) for check_id in pipe.execute()[1]]

    def read(self, check_id: str) -> WatchedCheck | None:
        """Reads the status first, since most checks that have not ended are running."""
        with store_errors():
            if as_text(self._client.hget(redis_keys.check(check_id), "status")) != CheckStatus.FINISHED:
                return None
            with self._client.pipeline(transaction=True) as pipe:
                pipe.hgetall(redis_keys.check(check_id))
                pipe.hgetall(redis_keys.check_verdicts(check_id))
                pipe.get(redis_keys.check_order(check_id))
                record, verdicts, request = pipe.execute()
        if not record or request is None:
            return None
        check = read_record(check_id, as_fields(record), as_fields(verdicts))
        if check.report is None or check.watch is None:
            return None
        return WatchedCheck(check, check.report, check.watch, request_from_json(unpack(request)))

    def renew(self, check_id: str, report: Report, watch: Watch | None) -> bool:
        """One script, so that readers see the old report or the new one, and no due webhook is lost."""
        flipped = str(watch.rechecks) if watch and watch.flipped_by(watch.rechecks) else ""
        watched = pack(to_json(watch)) if watch else b""
        verdicts = [part for v in report.verdicts for part in (v.claim.id, pack(verdict_to_json(v)))]
        with store_errors():
            check_keys = [redis_keys.check(check_id), redis_keys.check_verdicts(check_id), redis_keys.CALLBACKS]
            args = [check_id, pack_report(report), watched, flipped, *verdicts]
            return bool(self._renew(keys=check_keys, args=args))


class RedisRecheckStates:
    """`RecheckStates` in Redis."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def load(self) -> dict[str, RecheckState]:
        """All states by check id."""
        with store_errors():
            rows = as_fields(self._client.hgetall(redis_keys.WATCH_ROUNDS))
        return {check_id: _recheck_state(row) for check_id, row in rows.items()}

    def save(self, check_id: str, state: RecheckState | None) -> None:
        """Stores the state; None deletes it."""
        with store_errors():
            if state is None:
                self._client.hdel(redis_keys.WATCH_ROUNDS, check_id)
            else:
                row = {"position": str(state.position), "since_s": state.since_s, "due_s": state.due_s}
                self._client.hset(redis_keys.WATCH_ROUNDS, check_id, pack({**row, "recheck": state.recheck}).decode())

    def position(self) -> CorpusVersion | None:
        """The position of the last `advance`; None before the first."""
        with store_errors():
            known = as_text(self._client.get(redis_keys.WATCH_POSITION))
        return CorpusVersion.parse(known) if known else None

    def advance(self, position: CorpusVersion) -> None:
        """Stores the position, without expiry."""
        with store_errors():
            self._client.set(redis_keys.WATCH_POSITION, str(position))


def _recheck_state(row: str) -> RecheckState:
    raw = unpack(row)
    return RecheckState(CorpusVersion.parse(raw["position"]), raw["since_s"], raw["due_s"], raw["recheck"])
