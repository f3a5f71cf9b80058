"""Gauges that `/metrics` reads from Redis and the search index on each request."""

from collections.abc import Mapping

from factcheck.metric_names import series
from factcheck.ports import Changelog, IndexedSearch
from factcheck.store.counters import RedisMetricSink
from factcheck.store.fair_queue import FairQueue
from factcheck.store.queue_health import RedisQueueHealth
from service.context import GaugeReaders


def store_gauges(
    health: RedisQueueHealth,
    fair_queue: FairQueue,
    counters: RedisMetricSink,
    search: IndexedSearch,
    changelog: Changelog,
) -> GaugeReaders:
    """One reader per source, so that an unreachable source does not hide the others."""

    def queue() -> Mapping[str, float]:
        depths = fair_queue.depths()
        return {
            **{series("factcheck_queue_depth", {"priority": name}): float(depth) for name, depth in depths.items()},
            "factcheck_queue_age_seconds": health.queue_age_s(),
            "factcheck_checks_unfinished": health.unfinished_checks(),
            "factcheck_callbacks_due": health.callbacks_due(),
        }

    def workers() -> Mapping[str, float]:
        memory = counters.memory()
        return {
            **{series("factcheck_worker_memory_bytes", {"worker": name}): float(size) for name, size in memory.items()},
            "factcheck_workers": health.live_workers(),
        }

    def store() -> Mapping[str, float]:
        used, limit = health.store_memory()
        return {"factcheck_store_memory_bytes": used, "factcheck_store_memory_limit_bytes": limit}

    def index() -> Mapping[str, float]:
        return {"factcheck_index_lag_seconds": search.position().behind_s(changelog.position())}

    return (queue, workers, store, index, counters.sums)
