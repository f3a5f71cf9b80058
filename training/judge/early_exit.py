"""What it costs to leave the last passage of a claim unread: `python -m training.judge.early_exit CASES.jsonl ...`

Prints, for each margin between the expected costs of the two cheapest labels, the share of claims whose last passage is not
read, and how many labels change. `worker.verdict.judge` holds the margin that is used.
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
class LastPassage:
    """`margin` between the two cheapest labels before it is read, None where it always is; whether reading it changes the label."""

    margin: float | None
    changes: bool


def main() -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m training.judge.early_exit", description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    models = load_models(Settings())
    texts = [path.read_text(encoding="utf-8") for path in parser.parse_args().cases]
    seen = [
        one for text in texts for line in text.splitlines() if line for one in last_passages(json.loads(line), models)
    ]
    print(f"{len(seen)} claims\n\n| margin | last passages not read | labels that change |\n|---|---|---|")
    for margin in _MARGINS:
        spared = [one for one in seen if one.margin is not None and one.margin > margin]
        print(f"| {margin} | {len(spared) / len(seen):.0%} | {sum(one.changes for one in spared)} |")
    return 0


def last_passages(case: Case, models: Models) -> Iterator[LastPassage]:
    """One for each labelled claim of the case that has passages."""
    judge = packaged_judge()
    for statement, _, found in retrieved_claims(case, models):
        if not found.ranked:
            continue
        without: list[ClaimEvidence] = []
        evidence = read_evidence(statement, found, models, _never_settled_into(without))
        decide = partial(judge.decide, contradict=partial(read_variants, models=models))
        if not without:
            yield LastPassage(None, changes=False)
            continue
        yield LastPassage(judge.margin(without[0]), decide(without[0]).label is not decide(evidence).label)


def _never_settled_into(seen: list[ClaimEvidence]) -> Settled:
    """Reads on in any case, and keeps what was known before."""

    def settled(evidence: ClaimEvidence) -> bool:
        seen.append(evidence)
        return False

    return settled


if __name__ == "__main__":
    raise SystemExit(main())
