"""Verdicts of earlier checks, so that an edited article is judged only where it was edited."""

import logging
from collections.abc import Mapping, Sequence

from redis import Redis

from factcheck import redis_keys
from factcheck.codec import verdict_from_json, verdict_to_json
from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import store_errors
from factcheck.store.json_codec import pack, unpack
from factcheck.verdict import Verdict

_log = logging.getLogger(__name__)


class RedisVerdictStore:
    """`VerdictMemory` in Redis. `lifetime_s` counts from the last use; 0 remembers nothing."""

    def __init__(self, client: Redis, lifetime_s: int) -> None:
        self._client = client
        self._lifetime_s = lifetime_s

    def recall(self, names: Sequence[str]) -> list[Verdict | None]:
        """One round trip; what was found lives on for as long again."""
        if not names or not self._lifetime_s:
            return [None] * len(names)
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for name in names:
                    pipe.getex(redis_keys.remembered_verdict(name), ex=self._lifetime_s)
                rows = pipe.execute()
        except StoreUnavailable:
            _log.warning("verdicts not recalled", extra={"count": len(names)})
            return [None] * len(names)
        return [None if row is None else verdict_from_json(unpack(row)) for row in rows]

    def keep(self, verdicts: Mapping[str, Verdict]) -> None:
        """One round trip."""
        if not verdicts or not self._lifetime_s:
            return
        try:
            with store_errors(), self._client.pipeline(transaction=False) as pipe:
                for name, verdict in verdicts.items():
                    pipe.set(redis_keys.remembered_verdict(name), pack(verdict_to_json(verdict)), ex=self._lifetime_s)
                pipe.execute()
        except StoreUnavailable:
            _log.warning("verdicts not kept", extra={"count": len(verdicts)})
