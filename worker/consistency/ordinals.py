"""Ordinals that exclude each other: more successes than attempts, two ranks of one thing."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind, InternalConflict
from worker.consistency.article_spans import ArticleSpan, conflict
from worker.consistency.headline_quantities import conflict_message
from worker.consistency.sentence_values import SentenceValues
from worker.dimensions.quantities.quantity import Quantity, QuantityKind
from worker.dimensions.quantities.render import render_like
from worker.text.syntax import Token

_TRIES = frozenset("flight launch attempt try start race game match fight bout appearance mission trial test".split())
_OUTCOMES = frozenset("success win victory failure loss defeat title triumph knockout success crash podium".split())
_AND_ITS = re.compile(r"\b(?:and|with) (?:its|his|her|their)\s$")
_CLOSED = re.compile(r"\s\w+(?:\s?[.,;:!)–—]|\s(?:in|of|this|for|since|so far|on|at)\b|$)")
_COPULAS = frozenset({"be", "mark", "become", "represent"})


def ordinal_conflicts(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """Outcomes against attempts within a sentence; two ranks of the same thing in two sentences."""
    for values in article:
        yield from _outcomes_beyond_tries(values)
    yield from _two_ranks(article)


def _outcomes_beyond_tries(values: SentenceValues) -> Iterator[InternalConflict]:
    """More outcomes than attempts: "its seventh flight and its ninth success"."""
    ranks = [q for q in values.quantities if q.kind is QuantityKind.ORDINAL]
    for tries in (q for q in ranks if q.noun in _TRIES):
        for outcome in (q for q in ranks if q.noun in _OUTCOMES):
            if outcome.value > tries.value and _joined(values, tries, outcome):
                a, b = values.place_of(tries), values.place_of(outcome)
                message = f"The “{outcome.text} {outcome.noun}” cannot come with the “{tries.text} {tries.noun}”."
                yield conflict(ConflictKind.ORDINAL, a, b, message)


def _joined(values: SentenceValues, tries: Quantity, outcome: Quantity) -> bool:
    """True if both ordinals belong to one holder and are joined by "and" or "with"."""
    between = values.sentence.text[tries.end : outcome.start].lower() if tries.end <= outcome.start else ""
    closed = _CLOSED.match(values.sentence.text, outcome.end) is not None
    return closed and _AND_ITS.search(between) is not None and len(between.split()) <= 9


def _two_ranks(article: Sequence[SentenceValues]) -> Iterator[InternalConflict]:
    """Two ranks of one thing: "it was the club's second title", later "the third title of the club"."""
    said: list[tuple[SentenceValues, Quantity, str]] = []
    for values in article:
        for rank in values.quantities:
            frame = _frame(values, rank)
            if not frame:
                continue
            for other, earlier, known in said:
                if known == frame and earlier.value != rank.value:
                    yield _conflict(other, earlier, values, rank)
            said.append((values, rank, frame))


def _frame(values: SentenceValues, rank: Quantity) -> str:
    """What is ranked: noun, modifiers and period. "" if the sentence does not state the rank as a fact about one thing."""
    if rank.kind is not QuantityKind.ORDINAL or not rank.noun:
        return ""
    head = next((t for t in _tokens(values, rank) if t.lemma == rank.noun), None)
    if head is None or head.dep not in {"attr", "pobj"} or not _is_told(values, head):
        return ""
    tree = [t for t in values.sentence.parsed.subtree(head.index) if t.start >= rank.end]
    period = [t.lemma for t in values.sentence.parsed.tokens if t.index > head.index][:4]
    subject = _subject(values, head)
    return " ".join([subject, *(t.lemma for t in tree if t.pos != "PUNCT"), "|", *period]) if subject else ""


def _tokens(values: SentenceValues, rank: Quantity) -> list[Token]:
    return [t for t in values.sentence.parsed.tokens if t.start >= rank.end][:4]


def _is_told(values: SentenceValues, head: Token) -> bool:
    return values.sentence.parsed.tokens[head.head].lemma in _COPULAS


def _subject(values: SentenceValues, head: Token) -> str:
    above = values.sentence.parsed.children(head.head)
    return next((t.lemma for t in above if t.dep.startswith("nsubj")), "")


def _conflict(first: SentenceValues, mine: Quantity, second: SentenceValues, theirs: Quantity) -> InternalConflict:
    a, b = first.place_of(mine), second.place_of(theirs)
    repairs: list[tuple[ArticleSpan, str]] = [(a, render_like(mine, theirs)), (b, render_like(theirs, mine))]
    return conflict(ConflictKind.ORDINAL, a, b, conflict_message(a, b), repairs)
