"""Indexes of the orders in which the archive is listed: sorted sets whose members begin with what is sorted by and end with the id.

A date is ISO 8601 as stored; titles and sources are cut and in lower case (ASCII only, as Redis's Lua does it).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from redis import Redis

from factcheck import redis_keys
from factcheck.ports import DocumentFilter, DocumentSort

_CUT_BYTES = 80
_CHUNK = 500
_LEASE_S = 60
_CONTROL = re.compile(rb"[\x00-\x1f\x7f]")

PLACES = f"""
local function sortable(value)
  if type(value) ~= 'string' then return '' end
  return value:lower():gsub('%c', ' '):sub(1, {_CUT_BYTES})
end
local function places(record, id)
  local held = cjson.decode(record)
  local day, tail = sortable(held.published_at), '\\0' .. id
  return day .. tail, sortable(held.source) .. '\\1' .. day .. tail, sortable(held.title) .. tail
end
local function place(record, id, by_date, by_source, by_title)
  local date, source, title = places(record, id)
  redis.call('ZADD', by_date, 0, date)
  redis.call('ZADD', by_source, 0, source)
  redis.call('ZADD', by_title, 0, title)
end
local function displace(record, id, by_date, by_source, by_title)
  local date, source, title = places(record, id)
  redis.call('ZREM', by_date, date)
  redis.call('ZREM', by_source, source)
  redis.call('ZREM', by_title, title)
end
"""
"""Lua functions for the scripts that write and remove documents."""

# KEYS: by date, by source, by title, documents. ARGV: their ids.
_FILL = (
    PLACES
    + """
for n, id in ipairs(ARGV) do
  local record = redis.call('GET', KEYS[n + 3])
  if record then place(record, id, KEYS[1], KEYS[2], KEYS[3]) end
end
"""
)

KEYS = [redis_keys.CORPUS_BY_DATE, redis_keys.CORPUS_BY_SOURCE, redis_keys.CORPUS_BY_TITLE]


@dataclass(frozen=True, slots=True)
class LexRange:
    """Members of a sorted set, as `ZRANGEBYLEX` takes its ends."""

    key: str
    low: bytes
    high: bytes


def range_of(wanted: DocumentFilter, sort: DocumentSort) -> LexRange:
    """The members that a filter keeps. Sorted by title, the filter must be empty."""
    if sort is DocumentSort.TITLE:
        return LexRange(redis_keys.CORPUS_BY_TITLE, b"-", b"+")
    low, high = _days(wanted)
    if wanted.source is not None:
        start = sortable(wanted.source) + b"\x01"
        return LexRange(redis_keys.CORPUS_BY_SOURCE, b"[" + start + low, b"(" + start + high)
    if sort is DocumentSort.SOURCE:
        return LexRange(redis_keys.CORPUS_BY_SOURCE, b"-", b"+")
    return LexRange(redis_keys.CORPUS_BY_DATE, b"[" + low, b"(" + high)


def id_of(member: bytes) -> str:
    """The id at the end of a member."""
    return member.partition(b"\x00")[2].decode()


def sortable(words: str) -> bytes:
    """As in `PLACES`."""
    return _CONTROL.sub(b" ", words.encode("utf-8", "surrogatepass").lower())[:_CUT_BYTES]


def fill_orders(client: Redis, ids: Sequence[str]) -> None:
    """Adds documents that an older version stored. `ids` are those of the whole corpus."""
    if not client.set(redis_keys.CORPUS_ORDERING, 1, nx=True, ex=_LEASE_S):
        return
    fill = client.register_script(_FILL)
    client.delete(*KEYS)
    for at in range(0, len(ids), _CHUNK):
        chunk = ids[at : at + _CHUNK]
        fill(keys=[*KEYS, *(redis_keys.document(document_id) for document_id in chunk)], args=list(chunk))
        client.expire(redis_keys.CORPUS_ORDERING, _LEASE_S)
    client.delete(redis_keys.CORPUS_ORDERING)


def _days(wanted: DocumentFilter) -> tuple[bytes, bytes]:
    """Both ends; behind the last day comes the letter after `T`, before the first nothing."""
    if wanted.is_undated:
        return b"\x00", b"\x01"
    low = wanted.published_from.encode() if wanted.published_from else b"\x01" if wanted.published_to else b""
    return low, (wanted.published_to.encode() + b"u") if wanted.published_to else b"\xff"
