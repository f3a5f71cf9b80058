"""What each step of retrieval finds: of SciFact's claims with a gold abstract, how many have it in the first ten."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.model.sets import Row, read
from factcheck.evidence import Candidate, Document
from factcheck.json_mapping import from_json
from factcheck.ports import PassageQuery
from factcheck.search.memory import MemorySearch
from worker.models.ports import Models

TOP = 10
# Passages that the index answers, and how many the cross-encoder reads.
_CANDIDATES = 100

Step = Callable[[str, Sequence[Candidate]], list[float]]
"""A claim and its passages, a score for each."""


def recall(data: Path, models: Models, first: int | None) -> dict[str, dict[str, float]]:
    """By step: {"recall", "ms"}: share of gold abstracts in the first ten, and the step's milliseconds a claim."""
    corpus = MemorySearch(_documents(read(data / "scifact_corpus.jsonl.gz")))
    claims = [row for row in read(data / "scifact_train.jsonl.gz") if row.get("gold")]
    claims = claims[:: max(1, len(claims) // first)] if first else claims
    steps: dict[str, Step] = {
        "BM25": _words,
        "BM25 + vectors": _vectors(models),
    }
    found, seconds = dict.fromkeys(steps, 0.0), dict.fromkeys(steps, 0.0)
    searched = wanted = 0.0
    for row in claims:
        began = time.perf_counter()
        passages = corpus.search(PassageQuery(words=row["claim"], limit=_CANDIDATES))
        searched += time.perf_counter() - began
        wanted += len(row["gold"])
        for name, step in steps.items():
            began = time.perf_counter()
            best = _best_documents(passages, step(row["claim"], passages))
            seconds[name] += time.perf_counter() - began
            found[name] += len(set(best) & {str(key) for key in row["gold"]})
    return {
        name: {
            "recall": round(found[name] / wanted, 4),
            "ms": round(1000 * (searched + seconds[name]) / len(claims), 1),
            "claims": len(claims),
        }
        for name in steps
    }


def _documents(rows: list[Row]) -> Iterator[Document]:
    for row in rows:
        yield from_json(Document, {"id": str(row["id"]), "title": row["title"], "text": row["text"]})


def _best_documents(passages: Sequence[Candidate], scores: Sequence[float]) -> list[str]:
    """Reports by their best passage, and a little by their next two."""
    of: defaultdict[str, list[float]] = defaultdict(list)
    for candidate, score in zip(passages, scores, strict=True):
        of[candidate.passage.document.id].append(score)
    worth = {key: _joined(sorted(values, reverse=True)) for key, values in of.items()}
    return sorted(worth, key=lambda key: -worth[key])[:TOP]


def _joined(values: Sequence[float]) -> float:
    return sum(value * share for value, share in zip(values, (1.0, 0.3, 0.15), strict=False))


def _words(claim: str, passages: Sequence[Candidate]) -> list[float]:
    return [candidate.score for candidate in passages]


def _vectors(models: Models) -> Step:
    def step(claim: str, passages: Sequence[Candidate]) -> list[float]:
        """Words and meaning, each scaled to the best of this claim."""
        vectors = models.encoder.vectors([claim, *(candidate.passage.text for candidate in passages)])
        cosines = (vectors[1:] @ vectors[0]).tolist()
        most = max((candidate.score for candidate in passages), default=1.0) or 1.0
        return [
            candidate.score / most + 2.0 * max(0.0, cosine - 0.5)
            for candidate, cosine in zip(passages, cosines, strict=True)
        ]

    return step
