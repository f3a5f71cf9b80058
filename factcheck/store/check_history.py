"""The history of articles in Redis. Submission and end of a check write it; this module reads and deletes it."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from redis import Redis

from factcheck import redis_keys
from factcheck.check import Check, CheckStatus
from factcheck.check_history import ArticleFilter, ArticleState, CheckedVersion
from factcheck.claim_tracking import count_findings, words_from_json
from factcheck.decision import Decision
from factcheck.errors import ExpiredCheck, InvalidInput, InvalidInputDetail, UnknownArticle, UnknownCheck
from factcheck.ports import CheckRepository, Page
from factcheck.redis_connection import as_fields, as_text, store_errors
from factcheck.store.check_records import COUNTED, LISTED, read_listed
from factcheck.store.decisions import decision_of
from factcheck.store.json_codec import unpack
from factcheck.timestamps import epoch_ms, timestamp

_CHUNK = 100
_DAY_MS = 86_400_000
_SCANNED = 5_000
"""Articles that one call of `page` looks at, so that a rare filter does not hold the store."""

_FIELDS = (*LISTED, *COUNTED, "report")


class RedisCheckHistory:
    """`CheckHistory` in Redis."""

    def __init__(self, client: Redis, checks: CheckRepository) -> None:
        self._client = client
        self._checks = checks

    def page(self, owner: str, wanted: ArticleFilter, cursor: str | None, limit: int) -> Page[ArticleState]:
        """`cursor` is `time in ms:article id` of the last article that was looked at."""
        found: list[ArticleState] = []
        with store_errors():
            for number, (place, article) in enumerate(self._articles(owner, _place(cursor)), 1):
                if article is not None and wanted.keeps(article):
                    found.append(article)
                if len(found) == limit or number == _SCANNED:
                    return Page(tuple(found), _cursor(place) if self._has_more(owner, place) else None)
        return Page(tuple(found), None)

    def get(self, owner: str, article_id: str) -> ArticleState:
        """Three round trips."""
        with store_errors():
            [article] = self._read(owner, [article_id])
        if article is None:
            raise UnknownArticle(article_id)
        return article

    def count(self, owner: str, first: str | None, last: str | None) -> int:
        """Articles that have expired count until a list has met them."""
        least = "-inf" if first is None else epoch_ms(first)
        most = "+inf" if last is None else f"({epoch_ms(last) + _DAY_MS}"
        with store_errors():
            return int(self._client.zcount(redis_keys.owner_articles(owner), least, most))

    def recent(self, owner: str, since: str, limit: int) -> Page[ArticleState]:
        """Two round trips for a hundred articles."""
        key, found = redis_keys.owner_articles(owner), list[ArticleState]()
        with store_errors():
            ids = _members(self._client.zrevrangebyscore(key, "+inf", epoch_ms(since), start=0, num=limit + 1))
            for at in range(0, min(len(ids), limit), _CHUNK):
                found += filter(None, self._read(owner, ids[at : min(at + _CHUNK, limit)]))
        return Page(tuple(found), "more" if len(ids) > limit else None)

    def flipped(self, owner: str) -> tuple[ArticleState, ...]:
        """Reads the watched checks, which are bounded by `watch_limit`."""
        with store_errors():
            watched = _members(self._client.zrange(redis_keys.WATCHES, 0, -1))
            with self._client.pipeline(transaction=False) as pipe:
                for check_id in watched:
                    pipe.hmget(redis_keys.check(check_id), ["owner", "article_id", "watch"])
                rows = pipe.execute()
            ids = {
                as_text(row[1]) for row in rows if row[0] and row[1] and as_text(row[0]) == owner and _has_flips(row[2])
            }
            articles = [article for article in self._read(owner, sorted(ids)) if article is not None]
        changed = [a for a in articles if (a.finished or a.latest).flips]
        return tuple(sorted(changed, key=lambda article: article.updated_at, reverse=True))

    def versions(self, owner: str, article_id: str, cursor: str | None, limit: int) -> Page[CheckedVersion]:
        """Reads records without verdicts."""
        if cursor is not None and not (cursor.isascii() and cursor.isdecimal() and len(cursor) < 16):
            raise InvalidInput([InvalidInputDetail("/query/cursor", "not a cursor of this listing")])
        key, end = redis_keys.article_checks(owner, article_id), f"({cursor}" if cursor else "+inf"
        with store_errors():
            if not self._client.exists(redis_keys.article(owner, article_id)):
                raise UnknownArticle(article_id)
            rows = self._client.zrevrangebyscore(key, end, "-inf", start=0, num=limit + 1, withscores=True)
            entries = _scored(rows)
            checks = self._versions(owner, [check_id for check_id, _ in entries])
            gone = [check_id for check_id, _ in entries if check_id not in checks]
            if gone:
                self._client.zrem(key, *gone)
        shown = tuple(checks[check_id] for check_id, _ in entries[:limit] if check_id in checks)
        return Page(shown, str(entries[limit - 1][1]) if len(entries) > limit else None)

    def forget(self, owner: str, article_id: str, by: str | None = None) -> None:
        """Check by check, newest first, so that an interruption leaves an article that can be forgotten again."""
        key = redis_keys.article_checks(owner, article_id)
        with store_errors():
            if not self._client.exists(redis_keys.article(owner, article_id)):
                raise UnknownArticle(article_id)
            while check_ids := _members(self._client.zrevrange(key, 0, _CHUNK - 1)):
                for check_id in check_ids:
                    with suppress(UnknownCheck, ExpiredCheck):
                        self._checks.drop(check_id, owner, by, forget=True)
                self._client.zrem(key, *check_ids)
            with self._client.pipeline(transaction=True) as pipe:
                pipe.delete(redis_keys.article(owner, article_id), redis_keys.article_decisions(owner, article_id))
                pipe.zrem(redis_keys.owner_articles(owner), article_id)
                pipe.execute()

    def _articles(
        self, owner: str, after: tuple[int, str] | None
    ) -> Iterator[tuple[tuple[int, str], ArticleState | None]]:
        """Places and articles, newest first. Deletes the entries of expired articles."""
        while places := self._places(owner, after):
            articles = self._read(owner, [article_id for _, article_id in places])
            gone = [place[1] for place, article in zip(places, articles, strict=True) if article is None]
            if gone:
                self._client.zrem(redis_keys.owner_articles(owner), *gone)
            yield from zip(places, articles, strict=True)
            after = places[-1]

    def _places(self, owner: str, after: tuple[int, str] | None) -> list[tuple[int, str]]:
        """Up to `_CHUNK` entries behind `after`. Entries of one millisecond are in reverse order of their ids."""
        key, skipped = redis_keys.owner_articles(owner), 0
        found: list[tuple[int, str]] = []
        while len(found) < _CHUNK:
            rows = self._client.zrevrangebyscore(
                key, after[0] if after else "+inf", "-inf", start=skipped, num=_CHUNK, withscores=True
            )
            if not rows:
                break
            skipped += len(rows)
            entries = [(score, article_id) for article_id, score in _scored(rows)]
            found += [entry for entry in entries if after is None or entry < after]
        return found[:_CHUNK]

    def _has_more(self, owner: str, place: tuple[int, str]) -> bool:
        return bool(self._places(owner, place))

    def _read(self, owner: str, article_ids: Sequence[str]) -> list[ArticleState | None]:
        """In the order of the ids; None for an article that is gone."""
        with self._client.pipeline(transaction=False) as pipe:
            for article_id in article_ids:
                pipe.hgetall(redis_keys.article(owner, article_id))
                pipe.hgetall(redis_keys.article_decisions(owner, article_id))
            answers = [as_fields(raw) for raw in pipe.execute()]
        rows, decisions = answers[::2], answers[1::2]
        wanted = {row[name] for row in rows for name in ("latest", "finished") if name in row}
        versions = self._versions(owner, sorted(wanted))
        return [
            _state(article_id, row, versions, [decision_of(key, value) for key, value in decided.items()])
            for article_id, row, decided in zip(article_ids, rows, decisions, strict=True)
        ]

    def _versions(self, owner: str, check_ids: Sequence[str]) -> dict[str, CheckedVersion]:
        with self._client.pipeline(transaction=False) as pipe:
            for check_id in check_ids:
                pipe.hmget(redis_keys.check(check_id), list(_FIELDS))
            rows = pipe.execute()
        records = {
            check_id: {name: as_text(value) for name, value in zip(_FIELDS, row, strict=True) if value is not None}
            for check_id, row in zip(check_ids, rows, strict=True)
        }
        return {
            check_id: _version(check, record.get("report"))
            for check_id, record in records.items()
            if record.get("owner") == owner and "version" in record and (check := read_listed(check_id, record))
        }


def _has_flips(watch: bytes | None) -> bool:
    """Whether the stored watch of a check names a flip; a damaged one names none."""
    try:
        return bool(watch and unpack(watch).get("flips"))
    except (ValueError, AttributeError):
        return False


def _scored(rows: Any) -> list[tuple[str, int]]:
    """Members with their scores, of an answer of Redis."""
    return [(as_text(member), int(score)) for member, score in rows]


def _members(rows: Any) -> list[str]:
    return [as_text(member) for member in rows]


def _version(check: Check, packed: str | None) -> CheckedVersion:
    report = unpack(packed) if packed and check.status is CheckStatus.FINISHED else None
    findings = None if report is None else tuple(words_from_json(row) for row in report.get("findings", ()))
    return CheckedVersion(
        number=check.version or 0,
        check_id=check.id,
        status=check.status,
        created_at=check.created_at,
        finished_at=check.finished_at,
        submitted_by=check.submitted_by,
        is_watched=check.watch is not None and check.watch.until > timestamp(),
        flips=len(check.watch.flips) if check.watch else 0,
        summary=None if report is None else report["summary"],
        findings=findings,
    )


def _state(
    article_id: str, row: dict[str, str], versions: dict[str, CheckedVersion], decisions: Sequence[Decision]
) -> ArticleState | None:
    latest = versions.get(row.get("latest", ""))
    if latest is None:
        return None
    shown, finished = unpack(row["row"]), versions.get(row.get("finished", ""))
    counts = None if finished is None else count_findings(finished.findings or (), decisions)
    return ArticleState(
        id=article_id,
        title=shown["title"],
        url=shown["url"],
        source=shown["source"],
        created_at=timestamp(int(row["created_ms"]) / 1000),
        updated_at=timestamp(int(row["updated_ms"]) / 1000),
        versions=int(row["versions"]),
        latest=latest,
        finished=finished,
        counts=counts,
        assignees=tuple(sorted({d.last.assignee for d in decisions if d.last.assignee})),
    )


def _place(cursor: str | None) -> tuple[int, str] | None:
    if cursor is None:
        return None
    ms, _, article_id = cursor.partition(":")
    if not article_id or not (ms.isascii() and ms.isdecimal()) or len(ms) > 15:
        raise InvalidInput([InvalidInputDetail("/query/cursor", "not a cursor of this listing")])
    return int(ms), article_id


def _cursor(place: tuple[int, str]) -> str:
    return f"{place[0]}:{place[1]}"
