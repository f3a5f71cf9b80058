"""What it costs to leave the last passages of a claim unread: `python -m training.judge.early_exit TABLE.jsonl ...`

Prints, for each pair of margins, the passages a claim left unread, and alarm recall, macro-F1 and errors passed at 4 % false
alarms, cross-validated: early exit moves along the curve of alarms, so that figures at one cost would count that movement, too.
`worker.verdict.judge.SETTLED` holds the margins in use, `worker.evidence.reader` says which claims may spare what.
"""

import argparse
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from training.judge.fit import (
    JudgeCosts,
    Margins,
    Seen,
    decided,
    rates,
    read_stages,
    set_weight,
    with_errors_found,
)
from worker.verdict.judge import SETTLED

_NEVER = 99.0
_COSTS = np.arange(2.4, 6.61, 0.2)
_PASSED, _WHERE_CORRECTED = 3.25, 1.6
_FALSE_ALARMS = 0.04
_TRIED: Mapping[str, Margins] = {
    "every passage read": {},
    "in use": SETTLED,
    "the last 0.3, the last two 0.5": {1: 0.3, 2: 0.5},
    "0.2, 0.5": {1: 0.2, 2: 0.5},
    "0.1, 0.3": {1: 0.1, 2: 0.3},
    "0.05, 0.4": {1: 0.05, 2: 0.4},
    "0, 0.2": {1: 0.0, 2: 0.2},
    "the last wherever it may": {1: -_NEVER},
}


def main() -> int:
    """Prints a table, a row a pair of margins."""
    parser = argparse.ArgumentParser(prog="python -m training.judge.early_exit", description=__doc__)
    parser.add_argument("table", type=Path, nargs="+")
    parser.add_argument("--weight", nargs="*", default=[], metavar="SET=W", help="as `training.judge.fit` was told")
    parser.add_argument("--c", type=float, default=0.1)
    args = parser.parse_args()
    stages, probabilities = with_errors_found(read_stages(args.table, dict(map(set_weight, args.weight))), args.c)
    sets = stages[0].set_name
    parts = {"dev2": sets == "dev2", "other drafts": np.char.startswith(sets, "draft")}
    print("| margins | " + " | ".join(f"{name}: unread; recall; macro-F1; errors passed" for name in parts) + " |")
    print("|---" * (len(parts) + 1) + "|")
    for name, margins in _TRIED.items():
        found = (_at_the_rate(Seen.of(part, stages, probabilities), margins) for part in parts.values())
        cells = [f"{u:.2f}; {100 * r:.1f}; {f:.3f}; {100 * e:.1f}" for u, r, f, e in found]
        print(f"| {name} | {' | '.join(cells)} |")
    return 0


def _at_the_rate(seen: Seen, margins: Margins) -> list[float]:
    """Passages a claim left unread, recall, macro-F1 and errors passed where the cost of a false alarm gives `_FALSE_ALARMS`."""
    points = []
    for cost in _COSTS:
        costs = JudgeCosts(cost, min(cost, _WHERE_CORRECTED), _PASSED)
        said, unread = decided(seen, costs, margins)
        rate = rates(said, seen.stages[0])
        points.append((rate["false_alarms"], unread.mean(), rate["recall"], rate["macro_f1"], rate["passed"]))
    alarms, *others = np.array(sorted(points)).T
    return [float(np.interp(_FALSE_ALARMS, alarms, row)) for row in others]


if __name__ == "__main__":
    raise SystemExit(main())
