"""The RQ queue: jobs carry the id of a check and nothing else."""

from redis import Redis
from redis.client import Pipeline
from rq import Queue, Retry
from rq.job import Job
from rq.serializers import JSONSerializer

from factcheck import keys

_GRACE_S = 60  # after its own time limit a check writes its report; only then does RQ's axe fall
_FAILURE_LIFETIME_S = 86_400


def open_queue(client: Redis) -> Queue:
    """The queue of checks; build it once a process. Jobs are JSON, never pickle."""
    return Queue(keys.QUEUE, connection=client, serializer=JSONSerializer)


def enqueue_check(queue: Queue, pipeline: Pipeline, check_id: str, time_limit_s: float, tries: int) -> None:
    """Adds the job to `pipeline`, on which it must come first. It runs `tries` times at most.

    A killed worker's job goes ahead of those that came after it.
    """
    queue.enqueue(
        keys.JOB,
        check_id,
        pipeline=pipeline,
        job_id=check_id,
        job_timeout=int(time_limit_s) + _GRACE_S,
        result_ttl=0,
        failure_ttl=_FAILURE_LIFETIME_S,
        description="check",
        retry=Retry(max=tries - 1, enqueue_at_front=True) if tries > 1 else None,
    )


def queue_keys(queue: Queue, check_id: str) -> tuple[str, str]:
    """RQ's list of waiting job ids, and the hash of this check's job."""
    return str(queue.key), str(Job.key_for(check_id))
