"""Directed relations: who beat, sold to, sued or lent to whom, in active, passive and converse form.

Parties come from the dependency tree, or from word order if a score keeps the parser from finding the object.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.entities.names import Name, find_names, same_name
from worker.dimensions.relation import Relation
from worker.text.memoized import memoized
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token
from worker.text.word_table import read_table

_SURE = 0.8
# Lower, because two clubs meet more than once: the score may be of another match.
_SCORES = 0.6
_SCORE = re.compile(r"(?<![\d.,-])(\d{1,3})\s?[-–]\s?(\d{1,3})(?![\d-])")
_NEGATED = frozenset({"not", "n't", "n’t", "never"})


@dataclass(frozen=True, slots=True)
class _Frame:
    name: str
    subject: str
    object: str
    prepositions: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DirectedRelation:
    """A frame, its verb's range, and its named parties by role. `score` is the result beside the verb, higher figure first."""

    frame: str
    start: int
    end: int
    parties: Mapping[str, Name]
    score: tuple[int, int] | None
    score_range: tuple[int, int] | None


def _frame_table() -> dict[tuple[str, str], _Frame]:
    """Word and class ("verb", "noun") → frame."""
    table = {}
    for word, kind, name, subject, other, prepositions in read_table(
        "worker.dimensions.events", "directed_relations.tsv"
    ):
        roles = dict(pair.split("=", 1) for pair in prepositions.split())
        table[word, kind] = _Frame(name, subject, other, roles)
    return table


_FRAMES = _frame_table()


@memoized
def find_relations(parsed: ParsedText) -> list[DirectedRelation]:
    """Relations whose verb has a frame, with at least two named parties. Negated ones are left out."""
    names = find_names(parsed)
    found = (_relation(parsed, token, names) for token in parsed.tokens)
    return [r for r in found if r is not None and len(r.parties) >= 2]


def _relation(parsed: ParsedText, verb: Token, names: list[Name]) -> DirectedRelation | None:
    frame = _frame_of(parsed, verb)
    if frame is None or any(t.text.lower() in _NEGATED for t in parsed.children(verb.index)):
        return None
    parties: dict[str, Name] = {}
    for role, name in _parties(parsed, verb, frame, names):
        key = f"{role} 2" if role == "side" and role in parties else role
        parties.setdefault(key, name)
    score, place = _score_beside(parsed, verb)
    return DirectedRelation(frame.name, verb.start, verb.end, parties, score, place)


def _frame_of(parsed: ParsedText, verb: Token) -> _Frame | None:
    if verb.pos in {"ADP", "DET", "PRON"}:
        return None
    near = [t for t in parsed.children(verb.index) if t.dep == "prt" or t.index == verb.index + 1]
    phrasal = (_FRAMES.get((f"{verb.lemma} {t.lemma}", "verb")) for t in near)
    found = next((frame for frame in phrasal if frame is not None), None)
    if found is not None:
        return found
    if verb.pos == "NOUN" and (verb.lemma, "noun") in _FRAMES:
        return _FRAMES[verb.lemma, "noun"]
    return next((_FRAMES[form, "verb"] for form in _forms(parsed, verb) if (form, "verb") in _FRAMES), None)


def _forms(parsed: ParsedText, verb: Token) -> Iterator[str]:
    """The lemma, and other forms if the parser takes the verb for a noun or adjective ("Kesby upset Marlow")."""
    if verb.pos in {"VERB", "AUX"} or _is_between_names(parsed, verb):
        yield from (verb.lemma, verb.text.lower())
    word = verb.text.lower()
    if word.endswith("ed"):
        yield from (word[:-2], word[:-1])


def _is_between_names(parsed: ParsedText, verb: Token) -> bool:
    """True for a lower-case word between two capitalised ones."""
    if not 0 < verb.index < len(parsed.tokens) - 1 or not verb.text.islower():
        return False
    return parsed.tokens[verb.index - 1].text[0].isupper() and parsed.tokens[verb.index + 1].text[0].isupper()


def _parties(parsed: ParsedText, verb: Token, frame: _Frame, names: list[Name]) -> Iterator[tuple[str, Name]]:
    passive = any(t.dep == "auxpass" for t in parsed.children(verb.index))
    before, behind = (frame.object, "") if passive else (frame.subject, frame.object)
    subject = _subject(parsed, verb, names)
    if subject is not None and before:
        yield before, subject
    target = _object(parsed, verb, names) if behind else None
    if target is not None:
        yield behind, target
    roles = {**frame.prepositions, **({"by": frame.subject} if passive else {})}
    for word, role in roles.items():
        name = _behind(parsed, verb, word, names)
        if name is not None:
            yield role, name


def _subject(parsed: ParsedText, verb: Token, names: list[Name]) -> Name | None:
    if _is_between_names(parsed, verb):
        return _nearest_before(parsed, verb, names)
    heads = {t.index for t in parsed.children(verb.index) if t.dep in {"nsubj", "nsubjpass", "poss"}}
    above = parsed.tokens[verb.head]
    if not heads and verb.dep == "conj":
        heads = {t.index for t in parsed.children(above.index) if t.dep in {"nsubj", "nsubjpass"}}
    found = next((n for n in names if n.head in heads), None)
    return found or (_nearest_before(parsed, verb, names) if not heads else None)


def _nearest_before(parsed: ParsedText, verb: Token, names: list[Name]) -> Name | None:
    """The name right before the verb, for verbs without a parsed subject. A capitalised word counts as a name."""
    if not verb.index:
        return None
    left = parsed.tokens[verb.index - 1]
    known = next((n for n in names if n.head == left.index), None)
    alone = left.text[0].isupper() and left.pos in {"ADJ", "NOUN", "ADV", "X", "VERB", "INTJ"}
    return known or (Name(left.start, left.end, left.text, "", left.index) if alone else None)


def _object(parsed: ParsedText, verb: Token, names: list[Name]) -> Name | None:
    objects = {t.index for t in parsed.children(verb.index) if t.dep in {"dobj", "dative"}}
    named = next((n for n in names if n.head in objects), None)
    return named or _next_name(parsed, verb, names)


_PASSED_OVER = frozenset({"the", "out", "off", "over", "rivals", "rival", "neighbors", "neighbours", "champions"})


def _next_name(parsed: ParsedText, verb: Token, names: list[Name]) -> Name | None:
    """The name right after the verb, which the parser may miss because of a score."""
    for token in parsed.tokens[verb.index + 1 : verb.index + 5]:
        name = next((n for n in names if n.start == token.start), None)
        if name is not None:
            return name
        if token.text.lower() not in _PASSED_OVER and not token.text[0].isupper():
            return None
    return None


def _behind(parsed: ParsedText, verb: Token, word: str, names: list[Name]) -> Name | None:
    """The name after the preposition `word`, within the verb's clause: "lost 3-1 at home to …"."""
    for token in parsed.tokens[verb.index + 1 :]:
        if token.text in {";", ".", "—"} or (token.pos == "VERB" and token.dep in {"ccomp", "conj", "advcl", "ROOT"}):
            return None
        if token.text.lower() == word:
            found = next((n for n in names if _follows(parsed, n, token)), None)
            if found is not None:
                return found
    return None


def _follows(parsed: ParsedText, name: Name, preposition: Token) -> bool:
    between = parsed.within(preposition.end, name.start)
    return (
        name.start > preposition.start
        and len(between) <= 4
        and all(t.pos in {"DET", "ADJ", "NOUN", "PROPN"} for t in between)
    )


def _score_beside(parsed: ParsedText, verb: Token) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The first score after a verb or beside a noun ("a 3-1 win"), higher figure first, and its range."""
    start = verb.end if verb.pos == "VERB" else parsed.subtree(verb.index)[0].start
    for match in _SCORE.finditer(parsed.text, start):
        a, b = int(match[1]), int(match[2])
        return (max(a, b), min(a, b)), match.span()
    return None, None


def compare_relations(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """Alignments of relations with the same parties: in the same roles, in swapped roles, or with another outcome."""
    mine = [r for r in find_relations(statement.sentence.parsed) if statement.owns(r.start, r.end)]
    pairs = [(a, b) for a in mine for b in find_relations(ranked.parsed) if a.frame == b.frame]
    straight = [(a, b) for a, b in pairs if _is_straight(a, b)]
    for claim, evidence in pairs:
        if (claim, evidence) in straight:
            yield from _same(claim, ranked, evidence)
        elif _is_swapped(claim, evidence) and all(claim is not a for a, _ in straight):
            yield _finding(Relation.CONFLICT, claim, ranked, evidence, "relation.swapped")
        elif _is_drawn(claim, evidence):
            yield _finding(Relation.CONFLICT, claim, ranked, evidence, "relation.outcome")


def _is_straight(a: DirectedRelation, b: DirectedRelation) -> bool:
    shared = a.parties.keys() & b.parties.keys()
    return len(shared) >= 2 and all(same_name(a.parties[r], b.parties[r]) for r in shared)


def _is_swapped(a: DirectedRelation, b: DirectedRelation) -> bool:
    shared = sorted(a.parties.keys() & b.parties.keys() - {"side", "side 2"})
    return any(
        same_name(a.parties[x], b.parties[y])
        and same_name(a.parties[y], b.parties[x])
        and not same_name(a.parties[x], b.parties[x])
        for i, x in enumerate(shared)
        for y in shared[i + 1 :]
    )


def _is_drawn(a: DirectedRelation, b: DirectedRelation) -> bool:
    """True if one side reports a draw and the other a winner, between the same two parties."""
    if ("side" in a.parties) == ("side" in b.parties):
        return False
    mine, theirs = list(a.parties.values()), list(b.parties.values())
    return len(mine) == len(theirs) == 2 and all(any(same_name(x, y) for y in theirs) for x in mine)


def _same(claim: DirectedRelation, ranked: RankedPassage, evidence: DirectedRelation) -> Iterator[Alignment]:
    yield _finding(Relation.AGREE, claim, ranked, evidence, "relation.same")
    if claim.score_range is None or evidence.score_range is None:
        return
    here, there = SpanValue(*claim.score_range, None), SpanValue(*evidence.score_range, None)
    relation = Relation.AGREE if claim.score == evidence.score else Relation.CONFLICT
    words = None if relation is Relation.AGREE else ranked.parsed.text[slice(*evidence.score_range)]
    yield Alignment(relation, ConflictKind.NUMBER, here, ranked, there, _SCORES, words, "relation.score")


def _finding(
    relation: Relation, claim: DirectedRelation, ranked: RankedPassage, evidence: DirectedRelation, rule: str
) -> Alignment:
    """An alignment whose ranges cover parties and verb."""
    here, there = SpanValue(*_range(claim), None), SpanValue(*_range(evidence), None)
    return Alignment(relation, ConflictKind.RELATION, here, ranked, there, _SURE, None, rule)


def _range(relation: DirectedRelation) -> tuple[int, int]:
    names = relation.parties.values()
    return min(relation.start, *(n.start for n in names)), max(relation.end, *(n.end for n in names))
