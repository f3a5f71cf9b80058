"""Compares names, roles and places."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.entities.countries import country_of, is_nationality
from worker.dimensions.entities.names import Name, alike, find_names, nationality, near_miss, same_name
from worker.dimensions.entities.person_roles import find_roles, roles_differ
from worker.dimensions.relation import Relation
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText

_PLACES = frozenset({"GPE", "LOC", "FAC", "NORP"})
# Least similarity of two spellings of one place.
_ONE_SPELLING = 0.85
_WHERE = frozenset({"in", "at", "near", "from", "to", "on"})


def claim_names(statement: ClaimInContext) -> list[Name]:
    """The names within the claim's own words."""
    return [
        n
        for n in find_names(statement.sentence.parsed)
        if statement.owns(n.start, n.end) and _sure(n, statement.sentence.parsed)
    ]


def _sure(name: Name, parsed: ParsedText) -> bool:
    """False for a single capitalised word at the start of a sentence, unless the parser labels it a name."""
    return name.kind != "" or len(name.words) > 1 or parsed.tokens[name.head].index > 0


def compare_entities(statement: ClaimInContext, ranked_passages: Sequence[RankedPassage]) -> list[Alignment]:
    """Names that agree or are misspelled, roles that differ, places that differ."""
    mine = claim_names(statement)
    theirs = {w.rank: find_names(w.parsed) for w in ranked_passages}
    findings = [f for name in mine for f in _names(name, ranked_passages, theirs)]
    known = {n.start for n in mine if any(same_name(n, t) for names in theirs.values() for t in names)}
    strangers = [n for n in mine if n.start not in known]
    findings += [f for n in strangers for f in _places(statement, n, mine, ranked_passages, theirs)]
    findings += [f for name in mine for f in _nationalities(statement, name, ranked_passages, theirs)]
    return [*findings, *_roles(statement, ranked_passages)]


def _nationalities(
    statement: ClaimInContext, name: Name, ranked_passages: Sequence[RankedPassage], theirs: dict[int, list[Name]]
) -> Iterator[Alignment]:
    """Two nationalities of one person: "the Australian Harriet Cole" against "Britain's Harriet Cole"."""
    mine = nationality(statement.sentence.parsed, name)
    if mine is None:
        return
    for ranked in ranked_passages:
        for other in theirs[ranked.rank]:
            evidence = nationality(ranked.parsed, other) if same_name(name, other) else None
            if evidence is not None:
                relation = Relation.AGREE if same_name(mine, evidence) else Relation.CONFLICT
                finding = _finding(relation, ConflictKind.PLACE, mine, ranked, evidence, 0.9, "place.nationality")
                fits = is_nationality(mine.text) == is_nationality(evidence.text)
                yield finding if fits else replace(finding, replacement=None)


def _names(name: Name, ranked_passages: Sequence[RankedPassage], theirs: dict[int, list[Name]]) -> Iterator[Alignment]:
    for ranked in ranked_passages:
        match = next((t for t in theirs[ranked.rank] if same_name(name, t)), None)
        if match is not None:
            yield _finding(Relation.AGREE, ConflictKind.NAME, name, ranked, match, 0.9, "name.same")
    known = any(same_name(name, t) for names in theirs.values() for t in names)
    if known:
        yield from _described(name, [w for w in ranked_passages if not any(same_name(name, t) for t in theirs[w.rank])])
    else:
        for ranked in ranked_passages:
            miss = next((t for t in theirs[ranked.rank] if near_miss(name, t)), None)
            if miss is not None:
                yield _finding(Relation.CONFLICT, ConflictKind.NAME, name, ranked, miss, 0.8, "name.near-miss")
                return


# Nouns that refer back to an organization.
_BODIES = frozenset(
    """agency airline assembly association authority bank board brigade bureau chamber church club college commission
    committee company council court department federation festival foundation government hospital institute league
    ministry museum network office orchestra organization parliament party police prison school senate society
    team theater theatre union university""".split()
)


def _described(name: Name, ranked_passages: Sequence[RankedPassage]) -> Iterator[Alignment]:
    """Agreements of a full name with its head noun: "the Unification Ministry" and a passage's "the ministry"."""
    noun = name.words[-1] if len(name.words) > 1 else ""
    if noun not in _BODIES:
        return
    for ranked in ranked_passages:
        found = re.search(rf"\b[Tt]he ({noun})\b", ranked.passage.text)
        if found:
            yield Alignment(
                Relation.AGREE,
                ConflictKind.NAME,
                SpanValue(name.start, name.end, None),
                ranked,
                SpanValue(*found.span(1), None),
                0.7,
                None,
                "name.same",
            )


def _places(
    statement: ClaimInContext,
    name: Name,
    mine: Sequence[Name],
    ranked_passages: Sequence[RankedPassage],
    theirs: dict[int, list[Name]],
) -> Iterator[Alignment]:
    """Places after one preposition, "in Vienna" against "in Lisbon", if no passage mentions Vienna."""
    place = _preposition(statement.sentence.parsed, name)
    if place is None or name.kind not in _PLACES:
        return
    for ranked in ranked_passages:
        if any(
            near_miss(name, t) or alike(name.text.casefold(), t.text.casefold()) > _ONE_SPELLING
            for t in theirs[ranked.rank]
        ):
            continue  # the passage has this place in another spelling
        for other in theirs[ranked.rank]:
            is_rival = other.kind in _PLACES and _preposition(ranked.parsed, other) == place
            if is_rival and _one_grain(name, other) and not any(same_name(m, other) for m in mine):
                yield _finding(
                    Relation.CONFLICT, ConflictKind.PLACE, name, ranked, other, ranked.similarity, "place.differs"
                )


def _one_grain(a: Name, b: Name) -> bool:
    """True for two countries, two towns or two buildings. A town does not conflict with its country."""
    return a.kind == b.kind and (country_of(a.text) is None) == (country_of(b.text) is None)


def _preposition(parsed: ParsedText, name: Name) -> str | None:
    head = parsed.tokens[parsed.tokens[name.head].head]
    if parsed.tokens[head.index - 1].text.lower() == "according":
        return None
    return head.text.lower() if head.pos == "ADP" and head.text.lower() in _WHERE else None


def _roles(statement: ClaimInContext, ranked_passages: Sequence[RankedPassage]) -> Iterator[Alignment]:
    mine = [r for r in find_roles(statement.sentence.parsed) if statement.owns(r.start, r.end)]
    theirs = [(w, r) for w in ranked_passages for r in find_roles(w.parsed)]
    for role in mine:
        borne = [(w, r) for w, r in theirs if same_name(role.bearer, r.bearer)]
        if borne and all(roles_differ(role, r) for _, r in borne):
            ranked, other = borne[0]
            yield Alignment(
                Relation.CONFLICT,
                ConflictKind.ROLE,
                SpanValue(role.start, role.end, None),
                ranked,
                SpanValue(other.start, other.end, None),
                0.8,
                other.text,
                "role.differs",
            )
        elif borne:
            ranked, other = next((w, r) for w, r in borne if not roles_differ(role, r))
            yield Alignment(
                Relation.AGREE,
                ConflictKind.ROLE,
                SpanValue(role.start, role.end, None),
                ranked,
                SpanValue(other.start, other.end, None),
                0.8,
                None,
                "role.same",
            )


def _finding(
    relation: Relation, kind: ConflictKind, name: Name, ranked: RankedPassage, other: Name, score: float, rule: str
) -> Alignment:
    return Alignment(
        relation,
        kind,
        SpanValue(name.start, name.end, None),
        ranked,
        SpanValue(other.start, other.end, None),
        score,
        other.text if relation is Relation.CONFLICT else None,
        rule,
    )
