"""Order of events: "the mayor resigned before the vote" against "after the vote"."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.events.synonyms_and_antonyms import same_meaning
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

_OTHER = {"before": "after", "after": "before"}
_EVENTS = frozenset({"VERB", "NOUN"})
_SURE = 0.8


@dataclass(frozen=True, slots=True)
class _OrderedEvents:
    """Two events and the conjunction ("before" or "after") between them."""

    first: Token
    second: Token
    word: Token


def find_reversed_orders(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """Conflicts for two events that the passage reports in reverse order."""
    for mine in _orders(statement.sentence.parsed):
        if not statement.owns(mine.word.start, mine.word.end):
            continue
        for theirs in _orders(ranked.parsed):
            if _same(mine.first, theirs.second) and _same(mine.second, theirs.first):
                yield _finding(mine, ranked, theirs)


def _orders(parsed: ParsedText) -> Iterator[_OrderedEvents]:
    for token in parsed.tokens:
        word = token.text.lower()
        if word not in _OTHER or token.head == token.index:
            continue
        main, sub = _sides(parsed, token)
        if main is None or sub is None or not {main.pos, sub.pos} <= _EVENTS or sub.entity in {"DATE", "TIME"}:
            continue
        yield _OrderedEvents(main, sub, token) if word == "before" else _OrderedEvents(sub, main, token)


def _sides(parsed: ParsedText, token: Token) -> tuple[Token | None, Token | None]:
    """The events that govern and follow "before": "resigned" and "vote"."""
    above = parsed.tokens[token.head]
    if token.dep == "mark":
        return (parsed.tokens[above.head], above) if above.head != above.index else (None, None)
    below = next((t for t in parsed.children(token.index) if t.dep in {"pobj", "pcomp"}), None)
    return above, below


def _same(a: Token, b: Token) -> bool:
    return a.lemma == b.lemma or same_meaning(a.lemma, b.lemma)


def _finding(mine: _OrderedEvents, ranked: RankedPassage, theirs: _OrderedEvents) -> Alignment:
    here, there = (mine.word.start, mine.word.end), (theirs.word.start, theirs.word.end)
    said = mine.word.text.lower() != theirs.word.text.lower()
    words = _OTHER[mine.word.text.lower()] if said else None
    if words and mine.word.text[0].isupper():
        words = words.capitalize()
    return conflict_between(ConflictKind.ORDER, here, ranked, there, _SURE, words, "event.order")
