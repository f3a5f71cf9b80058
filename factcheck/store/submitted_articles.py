"""Submitted articles, for report formats that show the article's text."""

from redis import Redis

from factcheck import redis_keys
from factcheck.article import Article
from factcheck.errors import ExpiredCheck
from factcheck.json_mapping import from_json
from factcheck.redis_connection import as_text, store_errors
from factcheck.store.checks import absence
from factcheck.store.json_codec import unpack


class RedisArticles:
    """Articles in Redis. An article is kept as long as its check, unless the check is cancelled."""

    def __init__(self, client: Redis) -> None:
        self._client = client

    def article(self, check_id: str, owner: str) -> Article:
        """The article as submitted.

        Raises: `UnknownCheck`, `ExpiredCheck` (also for a cancelled check), `StoreUnavailable`.
        """
        with store_errors(), self._client.pipeline(transaction=True) as pipe:
            pipe.hget(redis_keys.check(check_id), "owner")
            pipe.get(redis_keys.check_article(check_id))
            pipe.get(redis_keys.check_grave(check_id))
            known_owner, article, buried_owner = pipe.execute()
        if as_text(known_owner) != owner:
            raise absence(check_id, owner, buried_owner)
        if article is None:
            raise ExpiredCheck(check_id)
        return from_json(Article, unpack(article))
