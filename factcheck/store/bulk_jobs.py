"""Bulk jobs in Redis. The record survives every process; each change of it is one script, so that none is made twice."""

from collections.abc import Mapping, Sequence
from typing import Any

from redis import Redis

from factcheck import redis_keys
from factcheck.bulk_job import BulkJob, JobFinding, JobKind, JobProgress, JobStatus
from factcheck.errors import InvalidInput, InvalidInputDetail, JobEnded, JobUnderWay, UnknownJob
from factcheck.ports import Page
from factcheck.redis_connection import as_fields, as_text, as_texts, store_errors
from factcheck.settings import Settings
from factcheck.store.checks import kept_s
from factcheck.store.json_codec import pack, unpack
from factcheck.timestamps import epoch_ms, timestamp

KEPT_JOBS = 50
"""Number of ended jobs that are listed per owner and kind."""

_COUNT = "count:"

# KEYS: job, owner's jobs, active. ARGV: job id, creation in ms, then field and value alternately. Returns "" or the id of a
# job that has not ended.
_START = """
for _, id in ipairs(redis.call('ZREVRANGE', KEYS[2], 0, -1)) do
  local status = redis.call('HGET', '{JOB}' .. id, 'status')
  if status == 'running' or status == 'paused' then return id end
end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('ZADD', KEYS[2], ARGV[2], ARGV[1])
redis.call('PERSIST', KEYS[2])
redis.call('ZADD', KEYS[3], ARGV[2], ARGV[1])
return ''
"""

# KEYS: job, active, findings, order, owner's jobs, flight, notes, ranked. ARGV: job id, new status, now, lifetime. Returns the
# status.
_MOVE = """
local status = redis.call('HGET', KEYS[1], 'status')
if not status then return '' end
if status == 'finished' or status == 'cancelled' then return status end
if status == 'running' and ARGV[2] == 'finished' and redis.call('HLEN', KEYS[6]) > 0 then return status end
if status == 'paused' and ARGV[2] == 'finished' then return status end
redis.call('HSET', KEYS[1], 'status', ARGV[2])
if ARGV[2] == 'finished' or ARGV[2] == 'cancelled' then
  redis.call('HSET', KEYS[1], 'finished_at', ARGV[3])
  for _, key in ipairs({KEYS[1], KEYS[3], KEYS[4], KEYS[5], KEYS[7], KEYS[8]}) do redis.call('EXPIRE', key, ARGV[4]) end
  if redis.call('HLEN', KEYS[6]) == 0 then redis.call('ZREM', KEYS[2], ARGV[1]) end
end
return ARGV[2]
"""

# KEYS: job, flight, notes. ARGV: cursor that the caller has read, new cursor, item or "", `check id tries`, note or "".
_BEGIN = """
local held = redis.call('HMGET', KEYS[1], 'status', 'cursor')
if held[1] ~= 'running' or held[2] ~= ARGV[1] then return 0 end
redis.call('HSET', KEYS[1], 'cursor', ARGV[2])
if ARGV[5] ~= '' then redis.call('SADD', KEYS[3], ARGV[5]) end
if ARGV[3] == '' or redis.call('HSETNX', KEYS[2], ARGV[3], ARGV[4]) == 0 then
  redis.call('HINCRBY', KEYS[1], 'skipped', 1)
end
return 1
"""

# KEYS: flight. ARGV: item, `check id tries` as read, the new one.
_RETRY = """
if redis.call('HGET', KEYS[1], ARGV[1]) ~= ARGV[2] then return 0 end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[3])
return 1
"""

# KEYS: job, flight, findings, order, active, ranked. ARGV: job id, item, check id, `done` or `failed`, then key, name of the
# count, finding and weight or "" alternately.
_SETTLE = """
local held = redis.call('HGET', KEYS[2], ARGV[2])
if not held or held:match('^%S+') ~= ARGV[3] then return 0 end
redis.call('HDEL', KEYS[2], ARGV[2])
if redis.call('HGET', KEYS[1], 'status') == 'cancelled' then
  if redis.call('HLEN', KEYS[2]) == 0 then redis.call('ZREM', KEYS[5], ARGV[1]) end
  return 1
end
redis.call('HINCRBY', KEYS[1], ARGV[4], 1)
for at = 5, #ARGV, 4 do
  if redis.call('HSETNX', KEYS[3], ARGV[at], ARGV[at + 2]) == 1 then
    redis.call('RPUSH', KEYS[4], ARGV[at])
    redis.call('HINCRBY', KEYS[1], '{COUNT}' .. ARGV[at + 1], 1)
    if ARGV[at + 3] ~= '' then redis.call('ZADD', KEYS[6], ARGV[at + 3], ARGV[at]) end
  end
end
return 1
"""


class RedisBulkJobs:
    """`BulkJobRepository` and `BulkJobExecution` in Redis."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client = client
        self._kept_s = kept_s(settings)
        self._start = client.register_script(_START.replace("{JOB}", redis_keys.bulk_job("")))
        self._move = client.register_script(_MOVE)
        self._begin = client.register_script(_BEGIN)
        self._retry = client.register_script(_RETRY)
        self._settle = client.register_script(_SETTLE.replace("{COUNT}", _COUNT))

    # ── BulkJobRepository ──

    def start(self, job: BulkJob) -> None:
        """Forgets the oldest jobs beyond `KEPT_JOBS`."""
        listed, row = redis_keys.owner_bulk(job.kind, job.owner), _row(job)
        fields = [part for pair in row.items() for part in pair]
        with store_errors():
            keys = [redis_keys.bulk_job(job.id), listed, redis_keys.BULK_ACTIVE]
            other = as_text(self._start(keys=keys, args=[job.id, epoch_ms(job.created_at), *fields]))
            if other:
                raise JobUnderWay(other)
            for old in as_texts(self._client.zrange(listed, 0, -KEPT_JOBS - 1)):
                self._client.delete(*_keys_of(old))
                self._client.zrem(listed, old)

    def get(self, kind: JobKind, owner: str, job_id: str) -> BulkJob:
        """Two round trips at most."""
        with store_errors():
            [job] = self._read([job_id])
        if job is None or (job.kind, job.owner) != (kind, owner):
            raise UnknownJob(job_id)
        return job

    def page(self, kind: JobKind, owner: str) -> tuple[BulkJob, ...]:
        """Leaves out the ids of expired jobs."""
        with store_errors():
            listed = self._client.zrevrange(redis_keys.owner_bulk(kind, owner), 0, KEPT_JOBS - 1)
            return tuple(job for job in self._read(as_texts(listed)) if job is not None)

    def move(self, kind: JobKind, owner: str, job_id: str, status: JobStatus) -> BulkJob:
        """One script decides, so that of two people who press at once none is lost."""
        job = self.get(kind, owner, job_id)
        reached = self._moved(job, status)
        if reached != status:
            raise JobEnded(job_id, reached)
        return self.get(kind, owner, job_id)

    def findings(self, job_id: str, cursor: str | None, limit: int, by_weight: bool = False) -> Page[JobFinding]:
        """`cursor` is the number of findings before the page. Where none has a weight, the oldest stand first."""
        if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 16):
            raise InvalidInput([InvalidInputDetail("/query/cursor", "not a cursor of this listing")])
        first = int(cursor or 0)
        with store_errors():
            keys = self._listed(job_id, first, first + limit, by_weight)
            found = self._client.hmget(redis_keys.bulk_findings(job_id), keys[:limit]) if keys else []
        shown = [_finding(key, raw) for key, raw in zip(keys[:limit], found, strict=True) if raw is not None]
        return Page(tuple(shown), str(first + limit) if len(keys) > limit else None)

    def _listed(self, job_id: str, first: int, last: int, by_weight: bool) -> list[str]:
        ranked = redis_keys.bulk_ranked(job_id)
        if by_weight and self._client.exists(ranked):
            return as_texts(self._client.zrevrange(ranked, first, last))
        return as_texts(self._client.lrange(redis_keys.bulk_order(job_id), first, last))

    def finding(self, job_id: str, key: str) -> JobFinding | None:
        """One round trip."""
        with store_errors():
            raw = self._client.hget(redis_keys.bulk_findings(job_id), key)
        return None if raw is None else _finding(key, raw)

    def noted(self, job_id: str, notes: Sequence[str]) -> set[str]:
        """One round trip."""
        if not notes:
            return set()
        with store_errors():
            found = self._client.smismember(redis_keys.bulk_notes(job_id), list(notes))
        return {note for note, is_known in zip(notes, found, strict=True) if is_known}

    # ── BulkJobExecution ──

    def active(self) -> tuple[BulkJob, ...]:
        """Deletes the entries of jobs that are gone."""
        with store_errors():
            ids = as_texts(self._client.zrange(redis_keys.BULK_ACTIVE, 0, -1))
            jobs = self._read(ids)
            gone = [job_id for job_id, job in zip(ids, jobs, strict=True) if job is None]
            if gone:
                self._client.zrem(redis_keys.BULK_ACTIVE, *gone)
        return tuple(job for job in jobs if job is not None)

    def flight(self, job_id: str) -> dict[str, tuple[str, int]]:
        """One round trip."""
        with store_errors():
            rows = as_fields(self._client.hgetall(redis_keys.bulk_flight(job_id)))
        return {item: (held.split(" ")[0], int(held.split(" ")[1])) for item, held in rows.items()}

    def begin(self, job: BulkJob, cursor: str, item: str | None, check_id: str, note: str | None = None) -> bool:
        """An item that is in flight already counts as left out."""
        keys = [redis_keys.bulk_job(job.id), redis_keys.bulk_flight(job.id), redis_keys.bulk_notes(job.id)]
        args = [job.cursor, cursor, item or "", f"{check_id} 1", note or ""]
        with store_errors():
            return bool(self._begin(keys=keys, args=args))

    def retry(self, job_id: str, item: str, held: tuple[str, int], check_id: str) -> bool:
        """The number of tries grows by one."""
        args = [item, f"{held[0]} {held[1]}", f"{check_id} {held[1] + 1}"]
        with store_errors():
            return bool(self._retry(keys=[redis_keys.bulk_flight(job_id)], args=args))

    def settle(self, job_id: str, item: str, check_id: str, findings: Sequence[JobFinding] | None) -> bool:
        """One script: progress and findings change together. Findings with a known key are left out."""
        keys = [redis_keys.bulk_job(job_id), redis_keys.bulk_flight(job_id), redis_keys.bulk_findings(job_id)]
        keys += [redis_keys.bulk_order(job_id), redis_keys.BULK_ACTIVE, redis_keys.bulk_ranked(job_id)]
        args: list[str | bytes] = [job_id, item, check_id, "failed" if findings is None else "done"]
        for finding in findings or ():
            weight = "" if finding.weight is None else repr(finding.weight)
            args += [finding.key, finding.count, pack({"count": finding.count, **finding.content}), weight]
        with store_errors():
            return bool(self._settle(keys=keys, args=args))

    def end(self, job: BulkJob) -> None:
        """A paused or cancelled job stays what it is."""
        self._moved(job, JobStatus.FINISHED)

    def _moved(self, job: BulkJob, status: JobStatus) -> str:
        keys = [redis_keys.bulk_job(job.id), redis_keys.BULK_ACTIVE, redis_keys.bulk_findings(job.id)]
        keys += [redis_keys.bulk_order(job.id), redis_keys.owner_bulk(job.kind, job.owner)]
        keys += [redis_keys.bulk_flight(job.id), redis_keys.bulk_notes(job.id), redis_keys.bulk_ranked(job.id)]
        with store_errors():
            return as_text(self._move(keys=keys, args=[job.id, status.value, timestamp(), self._kept_s]))

    def _read(self, job_ids: Sequence[str]) -> list[BulkJob | None]:
        with self._client.pipeline(transaction=False) as pipe:
            for job_id in job_ids:
                pipe.hgetall(redis_keys.bulk_job(job_id))
                pipe.hlen(redis_keys.bulk_flight(job_id))
            answers = pipe.execute()
        pairs = zip(job_ids, answers[::2], answers[1::2], strict=True)
        return [_job(job_id, as_fields(row), in_flight) if row else None for job_id, row, in_flight in pairs]


def _keys_of(job_id: str) -> list[str]:
    return [
        redis_keys.bulk_job(job_id),
        redis_keys.bulk_flight(job_id),
        redis_keys.bulk_findings(job_id),
        redis_keys.bulk_order(job_id),
        redis_keys.bulk_notes(job_id),
        redis_keys.bulk_ranked(job_id),
    ]


def _row(job: BulkJob) -> dict[str, str | bytes | int]:
    return {
        "v": "1",
        "owner": job.owner,
        "kind": job.kind.value,
        "status": job.status.value,
        "selection": pack(job.selection),
        "created_at": job.created_at,
        "started_by": job.started_by,
        "total": job.progress.total,
        "cursor": job.cursor,
    }


def _job(job_id: str, row: Mapping[str, str], in_flight: int) -> BulkJob:
    counts = {name.removeprefix(_COUNT): int(value) for name, value in row.items() if name.startswith(_COUNT)}
    done, skipped, failed = (int(row.get(name, 0)) for name in ("done", "skipped", "failed"))
    return BulkJob(
        id=job_id,
        owner=row["owner"],
        kind=JobKind(row["kind"]),
        status=JobStatus(row["status"]),
        selection=unpack(row["selection"]),
        created_at=row["created_at"],
        started_by=row["started_by"],
        finished_at=row.get("finished_at"),
        progress=JobProgress(int(row["total"]), done, skipped, failed),
        counts=dict(sorted(counts.items())),
        cursor=row["cursor"],
        in_flight=in_flight,
    )


def _finding(key: str, raw: Any) -> JobFinding:
    content = unpack(raw)
    return JobFinding(key, content.pop("count"), content)
