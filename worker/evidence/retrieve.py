"""Step 3: the passages that may speak of a claim, read and ranked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.check import CheckOptions
from factcheck.evidence import Passage
from factcheck.ports import PassageQuery, PassageSearch
from factcheck.publication_date import day_of, is_after
from worker.models.ports import Models
from worker.text.claim_in_context import ClaimInContext, RankedPassage

# Passages whose relevance the cross-encoder reads, and that go on to comparison: measured in bench/RESULTS.md.
_LIKELY = 4
# Beyond the first few, a passage this much less like the claim than the best is not worth the cross-encoder's time.
_AT_LEAST, _FAR = 3, 0.12
# Where the first ones are as irrelevant as this (a logit), the corpus is silent, and the rest is not read.
_FIRST, _HOPELESS = 2, -6.0
# Of the candidates, one in so many is of the newest reports, which may supersede the rest (bench/RESULTS.md).
_NEWEST = 6
# What a neighbouring sentence loses in relevance.
_DISTANCE = 4.0


@dataclass(frozen=True, slots=True)
class RetrievalScope:
    """What may count as evidence."""

    corpus: PassageSearch
    options: CheckOptions
    as_of: str | None
    candidates: int


def retrieve_passages(
    statements: Sequence[ClaimInContext], title: str, scope: RetrievalScope, models: Models
) -> list[list[RankedPassage]]:
    """For each statement its best passages, most relevant first; an empty list where the corpus has nothing."""
    found = [_candidates(s, title, scope) for s in statements]
    likely = [_likely(s, passages, models) for s, passages in zip(statements, found, strict=True)]
    first = _relevance(statements, [row[:_FIRST] for row in likely], models)
    hopeful = [max((logit for *_, logit in row), default=_HOPELESS) > _HOPELESS for row in first]
    rest = _relevance(
        statements, [row[_FIRST:] if go_on else [] for row, go_on in zip(likely, hopeful, strict=True)], models
    )
    rows = [[*a, *b] for a, b in zip(first, rest, strict=True)]
    return [_witnesses(row, passages, models) for row, passages in zip(rows, found, strict=True)]


def _relevance(
    statements: Sequence[ClaimInContext], rows: Sequence[Sequence[tuple[Passage, float]]], models: Models
) -> list[list[tuple[Passage, float, float]]]:
    """The passages of each statement with what its whole sentence scores, for each of its clauses too.

    The sentence names the event, the clause its part: area under the curve 0.96 for the sentence against 0.93.
    """
    pairs = [(s.sentence.text, passage.text) for s, row in zip(statements, rows, strict=True) for passage, _ in row]
    logits = iter(models.relevance.relevance(pairs))
    return [[(passage, cosine, next(logits)) for passage, cosine in row] for row in rows]


def _candidates(statement: ClaimInContext, title: str, scope: RetrievalScope) -> list[Passage]:
    """By the claim's own words, and by those of its surroundings: paraphrases share the event's names, not the words.

    Of copies of one report, a sentence counts once.
    """
    own = _search(statement.query, scope)
    around = _search(f"{title} {statement.context} {statement.query}", scope)
    unique = {(p.document.id, p.index): p for p in (*own, *around)}
    told: dict[tuple[str, str], str] = {}
    return [p for p in unique.values() if told.setdefault((p.story, p.text), p.document.id) == p.document.id]


def _search(words: str, scope: RetrievalScope) -> list[Passage]:
    query = PassageQuery(
        words=words,
        limit=scope.candidates,
        sources_include=scope.options.sources_include,
        sources_exclude=scope.options.sources_exclude,
        not_after=scope.as_of and str(day_of(scope.as_of)),
        newest=scope.candidates // _NEWEST,
    )
    found = [candidate.passage for candidate in scope.corpus.search(query)]
    return [passage for passage in found if not is_after(passage.document.published_at, scope.as_of)]


def _likely(statement: ClaimInContext, passages: list[Passage], models: Models) -> list[tuple[Passage, float]]:
    if not passages:
        return []
    vectors = models.encoder.vectors([statement.query, statement.sentence.text, *(p.text for p in passages)])
    cosines = (vectors[2:] @ (vectors[0] + vectors[1]) / 2).tolist()
    ranked = sorted(zip(passages, cosines, strict=True), key=lambda pair: -pair[1])
    return [pair for i, pair in enumerate(ranked[:_LIKELY]) if i < _AT_LEAST or pair[1] > ranked[0][1] - _FAR]


def _witnesses(
    rows: list[tuple[Passage, float, float]], passages: Sequence[Passage], models: Models
) -> list[RankedPassage]:
    best = sorted(rows, key=lambda row: -row[2])
    best += _neighbours(best, passages)
    parsed = models.parser.parse([passage.text for passage, _, _ in best])
    return [
        RankedPassage(passage, syntax, _anchor(passage), cosine, logit, rank)
        for rank, ((passage, cosine, logit), syntax) in enumerate(zip(best, parsed, strict=True))
    ]


def _neighbours(
    best: list[tuple[Passage, float, float]], passages: Sequence[Passage]
) -> list[tuple[Passage, float, float]]:
    """The sentences beside the best passage: "The union counted 600." speaks of the same thing without naming it."""
    if not best or best[0][2] < 0:
        return []
    first, cosine, logit = best[0]
    known = {(p.document.id, p.span.field, p.index) for p, _, _ in best}
    beside = [
        p
        for p in passages
        if p.document.id == first.document.id and p.span.field == first.span.field and abs(p.index - first.index) == 1
    ]
    return [(p, cosine, logit - _DISTANCE) for p in beside if (p.document.id, p.span.field, p.index) not in known]


def _anchor(passage: Passage) -> date | None:
    return day_of(passage.document.published_at)
