"""Whose value it is: a figure about one person does not contradict a figure about another."""

from worker.dimensions.entities.names import Name, find_names, same_name
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_DESCRIBING = frozenset({"NOUN", "PROPN"})
_PHRASE = frozenset({"compound", "appos", "nmod", "flat", "poss"})
_FIRSTS = frozenset({"first", "last", "only"})

Range = tuple[int, int]


def held_by_different_names(statement: ClaimInContext, mine: Range, ranked: RankedPassage, theirs: Range) -> bool:
    """True if both values belong to verbs whose subjects are different names."""
    ours = _bearers(statement.sentence.parsed, mine)
    others = _bearers(ranked.parsed, theirs) if ours else []
    return bool(others) and not any(_may_be_one(a, b) for a in ours for b in others)


def ages_of_different_people(statement: ClaimInContext, mine: Range, ranked: RankedPassage, theirs: Range) -> bool:
    """True for "the 17-year-old gorilla" and "a 4-year-old boy": the descriptions have no word in common."""
    here, there = _described(statement.sentence.parsed, mine), _described(ranked.parsed, theirs)
    return bool(here) and bool(there) and here.isdisjoint(there)


def different_records(statement: ClaimInContext, mine: Range, ranked: RankedPassage, theirs: Range) -> bool:
    """True for "the worst crash since 2004" and "the first since 1959": two records, each with its year."""
    here, there = _superlatives(statement.sentence.parsed, mine), _superlatives(ranked.parsed, theirs)
    return bool(here) and bool(there) and here.isdisjoint(there)


def _head(parsed: ParsedText, span: Range) -> Token | None:
    """The governor of the value."""
    inside = [t for t in parsed.tokens if t.start < span[1] and t.end > span[0]]
    if not inside:
        return None
    at = inside[0]
    while at.start < span[1] and at.end > span[0]:
        if at.head == at.index:
            return None
        at = parsed.tokens[at.head]
    return at


def _subject(parsed: ParsedText, span: Range) -> Token | None:
    """The subject of the nearest verb above the value that has one."""
    at = _head(parsed, span)
    while at is not None:
        if at.pos in {"VERB", "AUX"}:
            found = next((t for t in parsed.children(at.index) if t.dep in _SUBJECTS), None)
            if found is not None:
                return found
        at = parsed.tokens[at.head] if at.head != at.index else None
    return None


def _bearers(parsed: ParsedText, span: Range) -> list[Name]:
    """All names in the subject of the value's verb ("North Korea and South Korea"); [] if the subject is not a name."""
    subject = _subject(parsed, span)
    names = find_names(parsed) if subject is not None else []
    if subject is None or not any(_holds(name, subject) for name in names):
        return []
    within = parsed.subtree(subject.index)
    return [name for name in names if any(_holds(name, token) for token in within)]


def _holds(name: Name, token: Token) -> bool:
    return name.start <= token.start and token.end <= name.end


def _may_be_one(a: Name, b: Name) -> bool:
    """True for the same name, or two with a word in common: "the North" and "North Korea"."""
    return same_name(a, b) or not set(a.words).isdisjoint(b.words)


def _described(parsed: ParsedText, span: Range) -> set[str]:
    """Nouns that name or describe the person whose age it is."""
    at = _head(parsed, span)
    while at is not None and at.pos not in {"VERB", "AUX", *_DESCRIBING}:
        at = parsed.tokens[at.head] if at.head != at.index else None
    if at is not None and at.pos in {"VERB", "AUX"}:
        at = _subject(parsed, span)
    if at is None or at.pos not in _DESCRIBING:
        return set()
    roots = [at, parsed.tokens[at.head]] if at.dep == "appos" else [at]
    near = [t for root in roots for t in (root, *(c for c in parsed.children(root.index) if c.dep in _PHRASE))]
    return {t.lemma.lower() for t in near if t.pos in _DESCRIBING and not (t.start < span[1] and t.end > span[0])}


def _superlatives(parsed: ParsedText, span: Range) -> set[str]:
    """Superlatives of the phrase that ends in "since" and the time."""
    at = _head(parsed, span)
    if at is None or at.text.lower() != "since":
        return set()
    above = parsed.tokens[at.head]
    return {
        t.lemma.lower()
        for t in parsed.subtree(above.index)
        if t.tag in {"JJS", "RBS"} or (t.lemma.lower() in _FIRSTS and t.start < span[0])
    }
