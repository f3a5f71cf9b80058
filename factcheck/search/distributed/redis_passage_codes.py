"""Codes of passages on the distributed engine's server, for all hosts."""

from collections.abc import Mapping, Sequence

from factcheck import redis_keys
from factcheck.corpus_version import CorpusVersion
from factcheck.errors import IndexUnavailable, StoreUnavailable
from factcheck.redis_connection import as_text
from factcheck.search.distributed.shard_servers import ShardServer, connected


class RedisPassageEmbeddingCodes:
    """Implements `PassageEmbeddingCodes` with one string a passage. An unreachable server counts as empty for readers."""

    def __init__(self, server: ShardServer, name: str) -> None:
        self._server = server
        self._name = f"{server.tag}{name}"

    def read(self, keys: Sequence[int]) -> dict[int, bytes]:
        """One round trip."""
        if not keys:
            return {}
        try:
            with connected(self._server) as client:
                codes = client.mget([redis_keys.engine_passage_code(self._name, key) for key in keys])
        except StoreUnavailable:
            return {}
        return {key: code for key, code in zip(keys, codes, strict=True) if isinstance(code, bytes)}

    def write(self, codes: Mapping[int, bytes], position: CorpusVersion | None = None) -> None:
        """One round trip. The position comes last, so that it never stands without its codes."""
        try:
            with connected(self._server) as client, client.pipeline(transaction=False) as pipe:
                for key, code in codes.items():
                    pipe.set(redis_keys.engine_passage_code(self._name, key), code)
                if position is not None:
                    pipe.set(redis_keys.engine_codes_position(self._name), str(position))
                pipe.execute()
        except StoreUnavailable as error:
            raise IndexUnavailable(f"passage codes cannot be written: {error}") from error

    def position(self) -> CorpusVersion | None:
        """None also where the server does not answer."""
        try:
            with connected(self._server) as client:
                raw = client.get(redis_keys.engine_codes_position(self._name))
            return CorpusVersion.parse(as_text(raw)) if raw is not None else None
        except (StoreUnavailable, ValueError):
            return None
