"""Step 3: retrieves the passages for a claim by words (BM25), and ranks them by meaning (sentence vectors)."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import log

from factcheck.evidence import Passage
from factcheck.publication_date import day_of
from worker.evidence.retrieval_scope import RetrievalScope, search_passages
from worker.models.ports import Models
from worker.text.claim_in_context import ClaimInContext, RankedPassage

# Passages that go on to comparison. The second and third still add to the area under the curve of contradiction (0.74, 0.76,
# 0.77 for one, two and three), further ones do not: bench/RESULTS.md.
PASSAGES = 3
# With this weight of shared words, the decisive passage is among the three for 86 % of the claims, without it for 85 % (dev2).
_WORDS_WEIGH = 0.3
_WORD = re.compile(r"[a-z]{3,}|\d[\d.,]*\d|\d")
# What a passage of a report on the article's own event gains over others.
_OF_EVENT = 0.2
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
    best = [_by_likeness(statement, _candidates(statement, title, scope), event, models) for statement in statements]
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

    The order also weighs the claim's rare words that the passage has, and whether it is of a report in `event`.
    """
    if not passages:
        return []
    claim = models.encoder.vectors([statement.query, statement.sentence.text])
    cosines = (models.passages.vectors([p.text for p in passages]) @ (claim[0] + claim[1]) / 2).tolist()
    shares = _shares(statement.sentence.text, [p.text for p in passages])
    gains = [_WORDS_WEIGH * s + _OF_EVENT * (p.document.id in event) for p, s in zip(passages, shares, strict=True)]
    ordered = sorted(zip(passages, cosines, gains, strict=True), key=lambda row: -(row[1] + row[2]))
    return [(passage, cosine) for passage, cosine, _ in ordered]


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


def _candidates(statement: ClaimInContext, title: str, scope: RetrievalScope) -> list[Passage]:
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
