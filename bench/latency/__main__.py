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
    """0 where the medians of new articles keep the goals, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    arguments = parser.parse_args()
    text = ARTICLE.read_text()
    edited = text.replace("Feb. 9", "Feb. 11", 1)
    new: list[Run] = []
    again: list[Run] = []
    for _ in range(arguments.runs):  # a service of its own each: verdicts and models remember what they have read
        with running_service() as service:
            new.append(check_once(service.url, text))
            again.append(check_once(service.url, edited))
    _report("a new article", new)
    _report("the same with one sentence edited", again)
    return 0 if _median_s(new, "first_verdict_s") < GOAL_FIRST_S and _median_s(new, "done_s") < GOAL_DONE_S else 1


def check_once(url: str, text: str) -> Run:
    """Submit the article, then follow its events to the end."""
    article = {"text": text, "published_at": "2018-02-01"}
    began = time.monotonic()
    answer = requests.post(f"{url}v1/checks", json={"article": article}, timeout=30)
    answer.raise_for_status()
    accepted_s = time.monotonic() - began
    first_s, claims = 0.0, 0
    with requests.get(f"{url}v1/checks/{answer.json()['id']}/events", stream=True, timeout=120) as stream:
        for line in stream.iter_lines(chunk_size=None):
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


def _report(what: str, runs: list[Run]) -> None:
    figures = {
        "words": len(ARTICLE.read_text().split()),
        "claims": runs[0].claims,
        "runs": len(runs),
        "accepted, median ms": round(_median_s(runs, "accepted_s") * 1000, 1),
        "first verdict, median s": round(_median_s(runs, "first_verdict_s"), 3),
        "first verdict, slowest s": round(max(run.first_verdict_s for run in runs), 3),
        "done, median s": round(_median_s(runs, "done_s"), 3),
        "done, slowest s": round(max(run.done_s for run in runs), 3),
    }
    show(f"latency of {what}", figures)


def _median_s(runs: list[Run], name: str) -> float:
    return float(statistics.median(getattr(run, name) for run in runs))


if __name__ == "__main__":
    sys.exit(main())
