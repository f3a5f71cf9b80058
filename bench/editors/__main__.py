"""Editors against the service: what unchanged LanguageTool clients show, and how live a text feels while it is edited.

`python -m bench.editors`. `--offline` leaves out the clients, which are fetched from the registries.
"""

import argparse
import statistics
import sys
import tempfile
import time
from itertools import count
from pathlib import Path
from subprocess import CalledProcessError

import requests

from bench.editors.clients import install
from bench.serving import running_service, show

ARTICLE = Path(__file__).parent.parent / "latency" / "article.txt"
PLANTED = "😀🎭 𝒪nce more: the opening ceremony of the Winter Olympics will be held on Feb. 10. It is a sunny day."
WRONG, RIGHT = "Feb. 10", "Feb. 9"
GOAL_CLIENTS, GOAL_RATIO = 3, 10.0
_PATIENCE_S = "120"


def main() -> int:
    """0 where the goals are kept, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--offline", action="store_true")
    arguments = parser.parse_args()
    with running_service(settings=_PATIENT) as service:
        shown = {} if arguments.offline else what_clients_show(service.url)
        pairs = [first_and_second(service.url, number) for number in range(arguments.runs)]
    ratio = statistics.median(first / second for first, second in pairs)
    figures = {
        **shown,
        "words": len(ARTICLE.read_text().split()),
        "runs": len(pairs),
        "first /v2/check, median s": round(statistics.median(first for first, _ in pairs), 3),
        "second, after an edit of one word, median s": round(statistics.median(second for _, second in pairs), 3),
        "times faster, median": round(ratio, 1),
    }
    show("editors", figures)
    return 0 if ratio >= GOAL_RATIO and sum(shown.values()) >= (0 if arguments.offline else GOAL_CLIENTS) else 1


# The comparison needs a first check that ends, on a slow machine too.
_PATIENT = {"FACTCHECK_LANGUAGETOOL_DEADLINE_S": _PATIENCE_S, "FACTCHECK_WAIT_LIMIT_S": _PATIENCE_S}


def what_clients_show(url: str) -> dict[str, bool]:
    """Client → whether it shows the planted error at the right words, with the right suggestion."""
    with tempfile.TemporaryDirectory(prefix="fc-clients-") as folder:
        try:
            clients = install(Path(folder))
        except (CalledProcessError, OSError) as error:
            raise SystemExit(f"the clients cannot be installed: {error}") from None
        return {client.name: client.shows(url, PLANTED) == [[WRONG, RIGHT]] for client in clients}


def first_and_second(url: str, number: int) -> tuple[float, float]:
    """Seconds for a text that is new to the service, and for the same with one word edited in its middle."""
    text = _new_text(number)
    return seconds(url, text), seconds(url, _edited(text))


def seconds(url: str, text: str) -> float:
    """How long an editor waits for all matches of a text."""
    began = time.monotonic()
    answer = requests.post(f"{url}v2/check", {"text": text, "language": "en-US"}, timeout=float(_PATIENCE_S))
    answer.raise_for_status()
    if answer.json()["warnings"]["incompleteResults"]:
        raise RuntimeError("the check did not end in time")
    return time.monotonic() - began


def _new_text(number: int) -> str:
    """The article with each sentence made new, by a number that nothing else has."""
    salt = count(1000 * (number + 1) + int(time.time()) % 1000)
    sentences = ARTICLE.read_text().split(". ")
    return ". ".join(f"{sentence}, item {next(salt)}" for sentence in sentences)


def _edited(text: str) -> str:
    words = text.split(" ")
    words[len(words) // 2] = "really"
    return " ".join(words)


if __name__ == "__main__":
    sys.exit(main())
