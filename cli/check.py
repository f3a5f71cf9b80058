"""`factcheck check`: one article, labelled cases, or bare claims."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from cli.articles import Fields, options, read_article_file, read_json_lines
from cli.reports import render
from factcheck.article import Article, Format
from factcheck.check import Order
from factcheck.codec import article_from_json, document_from_json, report_from_json, report_to_json
from factcheck.errors import UnreadableSource
from factcheck.evidence import Document
from factcheck.ports import PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.search.sources import read_corpus
from factcheck.settings import Settings
from factcheck.verdict import Label, Report

CLEAN, FOUND, NOT_COMPLETED = 0, 1, 3
_CLAIM_EVIDENCE = 10


def register(subparsers: Any) -> None:
    """Add the subcommand."""
    parser = subparsers.add_parser("check", help="check an article against a corpus")
    parser.add_argument("file", nargs="?", help="article: .json, .txt, .md, .html, or - for standard input")
    parser.add_argument("--corpus", type=Path, help="JSONL file or folder; checks in this process, without Redis")
    parser.add_argument("--published", metavar="DATE", help="date of the article, ISO 8601")
    parser.add_argument("--format", default="text", choices=("text", "json", "html", "csv", "sarif", "claimreview", "annotation", "grounding"))
    parser.add_argument("--fail-on", default="", metavar="LABELS", help="labels, comma-separated, that make the exit code 1")
    parser.add_argument("--url", metavar="SERVER", help="check with a running service instead of --corpus")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="labelled cases, one JSON object a line")
    parser.add_argument("--pooled", action="store_true", help="with --cases: all cases against one common corpus")
    parser.add_argument("--claims", type=Path, metavar="FILE", help="bare claims, one JSON object a line, against --corpus")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code 0 clean, 1 a label of --fail-on was found, 3 the check could not be completed."""
    if args.cases:
        return _run_cases(args.cases, args.pooled)
    if args.claims:
        return _run_claims(args.claims, _corpus(args.corpus))
    if args.file is None:
        raise UnreadableSource("nothing to check: name a FILE, --cases FILE or --claims FILE")
    fail_on = _labels(args.fail_on)
    article = read_article_file(args.file, args.published)
    report = _remote(args.url, article) if args.url else _local(article, _corpus(args.corpus))
    sys.stdout.write(render(report, article, args.format))
    if not report.coverage.complete:
        return NOT_COMPLETED
    return FOUND if any(v.label in fail_on for v in report.verdicts) else CLEAN


def _labels(words: str) -> set[Label]:
    try:
        return {Label(word.strip()) for word in words.split(",") if word.strip()}
    except ValueError as error:
        raise UnreadableSource(f"--fail-on: {error}; labels are {', '.join(Label)}") from None


def _corpus(path: Path | None) -> PassageSearch:
    if path is None:
        raise UnreadableSource("no corpus: name one by --corpus PATH, or a running service by --url SERVER")
    return MemorySearch(read_corpus(path))


def _checker() -> "Checker":
    return Checker(Settings(model_threads=2))


class Checker:
    """The pipeline in this process; models are loaded at the first use."""

    def __init__(self, settings: Settings) -> None:
        from worker.wiring import build_kit

        self._kit = build_kit(settings)

    def check(self, article: Article, corpus: PassageSearch, max_evidence: int) -> Report:
        """One article against one corpus."""
        from worker.pipeline import check_article

        order = Order(article, None, None, None, options(max_evidence))
        return check_article(order, corpus, self._kit, lambda verdict, total: None)


def _local(article: Article, corpus: PassageSearch) -> Report:
    return _checker().check(article, corpus, Settings().max_evidence)


def _remote(url: str, article: Article) -> Report:
    from cli.remote import check_remotely

    return report_from_json(check_remotely(url, article))


def _run_cases(path: Path, pooled: bool) -> int:
    cases = list(read_json_lines(path))
    checker = _checker()
    common = MemorySearch([d for case in cases for d in _documents(path, case)]) if pooled else None
    for case in cases:
        corpus = common or MemorySearch(_documents(path, case))
        article = article_from_json(Fields(path, case).of("article", dict))
        report = checker.check(article, corpus, Settings().max_evidence)
        print(json.dumps({"id": case.get("id"), "report": report_to_json(report)}, ensure_ascii=False), flush=True)
    return CLEAN


def _documents(path: Path, case: dict[str, Any]) -> list[Document]:
    return [document_from_json(d) for d in Fields(path, case).of("corpus", list)]


def _run_claims(path: Path, corpus: PassageSearch) -> int:
    checker = _checker()
    for row in read_json_lines(path):
        text = Fields(path, row).of("claim", str)
        article = Article(text, None, row.get("published_at"), None, None, None, Format.TEXT)
        report = checker.check(article, corpus, _CLAIM_EVIDENCE)
        print(json.dumps({"id": row.get("id"), **_answer(report)}, ensure_ascii=False), flush=True)
    return CLEAN


def _answer(report: Report) -> dict[str, Any]:
    """The gravest verdict of the claim's clauses, and the best passage of each document."""
    order = [Label.CONTRADICTED, Label.DISPUTED, Label.UNVERIFIED, Label.SUPPORTED, Label.NOT_CHECKABLE]
    verdicts = sorted(report.verdicts, key=lambda v: order.index(v.label))
    if not verdicts:
        return {"label": Label.NOT_CHECKABLE.value, "confidence": 0.0, "evidence": []}
    evidence: dict[str, dict[str, Any]] = {}
    for piece in (e for v in verdicts for e in v.evidence):
        row = {"document_id": piece.document.id, "text": piece.text, "stance": piece.stance.value, "score": round(piece.score, 4)}
        evidence.setdefault(piece.document.id, row)
    ranked = sorted(evidence.values(), key=lambda row: -row["score"])
    return {
        "label": verdicts[0].label.value,
        "confidence": round(verdicts[0].confidence, 4),
        "evidence": ranked[:_CLAIM_EVIDENCE],
    }
