"""Checks as the worker uses them. Every write is fenced: only the execution that started last may write."""

from redis import Redis

from factcheck import redis_keys
from factcheck.check import CheckRequest, Problem
from factcheck.check_json import request_from_json, verdict_to_json
from factcheck.errors import CheckCancelled, ExpiredCheck, StaleExecution, UnknownCheck
from factcheck.json_mapping import to_json
from factcheck.redis_connection import as_text, store_errors
from factcheck.settings import Settings
from factcheck.store.check_records import pack_report
from factcheck.store.check_scripts import CheckScripts
from factcheck.store.checks import ending_keys
from factcheck.store.json_codec import pack, unpack
from factcheck.store.queue import open_queue, queue_keys
from factcheck.timestamps import timestamp
from factcheck.verdict import Report, Verdict


class RedisCheckExecution:
    """`CheckExecution` in Redis. Every call is idempotent."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client = client
        self._lifetimes = [settings.check_lifetime_s, settings.tombstone_lifetime_s]
        self._scripts = CheckScripts(client)

    def start(self, check_id: str, execution: str) -> CheckRequest:
        """Takes over a running check from its previous execution.

        Raises: `StaleExecution` where the check has ended.
        """
        with store_errors():
            check_keys = [redis_keys.check(check_id), redis_keys.check_events(check_id)]
            self._require(check_id, self._scripts.start(keys=check_keys, args=[execution, timestamp()]))
            request = self._client.get(redis_keys.check_order(check_id))
        if request is None:
            raise StaleExecution(f"the check {check_id} ended while it was being started")
        return request_from_json(unpack(request))

    def record(self, check_id: str, execution: str, verdict: Verdict | None, claims_total: int) -> None:
        """Writes in one round trip. Emits an event only where something changed."""
        claim = (verdict.claim.id, pack(verdict_to_json(verdict))) if verdict else ("", "")
        check_keys = [
            redis_keys.check(check_id),
            redis_keys.check_verdicts(check_id),
            redis_keys.check_events(check_id),
        ]
        with store_errors():
            state = self._scripts.record(keys=check_keys, args=[execution, claims_total, *claim])
            self._require(check_id, state)

    def finish(self, check_id: str, execution: str, report: Report) -> None:
        """Replaces the recorded verdicts by the report's. Deletes the request with its text."""
        verdicts = [part for v in report.verdicts for part in (v.claim.id, pack(verdict_to_json(v)))]
        with store_errors():
            args = [*self._ending(check_id, execution), pack_report(report), *verdicts]
            self._require(check_id, self._scripts.finish(keys=ending_keys(check_id), args=args))

    def fail(self, check_id: str, execution: str, problem: Problem) -> None:
        """Keeps the verdicts recorded so far."""
        with store_errors():
            args = [*self._ending(check_id, execution), pack(to_json(problem))]
            self._require(check_id, self._scripts.fail(keys=ending_keys(check_id), args=args))

    def _ending(self, check_id: str, execution: str) -> list[str | int | bytes]:
        return [check_id, execution, timestamp(), *self._lifetimes]

    def _require(self, check_id: str, state: bytes) -> None:
        if state == b"ok":
            return
        if state == b"cancelled":
            raise CheckCancelled(f"the check {check_id} was cancelled")
        if state == b"stale":
            raise StaleExecution(f"the check {check_id} has ended or runs elsewhere")
        raise (ExpiredCheck if self._client.exists(redis_keys.check_grave(check_id)) else UnknownCheck)(check_id)


class RedisCheckReaper:
    """Fails checks that have lost their job. One process should run it; concurrent runs are harmless."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client = client
        self._lifetimes = [settings.check_lifetime_s, settings.tombstone_lifetime_s]
        self._queue = open_queue(client)
        self._scripts = CheckScripts(client)

    def reap(self, problem: Problem) -> list[str]:
        """One transaction creates check and job, so a check without a live job can never end by itself."""
        with store_errors():
            active = [as_text(entry) for entry in self._client.zrangebylex(redis_keys.ACTIVE_CHECKS, "-", "+")]
            orphaned = [check_id for check_id, alive in zip(active, self._alive(active), strict=True) if not alive]
            return [check_id for check_id in orphaned if self._fail(check_id, problem)]

    def _alive(self, check_ids: list[str]) -> list[bool]:
        with self._client.pipeline(transaction=False) as pipe:
            for check_id in check_ids:
                pipe.hget(queue_keys(self._queue, check_id)[1], "status")
            return [as_text(status) in {"queued", "started", "scheduled", "deferred"} for status in pipe.execute()]

    def _fail(self, check_id: str, problem: Problem) -> bool:
        args: list[str | int | bytes] = [check_id, "", timestamp(), *self._lifetimes, pack(to_json(problem))]
        state = self._scripts.fail(keys=ending_keys(check_id), args=args)
        if state != b"ok":
            self._client.zrem(redis_keys.ACTIVE_CHECKS, check_id)
        return bool(state == b"ok")
