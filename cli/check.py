"""`factcheck check`: one article, labelled cases, or bare claims."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cli.articles import DEFAULT_OPTIONS, read_json_lines
from factcheck.article import Article, Format
from factcheck.check import Order
from factcheck.codec import article_from_json, document_from_json, report_to_json
from factcheck.dateline import parse_published
from factcheck.errors import UnreadableSource
from factcheck.evidence import Document
from factcheck.ports import PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.verdict import Label, Report, Verdict


def register(subparsers: Any) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("check", help="check an article against a corpus")
    parser.add_argument("file", nargs="?", help="article: .json, .txt, .md, .html, or - for standard input")
    parser.add_argument("--corpus", type=Path, help="JSONL file or folder; checks in this process, without Redis")
    parser.add_argument("--published", help="date of the article, ISO 8601")
    parser.add_argument("--format", default="text", help="text, json, html, csv or sarif")
    parser.add_argument("--fail-on", default="", help="labels, comma-separated, that make the exit code 1")
    parser.add_argument("--url", help="check with a running service instead")
    parser.add_argument("--cases", type=Path, help="labelled cases, one JSON object a line")
    parser.add_argument("--pooled", action="store_true", help="with --cases: all against one corpus of every case's documents")
    parser.add_argument("--claims", type=Path, help="bare claims, one JSON object a line, against --corpus")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 clean, 1 a label of --fail-on, 2 bad input, 3 not completed."""
    if args.cases:
        return _run_cases(args)
    raise UnreadableSource("nothing to check: name a FILE, --cases or --claims")


def _run_cases(args: argparse.Namespace) -> int:
    from worker.pipeline import check_article
    from worker.wiring import build_kit

    kit = build_kit(Settings(model_threads=2))
    cases = list(read_json_lines(args.cases))
    pooled = MemorySearch([d for case in cases for d in _documents(case)]) if args.pooled else None
    for case in cases:
        corpus = pooled or MemorySearch(_documents(case))
        order = Order(article_from_json(case["article"]), None, None, None, DEFAULT_OPTIONS)
        report = check_article(order, corpus, kit, lambda verdict, total: None)
        print(json.dumps({"id": case["id"], "report": report_to_json(report)}, ensure_ascii=False), flush=True)
    return 0


def _documents(case: dict[str, Any]) -> list[Document]:
    return [document_from_json(d) for d in case["corpus"]]
