"""The distributed engine in several shards. A document lies in one of them, and a query goes to all.

Each shard has its own position, which is written after its documents on the same server. A replica that is promoted with missing
writes therefore has an earlier position, too; that of the whole is the earliest.
"""

import zlib
from collections.abc import Sequence

from factcheck.search.distributed.engine_ports import (
    DocumentFrequencies,
    EngineHit,
    EngineQuery,
    EngineState,
    EngineWrite,
)
from factcheck.search.distributed.redis_engine import RedisEngine

_BETWEEN = ","


class ShardedEngine:
    """`EngineReader` and `EngineWriter`. Its generation names the generations of all shards, in order."""

    def __init__(self, shards: Sequence[RedisEngine]) -> None:
        self._shards = shards

    def state(self) -> EngineState | None:
        """The earliest position. None if a shard has no index, or they are of different corpora."""
        states = [state for shard in self._shards if (state := shard.state()) is not None]
        if len(states) < len(self._shards) or len({state.position.epoch for state in states}) > 1:
            return None
        earliest = min((state.position for state in states), key=lambda position: (position.ms, position.serial))
        return EngineState(_BETWEEN.join(state.generation for state in states), earliest)

    def find(self, state: EngineState, query: EngineQuery) -> list[EngineHit]:
        """The best of each shard, shard by shard: scores are those of a shard, and cannot be compared."""
        return [hit for shard, own in self._each(state) for hit in shard.find(own, query)]

    def count(self, generation: str) -> int:
        """Sum over the shards."""
        return sum(shard.count(own) for shard, own in self._of(generation))

    def frequencies(self, generation: str, words: Sequence[str]) -> DocumentFrequencies:
        """Sums over the shards, so that weights are those of the whole archive."""
        found = [shard.frequencies(own, words) for shard, own in self._of(generation)]
        return DocumentFrequencies(
            sum(f.passages for f in found), {word: sum(f.of[word] for f in found) for word in words}
        )

    def leads(self, holder: str) -> bool:
        """The lease is in the first shard."""
        return self._shards[0].leads(holder)

    def resign(self, holder: str) -> None:
        """The lease is in the first shard."""
        self._shards[0].resign(holder)

    def begin(self) -> str:
        """A new generation in each shard."""
        return _BETWEEN.join(shard.begin() for shard in self._shards)

    def write(self, generation: str, writes: Sequence[EngineWrite]) -> None:
        """Each document into its shard."""
        parts: list[list[EngineWrite]] = [[] for _ in self._shards]
        for write in writes:
            parts[zlib.crc32(write.document_id.encode("utf-8", "surrogatepass")) % len(parts)].append(write)
        for (shard, own), part in zip(self._of(generation), parts, strict=True):
            if part:
                shard.write(own, part)

    def commit(self, state: EngineState, former: EngineState | None) -> bool:
        """Shard by shard: one that is ahead of the others stays where it is. False if a shard fell behind `former`."""
        if former is None:
            return all(shard.commit(own, None) for shard, own in self._each(state))
        return all(_advance(shard, own, former) for shard, own in self._each(state))

    def _of(self, generation: str) -> list[tuple[RedisEngine, str]]:
        return list(zip(self._shards, generation.split(_BETWEEN), strict=True))

    def _each(self, state: EngineState) -> list[tuple[RedisEngine, EngineState]]:
        return [(shard, EngineState(own, state.position)) for shard, own in self._of(state.generation)]


def _advance(shard: RedisEngine, state: EngineState, former: EngineState) -> bool:
    held = shard.state()
    if held is None or held.generation != state.generation or not held.position.reached(former.position):
        return False
    return held.position.reached(state.position) or shard.commit(state, held)
