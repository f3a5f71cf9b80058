"""The RQ queue. A job carries the id of its check and nothing else."""

import json
import zlib
from functools import lru_cache

from redis import Redis
from rq import Queue, Retry
from rq.job import Job, JobStatus
from rq.serializers import JSONSerializer
from rq.utils import now, utcformat

from factcheck import redis_keys

_GRACE_S = 60  # RQ's timeout must leave a check time to write its report after its own limit
_FAILURE_LIFETIME_S = 86_400

WORKER_KEY_LIFETIME_S = 78
"""Each beat of a worker lets Redis keep its key for so long: what is left of it tells how old the beat is, by Redis's clock."""

Row = dict[str, str | int | bytes]


def open_queue(client: Redis) -> Queue:
    """The queue of checks. Build it once per process. Jobs are JSON, never pickle."""
    return Queue(redis_keys.QUEUE, connection=client, serializer=JSONSerializer)


def job_row(check_id: str, time_limit_s: float, tries: int) -> Row:
    """The job hash as RQ's `enqueue` would write it. The job runs at most `tries` times.

    A killed worker's job returns to the front of the queue. Fills a template instead of calling RQ, whose own path takes a
    third of a submission's time.
    """
    moment = utcformat(now())
    return {
        **_template(int(time_limit_s) + _GRACE_S, tries),
        "data": zlib.compress(json.dumps([redis_keys.JOB, None, [check_id], {}]).encode()),
        "created_at": moment,
        "enqueued_at": moment,
    }


@lru_cache(maxsize=64)
def _template(timeout_s: int, tries: int) -> Row:
    job = Job.create(
        redis_keys.JOB,
        args=[""],
        connection=Redis(),  # required by RQ, and not used here
        timeout=timeout_s,
        result_ttl=0,
        failure_ttl=_FAILURE_LIFETIME_S,
        description="check",
        origin=redis_keys.QUEUE,
        status=JobStatus.QUEUED,
        serializer=JSONSerializer,
    )
    if tries > 1:
        retry = Retry(max=tries - 1, enqueue_at_front=True)
        job.retries_left, job.retry_intervals = retry.max, retry.intervals
        job.enqueue_at_front_on_retry = retry.enqueue_at_front
    return dict(job.to_dict())


def queue_keys(queue: Queue, check_id: str) -> tuple[str, str]:
    """RQ's list of waiting job ids, and the hash of this check's job."""
    return str(queue.key), str(Job.key_for(check_id))
