"""What `/metrics` reads from Redis and the index each time it is asked."""

from collections.abc import Mapping

from factcheck.metric_names import series
from factcheck.ports import Changelog, IndexedSearch
from factcheck.store.counters import RedisMetricSink
from factcheck.store.fair_queue import FairQueue
from factcheck.store.health import RedisHealth
from service.context import Readings


def store_gauges(
    presence: RedisHealth, lanes: FairQueue, work: RedisMetricSink, search: IndexedSearch, changelog: Changelog
) -> Readings:
    """One reading for each source, so that where one is away the others are told."""

    def queue() -> Mapping[str, float]:
        depths = lanes.depths()
        return {
            **{series("factcheck_queue_depth", {"priority": name}): float(depth) for name, depth in depths.items()},
            "factcheck_queue_age_seconds": presence.queue_age_s(),
            "factcheck_checks_unfinished": presence.unfinished_checks(),
            "factcheck_callbacks_due": presence.callbacks_due(),
        }

    def workers() -> Mapping[str, float]:
        memory = work.memory()
        return {
            **{series("factcheck_worker_memory_bytes", {"worker": name}): float(size) for name, size in memory.items()},
            "factcheck_workers": presence.live_workers(),
        }

    def store() -> Mapping[str, float]:
        used, limit = presence.store_memory()
        return {"factcheck_store_memory_bytes": used, "factcheck_store_memory_limit_bytes": limit}

    def index() -> Mapping[str, float]:
        return {"factcheck_index_lag_seconds": search.position().behind_s(changelog.position())}

    return (queue, workers, store, index, work.sums)
