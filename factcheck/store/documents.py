"""The corpus's system of record. One transaction writes the document, its story, its place in the id order, a changelog
entry and an audit entry.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import Any

from redis import Redis
from redis.client import Pipeline

from factcheck import redis_keys
from factcheck.errors import InvalidInput, InvalidInputDetail, UnknownDocument
from factcheck.evidence import Document, ReplacedDocument
from factcheck.json_mapping import from_json, to_json
from factcheck.near_duplicates import sketch
from factcheck.ports import ArchiveRecency, DocumentFilter, DocumentSort, Page
from factcheck.redis_connection import as_text, await_replicas, store_errors
from factcheck.settings import Settings
from factcheck.store.document_scripts import REMOVE, WRITE
from factcheck.store.document_sort_index import LexRange, fill_orders, id_of, range_of
from factcheck.store.json_codec import pack, unpack
from factcheck.timestamps import timestamp

LONGEST_ID_BYTES = 512
AUDIT_ENTRIES = Settings().audit_entries
_CHUNK = 200
_KEPT_VERSIONS = 10
_NO_CURSOR = "not a cursor of this listing"


class RedisDocumentStore:
    """`DocumentStore` and `BulkDocumentStore` in Redis. Ids are ordered by their UTF-8."""

    def __init__(self, client: Redis, replicas: int = 0, audit_entries: int = AUDIT_ENTRIES) -> None:
        """Each write waits for `replicas` replicas. `audit_entries` bounds the length of the audit log."""
        self._client = client
        self._replicas = replicas
        self._audit_entries = audit_entries
        self._write = client.register_script(WRITE)
        self._remove = client.register_script(REMOVE)

    def put(self, document: Document, by: str | None = None) -> bool:
        """Stores or replaces the document. True if the id is new.

        Raises: `InvalidInput` at `/id`.
        """
        require_storable(document)
        with store_errors():
            new = bool(self._add(document, by, self._client))
        await_replicas(self._client, self._replicas)
        return new

    def put_many(self, documents: Sequence[Document], by: str | None = None) -> list[bool]:
        """Writes in one transaction and one round trip. Batches should have at most a few hundred documents."""
        for index, document in enumerate(documents):
            _require_id(document.id, f"/{index}/id")
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            for document in documents:
                self._add(document, by, pipe)
            news = [bool(new) for new in pipe.execute()]
        await_replicas(self._client, self._replicas)
        return news

    def get(self, document_id: str) -> Document:
        """The document.

        Raises: `UnknownDocument`.
        """
        with store_errors():
            raw = self._client.get(redis_keys.document(document_id)) if _is_id(document_id) else None
        if raw is None:
            raise UnknownDocument(document_id)
        return from_json(Document, unpack(raw))

    def get_many(self, document_ids: Sequence[str]) -> list[Document | None]:
        """What is stored under each id, in one round trip; None if there is nothing."""
        with store_errors():
            raws = self._client.mget([redis_keys.document(name) for name in document_ids]) if document_ids else []
        return [None if raw is None else from_json(Document, unpack(raw)) for raw in raws]

    def remove(self, document_id: str, by: str | None = None) -> None:
        """Removes the document.

        Raises: `UnknownDocument`.
        """
        if not _is_id(document_id):
            raise UnknownDocument(document_id)
        with store_errors():
            found = self._remove(keys=_keys(document_id), args=[document_id, self._audit_entries, by or ""])
        if not found:
            raise UnknownDocument(document_id)
        await_replicas(self._client, self._replicas)

    def page(self, cursor: str | None, limit: int) -> Page[Document]:
        """Documents in the order of ids.

        Raises: `InvalidInput` at `/cursor` where the cursor is not from an earlier page.
        """
        after = None if cursor is None else _decode_id(cursor)
        with store_errors():
            ids = self._ids_after(after, limit + 1)
            shown = self._fetch(ids[:limit])
        return Page(tuple(shown), _encode_cursor(ids[limit - 1].encode()) if len(ids) > limit else None)

    def sorted_page(
        self, wanted: DocumentFilter, sort: DocumentSort, is_descending: bool, cursor: str | None, limit: int
    ) -> Page[Document]:
        """Documents that the filter keeps. Those of one date, source or title are in the order of their ids.

        Raises: `InvalidInput` at `/cursor` where the cursor cannot be from an earlier page.
        """
        if sort is DocumentSort.ID and not is_descending:
            return self.page(cursor, limit)
        after = None if cursor is None else _decode_cursor(cursor)
        with store_errors():
            members = self._members(self._range(wanted, sort), is_descending, after, limit + 1)
            ids = [_member_id(member, sort) for member in members[:limit]]
            shown = self._fetch(ids)
        more = len(members) > limit
        return Page(tuple(shown), _encode_cursor(members[limit - 1]) if more else None)

    def matching(self, wanted: DocumentFilter) -> int:
        """Number of documents that the filter keeps."""
        with store_errors():
            span = self._range(wanted, DocumentSort.DATE)
            return int(self._client.zlexcount(span.key, span.low, span.high))

    def freshness(self, today: str, days: int) -> ArchiveRecency:
        """Of the whole corpus, with the last `days` days up to the ISO day `today`. Three round trips."""
        last = date.fromisoformat(today)
        shown = [(last - timedelta(days=ago)).isoformat() for ago in reversed(range(days))]
        wanted = [DocumentFilter(is_undated=True), *(DocumentFilter(published_from=d, published_to=d) for d in shown)]
        with store_errors():
            ranges = [self._range(each, DocumentSort.DATE) for each in wanted[:1]]
            ranges += [range_of(each, DocumentSort.DATE) for each in wanted[1:]]
            with self._client.pipeline(transaction=False) as pipe:
                for span in ranges:
                    pipe.zlexcount(span.key, span.low, span.high)
                pipe.zrevrangebylex(redis_keys.CORPUS_BY_DATE, "+", "[\x01", 0, 1)
                *counts, newest = pipe.execute()
        newest_day = as_text(newest[0].partition(b"\x00")[0]).upper() if newest else None
        return ArchiveRecency(
            self.count(), int(counts[0]), newest_day, tuple(zip(shown, map(int, counts[1:]), strict=True))
        )

    def versions(self, document_id: str) -> tuple[ReplacedDocument, ...]:
        """What was replaced under this id, newest first; the last ten.

        Raises: `UnknownDocument`.
        """
        self.get(document_id)
        with store_errors():
            rows = self._client.lrange(redis_keys.document_versions(document_id), 0, -1)
        parsed = [unpack(row) for row in rows]
        return tuple(ReplacedDocument(from_json(Document, p["document"]), p["at"], p["by"] or None) for p in parsed)

    def export(self) -> Iterator[Document]:
        """All documents in the order of ids, in chunks of 200."""
        after: str | None = None
        while True:
            with store_errors():
                ids = self._ids_after(after, _CHUNK)
                documents = self._fetch(ids)
            yield from documents
            if len(ids) < _CHUNK:
                return
            after = ids[-1]

    def count(self) -> int:
        """Number of stored documents."""
        with store_errors():
            return int(self._client.zcard(redis_keys.DOCUMENT_IDS))

    def _add(self, document: Document, by: str | None, client: Redis | Pipeline) -> Any:
        args: list[str | bytes | int] = [document.id, self._audit_entries, by or ""]
        args += [pack(to_json(document))[:-1], sketch(document.text), timestamp(), _KEPT_VERSIONS]
        return self._write(keys=_keys(document.id), args=args, client=client)

    def _range(self, wanted: DocumentFilter, sort: DocumentSort) -> LexRange:
        """The range to read, after documents of an older version are in the orders, too."""
        if sort is DocumentSort.ID:
            return LexRange(redis_keys.DOCUMENT_IDS, b"-", b"+")
        span = range_of(wanted, sort)
        with self._client.pipeline(transaction=False) as pipe:
            pipe.zcard(redis_keys.DOCUMENT_IDS)
            pipe.zcard(span.key)
            stored, placed = pipe.execute()
        if stored != placed:
            fill_orders(self._client, self._ids_after(None, -1))
        return span

    def _members(self, span: LexRange, is_descending: bool, after: bytes | None, limit: int) -> list[bytes]:
        if is_descending:
            high = span.high if after is None else b"(" + after
            return _raw(self._client.zrevrangebylex(span.key, high, span.low, 0, limit))
        low = span.low if after is None else b"(" + after
        return _raw(self._client.zrangebylex(span.key, low, span.high, 0, limit))

    def _ids_after(self, after: str | None, limit: int) -> list[str]:
        start = "-" if after is None else f"({after}"
        return [as_text(raw) for raw in self._client.zrangebylex(redis_keys.DOCUMENT_IDS, start, "+", 0, limit)]

    def _fetch(self, ids: list[str]) -> list[Document]:
        """The documents that still exist."""
        raws = self._client.mget([redis_keys.document(document_id) for document_id in ids]) if ids else []
        return [from_json(Document, unpack(raw)) for raw in raws if raw is not None]


def require_storable(document: Document) -> None:
    """Checks the document's id.

    Raises: `InvalidInput` at `/id` where the id is empty, too long or not UTF-8.
    """
    _require_id(document.id, "/id")


def in_batches(documents: Iterator[Document], size: int) -> Iterator[list[Document]]:
    """Batches of at most `size` documents, for `put_many`."""
    while batch := list(islice(documents, size)):
        yield batch


def _keys(document_id: str) -> list[str]:
    corpus = [
        redis_keys.DOCUMENT_IDS,
        redis_keys.CORPUS_CHANGES,
        redis_keys.CORPUS_BANDS,
        redis_keys.CORPUS_STORIES,
        redis_keys.CORPUS_STORY,
        redis_keys.AUDIT,
        redis_keys.CORPUS_BY_DATE,
        redis_keys.CORPUS_BY_SOURCE,
        redis_keys.CORPUS_BY_TITLE,
    ]
    return [redis_keys.document(document_id), *corpus, redis_keys.document_versions(document_id)]


def _is_id(document_id: str) -> bool:
    try:
        return 0 < len(document_id.encode()) <= LONGEST_ID_BYTES
    except UnicodeEncodeError:
        return False


def _require_id(document_id: str, pointer: str) -> None:
    if not _is_id(document_id):
        detail = f"an id has 1 to {LONGEST_ID_BYTES} bytes of UTF-8; this one is {document_id[:40]!r}"
        raise InvalidInput([InvalidInputDetail(pointer, detail)])


def _raw(members: Any) -> list[bytes]:
    """Members as an answer of Redis holds them."""
    return list(members)


def _member_id(member: bytes, sort: DocumentSort) -> str:
    return as_text(member) if sort is DocumentSort.ID else id_of(member)


def _encode_cursor(member: bytes) -> str:
    return base64.urlsafe_b64encode(member).decode().rstrip("=")


def _decode_id(cursor: str) -> str:
    try:
        return _decode_cursor(cursor).decode()
    except ValueError:
        raise InvalidInput([InvalidInputDetail("/cursor", _NO_CURSOR)]) from None


def _decode_cursor(cursor: str) -> bytes:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise InvalidInput([InvalidInputDetail("/cursor", _NO_CURSOR)]) from None
