"""This build against an earlier one, in turn, on the same machine: `python -m bench.versus [--only claims,latency]`.

Prints a table with ratios, then one JSON line. Where other work shares the machine, trust the ratios of processor seconds.
"""

import argparse
import json
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

from bench.serving import machine
from bench.versus.measures import MEASURES, Figures, Sizes
from bench.versus.trees import Tree, built_tree, present_tree

_BEFORE = "cf16b1c"
# Measure → the floor and goal, as bounds of present/before, or of the present figure.
_TARGETS: Mapping[str, tuple[str, str]] = {
    "claims a second": ("≥ 2 ×", "≥ 3.5 ×"),
    "processor seconds a claim": ("≤ 0.5 ×", "≤ 0.28 ×"),
    "new article: done, s": ("≤ 1.6 s", "≤ 0.9 s"),
    "new article: first verdict, s": ("≤ 0.35 s", "≤ 0.2 s"),
    "one sentence edited: done, s": ("≤ 0.3 s", "≤ 0.15 s"),
    "two workers: claims a second": ("≥ 1.8 ×", "≥ 3 ×"),
    "worker memory after the drafts, MB": ("≤ 1 ×", "≤ 0.7 ×"),
    "index bytes a passage": ("≤ 2 ×", "≤ 1.5 ×"),
    "growth of processor seconds a claim": ("≤ 1.3", "≤ 1.1"),
}


def main() -> int:
    """0 when every measure asked for was taken of both builds."""
    parser = argparse.ArgumentParser(prog="python -m bench.versus", description=__doc__)
    parser.add_argument("--against", default=_BEFORE, metavar="COMMIT", help=f"the earlier build ({_BEFORE})")
    parser.add_argument("--only", default=",".join(MEASURES), metavar="NAMES", help="measures, comma-separated")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    for field in fields(Sizes):
        parser.add_argument(f"--{field.name.replace('_', '-')}", type=int, default=field.default)
    arguments = parser.parse_args()
    names = [name for name in arguments.only.split(",") if name]
    if unknown := [name for name in names if name not in MEASURES]:
        parser.error(f"no such measure: {', '.join(unknown)}; there are {', '.join(MEASURES)}")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that services stop and the worktree goes
    sizes = Sizes(**{field.name: getattr(arguments, field.name) for field in fields(Sizes)})
    with built_tree(arguments.against) as before, present_tree() as present:
        found = measure((before, present), names, sizes)
    rows = {"bench": "versus", "against": arguments.against, **machine(), "before": found[0], "present": found[1]}
    print(table(arguments.against, found[0], found[1]))
    print(json.dumps(rows))
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=2) + "\n")
    return 0


def measure(trees: Sequence[Tree], names: Sequence[str], sizes: Sizes) -> list[Figures]:
    """One measure after the other, each of both builds before the next begins."""
    found: list[Figures] = [{} for _ in trees]
    for name in names:
        for tree, figures in zip(trees, found, strict=True):
            taken = MEASURES[name](tree, sizes)
            figures |= taken
            print(f"{name}, {tree.name}: {json.dumps(taken)}", file=sys.stderr, flush=True)
    return found


def table(against: str, before: Figures, present: Figures) -> str:
    """Markdown: a row a figure, with present/before and the bounds to keep."""
    lines = [f"| measure | {against} | present | ratio | floor | goal |", "|---|---|---|---|---|---|"]
    for name, value in present.items():
        floor, goal = _TARGETS.get(name, ("", ""))
        earlier = before.get(name, 0.0)
        ratio = f"{value / earlier:.2f} ×" if earlier else ""
        lines.append(f"| {name} | {earlier:.3f} | {value:.3f} | {ratio} | {floor} | {goal} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
