"""Aligns values that fill the same slot, judged by surrounding words, counted noun and governing verb."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from worker.dimensions.events.synonyms_and_antonyms import same_meaning
from worker.dimensions.relation import Relation
from worker.dimensions.slot_context import clause_around, content, governor, window
from worker.models.ports import Models
from worker.text.pipeline_types import ClaimInContext, RankedPassage


@dataclass(frozen=True, slots=True)
class ValuePosition:
    """A value's range in its sentence. `noun` is what it counts, "" if it names nothing."""

    start: int
    end: int
    noun: str


def slot_similarity(
    statement: ClaimInContext,
    mine: Sequence[ValuePosition],
    ranked: RankedPassage,
    theirs: Sequence[ValuePosition],
    relations: Sequence[Sequence[Relation]],
    models: Models,
    unweighed: Collection[int] = (),
) -> list[list[float]]:
    """Similarity of slots in [0, 1]; shape: values of the claim × values of the passage.

    0 for a value without a comparable one on the other side. 1 if the only comparable pair agrees, 0 if it differs and the
    claim's value is `unweighed`. These values are not encoded.
    """
    rows = [i for i, row in enumerate(relations) if any(r is not Relation.INCOMPARABLE for r in row)]
    columns = [j for j in range(len(theirs)) if any(row[j] is not Relation.INCOMPARABLE for row in relations)]
    found = [[0.0] * len(theirs) for _ in mine]
    if not rows:
        return found
    if len(rows) == len(columns) == 1:
        agree = relations[rows[0]][columns[0]] is Relation.AGREE
        if agree or rows[0] in unweighed:
            found[rows[0]][columns[0]] = float(agree)
            return found
    here, there = statement.sentence.parsed, ranked.parsed
    windows = [window(here, mine[i].start, mine[i].end) for i in rows]
    vectors = models.encoder.vectors([*windows, *(window(there, theirs[j].start, theirs[j].end) for j in columns)])
    cosines = vectors[: len(rows)] @ vectors[len(rows) :].T
    for a, i in enumerate(rows):
        for b, j in enumerate(columns):
            found[i][j] = _likeness(float(cosines[a][b]), statement, mine[i], ranked, theirs[j])
    return found


def agreeing_alone(relations: Sequence[Sequence[Relation]]) -> int | None:
    """Index of the claim's only comparable value, if it agrees with the passage; else None."""
    comparable = [(i, r) for i, row in enumerate(relations) for r in row if r is not Relation.INCOMPARABLE]
    return comparable[0][0] if len(comparable) == 1 and comparable[0][1] is Relation.AGREE else None


def _likeness(
    cosine: float, statement: ClaimInContext, mine: ValuePosition, ranked: RankedPassage, theirs: ValuePosition
) -> float:
    """In [0, 1], from the cosine of the windows (0.6 unlike, 0.95 alike), governing verb, counted noun and clause."""
    here, there = statement.sentence.parsed, ranked.parsed
    score = (cosine - 0.6) / 0.3
    verb, other = governor(here, mine.start, mine.end), governor(there, theirs.start, theirs.end)
    if verb is not None and other is not None and verb.lemma != "be" and same_meaning(verb.lemma, other.lemma):
        score += 0.2
    if mine.noun and theirs.noun:
        score += 0.3 if mine.noun == theirs.noun else -0.1
    shared = content(clause_around(here, mine.start, mine.end)) & content(
        clause_around(there, theirs.start, theirs.end)
    )
    return max(0.0, min(1.0, (score + 0.08 * min(4, len(shared))) / 1.3))


# A pair that agrees is taken before a likelier pair that does not, unless that one is likelier by this much: then the
# passage's figures stand crosswise in the claim ("ninth flight, seventh success").
_AGREEING = 0.4


@dataclass(frozen=True, slots=True)
class SlotMatch:
    """Indices of a claim's value (`mine`) and a passage's value (`theirs`)."""

    mine: int
    theirs: int
    relation: Relation
    similarity: float


def match_values(relations: Sequence[Sequence[Relation]], similarity: Sequence[Sequence[float]]) -> list[SlotMatch]:
    """Matches each value with at most one partner: agreeing and similar pairs first, then possible conflicts.

    A passage that supports a value does not contradict it, and a figure that supports one value of the claim does not
    contradict another.
    """
    pairs = [
        SlotMatch(i, j, relation, similarity[i][j])
        for i, row in enumerate(relations)
        for j, relation in enumerate(row)
        if relation is not Relation.INCOMPARABLE
    ]
    pairs.sort(key=lambda m: -(m.similarity + (_AGREEING if m.relation is Relation.AGREE else 0.0)))
    taken_mine, taken_theirs, chosen = set[int](), set[int](), list[SlotMatch]()
    for pair in pairs:
        if pair.mine not in taken_mine and pair.theirs not in taken_theirs:
            taken_mine.add(pair.mine)
            taken_theirs.add(pair.theirs)
            chosen.append(pair)
    return chosen
