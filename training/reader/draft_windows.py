"""What the checker reads for labelled drafts, with what is known of each window.

`python -m training.reader.draft_windows OUT CASES...`

The checker's own code cuts the drafts into claims, retrieves passages and writes windows; the entailment model is not asked. A
claim that covers its labelled sentence is entailed or contradicted by the windows with the evidence's words. Of its other
windows only the opposite is excluded: no window contradicts what the reports bear out, none entails what they refute. Cases
must name their evidence word for word, as `training/data/drafts` does. The pairs are gzipped JSON lines as `training.pairs`
reads them.
"""

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from factcheck.evidence import Passage
from factcheck.ports import EntailmentScores
from factcheck.settings import Settings
from training.judge.collect import retrieved_claims
from worker.evidence.reader import UNREAD, read_evidence, window
from worker.models.load import load_models
from worker.models.ports import Models

_DECIDED = {"supported": "entailment", "contradicted": "contradiction"}
_ELSEWHERE = {"supported": "not_contradiction", "contradicted": "not_entailment"}
_COVERED = 0.85
"""The share of a claim's words that must stand in its labelled sentence; for a claim to be as wrong as that, the reverse, too."""


@dataclass(slots=True)
class _Recorder:
    """Stands in for the entailment model: notes the pairs, and says what an unread passage counts as."""

    pairs: list[tuple[str, str]] = field(default_factory=list)

    def name(self) -> str:
        """What it is."""
        return "recorder"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[EntailmentScores]:
        """Notes the pairs."""
        self.pairs.extend(pairs)
        return [UNREAD for _ in pairs]


def pairs(case: Mapping[str, Any], models: Models) -> Iterator[dict[str, str]]:
    """The windows of one case."""
    for claim, at, retrieved in retrieved_claims(case, models):
        expected = case["expect"][at] if at is not None else None
        if not expected or not retrieved.ranked:
            continue
        claimed, wanted = (
            _words(text) for text in (claim.sentence.text[claim.start : claim.end], expected["sentence"])
        )
        common = (claimed & wanted).total()
        if common < _COVERED * claimed.total():
            continue
        whole = common >= _COVERED * wanted.total()
        recorder = _Recorder()
        read_evidence(claim, retrieved, replace(models, entailment=recorder))
        for ranked in retrieved.ranked:
            premise = window(ranked.passage)
            label = known_label(expected, whole, ranked.passage)
            for asked, hypothesis in recorder.pairs:
                if asked == premise and label:
                    yield {"premise": premise, "hypothesis": hypothesis, "label": label, "src": "drafts/window"}


def known_label(expected: Mapping[str, Any], whole: bool, passage: Passage) -> str | None:
    """What is known of a window; None where nothing is."""
    if expected["label"] == "unverified":
        return "neutral" if whole else None
    if expected["label"] not in _DECIDED or not (whole or expected["label"] == "supported"):
        return None
    read = window(passage)
    proven = any(doc == passage.document.id and _within(words, read) for doc, words in expected["evidence"])
    return _DECIDED[expected["label"]] if proven else _ELSEWHERE[expected["label"]]


def _within(words: str, text: str) -> bool:
    """Whether the evidence's words stand in the text; half of them suffice, since sentences may be cut within."""
    told, plain = re.findall(r"\w+", words.lower()), " ".join(re.findall(r"\w+", text.lower()))
    half = (len(told) + 1) // 2
    return any(f" {' '.join(part)} " in f" {plain} " for part in (told[:half], told[-half:]))


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(prog="python -m training.reader.draft_windows", description=__doc__)
    said.add_argument("out", type=Path)
    said.add_argument("cases", type=Path, nargs="+")
    given = said.parse_args()
    models, seen = load_models(Settings()), Counter[str]()
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for file in given.cases:
            for line in file.read_text(encoding="utf-8").splitlines():
                for row in pairs(json.loads(line), models):
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
                    seen[row["label"]] += 1
    print(dict(seen))


if __name__ == "__main__":
    main()
