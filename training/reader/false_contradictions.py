"""What the present reader takes for a contradiction in published articles.

`python -m training.reader.false_contradictions OUT ARTICLES...`

Each article is checked against all others by the checker's own code. A window that the reader takes for a contradiction, though
no value of the claim differs from the passage's, goes out as "not a contradiction": published reports seldom contradict each
other, and where they do, a figure or a day mostly differs. `--without` leaves out articles that are kept for measuring.
"""

import argparse
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from factcheck.article import Article, Format
from factcheck.check import CheckOptions
from factcheck.evidence import Candidate, Document
from factcheck.json_mapping import from_json
from factcheck.ports import PassageQuery
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from worker.dimensions.relation import Relation
from worker.evidence.reader import read_evidence, window
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.retrieve import retrieve_passages
from worker.evidence.same_event_documents import with_event_reports
from worker.models.load import load_models
from worker.models.ports import Models
from worker.pipeline import without_opinions
from worker.text.claims import find_claims
from worker.text.sentences import find_sentences

_OPTIONS = CheckOptions(max_evidence=3, sources_include=(), sources_exclude=(), time_limit_s=600.0)
_CANDIDATES = 30
_SENTENCES = 12
"""So many sentences of an article are read: its news."""
_FIELDS = frozenset({"id", "title", "text", "source", "published_at"})
_DAY = re.compile(r"\d{4}-\d\d-\d\d.*")


class Others:
    """A corpus without one of its documents."""

    def __init__(self, corpus: MemorySearch, own: str) -> None:
        self._corpus, self._own = corpus, own

    def search(self, query: PassageQuery) -> list[Candidate]:
        """See `PassageSearch`."""
        return [found for found in self._corpus.search(query) if found.passage.document.id != self._own]

    def revision(self) -> str:
        """See `PassageSearch`."""
        return self._corpus.revision()

    def documents(self) -> int:
        """See `PassageSearch`."""
        return self._corpus.documents() - 1


def misread(raw: dict[str, Any], corpus: MemorySearch, models: Models, taken: float) -> Iterator[dict[str, Any]]:
    """The windows of one article that the reader gives a probability of `taken` and more to be contradictions."""
    article = Article(raw["text"], raw.get("title"), raw.get("published_at"), None, None, None, Format.TEXT)
    read = find_sentences(article, models.parser, _SENTENCES)
    claims = [c for c in without_opinions(find_claims(read.read, read.anchor), models) if c.checkable]
    scope = RetrievalScope(Others(corpus, raw["id"]), _OPTIONS, None, _CANDIDATES)
    scope = with_event_reports(scope, raw.get("title") or "", [sentence.text for sentence in read.read])
    for claim, found in zip(claims, retrieve_passages(claims, raw.get("title") or "", scope, models), strict=True):
        if not found.ranked:
            continue
        evidence = read_evidence(claim, found, models)
        if any(a.relation is Relation.CONFLICT for a in evidence.alignments):
            continue
        for reading in evidence.readings:
            if reading.scores.contradicted >= taken:
                yield {
                    "premise": window(reading.ranked.passage),
                    "hypothesis": claim.words,
                    "label": "not_contradiction",
                    "src": "mined/misread",
                    "taken": round(reading.scores.contradicted, 3),
                }


def main() -> None:
    """The command line."""
    said = argparse.ArgumentParser(prog="python -m training.reader.false_contradictions", description=__doc__)
    said.add_argument("out", type=Path)
    said.add_argument("articles", type=Path, nargs="+", help="gzipped JSON lines: id, title, text")
    said.add_argument("--without", type=Path, help="cases whose articles and corpora are left out")
    said.add_argument("--every", type=int, default=1, metavar="N", help="check one article in N, against all")
    said.add_argument(
        "--taken",
        type=float,
        default=0.2,
        metavar="P",
        help="from this probability on a window is taken for a contradiction",
    )
    given = said.parse_args()
    kept_out = _ids(given.without) if given.without else frozenset[str]()
    rows = [row for row in _read(given.articles) if row["id"] not in kept_out]
    corpus, models = MemorySearch(from_json(Document, row) for row in rows), load_models(Settings())
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for row in rows[:: given.every]:
            for pair in misread(row, corpus, models, given.taken):
                out.write(json.dumps(pair, ensure_ascii=False) + "\n")
            out.flush()


def _read(files: Sequence[Path]) -> Iterator[dict[str, Any]]:
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = {key: value for key, value in json.loads(line).items() if key in _FIELDS}
                if not _DAY.fullmatch(row.get("published_at") or ""):
                    row["published_at"] = None
                yield row


def _ids(cases: Path) -> frozenset[str]:
    rows = [json.loads(line) for line in cases.read_text(encoding="utf-8").splitlines() if line.strip()]
    return frozenset(i for row in rows for i in (row["id"].rsplit("-", 1)[0], *(d["id"] for d in row["corpus"])))


if __name__ == "__main__":
    main()
