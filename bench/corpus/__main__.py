"""Speed and size of the corpus: `python -m bench.corpus CORPUS.jsonl.gz … [--sizes 10000,100000] [--json FILE]`."""

import argparse
import json
import sys
import tempfile
from itertools import islice, pairwise
from pathlib import Path

from bench.corpus.engines import compare
from bench.corpus.ingest import http_documents_s
from bench.corpus.material import make_documents, make_queries, take_passages
from bench.corpus.measures import Figures, measure, search_in_turns_ms
from bench.serving import machine
from factcheck.search.embedded.search import EmbeddedSearch
from factcheck.search.passages import split_passages

_HEAD = ("passages", "documents", "ingest doc/s", "index pass/s", "Redis B/doc", "index B/doc", "record on disk B/doc")
_TIMES = ("search ms", "visible ms", "under load ms", "first answer ms")


def main() -> int:
    """Prints a table; times are p50/p95."""
    parser = argparse.ArgumentParser(prog="python -m bench.corpus")
    parser.add_argument("corpora", nargs="+", type=Path, metavar="CORPUS", help="JSONL files to make documents from")
    parser.add_argument("--sizes", default="10000,100000", help="in passages, comma-separated")
    parser.add_argument("--words", type=int, default=500, help="a document")
    parser.add_argument("--queries", type=int, default=550)
    parser.add_argument("--limit", type=int, default=30, help="passages an answer")
    parser.add_argument("--compare", type=int, default=0, metavar="N", help="both engines on that many passages")
    parser.add_argument("--http", type=int, default=0, metavar="N", help="that many documents over HTTP")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    args = parser.parse_args()
    queries = make_queries(args.corpora, args.queries)
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        homes = {int(size): Path(folder) / size for size in args.sizes.split(",") if size}
        found = [run_size(args, home, size, queries) for size, home in homes.items()]
        growth = _growth({size: EmbeddedSearch(home) for size, home in homes.items()}, queries, args.limit)
    print(table(found))
    others = {**growth, **_compared(args, queries), **_over_http(args)}
    for name, value in others.items():
        print(f"| {name} | {value} |")
    if args.json:
        runs = {"machine": machine(), "runs": [f.as_json() for f in found], **others}
        args.json.write_text(json.dumps(runs, indent=2) + "\n")
    return 0


def _growth(searches: dict[int, EmbeddedSearch], queries: list[str], limit: int) -> dict[str, object]:
    """p50 and p95 of every size, asked in turns: what else runs on the machine then slows all alike."""
    times = search_in_turns_ms(list(searches.values()), queries, limit)
    told = {
        f"search of {size:,} in turns, ms": f"{p50:.2f}/{p95:.2f}"
        for size, (p50, p95) in zip(searches, times, strict=True)
    }
    pairs = pairwise(zip(searches, times, strict=True))
    return {
        **told,
        **{f"p50 from {a:,} to {b:,}": f"{later / earlier:.1f}-fold" for (a, (earlier, _)), (b, (later, _)) in pairs},
    }


def _compared(args: argparse.Namespace, queries: list[str]) -> dict[str, object]:
    documents = list(take_passages(make_documents(args.corpora, args.words), args.compare)) if args.compare else []
    found = compare(documents, queries, args.limit) if documents else None
    return {name: _rounded(value) for name, value in found.as_json().items()} if found else {}


def _rounded(value: object) -> object:
    return [round(part, 2) for part in value] if isinstance(value, tuple) else round(float(str(value)), 3)


def _over_http(args: argparse.Namespace) -> dict[str, object]:
    if not args.http:
        return {}
    documents = list(islice(make_documents(args.corpora, args.words), args.http))
    return {"documents a second over HTTP": round(http_documents_s(documents))}


def run_size(args: argparse.Namespace, home: Path, size: int, queries: list[str]) -> Figures:
    """One corpus size. Its index stays in `home`."""
    documents = list(take_passages(make_documents(args.corpora, args.words), size))
    passages = sum(1 for document in documents for _ in split_passages(document))
    print(f"measuring {passages:,} passages in {len(documents):,} documents", file=sys.stderr)
    home.mkdir()
    return measure(home, documents, passages, queries, args.limit)


def table(found: list[Figures]) -> str:
    """Markdown."""
    lines = [" | ".join(("", *_HEAD, *_TIMES, "")).strip(), "|" + "---|" * (len(_HEAD) + len(_TIMES))]
    for figures in found:
        counts = (figures.passages, figures.documents, figures.ingest_documents_s, figures.index_passages_s)
        sizes = (figures.redis_bytes_document, figures.index_bytes_document, figures.record_disk_bytes_document)
        times = (figures.search_ms, figures.visible_ms, figures.visible_under_load_ms)
        cells = [f"{value:,.0f}" for value in (*counts, *sizes)]
        cells += [f"{p50:.2f}/{p95:.2f}" for p50, p95 in times] + [f"{figures.restart_ms:.1f}"]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
