"""How good and how fast the entailment model is: `python -m bench.model [--model DIR] [--baseline DIR] [--first N] …`."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean
from typing import Any

from bench.model.retrieval import recall
from bench.model.sets import GOALS, Goal, Row, pairs
from bench.model.speed import ratios
from bench.verdicts.scorer import SHARED, MissingFile
from factcheck.settings import Settings
from worker.models.entailment_model import OnnxEntailment
from worker.models.load import load_models
from worker.models.ports import Models
from worker.verdict.verify_with_given_evidence import verify


def main() -> int:
    """Prints the table, then everything as JSON; exit code 2 where data is missing."""
    args = _arguments()
    models = load_models(
        Settings(model_threads=os.cpu_count() or 1, **({"model_dir": args.model} if args.model else {}))
    )
    try:
        scored = {name: _scored(name, args, models) for name in _wanted(args)}
        found = recall(args.data, models, args.first) if not args.no_retrieval else {}
    except MissingFile as error:
        print(f"bench.model: {error}", file=sys.stderr)
        return 2
    speeds = ratios(OnnxEntailment(args.baseline, 2), models.entailment) if args.baseline else {}
    rows = [*_rows(scored), *_retrieval_rows(found), *_speed_rows(speeds)]
    print(_table(rows))
    record = {**_circumstances(), "rows": rows, "sets": scored, "retrieval": found, "speed": speeds}
    print(f"\n{json.dumps(record, indent=2)}")
    if args.json:
        args.json.write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.model", description="The entailment model's figures.")
    parser.add_argument("--data", type=Path, default=SHARED / "eval/data", metavar="DIR", help="the labelled sets")
    parser.add_argument("--scorer", type=Path, default=SHARED / "eval/score_pairs.py", metavar="FILE")
    parser.add_argument("--model", type=Path, metavar="DIR", help="another model than the shipped one")
    parser.add_argument(
        "--baseline", type=Path, default=SHARED / "models/baseline", metavar="DIR", help="for the speed"
    )
    parser.add_argument("--sets", nargs="*", metavar="NAME", help="only these sets")
    parser.add_argument("--first", type=int, metavar="N", help="about N rows of each set, evenly spread")
    parser.add_argument("--no-retrieval", action="store_true", help="leave the retrieval out")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    return parser.parse_args()


def _wanted(args: argparse.Namespace) -> list[str]:
    named = list(dict.fromkeys(name for goal in GOALS for name in goal.files))
    return named if args.sets is None else [name for name in named if name in args.sets]


def _scored(name: str, args: argparse.Namespace, models: Models) -> dict[str, Any]:
    """The scorer's figures on one set, and the seconds that it took."""
    rows, began = pairs(name, args.data, args.first), time.monotonic()
    answers = [_answer(row, models) for row in rows]
    seconds = time.monotonic() - began
    with tempfile.TemporaryDirectory(prefix="fc-model-") as folder:
        data, said = Path(folder, "data.jsonl"), Path(folder, "said.jsonl")
        for path, lines in ((data, rows), (said, answers)):
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        scored = subprocess.run(
            [sys.executable, str(args.scorer), str(data), str(said), "--json"],
            check=True,
            capture_output=True,
            text=True,
        )
    print(f"{name}: {len(rows)} rows in {seconds:.0f} s", file=sys.stderr, flush=True)
    return {**json.loads(scored.stdout), "seconds": round(seconds, 1)}


def _answer(row: Row, models: Models) -> Row:
    evidence = row["evidence"]
    scores = verify(row["claim"], [evidence] if isinstance(evidence, str) else evidence, models)
    named = {"supported": scores.supported, "contradicted": scores.contradicted, "unverified": scores.unverified}
    return {"id": row["id"], "label": max(named, key=named.__getitem__), "scores": named}


def _rows(scored: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [_row(goal.title, _figure(goal, scored), goal.goal, goal.floor) for goal in GOALS if goal.files[0] in scored]


def _figure(goal: Goal, scored: dict[str, dict[str, Any]]) -> float:
    sets = [scored[name] for name in goal.files if name in scored]
    return fmean(float((one["by"][goal.group] if goal.group else one)[goal.figure]) for one in sets)


def _retrieval_rows(found: dict[str, dict[str, float]]) -> list[dict[str, Any]]:
    return [_row(f"SciFact, gold abstract in the top 10: {name}", f["recall"], 0.95, 0.90) for name, f in found.items()]


def _speed_rows(speeds: dict[str, float]) -> list[dict[str, Any]]:
    return [_row("pairs a second against the baseline, 64 tokens", speeds["ratio"], 1.0, 0.5)] if speeds else []


def _row(title: str, value: float, goal: float, floor: float) -> dict[str, Any]:
    reached = "goal" if value >= goal else "floor" if value >= floor else "below"
    return {"measure": title, "value": round(value, 3), "goal": goal, "floor": floor, "reached": reached}


def _table(rows: list[dict[str, Any]]) -> str:
    lines = ["| measure | value | goal | floor | reached |", "|---|---|---|---|---|"]
    return "\n".join(lines + [f"| {' | '.join(str(row[key]) for key in row)} |" for row in rows])


def _circumstances() -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}",
    }


if __name__ == "__main__":
    sys.exit(main())
