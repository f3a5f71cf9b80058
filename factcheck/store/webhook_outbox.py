"""Due webhooks in Redis. The script that ends a check also enqueues its webhook, so that none is lost."""

from dataclasses import replace

from redis import Redis

from factcheck import redis_keys
from factcheck.check import Check
from factcheck.claim_tracking import decided
from factcheck.ports import PendingWebhook
from factcheck.redis_connection import as_fields, as_text, store_errors
from factcheck.store.check_records import read_record
from factcheck.store.decisions import decision_of

# By Redis's clock: those of hosts differ, and a lease must hold on all of them.
_NOW = """
local time = redis.call('TIME')
local now_ms = time[1] * 1000 + math.floor(time[2] / 1000)
"""

# KEYS: callbacks. ARGV: length of the lease in ms.
_TAKE = f"""{_NOW}
local due = redis.call('ZRANGE', KEYS[1], '-inf', now_ms, 'BYSCORE', 'LIMIT', 0, 1)
if not due[1] then return false end
redis.call('ZADD', KEYS[1], now_ms + ARGV[1], due[1])
return due[1]
"""

# KEYS: callbacks. ARGV: entry, delay in ms.
_POSTPONE = f"""{_NOW}
redis.call('ZADD', KEYS[1], 'XX', now_ms + ARGV[2], ARGV[1])
"""


class RedisWebhookOutbox:
    """`WebhookOutbox` in Redis. The check's record counts the attempts, and its expiry deletes the count."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._take = client.register_script(_TAKE)
        self._postpone = client.register_script(_POSTPONE)

    def take(self, lease_s: float) -> PendingWebhook | None:
        """Settles webhooks whose check no longer exists, and takes the next one."""
        with store_errors():
            while callback_id := as_text(self._take(keys=[redis_keys.CALLBACKS], args=[int(lease_s * 1000)])):
                if callback := self._read(callback_id):
                    return callback
                self.settle(callback_id)
        return None

    def settle(self, callback_id: str) -> None:
        """Removes the entry. Idempotent."""
        with store_errors():
            self._client.zrem(redis_keys.CALLBACKS, callback_id)

    def disable(self, callback_id: str) -> None:
        """The check's other webhooks are settled when `take` reads them."""
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.hdel(redis_keys.check(callback_id.partition(":")[0]), "callback_url")
            pipe.zrem(redis_keys.CALLBACKS, callback_id)
            pipe.execute()

    def postpone(self, callback_id: str, delay_s: float) -> None:
        """No-op where the webhook was settled meanwhile."""
        with store_errors():
            self._postpone(keys=[redis_keys.CALLBACKS], args=[callback_id, int(delay_s * 1000)])

    def _read(self, callback_id: str) -> PendingWebhook | None:
        check_id, _, recheck = callback_id.partition(":")
        with self._client.pipeline(transaction=True) as pipe:
            pipe.hgetall(redis_keys.check(check_id))
            pipe.hgetall(redis_keys.check_verdicts(check_id))
            raw, verdicts = pipe.execute()
        record = as_fields(raw)
        if "callback_url" not in record:
            return None
        counter = f"callback_tries:{recheck}" if recheck else "callback_tries"
        tries = int(self._client.hincrby(redis_keys.check(check_id), counter, 1)) - 1
        check = self._with_decisions(read_record(check_id, record, as_fields(verdicts)))
        return PendingWebhook(check, record["callback_url"], tries, int(recheck) if recheck else None)

    def _with_decisions(self, check: Check) -> Check:
        if check.report is None or check.article_id is None:
            return check
        rows = as_fields(self._client.hgetall(redis_keys.article_decisions(check.owner, check.article_id)))
        return replace(check, report=decided(check.report, [decision_of(key, row) for key, row in rows.items()]))
