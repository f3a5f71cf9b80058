"""What it costs to leave the last passages of a claim unread: `python -m training.judge.early_exit CASES.jsonl ...`

Prints, for each margin between the expected costs of the two cheapest labels, the share of claims whose last passage, or all
but the best, is not read, and how many labels change. `worker.verdict.judge` holds the margins that are used, and
`worker.evidence.reader` says which claims may spare all but the best.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from factcheck.settings import Settings
from training.judge.collect import Case, retrieved_claims
from worker.evidence.claim_evidence import ClaimEvidence
from worker.evidence.reader import Settled, read_evidence, read_variants
from worker.models.load import load_models
from worker.models.ports import Models
from worker.verdict.packaged_judge import packaged_judge

_MARGINS = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)


@dataclass(frozen=True, slots=True)
class Exit:
    """`unread` of a claim's last passages may stay unread; the `margin` before they are read, and whether they change the label."""

    unread: int
    margin: float
    changes: bool


def main() -> int:
    """Prints a table for each number of unread passages."""
    parser = argparse.ArgumentParser(prog="python -m training.judge.early_exit", description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    models = load_models(Settings())
    texts = [path.read_text(encoding="utf-8") for path in parser.parse_args().cases]
    seen = [one for text in texts for line in text.splitlines() if line for one in exits(json.loads(line), models)]
    print(f"{len(seen)} claims")
    for unread in (1, 2):
        print(f"\n| margin | last {unread} not read | labels that change |\n|---|---|---|")
        for margin in _MARGINS:
            spared = [e for claim in seen for e in claim if e.unread == unread and e.margin > margin]
            print(f"| {margin} | {len(spared) / len(seen):.0%} | {sum(e.changes for e in spared)} |")
    return 0


def exits(case: Case, models: Models) -> Iterator[list[Exit]]:
    """One list for each labelled claim of the case that has passages; empty where all of them are read."""
    judge = packaged_judge()
    for statement, _, found in retrieved_claims(case, models):
        if not found.ranked:
            continue
        without: list[tuple[ClaimEvidence, int]] = []
        evidence = read_evidence(statement, found, models, _never_settled_into(without))
        decide = partial(judge.decide, contradict=partial(read_variants, models=models))
        label = decide(evidence).label
        yield [Exit(unread, judge.margin(e), decide(e).label is not label) for e, unread in without]


def _never_settled_into(seen: list[tuple[ClaimEvidence, int]]) -> Settled:
    """Reads on in any case, and keeps what was known before."""

    def settled(evidence: ClaimEvidence, unread: int) -> bool:
        seen.append((evidence, unread))
        return False

    return settled


if __name__ == "__main__":
    raise SystemExit(main())
