"""Accuracy on labelled cases: `python -m bench.verdicts [--cases PATH] [--real PATH] [--scorer DIR] [--no-pooled] …`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.verdicts.calibration import calibration_error, cross_validated, said_of
from bench.verdicts.checker import Figures, check_cases, score
from bench.verdicts.goals import table
from bench.verdicts.measures import own_corpus, pooled, real
from bench.verdicts.scorer import SHARED, MissingFile, load_scorer, read_cases, write_cases


def main() -> int:
    """Prints the goal table, then everything as JSON; exit code 2 where cases or scorer are missing, 3 where a check fails."""
    args = _arguments()
    try:
        values, raw = measure(args)
    except MissingFile as error:
        print(f"bench.verdicts: {error}", file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as error:
        print(f"bench.verdicts: {error}\n{error.stderr or ''}", file=sys.stderr)
        return 3
    print(table(values))
    record = json.dumps({**_circumstances(), "measures": values, "scorer": raw}, indent=2)
    print(f"\n{record}")
    if args.json:
        args.json.write_text(f"{record}\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.verdicts", description="Accuracy on labelled cases.")
    yes_no = argparse.BooleanOptionalAction
    parser.add_argument("--cases", type=Path, default=SHARED / "cases/dev2.jsonl", help="labelled drafts")
    parser.add_argument("--pooled", action=yes_no, default=True, help="again, against one corpus of all documents")
    parser.add_argument(
        "--real", type=Path, default=SHARED / "cases/real-dev.jsonl", help="real articles, clean and planted"
    )
    parser.add_argument(
        "--learnt", type=int, default=64, metavar="N", help="so many real articles were learnt from and are left out"
    )
    parser.add_argument("--no-real", action="store_true", help="leave the real articles out")
    parser.add_argument("--scorer", type=Path, default=SHARED / "eval", metavar="DIR", help="where score_cases.py lies")
    parser.add_argument("--first", type=int, metavar="N", help="only the first N cases of each file")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="keep the reports there")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


def measure(args: argparse.Namespace) -> tuple[dict[str, float], dict[str, Figures]]:
    """Values by goal, and the scorer's figures by file; raises `MissingFile`."""
    load_scorer(args.scorer)
    with tempfile.TemporaryDirectory(prefix="fc-verdicts-") as folder:
        desk = args.reports or Path(folder)
        desk.mkdir(parents=True, exist_ok=True)
        return _measure(args, desk)


def _measure(args: argparse.Namespace, desk: Path) -> tuple[dict[str, float], dict[str, Figures]]:
    cases = read_cases(args.cases, "--cases")[: args.first]
    articles = [] if args.no_real else read_cases(args.real, "--real")
    raw = {"cases": _run(args, desk, "cases", cases, False)}
    values = own_corpus(raw["cases"]) | _calibration(args, desk, cases)
    if args.pooled:
        raw["pooled"] = _run(args, desk, "pooled", cases, True)
        values |= pooled(values, raw["pooled"])
    if articles:
        for half in ("planted", "clean"):
            every = [case for case in articles if case["id"].endswith(f"-{half}")]
            chosen = every[args.learnt :][: args.first]
            raw[half] = _run(args, desk, half, chosen, False)
        values |= real(raw["planted"], raw["clean"])
    return values, raw


def _run(args: argparse.Namespace, desk: Path, name: str, cases: list[dict[str, object]], together: bool) -> Figures:
    path, reports = write_cases(cases, desk / f"{name}.jsonl"), desk / f"{name}.reports.jsonl"
    check_cases(path, reports, together)
    return score(args.scorer, path, reports)


def _calibration(args: argparse.Namespace, desk: Path, cases: list[dict[str, object]]) -> dict[str, float]:
    rows = read_cases(desk / "cases.reports.jsonl", "--reports")
    said = said_of(load_scorer(args.scorer), cases, {row["id"]: row["report"] for row in rows})
    return {"calibration": cross_validated(said), "calibration_as_stated": calibration_error(said)}


def _circumstances() -> dict[str, object]:
    machine = {
        "cpus": os.cpu_count(),
        "load": [round(load, 1) for load in os.getloadavg()],
        "machine": platform.machine(),
        "system": platform.system(),
        "python": platform.python_version(),
    }
    return {"date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), "machine": machine}


if __name__ == "__main__":
    sys.exit(main())
