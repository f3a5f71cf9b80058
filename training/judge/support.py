"""How often each rule is right: `python -m training.judge.support TABLE.jsonl ... > training/judge/support.tsv`

A conflict counts as right where the claim is labelled contradicted or disputed, a veto where it is not labelled supported.
The sets named in the table are the texts that the rules were counted on.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_ALARMS = frozenset({"contradicted", "disputed"})
_ROLES = ("decisive", "conflicts", "vetoes")


def main() -> int:
    """Prints a table: role, rule, set, claims, share that was right."""
    parser = argparse.ArgumentParser(prog="python -m training.judge.support", description=__doc__)
    parser.add_argument("tables", type=Path, nargs="+")
    rows = [json.loads(line) for path in parser.parse_args().tables for line in path.read_text("utf-8").splitlines()]
    print("role\trule\tset\tclaims\tright")
    for (role, rule, name), (seen, right) in sorted(counted(rows).items()):
        print(f"{role}\t{rule}\t{name}\t{seen}\t{right / seen:.2f}")
    return 0


def counted(rows: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str, str], tuple[int, int]]:
    """(role, rule, set) → claims it fired on, and on how many it was right."""
    seen, right = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for row in rows:
        for role in _ROLES:
            for rule in row[role]:
                key = (role, rule, row["set"])
                seen[key] += 1
                right[key] += row["label"] != "supported" if role == "vetoes" else row["label"] in _ALARMS
    return {key: (seen[key], right[key]) for key in seen}


if __name__ == "__main__":
    raise SystemExit(main())
