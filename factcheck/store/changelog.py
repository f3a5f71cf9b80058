"""The changelog of the corpus as a Redis stream. One indexer per host reads it; entries that all hosts read are dropped."""

from collections.abc import Iterator
from time import monotonic, time
from typing import Any
from uuid import uuid4

from redis import Redis

from factcheck import redis_keys
from factcheck.corpus_version import CorpusVersion
from factcheck.errors import ChangelogLost
from factcheck.evidence import Document
from factcheck.json_mapping import from_json
from factcheck.ports import CorpusChange
from factcheck.redis_connection import BLOCK_MS, as_text, store_errors
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.json_codec import unpack

HOST_LIFETIME_S = 604_800
"""After a week without a commit, a host no longer retains changes. It rebuilds its index when it returns."""

_FIRST = "0-0"

# KEYS: readers, changes, trimmed. ARGV: host, position, now in s, lifetime of a host in s. Returns the oldest position.
_COMMIT = """
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' ' .. ARGV[3])
local function parts(id) local ms, serial = id:match('(%d+)-(%d+)'); return tonumber(ms), tonumber(serial) end
local least, least_ms, least_serial = nil, nil, nil
local readers = redis.call('HGETALL', KEYS[1])
for at = 1, #readers, 2 do
  local id, seen = readers[at + 1]:match('(%S+) (%S+)')
  if tonumber(seen) < tonumber(ARGV[3]) - tonumber(ARGV[4]) then
    redis.call('HDEL', KEYS[1], readers[at])
  else
    local ms, serial = parts(id)
    if not least or ms < least_ms or (ms == least_ms and serial < least_serial) then
      least, least_ms, least_serial = id, ms, serial
    end
  end
end
if redis.call('XTRIM', KEYS[2], 'MINID', least) > 0 then redis.call('SET', KEYS[3], least) end
return least
"""


class RedisChangelog:
    """`Changelog` in Redis."""

    def __init__(self, client: Redis) -> None:
        self._client = client
        self._commit = client.register_script(_COMMIT)
        self._documents = RedisDocumentStore(client)

    def position(self) -> CorpusVersion:
        """Position of the newest change. Creates the corpus's epoch where there is none."""
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.set(redis_keys.CORPUS_EPOCH, uuid4().hex[:12], nx=True)
            pipe.get(redis_keys.CORPUS_EPOCH)
            pipe.xrevrange(redis_keys.CORPUS_CHANGES, count=1)
            _, epoch, newest = pipe.execute()
        return _position(as_text(epoch), as_text(newest[0][0]) if newest else _FIRST)

    def read(self, after: CorpusVersion, limit: int, timeout_s: float) -> list[CorpusChange]:
        """Each change carries the document's current state, which may be newer than the change."""
        deadline, start = monotonic() + timeout_s, f"{after.ms}-{after.serial}"
        with store_errors():
            while True:
                entries = self._entries(after, limit)
                left_ms = int((deadline - monotonic()) * 1000)
                if entries or left_ms <= 0:
                    return self._changes(after.epoch, entries)
                self._client.xread({redis_keys.CORPUS_CHANGES: start}, count=1, block=min(left_ms, BLOCK_MS))

    def documents(self) -> Iterator[Document]:
        """All documents, in the order of ids."""
        return self._documents.export()

    def commit(self, host: str, position: CorpusVersion) -> None:
        """Keeps the entry at the slowest host's position, so that the stream always holds its newest entry."""
        with store_errors():
            stream_keys = [redis_keys.CORPUS_READERS, redis_keys.CORPUS_CHANGES, redis_keys.CORPUS_TRIMMED]
            args: list[str | int] = [host, f"{position.ms}-{position.serial}", int(time()), HOST_LIFETIME_S]
            self._commit(keys=stream_keys, args=args)

    def _entries(self, after: CorpusVersion, limit: int) -> list[Any]:
        with self._client.pipeline(transaction=True) as pipe:
            pipe.get(redis_keys.CORPUS_EPOCH)
            pipe.get(redis_keys.CORPUS_TRIMMED)
            pipe.xrevrange(redis_keys.CORPUS_CHANGES, count=1)
            pipe.xrange(redis_keys.CORPUS_CHANGES, start := f"{after.ms}-{after.serial}", start)
            pipe.xrange(redis_keys.CORPUS_CHANGES, f"({start}", "+", count=limit)
            epoch, trimmed, newest, here, entries = pipe.execute()
        if as_text(epoch) != after.epoch:
            raise ChangelogLost("the index was built from another corpus")
        if not after.reached(_position(after.epoch, as_text(trimmed) or _FIRST)):
            raise ChangelogLost(f"changes up to {as_text(trimmed)} were dropped; the index is at {after}")
        behind = not _position(after.epoch, as_text(newest[0][0]) if newest else _FIRST).reached(after)
        if behind or (start != _FIRST and not here):  # a replica was promoted without them, perhaps written to since
            raise ChangelogLost(f"the corpus has lost changes that the index contains: up to {after}")
        return list(entries)

    def _changes(self, epoch: str, entries: list[Any]) -> list[CorpusChange]:
        ids = [as_text(fields[b"id"]) for _, fields in entries]
        documents = self._current(list(dict.fromkeys(ids)))
        return [
            CorpusChange(_position(epoch, as_text(entry[0])), document_id, documents[document_id])
            for entry, document_id in zip(entries, ids, strict=True)
        ]

    def _current(self, ids: list[str]) -> dict[str, Document | None]:
        raws = self._client.mget([redis_keys.document(document_id) for document_id in ids]) if ids else []
        return {
            document_id: None if raw is None else from_json(Document, unpack(raw))
            for document_id, raw in zip(ids, raws, strict=True)
        }


def _position(epoch: str, entry_id: str) -> CorpusVersion:
    return CorpusVersion.parse(f"{epoch}:{entry_id}")
