"""The corpus's system of record. One transaction writes the document, its story, its place in the id order, a changelog
entry and an audit entry.
"""

import base64
import binascii
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from redis import Redis
from redis.client import Pipeline

from factcheck import redis_keys
from factcheck.errors import Detail, InvalidInput, UnknownDocument
from factcheck.evidence import Document
from factcheck.json_mapping import from_json, to_json
from factcheck.near_duplicates import sketch
from factcheck.ports import Page
from factcheck.redis_connection import as_text, await_replicas, store_errors
from factcheck.settings import Settings
from factcheck.store.json_codec import pack, unpack
from factcheck.store.near_duplicate_clusters import REMOVE, WRITE

LONGEST_ID_BYTES = 512
AUDIT_ENTRIES = Settings().audit_entries
_CHUNK = 200


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
        """Stores or replaces the document. True where the id is new.

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
        """What is stored under each id, in one round trip; None where there is nothing."""
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
        after = None if cursor is None else _decode_cursor(cursor)
        with store_errors():
            ids = self._ids_after(after, limit + 1)
            shown = self._fetch(ids[:limit])
        return Page(tuple(shown), _encode_cursor(ids[limit - 1]) if len(ids) > limit else None)

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
        args += [pack(to_json(document))[:-1], sketch(document.text)]
        return self._write(keys=_keys(document.id), args=args, client=client)

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
    ]
    return [redis_keys.document(document_id), *corpus, redis_keys.AUDIT]


def _is_id(document_id: str) -> bool:
    try:
        return 0 < len(document_id.encode()) <= LONGEST_ID_BYTES
    except UnicodeEncodeError:
        return False


def _require_id(document_id: str, pointer: str) -> None:
    if not _is_id(document_id):
        detail = f"an id has 1 to {LONGEST_ID_BYTES} bytes of UTF-8; this one is {document_id[:40]!r}"
        raise InvalidInput([Detail(pointer, detail)])


def _encode_cursor(document_id: str) -> str:
    return base64.urlsafe_b64encode(document_id.encode()).decode().rstrip("=")


def _decode_cursor(cursor: str) -> str:
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise InvalidInput([Detail("/cursor", "not a cursor of this listing")]) from None
