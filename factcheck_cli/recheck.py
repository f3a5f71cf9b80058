"""`factcheck recheck`: has a running service check kept articles again, and lists the verdicts that flipped."""

import argparse
import json
import os
import sys
from collections.abc import Iterator
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.recheck import OutdatedReason
from factcheck.settings import read_settings
from factcheck.verdict import Label
from factcheck_cli.remote_job import add_job_arguments, chosen_job, is_complete, open_client, reach, summary

CLEAN, FOUND, NOT_COMPLETED = 0, 1, 3
_WHAT = "articles"


def register(subparsers: Any) -> None:
    """Adds the subcommand."""
    parser = subparsers.add_parser("recheck", help="check kept articles again; lists the verdicts that flipped")
    parser.add_argument("--article", action="append", metavar="ID", help="only this article; repeatable")
    parser.add_argument("--from", dest="first", metavar="DATE", help="only articles last checked on this day or later")
    parser.add_argument("--to", dest="last", metavar="DATE", help="only articles last checked on this day or earlier")
    parser.add_argument(
        "--outdated",
        action="append",
        choices=[reason.value for reason in OutdatedReason],
        help="only articles that older software has read, or that were checked against an older archive; repeatable",
    )
    parser.add_argument("--as-written", action="store_true", help="reports newer than an article are no evidence")
    parser.add_argument(
        "--trial", action="store_true", help="only list what would flip; the articles keep their verdicts"
    )
    parser.add_argument("--format", default="text", choices=("text", "json"), help="json: one flip a line")
    parser.add_argument(
        "--fail-on",
        default="contradicted,disputed",
        metavar="LABELS",
        help="exit code 1 where a verdict flipped to one of them and nobody has dismissed it (contradicted,disputed)",
    )
    add_job_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 nothing of --fail-on, 1 a flip to one of its labels, 3 paused, cancelled, or an article failed."""
    fail_on = _labels(args.fail_on)
    jobs = open_client(args, read_settings(os.environ)).rechecks
    job = chosen_job(args, jobs, _selection(args), _WHAT)
    if job is None:
        return CLEAN
    is_found, open_flips, dismissed = False, 0, 0
    for flip in _findings(reach(lambda: list(jobs.findings(job.id)))):
        is_dismissed = bool(flip["decision"] and flip["decision"]["decision"] == "dismissed")
        dismissed += is_dismissed
        open_flips += not is_dismissed
        is_found |= not is_dismissed and flip["after"] is not None and flip["after"]["label"] in fail_on
        print(json.dumps(flip, ensure_ascii=False) if args.format == "json" else _text(flip, is_dismissed))
    told = f"{summary(job, _WHAT)}; {open_flips:,} flipped" + (f", {dismissed:,} dismissed" if dismissed else "")
    print(told, file=sys.stdout if args.format == "text" else sys.stderr)
    return FOUND if is_found else CLEAN if is_complete(job) else NOT_COMPLETED


def _selection(args: argparse.Namespace) -> dict[str, Any]:
    selection = {"articles": args.article, "from": args.first, "to": args.last, "outdated": args.outdated}
    given = {name: value for name, value in selection.items() if value is not None}
    return {**given, "later_reports": not args.as_written, "update": not args.trial}


def _labels(words: str) -> set[str]:
    labels = {word.strip() for word in words.split(",") if word.strip()}
    if unknown := labels - {label.value for label in Label}:
        raise UnreadableSource(f"--fail-on {', '.join(sorted(unknown))}: known are {', '.join(Label)}")
    return labels


def _findings(flips: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Flips of one article together, in the order of the articles."""
    names = list(dict.fromkeys(flip["article"]["id"] for flip in flips))
    for name in names:
        yield from (flip for flip in flips if flip["article"]["id"] == name)


def _text(flip: dict[str, Any], is_dismissed: bool) -> str:
    article, before, after = flip["article"], flip["before"], flip["after"]
    change = f"{_label(before) or 'new'} → {_label(after) or 'gone'}" + (" (dismissed)" if is_dismissed else "")
    lines = [f"{change}  {article['title'] or article['url'] or article['id']}", f"    “{flip['text']}”"]
    for passage in (after or before)["evidence"][:2]:
        if passage["stance"] != "neutral":
            document = passage["document"]
            where = ", ".join(part for part in (document["id"], (document["published_at"] or "")[:10]) if part)
            lines.append(f"      {passage['stance']} │ {where}: “{passage['text']}”")
    return "\n".join(lines)


def _label(side: dict[str, Any] | None) -> str:
    return side["label"].replace("_", " ") if side else ""
