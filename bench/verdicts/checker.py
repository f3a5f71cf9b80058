"""Runs the checker and the scorer as a person would, each in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.verdicts.scorer import NAME

_CHECK = "import sys; from factcheck_cli.main import main; sys.exit(main())"
Figures = dict[str, Any]


def check_cases(cases: Path, reports: Path, pooled: bool) -> None:
    """`factcheck check --cases`, a JSON line a case into `reports`; raises `CalledProcessError` if it fails."""
    command = [sys.executable, "-c", _CHECK, "check", "--cases", str(cases), *(["--pooled"] if pooled else [])]
    lines = sum(1 for _ in cases.open(encoding="utf-8"))
    print(f"checking {lines} cases of {cases.name}{' against one corpus' if pooled else ''} ...", file=sys.stderr)
    with reports.open("w", encoding="utf-8") as out:
        subprocess.run(command, stdout=out, check=True)


def score(scorer: Path, cases: Path, reports: Path) -> Figures:
    """The scorer's figures for these reports."""
    command = [sys.executable, str(scorer / NAME), str(cases), str(reports), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures: Figures = json.loads(done.stdout)
    return figures
