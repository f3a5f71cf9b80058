"""Aligns the claim's main event with an event of a passage, each with its factuality."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from worker.dimensions.events.synonyms_and_antonyms import same_meaning
from worker.dimensions.slot_context import content
from worker.text.factuality import FACTUAL, Event, Factuality, find_cues, find_events
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

# Least share of the claim's words in a clause about the same event that lacks the claim's verb.
_PARAPHRASE = 0.75
# Least share in a clause with the claim's verb.
_SAME_VERB = 0.5
# Least share of the claim's words, function words included, in a passage that repeats the claim.
_VERBATIM = 0.9


@dataclass(frozen=True, slots=True)
class AlignedEvents:
    """The claim's event and the passage's event. `share` in [0, 1]: the claim's words that the passage's clause has.

    `same_verb` is True if both predicates share a meaning.
    """

    claim: Event
    evidence: Event
    share: float
    same_verb: bool


def align_events(statement: ClaimInContext, ranked: RankedPassage) -> AlignedEvents | None:
    """The closest pair of events, preferring equal factuality among equally close ones. None if nothing aligns."""
    theirs = find_events(ranked.parsed)
    pairs = [p for mine in _own_events(statement) for p in _pairs(statement, mine, ranked.parsed, theirs)]
    if not pairs:
        return None
    parsed = statement.sentence.parsed
    pairs = [p for p in pairs if _is_same_word(parsed, ranked.parsed, p)] or [p for p in pairs if p.same_verb] or pairs
    best = max(p.share for p in pairs)
    near = sorted((p for p in pairs if p.share >= best - 0.01), key=_length)
    agreeing = next((p for p in near if _is_alike(p.claim.factuality, p.evidence.factuality)), None)
    return agreeing if agreeing is not None and near[0].same_verb else near[0]


def _is_same_word(here: ParsedText, there: ParsedText, pair: AlignedEvents) -> bool:
    mine, theirs = here.tokens[pair.claim.index], there.tokens[pair.evidence.index]
    return mine.lemma == theirs.lemma or mine.text.lower() == theirs.text.lower()


def _is_alike(a: Factuality, b: Factuality) -> bool:
    return a is b or {a, b} <= FACTUAL


def _length(bearing: AlignedEvents) -> int:
    start, end = bearing.evidence.scope
    return end - start


def _own_events(statement: ClaimInContext) -> list[Event]:
    """The claim's outermost events."""
    parsed = statement.sentence.parsed
    own = [e for e in find_events(parsed) if _is_owned(statement, parsed.tokens[e.index])]
    inner = {e.index for e in own if any(_governs(parsed, o.index, e.index) for o in own)}
    return [e for e in own if e.index not in inner]


def _is_owned(statement: ClaimInContext, token: Token) -> bool:
    return statement.owns(token.start, token.end)


def _governs(parsed: ParsedText, above: int, below: int) -> bool:
    at = below
    while parsed.tokens[at].head != at:
        if parsed.tokens[at].dep == "conj":
            return False
        at = parsed.tokens[at].head
        if at == above:
            return True
    return False


def _pairs(
    statement: ClaimInContext, mine: Event, there: ParsedText, theirs: Sequence[Event]
) -> Iterator[AlignedEvents]:
    here = statement.sentence.parsed
    wanted = content(here.within(statement.start, statement.end)) - {here.tokens[mine.index].lemma}
    for event in theirs:
        told = _told(there, event)
        share = len(wanted & told) / len(wanted) if wanted else 1.0
        like = _is_like(here.tokens[mine.index], there.tokens[event.index])
        if share >= (_SAME_VERB if like else _PARAPHRASE):
            yield AlignedEvents(mine, event, share, like)


def _told(parsed: ParsedText, event: Event) -> set[str]:
    """Content lemmas of an event's clause, and the sentence's names if the clause has a pronoun."""
    clause = parsed.within(*event.scope)
    named = parsed.tokens if any(t.text.lower() in _PRONOUNS for t in clause) else ()
    return content(clause) | content([t for t in named if t.pos == "PROPN"])


_PRONOUNS = frozenset({"he", "she", "it", "they", "him", "her", "them"})


def _is_like(a: Token, b: Token) -> bool:
    return same_meaning(a.lemma, b.lemma) or a.text.lower() == b.text.lower()


def cues_beside(statement: ClaimInContext, ranked: RankedPassage) -> set[str]:
    """Effects of the cue words in a passage that has nearly all of the claim's words; empty for other passages.

    Used if no events align because the parse is wrong.
    """
    here = statement.sentence.parsed.within(statement.start, statement.end)
    words, told = {t.text.lower() for t in here}, {t.text.lower() for t in ranked.parsed.tokens}
    if not words or len(words & told) < _VERBATIM * len(words):
        return set()
    return find_cues(ranked.parsed, [t for t in ranked.parsed.tokens if t.text.lower() not in words])
