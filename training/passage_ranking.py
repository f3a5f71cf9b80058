"""Weights of the ranking of passages: `python -m training.passage_ranking CASES... [--every N]`.

For each claim whose evidence is named word for word, all candidates are collected, in a corpus of the case's own reports and in one
of all reports. A search by coordinates from 0 finds the weights with which the decisive passage is most often among those that
are read; `worker/evidence/retrieve.py` has them, rounded. `--every N`: one case in N only.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from factcheck.article import Article, Field, Format
from factcheck.check import CheckOptions
from factcheck.evidence import Document, Passage
from factcheck.json_mapping import from_json
from factcheck.ports import PassageSearch
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from training.reader.draft_windows import known_label
from worker.evidence import retrieve
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.same_event_documents import with_event_reports
from worker.models.load import load_models
from worker.models.ports import Models
from worker.text.claims import find_claims
from worker.text.pipeline_types import ClaimInContext
from worker.text.sentences import find_sentences

Floats = npt.NDArray[np.float64]

_OPTIONS = CheckOptions(max_evidence=3, sources_include=(), sources_exclude=(), time_limit_s=600.0)
_CANDIDATES, _SENTENCES = 30, 2_000
_DECIDED = {"supported": "entailment", "contradicted": "contradiction"}
_NAMES = ("words", "event", "length", "headline", "first")
_STEPS = (-0.4, -0.3, -0.2, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4)


@dataclass(frozen=True, slots=True)
class DecidedClaim:
    """A claim that its labelled sentence's evidence supports or contradicts; the scope without and with the event's reports."""

    claim: ClaimInContext
    title: str
    expected: Mapping[str, Any]
    plain: RetrievalScope
    scope: RetrievalScope

    def is_decided_by(self, passage: Passage) -> bool:
        """True if the passage's window holds the evidence's words."""
        return known_label(self.expected, True, passage) == _DECIDED[self.expected["label"]]


def decided_claims(case: Mapping[str, Any], corpus: PassageSearch, models: Models) -> Iterator[DecidedClaim]:
    """The claims of one case that are cut as a labelled sentence with evidence is."""
    raw = case["article"]
    article = Article(raw["text"], raw.get("title"), raw.get("published_at"), None, None, None, Format.TEXT)
    read = find_sentences(article, models.parser, _SENTENCES)
    plain = RetrievalScope(corpus, _OPTIONS, article.published_at, _CANDIDATES)
    scope = with_event_reports(plain, article.title or "", [s.text for s in read.read])
    expected = {e["sentence"].rstrip("."): e for e in case["expect"] if e["label"] in _DECIDED and e["evidence"]}
    for claim in find_claims(read.read, read.anchor):
        wanted = expected.get(claim.sentence.text[claim.start : claim.end].rstrip("."))
        if wanted:
            yield DecidedClaim(claim, article.title or "", wanted, plain, scope)


def rows(case: Mapping[str, Any], corpus: PassageSearch, models: Models) -> Iterator[Floats]:
    """A claim's candidates, shape [n, 7]: cosine, what each weight of `_NAMES` is multiplied with, 1 where the window decides."""
    for decided in decided_claims(case, corpus, models):
        passages = retrieve.candidates_of(decided.claim, decided.title, decided.scope)
        event = {passage.document.id for passage in decided.scope.event}
        if passages:
            yield np.array(
                [
                    (
                        cosine,
                        share,
                        passage.document.id in event,
                        retrieve.length_of(passage),
                        passage.span.field is Field.TITLE,
                        passage.index <= 1,
                        decided.is_decided_by(passage),
                    )
                    for passage, cosine, share in retrieve.similarities(decided.claim, passages, models)
                ],
                dtype=np.float64,
            )


def read_share(claims: Sequence[Floats], weights: Floats) -> float:
    """The share of claims of which a decisive passage is read."""
    read = 0
    for claim in claims:
        best = np.argsort(-(claim[:, 0] + claim[:, 1:-1] @ weights), kind="stable")[: retrieve.PASSAGES]
        read += bool(claim[best, -1].any())
    return read / max(1, len(claims))


def best_weights(sets: Sequence[Sequence[Floats]]) -> Floats:
    """Coordinate search for the largest sum of the sets' shares."""
    weights, best = np.zeros(len(_NAMES)), 0.0
    while True:
        before = best
        for at in range(len(_NAMES)):
            for step in _STEPS:
                tried = weights.copy()
                tried[at] = step
                share = sum(read_share(claims, tried) for claims in sets)
                if share > best + 1e-9:
                    best, weights = share, tried
        if best - before < 1e-3:
            return weights


def main() -> None:
    """Prints the shares with the shipped weights and with the best ones."""
    parser = argparse.ArgumentParser(prog="python -m training.passage_ranking", description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--every", type=int, default=1, metavar="N")
    args = parser.parse_args()
    cases = [json.loads(line) for path in args.cases for line in path.read_text(encoding="utf-8").splitlines()]
    models, pool = load_models(Settings()), MemorySearch(documents(cases))
    own = [row for case in cases[:: args.every] for row in rows(case, MemorySearch(documents([case])), models)]
    pooled = [row for case in cases[:: args.every] for row in rows(case, pool, models)]
    found = best_weights((own, pooled))
    shipped = np.array([getattr(retrieve, name.upper()) for name in _NAMES])
    for name, weights in (("no weights", np.zeros(len(_NAMES))), ("shipped", shipped), ("best", found)):
        told = dict(zip(_NAMES, weights.tolist(), strict=True))
        print(
            f"{name:10}  own {read_share(own, weights):.3f}  all {read_share(pooled, weights):.3f}  {json.dumps(told)}"
        )
    print(f"{len(own)} claims")


def documents(cases: Sequence[Mapping[str, Any]]) -> Iterator[Document]:
    """The reports of all cases."""
    for case in cases:
        for raw in case["corpus"]:
            yield from_json(Document, raw)


if __name__ == "__main__":
    main()
