"""`factcheck check`: checks one article, labelled cases, or single claims."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from factcheck.article import Article, Format
from factcheck.check_json import report_to_json
from factcheck.errors import UnreadableSource
from factcheck.evidence import Document
from factcheck.ingest.drafts import article_from_object
from factcheck.ingest.path_documents import UnreadableDate, document_from_object, read_corpus
from factcheck.ingest.time_zones import require_zone
from factcheck.ports import PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings, read_settings
from factcheck.verdict import Label, Report
from factcheck_cli.check_many import FORMATS as MANY_FORMATS
from factcheck_cli.check_many import check_many, draft_files, is_many
from factcheck_cli.input_files import JsonLine, file_uri, read_article_file, read_json_lines
from factcheck_cli.local_checker import LocalChecker
from factcheck_cli.progress import with_progress
from factcheck_cli.report_output import render, write_word

CLEAN, FOUND, NOT_COMPLETED = 0, 1, 3
_CLAIM_EVIDENCE = 10


def register(subparsers: Any) -> None:
    """Adds the subcommand."""
    parser = subparsers.add_parser("check", help="check an article against a corpus")
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="article: text, .md, .html, .docx, .odt, .pdf, .eml, .json, or -; or several, a folder, 'drafts/*.md'",
    )
    parser.add_argument("--corpus", type=Path, help="corpus: JSONL file or folder; runs in this process, without Redis")
    parser.add_argument("--published", metavar="DATE", help="publication date of the article, ISO 8601")
    parser.add_argument(
        "--format",
        default="text",
        choices=("text", "json", "html", "csv", "sarif", "claimreview", "annotation", "grounding"),
        help="format of the report (text)",
    )
    parser.add_argument(
        "--out",
        metavar="FILE.docx",
        help="also write a Word document with a comment at each verdict and a tracked change for each suggestion",
    )
    parser.add_argument(
        "--fail-on",
        default="",
        metavar="LABELS",
        help="comma-separated labels; exit code 1 where a claim has one of them",
    )
    parser.add_argument("--url", metavar="SERVER", help="check with a running service instead of --corpus")
    parser.add_argument("--cases", type=Path, metavar="FILE", help="labelled cases, one JSON object per line")
    parser.add_argument("--pooled", action="store_true", help="with --cases: check all cases against one common corpus")
    parser.add_argument(
        "--claims", type=Path, metavar="FILE", help="single claims, one JSON object per line, against --corpus"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Exit code: 0 clean, 1 a label of --fail-on was found, 3 nothing was found and the check is incomplete."""
    _require_consistent_flags(args)
    settings = read_settings(os.environ)
    if args.cases:
        return _run_cases(args.cases, args.pooled, settings)
    if args.claims:
        return _run_claims(args.claims, _corpus(args.corpus, settings), settings)
    fail_on = _labels(args.fail_on)
    if is_many(args.files):
        files = draft_files(args.files)
        check = _checker(args.url, args.corpus, settings)
        return check_many(files, check, fail_on, args.format, settings.article_limit_chars)
    [name] = args.files
    article = read_article_file(name, args.published, settings.article_limit_chars)
    report = _checker(args.url, args.corpus, settings)(article)
    if args.out:
        write_word(args.out, report, article, name)
    sys.stdout.write(render(report, article, args.format, file_uri(name)))
    if any(v.label in fail_on for v in report.verdicts):
        return FOUND
    return CLEAN if report.coverage.complete else NOT_COMPLETED


def _require_consistent_flags(args: argparse.Namespace) -> None:
    """Checks that the flags do not contradict each other.

    Raises: `UnreadableSource` where they do.
    """
    given = [name for name in ("files", "cases", "claims") if getattr(args, name)]
    if len(given) != 1:
        raise UnreadableSource("give exactly one of FILE, --cases FILE or --claims FILE")
    if args.url and (args.corpus or not args.files):
        raise UnreadableSource("--url checks a FILE against the service's corpus; it cannot be combined with --corpus")
    _require_one_draft(args)
    if args.pooled and not args.cases:
        raise UnreadableSource("--pooled requires --cases")


def _require_one_draft(args: argparse.Namespace) -> None:
    """Checks the flags that are for one draft alone. Raises: `UnreadableSource`."""
    if is_many(args.files) and (args.out or args.published or args.format not in MANY_FORMATS):
        raise UnreadableSource(
            f"--out and --published are for one FILE; of several, --format is one of {', '.join(MANY_FORMATS)}"
        )
    if args.out and (not args.files or Path(args.out).suffix.lower() not in (".docx", ".docm")):
        raise UnreadableSource("--out writes a Word document of a FILE; its name has to end in .docx")
    if args.out and args.files != ["-"] and Path(args.out).resolve() == Path(args.files[0]).resolve():
        raise UnreadableSource("--out would overwrite the draft; give another name")


def _labels(words: str) -> set[Label]:
    try:
        return {Label(word.strip()) for word in words.split(",") if word.strip()}
    except ValueError as error:
        raise UnreadableSource(f"--fail-on: {error}; labels are {', '.join(Label)}") from None


def _corpus(path: Path | None, settings: Settings) -> PassageSearch:
    if path is None:
        raise UnreadableSource("no corpus: give --corpus PATH, or a running service by --url SERVER")
    zone = require_zone(settings.newsroom_zone, "FACTCHECK_NEWSROOM_ZONE") if settings.newsroom_zone else None
    return MemorySearch(read_corpus(path, zone))


def _checker(url: str | None, corpus_path: Path | None, settings: Settings) -> Callable[[Article], Report]:
    """Checks one article after the other; models and corpus are loaded once."""
    if url:
        from factcheck_cli.remote_check import check_remotely

        return partial(check_remotely, url)
    corpus, checker = _corpus(corpus_path, settings), LocalChecker(settings)
    return lambda article: checker.check(article, corpus, settings.max_evidence)


def _run_cases(path: Path, pooled: bool, settings: Settings) -> int:
    cases = list(read_json_lines(path))
    corpora, articles = [_documents(case) for case in cases], [_article(case) for case in cases]
    common = MemorySearch([document for corpus in corpora for document in corpus]) if pooled else None
    checker = LocalChecker(settings)
    work = list(zip(cases, articles, corpora, strict=True))
    for case, article, documents in with_progress(work, "cases", len(work)):
        report = checker.check(article, common or MemorySearch(documents), settings.max_evidence)
        _print_json({"id": case.id, "report": report_to_json(report)})
    return CLEAN


def _article(case: JsonLine) -> Article:
    return article_from_object(case.of("article", dict), case.where)


def _documents(case: JsonLine) -> list[Document]:
    """Documents of a case's own corpus. A document whose date cannot be parsed counts as undated, as in any corpus."""
    rows = case.of("corpus", list)
    return [_document(row, f"{case.where}, document {number}") for number, row in enumerate(rows, 1)]


def _document(row: Any, where: str) -> Document:
    try:
        return document_from_object(row, where)
    except UnreadableDate as fault:
        return fault.undated


def _run_claims(path: Path, corpus: PassageSearch, settings: Settings) -> int:
    checker = LocalChecker(settings)
    for line in read_json_lines(path):
        article = Article(line.of("claim", str), None, line.published(), None, None, None, Format.TEXT)
        _print_json({"id": line.id, **_answer(checker.check(article, corpus, _CLAIM_EVIDENCE))})
    return CLEAN


def _print_json(answer: dict[str, Any]) -> None:
    print(json.dumps(answer, ensure_ascii=False), flush=True)


def _answer(report: Report) -> dict[str, Any]:
    """The most severe verdict of the claim's clauses, and the best passage of each document."""
    severity = [Label.CONTRADICTED, Label.DISPUTED, Label.UNVERIFIED, Label.SUPPORTED, Label.NOT_CHECKABLE]
    verdicts = sorted(report.verdicts, key=lambda v: severity.index(v.label))
    if not verdicts:
        return {"label": Label.NOT_CHECKABLE.value, "confidence": 0.0, "evidence": []}
    evidence: dict[str, dict[str, Any]] = {}
    for piece in (e for v in verdicts for e in v.evidence):
        row = {
            "document_id": piece.document.id,
            "text": piece.text,
            "stance": piece.stance.value,
            "score": round(piece.score, 4),
        }
        evidence.setdefault(piece.document.id, row)
    ranked = sorted(evidence.values(), key=lambda row: -row["score"])
    return {
        "label": verdicts[0].label.value,
        "confidence": round(verdicts[0].confidence, 4),
        "evidence": ranked[:_CLAIM_EVIDENCE],
    }
