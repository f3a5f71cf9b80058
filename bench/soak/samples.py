"""What the service's processes hold, read from /proc; what Redis and the index hold."""

import time
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event

from redis import Redis

from bench.chaos.victims import descendants, kind_of
from bench.serving import Service
from factcheck.store.queue_health import RedisQueueHealth

_EVERY_S = 5.0
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Sample:
    """Sums over the processes of a kind: resident memory in MB, and open descriptors. `at_s` is monotonic."""

    at_s: float
    memory_mb: dict[str, float]
    descriptors: dict[str, int]
    processes: int
    redis_mb: float
    redis_keys: int
    index_mb: float
    unfinished: int


def watch(service: Service, stop: Event, found: list[Sample]) -> None:
    """A sample every few seconds into `found`, until `stop` is set."""
    client = Redis.from_url((service.data / "redis.url").read_text())
    while not stop.wait(_EVERY_S):
        found.append(_sample(service, client))


def _sample(service: Service, client: Redis) -> Sample:
    memory: dict[str, float] = defaultdict(float)
    descriptors: dict[str, int] = defaultdict(int)
    pids = [service.pid, *descendants(service.pid)]
    for pid in pids:
        with suppress(OSError):
            kind = kind_of(pid) or "supervisor"
            memory[kind] += _resident_mb(pid)
            descriptors[kind] += len(list(Path(f"/proc/{pid}/fd").iterdir()))
    used = int(client.info("memory")["used_memory"]) / _MB
    index = sum(path.stat().st_size for path in (service.data / "index").rglob("*") if path.is_file()) / _MB
    unfinished = RedisQueueHealth(client).unfinished_checks()
    return Sample(
        time.monotonic(), dict(memory), dict(descriptors), len(pids), used, int(client.dbsize()), index, unfinished
    )


def _resident_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) * 1024 / _MB
