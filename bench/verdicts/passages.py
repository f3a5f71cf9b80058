"""How often the decisive passage is read: `python -m bench.verdicts.passages CASES... [--every N] [--json OUT]`.

Cases must name their evidence word for word, as `training/data/drafts/check_drafts.py --cases` writes them. Counted are the
windows of the passages that go on to the reader, in a corpus of the case's own reports and in one of all cases' reports, with
and without the reports on the article's event.
"""

import argparse
import json
import platform
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from factcheck.article import Article, Format
from factcheck.check import CheckOptions
from factcheck.evidence import Document
from factcheck.json_mapping import from_json
from factcheck.ports import PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from training.reader.draft_windows import known_label
from worker.evidence.event_reports import with_event_reports
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.retrieve import retrieve_passages
from worker.models.load import load_models
from worker.models.ports import Models
from worker.text.claims import find_claims
from worker.text.sentences import find_sentences

_OPTIONS = CheckOptions(max_evidence=3, sources_include=(), sources_exclude=(), time_limit_s=600.0)
_CANDIDATES, _SENTENCES = 30, 2_000
_DECIDED = {"supported": "entailment", "contradicted": "contradiction"}


def read_decisive(case: dict[str, Any], corpus: PassageSearch, models: Models) -> Iterator[tuple[bool, bool]]:
    """For each claim that its evidence supports or contradicts: whether a decisive window is read, without and with the event."""
    raw = case["article"]
    article = Article(raw["text"], raw.get("title"), raw.get("published_at"), None, None, None, Format.TEXT)
    read = find_sentences(article, models.parser, _SENTENCES)
    plain = RetrievalScope(corpus, _OPTIONS, article.published_at, _CANDIDATES)
    scopes = (plain, with_event_reports(plain, article.title or "", [s.text for s in read.read]))
    for claim in find_claims(read.read, read.anchor):
        said = claim.sentence.text[claim.start : claim.end].rstrip(".")
        for expected in case["expect"]:
            if expected["label"] in _DECIDED and expected["evidence"] and expected["sentence"].rstrip(".") == said:
                without, within = (
                    any(
                        known_label(expected, True, ranked.passage) == _DECIDED[expected["label"]]
                        for ranked in retrieve_passages([claim], article.title or "", scope, models)[0].ranked
                    )
                    for scope in scopes
                )
                yield without, within


def measure(cases: Sequence[dict[str, Any]], models: Models) -> dict[str, dict[str, float]]:
    """By corpus: claims, and the shares read without and with the event's reports."""
    pool = MemorySearch(_documents(cases))
    found = {}
    for name in ("own reports", "all reports"):
        rows = [
            row
            for case in cases
            for row in read_decisive(case, pool if name == "all reports" else MemorySearch(_documents([case])), models)
        ]
        shares = [round(sum(row[at] for row in rows) / max(1, len(rows)), 3) for at in (0, 1)]
        found[name] = {"claims": len(rows), "without": shares[0], "with": shares[1]}
    return found


def _documents(cases: Sequence[dict[str, Any]]) -> Iterator[Document]:
    for case in cases:
        for raw in case["corpus"]:
            yield from_json(Document, raw)


def main() -> None:
    """Prints a table, and the same as JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.verdicts.passages", description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one case in N only")
    parser.add_argument("--json", type=Path, help="also write the JSON here")
    args = parser.parse_args()
    cases = [json.loads(line) for path in args.cases for line in path.read_text(encoding="utf-8").splitlines()]
    found = measure(cases[:: args.every], load_models(Settings()))
    for name, row in found.items():
        print(f"{name:12}  {row['claims']:5} claims  decisive passage read: {row['without']:.3f} → {row['with']:.3f}")
    record = json.dumps(
        {"at": datetime.now(UTC).isoformat(), "machine": platform.machine(), "measures": found}, indent=2
    )
    print(record)
    if args.json:
        args.json.write_text(f"{record}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
