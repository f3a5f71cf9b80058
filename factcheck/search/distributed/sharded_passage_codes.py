"""Codes of passages on several servers."""

from collections.abc import Mapping, Sequence

from factcheck.corpus_version import CorpusVersion
from factcheck.search.distributed.redis_passage_codes import RedisPassageEmbeddingCodes


class ShardedPassageEmbeddingCodes:
    """Implements `PassageEmbeddingCodes`: a code lies in the shard that its key says."""

    def __init__(self, shards: Sequence[RedisPassageEmbeddingCodes]) -> None:
        self._shards = shards

    def read(self, keys: Sequence[int]) -> dict[int, bytes]:
        """One round trip a shard."""
        found: dict[int, bytes] = {}
        for number, shard in enumerate(self._shards):
            found |= shard.read([key for key in keys if key % len(self._shards) == number])
        return found

    def write(self, codes: Mapping[int, bytes], position: CorpusVersion | None = None) -> None:
        """One round trip a shard."""
        for number, shard in enumerate(self._shards):
            shard.write({key: code for key, code in codes.items() if key % len(self._shards) == number}, position)

    def position(self) -> CorpusVersion | None:
        """The earliest; None if a shard has none, or they are of different corpora."""
        found = [position for shard in self._shards if (position := shard.position()) is not None]
        if len(found) < len(self._shards) or len({position.epoch for position in found}) > 1:
            return None
        return min(found, key=lambda position: (position.ms, position.serial))
