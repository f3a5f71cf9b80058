"""Mixed load for hours on one service: memory, descriptors, Redis, index and p99 in each window of time.

`python -m bench.soak --minutes 120 --windows 8 --rate 5`. Checks, remembered verdicts and watches live for a fraction of a
window, so that what a window holds should not grow, unless checks come faster than the workers finish them. Growth is that
of the second half: the last window against the one in the middle.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from statistics import median
from threading import Event

from bench.serving import running_service, show
from bench.soak.load import Answered, Newsroom, SlowReceiver
from bench.soak.samples import Sample, watch

GROWTH_LIMIT = 0.03
KINDS = ("web process", "worker", "indexer", "archive encoder", "importer", "redis server", "web server", "supervisor")


def main() -> int:
    """0 where no kind of process grew by more than 3 % in the second half, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120.0)
    parser.add_argument("--windows", type=int, default=8)
    parser.add_argument("--rate", type=float, default=5.0, help="requests a second")
    parser.add_argument("--documents", type=int, default=5_000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    window_s = arguments.minutes * 60 / arguments.windows
    receiver = SlowReceiver()
    with running_service(arguments.workers, settings=_settings(window_s)) as service, ThreadPoolExecutor(2) as pool:
        newsroom = Newsroom(service.url, arguments.documents, receiver.url, arguments.seed)
        newsroom.fill()
        stop, began = Event(), time.monotonic()
        seen: list[Sample] = []
        load, samples = pool.submit(newsroom.run, arguments.rate, stop), pool.submit(watch, service, stop, seen)
        windows = [
            _window(number, began, window_s, newsroom.answered, seen, stop)
            for number in range(1, arguments.windows + 1)
        ]
        stop.set()
        load.result()
        samples.result()
    receiver.close()
    answered = newsroom.answered
    growth = _growth(windows)
    show(
        f"soak, {arguments.minutes:g} minutes",
        {
            "requests": len(answered),
            "by kind": dict(Counter(answer.kind for answer in answered)),
            "failed": dict(Counter(f"{answer.kind}: {answer.fault}" for answer in answered if answer.fault)),
            "webhooks received": receiver.received,
            **{f"window {number}": window for number, window in enumerate(windows, 1)},
            "growth in the second half, %": {name: round(100 * share, 1) for name, share in growth.items()},
        },
    )
    return 1 if any(growth[kind] > GROWTH_LIMIT for kind in KINDS if kind in growth) else 0


def _window(
    number: int, began: float, window_s: float, answered: list[Answered], seen: list[Sample], stop: Event
) -> dict[str, float]:
    """Waits for the end of that window and prints what it held."""
    start, end = began + (number - 1) * window_s, began + number * window_s
    stop.wait(end - time.monotonic())
    figures = _figures(
        [sample for sample in seen if start <= sample.at_s < end],
        [answer for answer in answered if start <= answer.at_s < end],
    )
    print(f"window {number}: {figures}", file=sys.stderr, flush=True)
    return figures


def _settings(window_s: float) -> dict[str, str]:
    life = str(max(60, int(window_s / 2)))
    return {
        "FACTCHECK_CHECK_LIFETIME_S": life,
        "FACTCHECK_HISTORY_LIFETIME_S": life,
        "FACTCHECK_TOMBSTONE_LIFETIME_S": life,
        "FACTCHECK_VERDICT_MEMORY_S": life,
        "FACTCHECK_WATCH_LIFETIME_S": life,
        "FACTCHECK_WATCH_QUIET_S": "5",
        "FACTCHECK_AUDIT_ENTRIES": "1000",
        "FACTCHECK_CALLBACK_HOSTS": "127.0.0.1",
        "FACTCHECK_REQUESTS_PER_MINUTE": "0",
    }


def _figures(samples: list[Sample], answered: list[Answered]) -> dict[str, float]:
    """Medians of a window; p99 over all its requests."""
    figures = {
        **{kind: _middle(sample.memory_mb.get(kind, 0.0) for sample in samples) for kind in KINDS},
        "processes": _middle(sample.processes for sample in samples),
        "descriptors": _middle(sum(sample.descriptors.values()) for sample in samples),
        "Redis, MB": _middle(sample.redis_mb for sample in samples),
        "Redis, keys": _middle(sample.redis_keys for sample in samples),
        "unfinished checks": _middle(sample.unfinished for sample in samples),
        "index, MB": _middle(sample.index_mb for sample in samples),
    }
    waits = sorted(answer.ms for answer in answered if answer.kind != "edited draft")  # that one waits for its report
    return {**figures, "requests": len(waits), "p99, ms": round(waits[int(0.99 * (len(waits) - 1))]) if waits else 0.0}


def _middle(values: Iterable[float]) -> float:
    found = list(values)
    return round(median(found), 1) if found else 0.0


def _growth(windows: list[dict[str, float]]) -> dict[str, float]:
    middle, last = windows[len(windows) // 2], windows[-1]
    return {name: last[name] / middle[name] - 1 for name in middle if middle[name]}


if __name__ == "__main__":
    sys.exit(main())
