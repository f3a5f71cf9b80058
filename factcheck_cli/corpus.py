"""`factcheck corpus`: reads and writes the stored corpus, whether or not the service runs."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from factcheck.errors import IndexUnavailable
from factcheck.evidence import Candidate, Document
from factcheck.json_mapping import to_json
from factcheck.ports import IndexedSearch, PassageQuery
from factcheck.publication_date import parse_published
from factcheck.redis_connection import connect_briefly
from factcheck.search.factory import open_index_updater, open_search
from factcheck.settings import Settings, read_settings, variable
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore
from factcheck_cli import corpus_audit, corpus_import
from factcheck_cli.audit import audit_actor
from factcheck_cli.embedded_redis import reachable_redis
from factcheck_cli.progress import with_progress

_INDEX_TIMEOUT_S = 600.0
DONE = 0

Verb = Callable[[argparse.Namespace, Settings, str], int]


def register(subparsers: Any) -> None:
    """Adds the subcommand and its verbs."""
    parser = subparsers.add_parser("corpus", help="add, list, show, remove, search, export, audit stored documents")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data); REDIS_URL replaces its server")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name in ("add", "import"):
        corpus_import.add_arguments(_verb(verbs, name, "store the reports of an archive: docs/importing.md", _import))
    listing = _verb(verbs, "list", "id, date, source and title of each document", _list)
    listing.add_argument("--limit", type=int, default=None, metavar="N", help="maximum number of lines (all)")
    _verb(verbs, "show", "one document as JSON", _show).add_argument("id", help="id of the document")
    _verb(verbs, "remove", "remove documents permanently", _remove).add_argument(
        "ids", nargs="+", metavar="ID", help="ids of the documents"
    )
    _register_search(_verb(verbs, "search", "ranked passages", _search))
    exporting = _verb(verbs, "export", "all documents as JSONL, the input of `import`", _export)
    corpus_audit.add_arguments(verbs.add_parser("audit", help="which reports of the archive disagree"))
    exporting.add_argument("file", nargs="?", default="-", help="- for standard output")


def _verb(verbs: Any, name: str, help_text: str, run: Verb) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help_text)
    parser.set_defaults(run=lambda args: _with_store(run, args))
    return parser


def _register_search(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs="+", help="plain words")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="maximum number of passages (10)")
    parser.add_argument("--source", action="append", default=[], help="only this source; repeatable")
    parser.add_argument("--from", dest="first", metavar="DATE", help="published on this day or later")
    parser.add_argument("--to", dest="last", metavar="DATE", help="published on this day or earlier")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")


def _with_store(run: Verb, args: argparse.Namespace) -> int:
    flags = {variable("data_dir"): str(args.data)} if args.data else {}
    environ = {**os.environ, **flags}
    settings = read_settings(environ)
    with reachable_redis(settings, environ) as url:
        return run(args, settings, url)


def _store(url: str, settings: Settings) -> RedisDocumentStore:
    return RedisDocumentStore(connect_briefly(url), settings.replicas, settings.audit_entries)


def _import(args: argparse.Namespace, settings: Settings, url: str) -> int:
    return corpus_import.run(args, settings, _store(url, settings))


def _list(args: argparse.Namespace, settings: Settings, url: str) -> int:
    for number, document in enumerate(_store(url, settings).export()):
        if args.limit is not None and number >= args.limit:
            break
        print(document.id, document.published_at or "-", document.source or "-", document.title or "-", sep="\t")
    return DONE


def _show(args: argparse.Namespace, settings: Settings, url: str) -> int:
    print(json.dumps(to_json(_store(url, settings).get(args.id)), ensure_ascii=False, indent=2))
    return DONE


def _remove(args: argparse.Namespace, settings: Settings, url: str) -> int:
    store = _store(url, settings)
    for document_id in args.ids:
        store.remove(document_id, audit_actor())
    print(f"{len(args.ids):,} removed")
    return DONE


def _export(args: argparse.Namespace, settings: Settings, url: str) -> int:
    store = _store(url, settings)
    documents = with_progress(store.export(), "documents", store.count())
    if args.file == "-":
        return _write_lines(documents, sys.stdout.write)
    with Path(args.file).open("w", encoding="utf-8") as file:
        return _write_lines(documents, file.write)


def _write_lines(documents: Iterator[Document], write: Callable[[str], object]) -> int:
    for document in documents:
        write(json.dumps(to_json(document), ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
    return DONE


def _search(args: argparse.Namespace, settings: Settings, url: str) -> int:
    query = PassageQuery(
        words=" ".join(args.words),
        limit=args.limit,
        sources_include=tuple(args.source),
        published_from=args.first and parse_published(args.first, "--from")[:10],
        published_to=args.last and parse_published(args.last, "--to")[:10],
    )
    with _current_index(settings, url) as index:
        for candidate in index.search(query):
            print(_candidate_json(candidate) if args.json else _candidate_text(candidate))
    return DONE


@contextmanager
def _current_index(settings: Settings, url: str) -> Iterator[IndexedSearch]:
    """The up-to-date index. Where no indexer runs, one runs in a thread until the index has caught up."""
    changelog, stop = RedisChangelog(connect_briefly(url)), Event()
    updater = open_index_updater(settings, changelog, _print_progress)
    thread = Thread(target=updater.run, args=[stop], daemon=True)
    thread.start()
    try:
        index = open_search(settings)
        if not index.wait_for(changelog.position(), _INDEX_TIMEOUT_S):
            raise IndexUnavailable("the search index is still being built; try again later")
        yield index
    finally:
        stop.set()
        thread.join()


def _print_progress(documents: int) -> None:
    print(f"factcheck corpus: building the index, {documents:,} documents so far", file=sys.stderr)


def _candidate_text(candidate: Candidate) -> str:
    passage = candidate.passage
    where = " · ".join(
        part for part in (passage.document.id, passage.document.source, passage.document.published_at) if part
    )
    return f"{candidate.score:6.2f}  {passage.text}\n        {where}"


def _candidate_json(candidate: Candidate) -> str:
    passage = candidate.passage
    found = {
        "document": to_json(passage.document),
        "span": to_json(passage.span),
        "text": passage.text,
    }
    return json.dumps({**found, "score": round(candidate.score, 4)}, ensure_ascii=False)
