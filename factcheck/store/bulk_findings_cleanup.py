"""Deletes what bulk jobs have found on a check or an article that is deleted."""

from redis import Redis

from factcheck import redis_keys
from factcheck.bulk_job import JobKind
from factcheck.redis_connection import as_text, as_texts, store_errors


def forget_findings(client: Redis, owner: str, check_id: str) -> None:
    """Deletes the findings of the owner's rechecks on this check. Their keys begin with its id."""
    with store_errors():
        for job_id in as_texts(client.zrange(redis_keys.owner_bulk(JobKind.RECHECK, owner), 0, -1)):
            found = client.hscan_iter(redis_keys.bulk_findings(job_id), match=f"{check_id}:*", count=1_000)
            for key in [as_text(field) for field, _ in found]:
                client.hdel(redis_keys.bulk_findings(job_id), key)
                client.lrem(redis_keys.bulk_order(job_id), 1, key)
