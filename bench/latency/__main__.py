"""A 600-word article against the seed reports through HTTP: until the first verdict is seen, and until all are.

`python -m bench.latency`. The events are followed as the web page does; times are the client's, from before the POST.
"""

import argparse
import json
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests

from bench.serving import running_service, show

ARTICLE = Path(__file__).parent / "article.txt"
GOAL_FIRST_S, GOAL_DONE_S = 1.0, 3.0


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds since the article was sent."""

    accepted_s: float
    first_verdict_s: float
    done_s: float
    claims: int


def main() -> int:
    """0 where the medians keep the goals, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    with running_service() as service:
        check_once(service.url)  # the first check of a process pays for memory that later ones find ready
        check_once(service.url)
        runs = [check_once(service.url) for _ in range(arguments.runs)]
    return _report(runs)


def check_once(url: str) -> Run:
    """Submit the article, then follow its events to the end."""
    article = {"text": ARTICLE.read_text(), "published_at": "2018-02-01"}
    began = time.monotonic()
    answer = requests.post(f"{url}v1/checks", json={"article": article}, timeout=30)
    answer.raise_for_status()
    accepted_s = time.monotonic() - began
    first_s, claims = 0.0, 0
    with requests.get(f"{url}v1/checks/{answer.json()['id']}/events", stream=True, timeout=120) as stream:
        for line in stream.iter_lines(chunk_size=1):
            if line == b"event: claim":
                claims += 1
                first_s = first_s or time.monotonic() - began
            if line == b"event: done":
                break
    done_s = time.monotonic() - began
    _require_finished(url, answer.json()["id"])
    return Run(accepted_s, first_s, done_s, claims)


def _require_finished(url: str, check_id: str) -> None:
    check = requests.get(f"{url}v1/checks/{check_id}", timeout=30).json()
    if check["status"] != "finished":
        raise RuntimeError(f"the check is {check['status']}: {json.dumps(check['error'])}")


def _report(runs: list[Run]) -> int:
    first = statistics.median(run.first_verdict_s for run in runs)
    done = statistics.median(run.done_s for run in runs)
    figures = {
        "words": len(ARTICLE.read_text().split()),
        "claims": runs[0].claims,
        "runs": len(runs),
        "accepted, median ms": round(statistics.median(run.accepted_s for run in runs) * 1000, 1),
        "first verdict, median s": round(first, 3),
        "first verdict, slowest s": round(max(run.first_verdict_s for run in runs), 3),
        "done, median s": round(done, 3),
        "done, slowest s": round(max(run.done_s for run in runs), 3),
    }
    show("latency of one article", figures)
    return 0 if first < GOAL_FIRST_S and done < GOAL_DONE_S else 1


if __name__ == "__main__":
    sys.exit(main())
