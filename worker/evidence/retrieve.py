"""Step 3: retrieves the passages for a claim by words (BM25), and ranks them by meaning (sentence vectors)."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from factcheck.article import Field
from factcheck.evidence import Passage
from factcheck.publication_date import day_of
from worker.evidence.retrieval_scope import RetrievalScope, search_passages
from worker.models.ports import Models
from worker.text.pipeline_types import ClaimInContext, RankedPassage

# Passages that go on to comparison. The second and third still add to the area under the curve of contradiction (0.74, 0.76,
# 0.77 for one, two and three), further ones do not: bench/RESULTS.md.
PASSAGES = 3
# How a passage gains over others of the same cosine: with the claim's rare words, as one of the event's reports, with its length
# (up to `_LONG` words), not as a headline (which each window has anyway), and not as the first sentence, which sums up.
# Source: training/passage_ranking.py. On 627 claims of drafts a decisive passage is read for 90 % (86 % in one corpus of all
# reports), with cosines alone for 83 % (50 %).
WORDS, EVENT, LENGTH, HEADLINE, FIRST = 0.3, 0.2, 0.2, -0.3, -0.05
_LONG = 40
_WORD = re.compile(r"[a-z]{3,}|\d[\d.,]*\d|\d")
_SENTENCES = 4_000


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The `PASSAGES` most similar passages, best first, and further ones with their cosines, which are not read."""

    ranked: tuple[RankedPassage, ...]
    others: tuple[tuple[Passage, float], ...]


def retrieve_passages(
    statements: Sequence[ClaimInContext], title: str, scope: RetrievalScope, models: Models
) -> list[Retrieved]:
    """One result per claim, in the same order; empty if the corpus has no candidates."""
    event = frozenset(passage.document.id for passage in scope.event)
    best = [_by_likeness(statement, candidates_of(statement, title, scope), event, models) for statement in statements]
    texts = [passage.text for found in best for passage, _ in found[:PASSAGES]]
    syntax = iter(models.parser.parse(texts))  # together: a text costs two thirds of what it costs alone
    return [
        Retrieved(
            tuple(
                RankedPassage(passage, next(syntax), _anchor(passage), cosine, rank)
                for rank, (passage, cosine) in enumerate(found[:PASSAGES])
            ),
            tuple(found[PASSAGES : scope.options.max_evidence]),
        )
        for found in best
    ]


def _by_likeness(
    statement: ClaimInContext, passages: Sequence[Passage], event: Collection[str], models: Models
) -> list[tuple[Passage, float]]:
    """Passages with cosines, best first: the mean cosine with the claim's clause and with its sentence (which names the event).

    The order also weighs what `gains` tells; `event` are reports on the article's own events.
    """
    found = similarities(statement, passages, models)
    ordered = sorted(found, key=lambda row: -(row[1] + gains(row[0], row[2], row[0].document.id in event)))
    return [(passage, cosine) for passage, cosine, _ in ordered]


def similarities(
    statement: ClaimInContext, passages: Sequence[Passage], models: Models
) -> list[tuple[Passage, float, float]]:
    """Each passage with its cosine, and its share of the claim's rare words."""
    if not passages:
        return []
    claim = models.encoder.vectors([statement.query, statement.sentence.text])
    cosines = (models.passages.vectors([p.text for p in passages]) @ (claim[0] + claim[1]) / 2).tolist()
    shares = _shares(statement.sentence.text, [p.text for p in passages])
    return list(zip(passages, cosines, shares, strict=True))


def gains(passage: Passage, share: float, of_event: bool) -> float:
    """What is added to a passage's cosine; `share` is that of the claim's rare words."""
    headline = passage.span.field is Field.TITLE
    told = WORDS * share + EVENT * of_event + LENGTH * length_of(passage)
    return told + HEADLINE * headline + FIRST * (passage.index <= 1)


def length_of(passage: Passage) -> float:
    """Words, as a share of `_LONG`, at most 1."""
    return min(len(passage.text.split()), _LONG) / _LONG


def _shares(claim: str, passages: Sequence[str]) -> list[float]:
    """The share of the claim's words that each passage has, in [0, 1]. Words that few of the passages have count more."""
    told = [content_words(text) for text in passages]
    spread = Counter(word for words in told for word in words)
    rarity = {word: log(1.0 + len(told) / (1 + spread[word])) for word in content_words(claim)}
    total = sum(rarity.values()) or 1.0
    return [sum(rarity[word] for word in rarity.keys() & words) / total for words in told]


@lru_cache(_SENTENCES)
def content_words(text: str) -> frozenset[str]:
    """Figures, and lower-case words of three letters or more, cut to six."""
    return frozenset(word.strip(".,")[:6] for word in _WORD.findall(text.lower()))


def candidates_of(statement: ClaimInContext, title: str, scope: RetrievalScope) -> list[Passage]:
    """Candidates by the claim's words, by those of its context, and the event's: paraphrases share names, not words.

    Copies of a report count once.
    """
    queries = (statement.query, f"{title} {statement.context} {statement.query}")
    found = [c.passage for words in queries for c in search_passages(words, scope, scope.candidates)]
    unique = {(p.document.id, p.index): p for p in (*found, *scope.event)}
    told: dict[tuple[str, str], str] = {}
    return [p for p in unique.values() if told.setdefault((p.story, p.text), p.document.id) == p.document.id]


def _anchor(passage: Passage) -> date | None:
    return day_of(passage.document.published_at)
