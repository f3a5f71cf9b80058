"""The distributed engine on the Redis Query Engine (`FT.*`), on a server separate from queue and record.

Terms are analysed here, by the analyzer of the embedded index, and stored as words that the engine does not change. Both
engines therefore see the same words. Scores are BM25 (`BM25STD`).
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from redis import Redis
from redis.client import Pipeline
from redis.commands.core import Script
from redis.exceptions import ResponseError

from factcheck import redis_keys
from factcheck.corpus_version import CorpusVersion
from factcheck.errors import IndexUnavailable, StoreUnavailable
from factcheck.redis_connection import as_text, store_errors
from factcheck.search.distributed.engine_ports import (
    ENGINE_LAYOUT,
    DocumentFrequencies,
    EngineHit,
    EngineQuery,
    EngineState,
    EngineWrite,
)
from factcheck.search.distributed.shard_servers import ShardServer, connected

_LEASE_MS = 5_000
_STATE = ("layout", "generation", "epoch", "ms", "serial")
_RUN_LENGTH = 8
_TOMBSTONE_S = 3_600
"""Lifetime of a removed document's version: longer than an indexer can continue to write after losing its lease."""

_TIMEOUT_MS = 2_000
_ONLY_TOTAL = ("LIMIT", 0, 0, "TIMEOUT", _TIMEOUT_MS, "DIALECT", 2)
_NO_INDEX = ("no such index", "unknown index name", "index not found")

# KEYS: version, passages' prefix + "0". ARGV: prefix, ms, serial, tombstone's lifetime in s, number of passages; then
# for each: words, source, day, record. All keys have one hash tag, so that they are on one node of a cluster.
_WRITE = """
local held = redis.call('HMGET', KEYS[1], 'ms', 'serial', 'size')
local ms, serial = tonumber(ARGV[2]), tonumber(ARGV[3])
if held[1] and (tonumber(held[1]) > ms or (tonumber(held[1]) == ms and tonumber(held[2]) > serial)) then return 0 end
local size = tonumber(ARGV[5])
for n = 0, tonumber(held[3] or '0') - 1 do redis.call('DEL', ARGV[1] .. n) end
for n = 0, size - 1 do
  local at, key = 6 + n * 4, ARGV[1] .. n
  redis.call('HSET', key, 'words', ARGV[at], 'record', ARGV[at + 3])
  if ARGV[at + 1] ~= '' then redis.call('HSET', key, 'source', ARGV[at + 1]) end
  if ARGV[at + 2] ~= '' then redis.call('HSET', key, 'day', ARGV[at + 2]) end
  if n == 0 then redis.call('HSET', key, 'head', '1') end
end
redis.call('HSET', KEYS[1], 'ms', ARGV[2], 'serial', ARGV[3], 'size', size)
if size == 0 then redis.call('EXPIRE', KEYS[1], ARGV[4]) else redis.call('PERSIST', KEYS[1]) end
return 1
"""

# KEYS: state. ARGV: layout, generation, epoch, ms, serial; former generation ("" for none in particular), ms, serial; the run
# of the server that took the writes ("" for none). A replica that was promoted since may lack them.
_COMMIT = """
local run = string.match(redis.call('INFO', 'server'), 'run_id:(%x+)')
if string.sub(run, 1, #ARGV[9]) ~= ARGV[9] then return 0 end
local held = redis.call('HMGET', KEYS[1], 'generation', 'ms', 'serial')
if ARGV[6] ~= '' and (held[1] ~= ARGV[6] or held[2] ~= ARGV[7] or held[3] ~= ARGV[8]) then return 0 end
redis.call('HSET', KEYS[1], 'layout', ARGV[1], 'generation', ARGV[2], 'epoch', ARGV[3], 'ms', ARGV[4], 'serial', ARGV[5])
return 1
"""

# The run of the server: differs after every restart, and on each replica. KEYS: state, so that a cluster refuses the wrong node.
_RUN = "return string.sub(string.match(redis.call('INFO', 'server'), 'run_id:(%x+)'), 1, 8)"

# KEYS: lease. ARGV: holder, lifetime in ms.
_LEAD = """
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
"""

# KEYS: lease. ARGV: holder.
_RESIGN = "if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end"


class RedisEngine:
    """`EngineReader` and `EngineWriter` on a server with `FT.*`: Redis 8, or one with the search module."""

    def __init__(self, server: ShardServer) -> None:
        self._server = server
        self._state = f"{redis_keys.ENGINE_STATE}{server.tag}"
        self._lease = f"{redis_keys.ENGINE_LEASE}{server.tag}"
        self._written_to = ""

    def state(self) -> EngineState | None:
        """The current state; None if there is no index, or one of another layout."""
        with self._reading() as client:
            return _state_of(client.hmget(self._state, _STATE))

    def find(self, state: EngineState, query: EngineQuery) -> list[EngineHit]:
        """One `FT.SEARCH`, and the state of the same server at the same time."""
        names = [part for number, word in enumerate(query.words) for part in (f"w{number}", word)]
        command = (
            "FT.SEARCH",
            redis_keys.engine_index(state.generation),
            _expression(query),
            "VERBATIM",
            "SCORER",
            "BM25STD",
        )
        shown = ("RETURN", 2, "words", "record", "LIMIT", 0, query.limit, "TIMEOUT", _TIMEOUT_MS)
        with self._reading() as client, client.pipeline(transaction=False) as pipe:
            pipe.hmget(self._state, _STATE)
            _add(pipe, *command, *shown, "PARAMS", len(names), *names, "DIALECT", 2)
            fields, answer = pipe.execute()
        held = _state_of(fields)
        if held is None or (held.generation == state.generation and not held.position.reached(state.position)):
            raise IndexUnavailable("the search index fell back to an earlier state")
        return list(_hits(answer))

    def count(self, generation: str) -> int:
        """One `FT.SEARCH` that returns the total only."""
        with self._reading() as client:
            return _total(_ask(client, "FT.SEARCH", redis_keys.engine_index(generation), "@head:{1}", *_ONLY_TOTAL))

    def frequencies(self, generation: str, words: Sequence[str]) -> DocumentFrequencies:
        """One round trip: an `FT.SEARCH` per word that returns the total only."""
        index = redis_keys.engine_index(generation)
        with self._reading() as client, client.pipeline(transaction=False) as pipe:
            _add(pipe, "FT.INFO", index)
            for word in words:
                _add(pipe, "FT.SEARCH", index, "$w", "VERBATIM", "PARAMS", 2, "w", word, *_ONLY_TOTAL)
            info, *totals = pipe.execute()
        return DocumentFrequencies(int(info[b"num_docs"]), {w: _total(t) for w, t in zip(words, totals, strict=True)})

    def leads(self, holder: str) -> bool:
        """Acquires or renews the lease."""
        with connected(self._server) as client:
            return bool(client.eval(_LEAD, 1, self._lease, holder, _LEASE_MS))

    def resign(self, holder: str) -> None:
        """Releases the lease."""
        with connected(self._server) as client:
            client.eval(_RESIGN, 1, self._lease, holder)

    def begin(self) -> str:
        """Creates the index without stop words, stems or positions: terms are already analysed, and there are no phrase queries."""
        with connected(self._server) as client:
            generation = f"{self._server.tag}{as_text(client.eval(_RUN, 1, self._state))}{uuid4().hex[:4]}"
            options: list[str | int] = ["ON", "HASH", "PREFIX", 1, redis_keys.engine_passages(generation)]
            options += ["NOOFFSETS", "NOHL", "NOFIELDS", "STOPWORDS", 0]
            fields = ["words", "TEXT", "NOSTEM", "head", "TAG", "source", "NUMERIC", "day", "NUMERIC"]
            _ask(client, "FT.CREATE", redis_keys.engine_index(generation), *options, "SCHEMA", *fields)
        return generation

    def write(self, generation: str, writes: Sequence[EngineWrite]) -> None:
        """Writes in one round trip."""
        with connected(self._server) as client, client.pipeline(transaction=False) as pipe:
            pipe.eval(_RUN, 1, self._state)
            script = client.register_script(_WRITE)
            for write in writes:
                _add_write(pipe, script, generation, write)
            self._written_to = as_text(pipe.execute()[0])

    def commit(self, state: EngineState, former: EngineState | None) -> bool:
        """Compares and sets in one script."""
        position, expected = state.position, former.position if former else None
        run = self._written_to if former else state.generation.removeprefix(self._server.tag)[:_RUN_LENGTH]
        self._written_to = ""
        args: list[str | int] = [ENGINE_LAYOUT, state.generation, position.epoch, position.ms, position.serial]
        args += [former.generation, expected.ms, expected.serial] if former and expected else ["", "", ""]
        with connected(self._server) as client:
            done = bool(client.eval(_COMMIT, 1, self._state, *args, run))
            if done and former is None:
                self._drop_all_but(client, state.generation)
            return done

    @contextmanager
    def _reading(self) -> Iterator[Redis]:
        with _index_errors(), connected(self._server) as client:
            yield client

    def _drop_all_but(self, client: Redis, generation: str) -> None:
        """Drops all other generations, including those of interrupted rebuilds."""
        kept, tag = redis_keys.engine_index(generation), self._server.tag
        for name in map(as_text, _ask(client, "FT._LIST")):
            if name.startswith(redis_keys.engine_index(tag)) and name != kept:
                _ask(client, "FT.DROPINDEX", name)
        for pattern in (f"{redis_keys.engine_passages(f'{tag}*')}*", f"{redis_keys.engine_versions(f'{tag}*')}*"):
            _unlink(client, pattern, (redis_keys.engine_passages(generation), redis_keys.engine_versions(generation)))


def _state_of(fields: Sequence[bytes | str | None]) -> EngineState | None:
    layout, generation, epoch, ms, serial = map(as_text, fields)
    return EngineState(generation, CorpusVersion(epoch, int(ms), int(serial))) if layout == ENGINE_LAYOUT else None


def _add_write(pipe: Pipeline, script: Script, generation: str, write: EngineWrite) -> None:
    tag = hashlib.sha256(write.document_id.encode()).hexdigest()[:16]
    prefix = redis_keys.engine_document(generation, tag)
    args: list[str | int | bytes] = [prefix, write.position.ms, write.position.serial, _TOMBSTONE_S, len(write.entries)]
    for entry in write.entries:
        args += [" ".join(entry.words), _or_blank(entry.source), _or_blank(entry.day), entry.record]
    script(keys=[redis_keys.engine_version(generation, tag), f"{prefix}0"], args=args, client=pipe)


def _unlink(client: Redis, pattern: str, kept: tuple[str, ...]) -> None:
    stale: list[bytes] = []
    for key in client.scan_iter(pattern, count=1_000):
        if not as_text(key).startswith(kept):
            stale.append(key)
        if len(stale) == 1_000:
            client.unlink(*stale)
            stale.clear()
    if stale:
        client.unlink(*stale)


def _ask(client: Redis, *command: str | int) -> Any:
    return client.execute_command(*command)  # type: ignore[no-untyped-call]


def _add(pipe: Pipeline, *command: str | int) -> None:
    pipe.execute_command(*command)  # type: ignore[no-untyped-call]


def _or_blank(number: int | None) -> int | str:
    return "" if number is None else number


def _expression(query: EngineQuery) -> str:
    """The query expression. Numeric filters do not affect scores. Words are parameters, so that none is parsed as syntax."""
    parts = [f"({'|'.join(f'$w{number}' for number in range(len(query.words)))})"]
    if query.sources_include:
        parts.append(_of_sources(query.sources_include))
    if query.sources_exclude:
        parts.append(f"-{_of_sources(query.sources_exclude)}")
    if query.days:
        parts.append(f"@day:[{query.days[0]} {query.days[1]}]")
    if query.latest_day is not None:
        parts.append(f"-@day:[({query.latest_day} +inf]")
    return " ".join(parts)


def _of_sources(numbers: tuple[int, ...]) -> str:
    return f"({'|'.join(f'@source:[{number} {number}]' for number in numbers)})"


def _hits(answer: Any) -> Iterator[EngineHit]:
    """Results of an `FT.SEARCH` in protocol 3. Skips passages that were deleted meanwhile."""
    for row in answer[b"results"]:
        fields = row[b"extra_attributes"] or {}
        if b"record" in fields:
            yield EngineHit(tuple(as_text(fields[b"words"]).split(" ")), fields[b"record"])


def _total(answer: Any) -> int:
    return int(answer[b"total_results"])


@contextmanager
def _index_errors() -> Iterator[None]:
    """Raises `IndexUnavailable` if the engine does not answer, or its index was just replaced."""
    try:
        with store_errors():
            yield
    except StoreUnavailable as error:
        raise IndexUnavailable(f"the search engine does not answer: {error}") from error
    except ResponseError as error:
        if any(sign in str(error).lower() for sign in _NO_INDEX):
            raise IndexUnavailable(f"the search index is being replaced: {error}") from error
        raise
