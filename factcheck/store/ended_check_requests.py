"""The request of a check that has ended, to repeat it: the article is kept with the check, the options in its record."""

from redis import Redis

from factcheck import redis_keys
from factcheck.article import Article
from factcheck.check import CheckOptions, CheckRequest
from factcheck.check_json import options_from_json
from factcheck.json_mapping import from_json
from factcheck.redis_connection import store_errors
from factcheck.settings import Settings
from factcheck.store.json_codec import unpack


class RedisEndedCheckRequests:
    """`EndedCheckRequests` in Redis."""

    def __init__(self, client: Redis, settings: Settings) -> None:
        self._client = client
        self._defaults = CheckOptions(settings.max_evidence, (), (), settings.check_time_limit_s)

    def request(self, check_id: str) -> CheckRequest | None:
        """The request without webhook. None if the text is gone, or the check had documents of its own.

        A check of an earlier version, which recorded no options, has the default ones.
        """
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.get(redis_keys.check_article(check_id))
            pipe.hget(redis_keys.check(check_id), "asked")
            article, asked = pipe.execute()
        if article is None:
            return None
        known = unpack(asked) if asked else None
        if known is not None and known["own_corpus"]:
            return None
        options = options_from_json(known) if known else self._defaults
        return CheckRequest(from_json(Article, unpack(article)), None, known and known["as_of"], None, options)
