"""Checks as the service uses them: submitted, read, listed, dropped. Clients read our record, never RQ's job."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from redis import Redis

from factcheck import redis_keys
from factcheck.api_keys import LOCAL_OWNER
from factcheck.article import Article
from factcheck.check import Check, CheckRequest, CheckStatus
from factcheck.check_json import request_to_json
from factcheck.errors import Busy, ExpiredCheck, IdempotencyConflict, RateLimited, TooManyWatched, UnknownCheck
from factcheck.json_mapping import to_json
from factcheck.ports import IdempotencyKey, Page
from factcheck.redis_connection import as_fields, as_text, await_replicas, store_errors
from factcheck.settings import Settings
from factcheck.store.bulk_findings_cleanup import forget_findings
from factcheck.store.check_records import COUNTED, LISTED, new_record, read_listed, read_record
from factcheck.store.check_scripts import CheckScripts
from factcheck.store.json_codec import pack
from factcheck.store.queue import job_row, open_queue, queue_keys
from factcheck.timestamps import epoch_ms, timestamp

_RETRY_AFTER_S = 10
_CHUNK = 100


class RedisCheckRepository:
    """`CheckRepository` in Redis. One object serves all threads of a process."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client = client
        self._settings = settings
        self._queue = open_queue(client)
        self._scripts = CheckScripts(client)

    def submit(self, check: Check, request: CheckRequest, idempotency: IdempotencyKey | None) -> Check:
        """Writes record, request and job in one script, after checking limits and idempotency key. One round trip."""
        with store_errors():
            while True:
                answer = self._submit(check, request, idempotency)
                if answer.startswith("ok "):
                    await_replicas(self._client, self._settings.replicas)
                    version = int(answer.removeprefix("ok ")) or None
                    return replace(check, status=CheckStatus.QUEUED, revision=1, version=version)
                if answer == "full":
                    raise Busy(_RETRY_AFTER_S)
                if answer == "crowded":
                    raise RateLimited(f"{self._settings.queue_limit_per_key:,} checks waiting", _RETRY_AFTER_S)
                if answer == "watched":
                    raise TooManyWatched(self._settings.watch_limit)
                earlier = self._earlier(check.owner, answer, idempotency)
                if earlier is not None:
                    return earlier

    def get(self, check_id: str, owner: str) -> Check:
        """Reads in one transaction, so that record and verdicts are consistent."""
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.hgetall(redis_keys.check(check_id))
            pipe.hgetall(redis_keys.check_verdicts(check_id))
            pipe.get(redis_keys.check_grave(check_id))
            record, verdicts, buried_owner = pipe.execute()
        if not record or as_fields(record)["owner"] != owner:
            raise absence(check_id, owner, buried_owner)
        return read_record(check_id, as_fields(record), as_fields(verdicts))

    def drop(self, check_id: str, owner: str, by: str | None = None, forget: bool = False) -> None:
        """Where a running check is forgotten, its record remains as cancelled, without article and verdicts."""
        created, settings = self._created_at(check_id, owner), self._settings
        with store_errors():
            self._scripts.drop(
                keys=[
                    *ending_keys(check_id),
                    redis_keys.owner_checks(owner),
                    *queue_keys(self._queue, check_id),
                    redis_keys.AUDIT,
                ],
                args=[
                    *(check_id, owner, timestamp(), settings.check_lifetime_s, settings.tombstone_lifetime_s),
                    *(_entry(created, check_id), settings.audit_entries, by or "", "forget" if forget else ""),
                ],
            )
        forget_findings(self._client, owner, check_id)

    def page(self, owner: str, status: CheckStatus | None, cursor: str | None, limit: int) -> Page[Check]:
        """`cursor` is the last entry of the previous page. Filtering by status scans all checks of the owner."""
        with store_errors():
            found: list[tuple[str, Check]] = []
            for entry, check in self._listed(owner, cursor):
                if status in (None, check.status):
                    found.append((entry, check))
                if len(found) > limit:
                    break
        shown = found[:limit]
        return Page(tuple(check for _, check in shown), shown[-1][0] if shown and len(found) > limit else None)

    def _submit(self, check: Check, request: CheckRequest, idempotency: IdempotencyKey | None) -> str:
        settings, priority = self._settings, request.options.priority
        record = new_record(check, request)
        job = job_row(check.id, request.options.time_limit_s, settings.job_tries)
        queue_key, job_key = queue_keys(self._queue, check.id)
        limit = settings.queue_limit if check.owner == LOCAL_OWNER else settings.queue_limit_per_key
        answer = self._scripts.submit(
            keys=[
                *(redis_keys.check(check.id), redis_keys.check_order(check.id), redis_keys.check_article(check.id)),
                *(
                    redis_keys.check_grave(check.id),
                    redis_keys.ACTIVE_CHECKS,
                    redis_keys.owner_checks(check.owner),
                    queue_key,
                    job_key,
                ),
                redis_keys.idempotency(check.owner, idempotency.key) if idempotency else "",
                redis_keys.WATCHES,
                redis_keys.article(check.owner, check.article_id or ""),
                redis_keys.article_checks(check.owner, check.article_id or ""),
                redis_keys.owner_articles(check.owner),
            ],
            args=[
                *(check.id, check.owner, priority.value, settings.queue_limit, limit),
                *(
                    pack(request_to_json(request)),
                    pack(to_json(request.article)),
                    _entry(check.created_at, check.id),
                ),
                f"{check.id} {idempotency.body_sha256}" if idempotency else "",
                *(settings.check_lifetime_s, epoch_ms(check.watch.until) if check.watch else "", settings.watch_limit),
                *(check.article_id or "", _article_row(request.article), epoch_ms(check.created_at), kept_s(settings)),
                *(2 * len(record), *_parts(record), *_parts(job)),
            ],
        )
        return as_text(answer)

    def _created_at(self, check_id: str, owner: str) -> str:
        """Of a damaged record, too: it can still be deleted."""
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.hmget(redis_keys.check(check_id), ["owner", "created_at"])
            pipe.get(redis_keys.check_grave(check_id))
            (known_owner, created), buried_owner = pipe.execute()
        if known_owner is None or as_text(known_owner) != owner:
            raise absence(check_id, owner, buried_owner)
        return timestamp() if created is None else as_text(created)

    def _earlier(self, owner: str, known: str, idempotency: IdempotencyKey | None) -> Check | None:
        """The check that was submitted with this key; None if it no longer exists."""
        check_id, body_sha256 = known.split(" ")
        if idempotency is None or body_sha256 != idempotency.body_sha256:
            raise IdempotencyConflict("this Idempotency-Key was used with another body")
        try:
            return self.get(check_id, owner)
        except (UnknownCheck, ExpiredCheck):
            return None

    def _listed(self, owner: str, cursor: str | None) -> Iterator[tuple[str, Check]]:
        """Entries and checks, newest first. Deletes the entries of expired checks; passes over damaged ones."""
        key, end = redis_keys.owner_checks(owner), f"({cursor}" if cursor else "+"
        while entries := [as_text(entry) for entry in self._client.zrevrangebylex(key, end, "-", 0, _CHUNK)]:
            records = self._fetch([entry.partition(":")[2] for entry in entries])
            gone = [entry for entry, record in zip(entries, records, strict=True) if not record]
            if gone:
                self._client.zrem(key, *gone)
            for entry, record in zip(entries, records, strict=True):
                if record and (check := read_listed(entry.partition(":")[2], record)):
                    yield entry, check
            end = f"({entries[-1]}"

    def _fetch(self, check_ids: list[str]) -> list[dict[str, str]]:
        names = [*LISTED, *COUNTED]
        with self._client.pipeline(transaction=False) as pipe:
            for check_id in check_ids:
                pipe.hmget(redis_keys.check(check_id), names)
            rows = pipe.execute()
        return [
            {name: as_text(value) for name, value in zip(names, row, strict=True) if value is not None} for row in rows
        ]


def kept_s(settings: Settings) -> int:
    """Seconds that the history keeps an article after its newest check."""
    return max(settings.history_lifetime_s, settings.check_lifetime_s)


def _article_row(article: Article) -> bytes:
    """What the list of articles shows."""
    return pack({"title": article.title, "url": article.url, "source": article.source})


def _parts(row: Mapping[str, str | int | bytes]) -> list[str | int | bytes]:
    """Field, value, field, value … as script arguments."""
    return [part for pair in row.items() for part in pair]


def ending_keys(check_id: str) -> list[str]:
    """All keys that change when a check ends, in the order that the scripts expect."""
    return [
        redis_keys.check(check_id),
        redis_keys.check_verdicts(check_id),
        redis_keys.check_events(check_id),
        redis_keys.check_order(check_id),
        redis_keys.check_grave(check_id),
        redis_keys.ACTIVE_CHECKS,
        redis_keys.check_article(check_id),
        redis_keys.CALLBACKS,
        redis_keys.WATCHES,
    ]


def _entry(created_at: str, check_id: str) -> str:
    return f"{epoch_ms(created_at):015d}:{check_id}"


def absence(check_id: str, owner: str, buried_owner: bytes | None) -> UnknownCheck | ExpiredCheck:
    """The error for a check that the owner does not have: unknown, or expired."""
    return ExpiredCheck(check_id) if as_text(buried_owner) == owner else UnknownCheck(check_id)
