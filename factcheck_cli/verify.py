"""`factcheck verify`: checks claims against given evidence, without a corpus."""

import argparse
import json
import os
from typing import Any

from factcheck.settings import read_settings
from factcheck_cli.input_files import read_json_lines


def register(subparsers: Any) -> None:
    """Adds the subcommand."""
    parser = subparsers.add_parser("verify", help="check claims against given evidence")
    parser.add_argument("file", help='JSON lines {"id", "claim", "evidence": str or [str]}, or - for standard input')
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one answer per line, in input order, each as soon as it is known."""
    from worker.models.load import load_models
    from worker.verdict.verify_with_given_evidence import verify

    models = load_models(read_settings(os.environ))
    for line in read_json_lines(args.file):
        scores = verify(line.of("claim", str), line.texts("evidence"), models)
        by_label = {"supported": scores.supported, "contradicted": scores.contradicted, "unverified": scores.unverified}
        answer = {"id": line.id, "label": max(by_label, key=by_label.__getitem__), "scores": _rounded(by_label)}
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 0


def _rounded(scores: dict[str, float]) -> dict[str, float]:
    """The scores rounded to six digits, which still sum to 1."""
    rounded = {label: round(score, 6) for label, score in scores.items()}
    rounded["unverified"] = round(1.0 - rounded["supported"] - rounded["contradicted"], 6)
    return rounded
