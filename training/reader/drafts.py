"""`python -m training.reader.drafts OUT CASES...`: the claims of labelled drafts with the passages that decide them.

Where a case does not name its evidence word for word, as `training/data/drafts` does, the sentence that has most of the note's
and the claim's words is taken for it, and left out where it has too few of them. The pairs are gzipped JSON lines as
`training.pairs` reads them.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import log
from pathlib import Path
from typing import Any

from training.reader.windows import claim_text, window
from worker.evidence.retrieve import content_words

_CLASSES = {"supported": "entailment", "contradicted": "contradiction", "unverified": "neutral"}
"""Disputed claims and those that cannot be checked have no one class against one passage."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"“‘0-9])|(?<=[.!?][\"”’])\s+(?=[A-Z\"“‘0-9])|\n+")
LEAST = 0.45
"""The share of the note's words, rare ones counting more, that the passage must have; measured by reading 40 of them."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of a report with its neighbours."""

    published: date
    title: str
    sentence: str
    around: str

    @property
    def words(self) -> frozenset[str]:
        """The sentence's words."""
        return content_words(self.sentence)


def passages(corpus: Sequence[dict[str, Any]]) -> list[Passage]:
    """Every sentence of the reports, with one neighbour on either side."""
    found = []
    for report in corpus:
        told = [s.strip() for s in _SENTENCE_END.split(report["text"]) if s.strip()]
        published = date.fromisoformat(report["published_at"][:10])
        for at, sentence in enumerate(told):
            around = " ".join(told[max(0, at - 1) : at + 2])
            found.append(Passage(published, report["title"], sentence, around))
    return found


def pairs(case: dict[str, Any]) -> Iterator[dict[str, str]]:
    """The pairs of one case: with date and title, and the bare sentence."""
    told = passages(case["corpus"])
    spread = Counter(word for passage in told for word in passage.words)
    written = date.fromisoformat(case["article"]["published_at"][:10])
    for expected in case["expect"]:
        label = _CLASSES.get(expected["label"])
        found = _decisive(told, spread, expected) if label else None
        if not label or not found:
            continue
        claim, other_day = expected["sentence"], written if written != found.published else None
        full = window(found.around, found.published, found.title)
        yield {"premise": full, "hypothesis": claim_text(claim, other_day), "label": label, "src": "drafts"}
        if written == found.published or label == "neutral":
            yield {"premise": found.sentence, "hypothesis": claim, "label": label, "src": "drafts"}


def _decisive(told: Sequence[Passage], spread: Counter[str], expected: dict[str, Any]) -> Passage | None:
    note, claim = content_words(expected["note"].split(":", 1)[-1]), content_words(expected["sentence"])

    def share(wanted: frozenset[str], passage: Passage) -> float:
        rarity = {word: log(1.0 + len(told) / (1 + spread[word])) for word in wanted}
        return sum(rarity[word] for word in wanted & passage.words) / (sum(rarity.values()) or 1.0)

    for _, words in expected.get("evidence", ()):
        return next((passage for passage in told if words in passage.sentence), None)
    if expected["label"] == "unverified":
        return max(told, key=lambda passage: share(claim, passage))
    best = max(told, key=lambda passage: share(note, passage) + 0.5 * share(claim, passage))
    return best if share(note, best) >= LEAST or share(claim, best) >= 0.6 else None


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(description=__doc__)
    said.add_argument("out", type=Path)
    said.add_argument("cases", type=Path, nargs="+")
    given = said.parse_args()
    seen: Counter[str] = Counter()
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for file in given.cases:
            for line in file.read_text(encoding="utf-8").splitlines():
                for row in pairs(json.loads(line)):
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    seen[row["label"]] += 1
    print(dict(seen))


if __name__ == "__main__":
    main()
