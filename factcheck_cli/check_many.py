"""Many drafts in one run of `factcheck check`: one model load, progress, a summary. A broken file ends nothing but itself."""

import glob
import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from factcheck.article import Article
from factcheck.check_json import report_to_json
from factcheck.errors import ArticleTooLong, InvalidInput, UnreadableSource
from factcheck.ingest.archive_reader import walk
from factcheck.ingest.drafts import SUFFIXES
from factcheck.verdict import Label, Report
from factcheck_cli.input_files import file_uri, read_article_file
from factcheck_cli.progress import with_progress
from factcheck_cli.report_output import render

CLEAN, FOUND, BAD_INPUT, NOT_COMPLETED = 0, 1, 2, 3
FORMATS = ("text", "json", "sarif")
_IN_FOLDERS = tuple(suffix for suffix in SUFFIXES if suffix != ".json")
Check = Callable[[Article], Report]


@dataclass
class _Tally:
    """What became of the drafts so far."""

    drafts: int = 0
    labels: Counter[str] = field(default_factory=Counter)
    failing: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)


def draft_files(names: Sequence[str]) -> list[str]:
    """Files of folders and patterns, each once, in order. A folder gives its drafts, without `.json` and hidden files.

    Raises: `UnreadableSource` where a folder or pattern gives none.
    """
    found: dict[str, None] = {}
    for name in names:
        files = _files_of(name)
        if not files:
            raise UnreadableSource(f"{name} holds no draft; a draft is a file with one of {', '.join(_IN_FOLDERS)}")
        found |= dict.fromkeys(files)
    return list(found)


def is_many(names: Sequence[str]) -> bool:
    """True for folders, patterns, and more than one file."""
    return len(names) > 1 or any(Path(name).is_dir() or _is_pattern(name) for name in names)


def check_many(files: Sequence[str], check: Check, fail_on: set[Label], form: str, limit_chars: int) -> int:
    """Prints each report as soon as it is there. Exit code: 1 a label of `fail_on`, 2 a broken file, 3 incomplete, 0 clean.

    Raises: `StoreUnavailable` where the service is away.
    """
    tally, runs = _Tally(), []
    for name in with_progress(files, "drafts", len(files)):
        try:
            article = read_article_file(name, None, limit_chars)
            report = check(article)
        except (UnreadableSource, InvalidInput, ArticleTooLong) as error:
            tally.broken.append(name)
            print(f"factcheck check: {error if name in str(error) else f'{name}: {error}'}", file=sys.stderr)
            if form == "json":
                print(json.dumps({"file": name, "error": str(error)}, ensure_ascii=False), flush=True)
            continue
        _count(tally, name, report, fail_on)
        if form == "sarif":
            runs += json.loads(render(report, article, form, file_uri(name)))["runs"]
        else:
            _show(name, report, article, form)
    if form == "sarif":
        schema = "https://json.schemastore.org/sarif-2.1.0.json"
        print(json.dumps({"$schema": schema, "version": "2.1.0", "runs": runs}, ensure_ascii=False))
    print(_summary(tally), file=sys.stdout if form == "text" else sys.stderr)
    return FOUND if tally.failing else BAD_INPUT if tally.broken else NOT_COMPLETED if tally.incomplete else CLEAN


def _files_of(name: str) -> list[str]:
    if Path(name).is_dir():
        return [str(path) for path in walk(Path(name)) if path.is_file() and path.suffix.lower() in _IN_FOLDERS]
    if _is_pattern(name):
        return sorted(path for path in glob.glob(name, recursive=True) if Path(path).is_file())
    return [name]


def _is_pattern(name: str) -> bool:
    return glob.has_magic(name) and not Path(name).exists()


def _count(tally: _Tally, name: str, report: Report, fail_on: set[Label]) -> None:
    tally.drafts += 1
    tally.labels.update(verdict.label.value for verdict in report.verdicts)
    if any(verdict.label in fail_on for verdict in report.verdicts):
        tally.failing.append(name)
    elif not report.coverage.complete:
        tally.incomplete.append(name)


def _show(name: str, report: Report, article: Article, form: str) -> None:
    if form == "json":
        print(json.dumps({"file": name, "report": report_to_json(report)}, ensure_ascii=False), flush=True)
    else:
        print(f"── {name}\n{render(report, article, form)}", flush=True)


def _summary(tally: _Tally) -> str:
    counts = ", ".join(f"{tally.labels[label.value]} {label.value.replace('_', ' ')}" for label in Label)
    lines = [f"{tally.drafts} drafts: {counts}."]
    for what, names in (
        ("with a label of --fail-on", tally.failing),
        ("not read", tally.broken),
        ("not completed", tally.incomplete),
    ):
        if names:
            lines.append(f"{len(names)} {what}: {', '.join(names)}")
    return "\n".join(lines)
