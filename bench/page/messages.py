"""Does each card say what the service says, and no more? `python -m bench.page.messages` compares them, verdict by verdict.

Drafts: the cases of `tests/golden`, the sample draft, the demo's draft, and stories of `training/data/newsroom`. The service checks
them as always; cards are read off the page in headless Chromium. Exit code 0: no card is wrong.
"""

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import requests

from bench.page.cards import READ_CARDS, faults
from bench.page.demo import REPORTS, TODAY
from bench.serving import ROOT, SEEDS, running_service, show
from tests.e2e.browser import Page, running_browser

GOLDEN, STORIES = ROOT / "tests" / "golden", ROOT / "training" / "data" / "newsroom"
SAMPLE = ROOT / "seeds" / "sample_draft.json"
STORIES_A_DRAFT, CHECK_LIMIT_S = 3, 120


@dataclass(frozen=True, slots=True)
class Draft:
    """An article, and the reports that it is checked against, both as the service takes them."""

    name: str
    article: Mapping[str, Any]
    documents: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong on the card of one verdict."""

    draft: str
    rule: str
    claim: str
    fault: str


def main() -> int:
    """0 where no card is wrong and enough verdicts were seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=16, help="drafts made of stories")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--least", type=int, default=200, help="verdicts that have to be seen")
    arguments = parser.parse_args()
    drafts = [*written(), *told(arguments.stories, random.Random(arguments.seed))]
    rules, wrong = compare(drafts)
    for found in wrong:
        print(json.dumps(asdict(found), ensure_ascii=False))
    cards = {(found.draft, found.claim) for found in wrong}
    seen = sum(rules.values())
    listed = ", ".join(f"{rule} {count}" for rule, count in rules.most_common())
    show(
        "messages",
        {"drafts": len(drafts), "verdicts": seen, "rules": len(rules), "wrong cards": len(cards), "by rule": listed},
    )
    return 0 if not cards and seen >= arguments.least else 1


def compare(drafts: Sequence[Draft]) -> tuple[Counter[str], list[Wrong]]:
    """Number of verdicts by rule, and what is wrong on their cards."""
    rules, wrong = Counter[str](), list[Wrong]()
    with running_service(is_empty=True) as service, running_browser() as browser:
        page = Page(browser, service.url.rstrip("/"))
        for draft in drafts:
            check = _checked(service.url, draft)
            page.open(f"/checks/{check['id']}").ended(CHECK_LIMIT_S)
            cards = {card["key"]: card for card in page.js(READ_CARDS)}
            for verdict in check["report"]["claims"]:
                rules[verdict["rule"]] += 1
                found = faults(verdict, cards.get(verdict["id"]))
                wrong += [Wrong(draft.name, verdict["rule"], verdict["text"], fault) for fault in found]
    return rules, wrong


def _checked(url: str, draft: Draft) -> dict[str, Any]:
    order = {"article": draft.article, "documents": draft.documents}
    answer = requests.post(f"{url}v1/checks", json=order, timeout=30)
    answer.raise_for_status()
    check: dict[str, Any] = answer.json()
    while check["status"] in {"queued", "running"}:
        check = requests.get(f"{url}v1/checks/{check['id']}", {"wait": 30}, timeout=60).json()
    return check


def written() -> Iterator[Draft]:
    """Drafts that were written with their reports."""
    for path in sorted(GOLDEN.glob("*.json")):
        case = json.loads(path.read_text(encoding="utf-8"))
        yield Draft(path.stem, case["article"], case["corpus"])
    yield Draft("sample", json.loads(SAMPLE.read_text(encoding="utf-8")), _lines(SEEDS))
    title, _, text = TODAY.partition("\n\n")
    yield Draft("demo", {"title": title, "text": text, "published_at": "2026-11-01"}, _lines(REPORTS))


def told(count: int, chance: random.Random) -> Iterator[Draft]:
    """Drafts of the claims on three stories. Every second one has a rival for its first story: a report of the same day that says
    what the story contradicts.
    """
    stories = [story for path in sorted(STORIES.glob("pairs_*.jsonl")) for story in _lines(path)]
    chance.shuffle(stories)
    for n in range(count):
        chosen = stories[n * STORIES_A_DRAFT : (n + 1) * STORIES_A_DRAFT]
        text = "\n\n".join(" ".join(_sentence(words) for _, _, words in story["claims"]) for story in chosen)
        article = {"text": text, "published_at": max(story["date"] for story in chosen)}
        documents = [_report(story, story["passage"], "Morning Post") for story in chosen]
        if n % 2:
            against = " ".join(_sentence(words) for label, _, words in chosen[0]["claims"] if label == "C")
            documents.append(_report(chosen[0], against, "Evening Post"))
        yield Draft(f"stories {n + 1}", article, [d for d in documents if d["text"]])


def _report(story: Mapping[str, Any], text: str, source: str) -> dict[str, Any]:
    title = f"Report {story['id']}"
    return {
        "id": f"{story['id']} {source}",
        "title": title,
        "text": text,
        "source": source,
        "published_at": story["date"],
    }


def _sentence(claim: str) -> str:
    return claim[:1].upper() + claim[1:] + ("" if claim[-1] in '.?!"”' else ".")


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    sys.exit(main())
