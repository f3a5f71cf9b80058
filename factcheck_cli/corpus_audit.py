"""`factcheck corpus audit`: which reports of the archive disagree. By a running service, or in this process over files."""

import argparse
import json
import os
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from factcheck.check import CheckOptions
from factcheck.disagreement import CorpusAuditCriteria, audit_request, disagreement_to_json, disagreements
from factcheck.errors import UnreadableSource
from factcheck.ingest.path_documents import read_corpus
from factcheck.ingest.time_zones import require_zone
from factcheck.near_duplicates import with_stories
from factcheck.publication_date import parse_published
from factcheck.search.memory import MemorySearch
from factcheck.search.other_documents import OtherDocumentsSearch
from factcheck.settings import Settings, read_settings
from factcheck_cli.local_checker import LocalChecker
from factcheck_cli.progress import with_progress
from factcheck_cli.remote_job import add_job_arguments, chosen_job, is_complete, open_client, reach, summary

CLEAN, FOUND, NOT_COMPLETED = 0, 1, 3
_WHAT = "reports"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's flags. It runs without access to the store."""
    parser.add_argument("--corpus", type=Path, help="compare the reports of this JSONL file or folder, in this process")
    parser.add_argument(
        "--id", action="append", metavar="ID", help="compare only this report with the others; repeatable"
    )
    parser.add_argument("--source", action="append", help="compare only reports of this source; repeatable")
    parser.add_argument("--from", dest="first", metavar="DATE", help="compare only reports of this day or later")
    parser.add_argument("--to", dest="last", metavar="DATE", help="compare only reports of this day or earlier")
    parser.add_argument("--all", action="store_true", help="list pairs that were corrected or retracted since, too")
    parser.add_argument(
        "--format", default="table", choices=("table", "json", "ndjson"), help="ndjson: one pair a line"
    )
    add_job_arguments(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 no report disagrees, 1 some do, 3 paused, cancelled, or a report could not be checked."""
    settings = read_settings(os.environ)
    if args.corpus:
        if args.url:
            raise UnreadableSource("--corpus works in this process; it cannot be combined with --url")
        return FOUND if _print(_local(args, settings), args) else CLEAN
    jobs = open_client(args, settings).corpus_audits
    job = chosen_job(args, jobs, _selection(args), _WHAT)
    if job is None:
        return CLEAN
    pairs = reach(lambda: list(jobs.findings(job.id, sort="likely")))
    count = _print((pair for pair in pairs if args.all or pair["state"] == "open"), args)
    print(f"{summary(job, _WHAT)}; {count:,} pairs", file=sys.stderr)
    return FOUND if count else CLEAN if is_complete(job) else NOT_COMPLETED


def _selection(args: argparse.Namespace) -> dict[str, Any]:
    selection = {"documents": args.id, "sources": args.source, "from": args.first, "to": args.last}
    return {name: value for name, value in selection.items() if value is not None}


def _local(args: argparse.Namespace, settings: Settings) -> Iterator[dict[str, Any]]:
    """Each pair once. Only what the files say of themselves decides on the state."""
    zone = require_zone(settings.newsroom_zone, "FACTCHECK_NEWSROOM_ZONE") if settings.newsroom_zone else None
    documents = with_stories(read_corpus(args.corpus, zone))
    selection = CorpusAuditCriteria(
        documents=tuple(args.id or ()),
        sources=tuple(args.source or ()),
        first=args.first and parse_published(args.first, "--from")[:10],
        last=args.last and parse_published(args.last, "--to")[:10],
    )
    chosen = [d for d in documents if selection.keeps(d) and (not args.id or d.id in args.id)]
    corrected = {document.corrects for document in documents}
    corpus, checker, seen = MemorySearch(documents), LocalChecker(settings), set[str]()
    options = CheckOptions(settings.max_evidence, (), (), settings.check_time_limit_s)
    for document in with_progress(chosen, _WHAT, len(chosen)):
        request = audit_request(document, datetime.now(UTC).date().isoformat(), options)
        others = OtherDocumentsSearch(corpus, request.others) if request.others else corpus
        for pair in disagreements(document, checker.check_request(request, others)):
            is_corrected = {pair.earlier.document.id, pair.later.document.id} & corrected
            if pair.key not in seen and (args.all or not is_corrected):
                seen.add(pair.key)
                yield {**disagreement_to_json(pair), "state": "corrected" if is_corrected else "open"}


def _print(pairs: Iterable[dict[str, Any]], args: argparse.Namespace) -> int:
    """Number of pairs."""
    if args.format == "json":
        listed = list(pairs)
        print(json.dumps({"items": listed}, ensure_ascii=False, indent=2))
        return len(listed)
    count = 0
    for pair in pairs:
        count += 1
        print(json.dumps(pair, ensure_ascii=False) if args.format == "ndjson" else _text(pair), flush=True)
    return count


def _text(pair: dict[str, Any]) -> str:
    state = "" if pair["state"] == "open" else f"  ({pair['state']})"
    kinds = ", ".join(dict.fromkeys(pair["kinds"])) or "wording"
    words = "; ".join(
        f"“{old['text']}” ≠ “{new['text']}”"
        for old, new in zip(pair["earlier"]["words"], pair["later"]["words"], strict=False)
    )
    head = f"{kinds}: {words}{state}" if words else f"{kinds}{state}"
    return "\n".join([head, _side(pair["earlier"]), _side(pair["later"]), ""])


def _side(side: dict[str, Any]) -> str:
    document = side["document"]
    day = (document["published_at"] or "no date")[:10]
    where = " · ".join(part for part in (document["source"], document["title"], document["id"]) if part)
    return f"  {day:<10}  “{side['text']}”\n              {where}"
