"""Labelled drafts → a table of features, one row a claim: `python -m training.judge.collect OUT.jsonl CASES.jsonl ...`

A case is an article, its corpus and the expected labels of its sentences or clauses. The checker's own code finds the claims,
retrieves and reads; a claim takes the label of the expected sentence with which it shares most characters, at least half of
the shorter of both. Claims without an expected label are left out; with `--calm` those of published articles without planted
errors (ids that end in `-clean`) are kept as `calm`: whatever they are, an alarm on them is a false one.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from factcheck.article import Article, Field, Format
from factcheck.check import CheckOptions
from factcheck.evidence import Document
from factcheck.json_mapping import from_json
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from worker.dimensions.relation import Relation
from worker.evidence.claim_evidence import ClaimEvidence
from worker.evidence.features import features
from worker.evidence.reader import is_far_behind, read_in_stages
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.retrieve import Retrieved, retrieve_passages
from worker.evidence.same_event_documents import with_event_reports
from worker.models.load import load_models
from worker.models.ports import Models
from worker.pipeline import without_opinions
from worker.text.claims import find_claims
from worker.text.pipeline_types import ClaimInContext
from worker.text.sentences import find_sentences
from worker.verdict.judge import supporting
from worker.verdict.shown_conflicts import decisive_conflicts, exact_dispute, exact_support

_OPTIONS = CheckOptions(max_evidence=3, sources_include=(), sources_exclude=(), time_limit_s=600.0)
_CANDIDATES = 30
_SENTENCES = 2_000
_CALM = {"label": "calm", "kind": ""}

Case = Mapping[str, Any]


def main() -> int:
    """Writes one JSON object a claim: set, case, span, expected sentence, label, kind, features (null: nothing found), rules, and
    features for each number of passages that may stay unread."""
    args = _arguments()
    models = load_models(Settings(model_dir=args.model) if args.model else Settings())
    with args.out.open("w", encoding="utf-8") as out:
        for path in args.cases:
            cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
            for case in cases[: args.first : args.every]:
                for row in rows(case, models, args.calm):
                    out.write(json.dumps({"set": path.stem, **row}) + "\n")
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m training.judge.collect", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--model", type=Path, help="another reader's folder")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="one case in N only")
    parser.add_argument("--calm", action="store_true", help="keep the unlabelled claims of clean articles, too")
    parser.add_argument("--first", type=int, metavar="N", help="the first N cases of each file only")
    return parser.parse_args()


def retrieved_claims(
    case: Case, models: Models, calm: bool = False
) -> Iterator[tuple[ClaimInContext, int | None, Retrieved]]:
    """The labelled claims of one case, each with the place of its expected sentence and its passages.

    `calm`: also the others of a clean article; they have no place.
    """
    article = _article(case["article"])
    corpus = MemorySearch([from_json(Document, raw) for raw in case["corpus"]])
    read = find_sentences(article, models.parser, _SENTENCES)
    scope = RetrievalScope(corpus, _OPTIONS, article.published_at, _CANDIDATES)
    scope = with_event_reports(scope, article.title or "", [sentence.text for sentence in read.read])
    for statement in without_opinions(find_claims(read.read, read.anchor), models):
        at = _expected(case, article, statement)
        if statement.checkable and (at is not None or (calm and case["id"].endswith("-clean"))):
            [found] = retrieve_passages([statement], article.title or "", scope, models)
            yield statement, at, found


def rows(case: Case, models: Models, calm: bool = False) -> Iterator[dict[str, Any]]:
    """The labelled claims of one case; with `calm` also the others of a clean article."""
    for statement, at, found in retrieved_claims(case, models, calm):
        expected = _CALM if at is None else case["expect"][at]
        evidence, *spared = read_in_stages(statement, found, models) if found.ranked else [None]
        span = statement.claim.span
        yield {
            "case": case["id"],
            "span": [span.field.value, span.start, span.end],
            "expected": at,
            "label": expected["label"],
            "kind": expected["kind"],
            "features": features(evidence) if evidence else None,
            "decisive": sorted({a.rule for a in decisive_conflicts(evidence)}) if evidence else [],
            "above": above(evidence) if evidence else None,
            "spared": [{"unread": e.unread, "features": features(e), "above": above(e)} for e in spared if e],
            "far_behind": is_far_behind([r.similarity for r in found.ranked]),
            "conflicts": sorted({a.rule for a in evidence.alignments if a.relation is Relation.CONFLICT})
            if evidence
            else [],
            "vetoes": sorted({r.veto for r in evidence.readings if r.veto}) if evidence else [],
        }


def above(evidence: ClaimEvidence) -> dict[str, bool]:
    """What stands above the weights in the judge's decision, as `fit.Above` reads it."""
    return {
        "decisive": bool(decisive_conflicts(evidence)),
        "rivals": bool(exact_dispute(evidence)[0]),
        "exact": bool(exact_support(evidence)),
        "supporting": bool(supporting(evidence)),
        "stories": len({r.ranked.passage.story for r in evidence.readings}) > 1,
    }


def _article(raw: Mapping[str, Any]) -> Article:
    return Article(raw["text"], raw.get("title"), raw.get("published_at"), None, None, None, Format.TEXT)


def _expected(case: Case, article: Article, statement: ClaimInContext) -> int | None:
    """Which of the expected sentences the claim is."""
    shared = [(_shared(article, e["sentence"], statement), -at) for at, e in enumerate(case["expect"])]
    share, best = max(shared, default=(0.0, 0))
    return -best if share >= 0.5 else None


def _shared(article: Article, sentence: str, statement: ClaimInContext) -> float:
    """Shared characters, as a share of the shorter of claim and sentence."""
    span = statement.claim.span
    source = article.text if span.field is Field.TEXT else article.title or ""
    at = source.find(sentence)
    if at < 0:
        return 0.0
    common = min(span.end, at + len(sentence)) - max(span.start, at)
    return max(0, common) / min(span.end - span.start, len(sentence))


if __name__ == "__main__":
    raise SystemExit(main())
