from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness
from worker.dimensions.relation import Relation
from worker.dimensions.slot_alignment import SlotMatch, ValuePosition, match_values, slot_similarity

AGREE, CONFLICT, NONE = Relation.AGREE, Relation.CONFLICT, Relation.INCOMPARABLE


@pytest.mark.parametrize(
    ("relations", "similarity", "expected"),
    [
        ([[AGREE]], [[0.5]], [(0, 0, AGREE)]),
        ([[NONE]], [[1.0]], []),
        ([[CONFLICT, AGREE]], [[0.6, 0.5]], [(0, 1, AGREE)]),
        ([[CONFLICT, AGREE]], [[1.0, 0.1]], [(0, 0, CONFLICT)]),
        ([[AGREE, CONFLICT], [AGREE, CONFLICT]], [[0.9, 0.5], [0.2, 0.5]], [(0, 0, AGREE), (1, 1, CONFLICT)]),
        ([[], []], [[], []], []),
    ],
    ids=["alone", "incomparable", "agreeing first", "far likelier first", "what is left conflicts", "no value"],
)
def test_each_value_has_one_partner_at_most(
    relations: list[list[Relation]], similarity: list[list[float]], expected: list[tuple[int, int, Relation]]
):
    matches = match_values(relations, similarity)
    assert [(m.mine, m.theirs, m.relation) for m in matches] == expected
    assert all(m == SlotMatch(m.mine, m.theirs, m.relation, similarity[m.mine][m.theirs]) for m in matches)


def test_a_value_is_likelier_to_fill_the_slot_with_the_same_words_around():
    claim, passage = "Nine people died in the fire.", "Seven people died in the fire and 40 boats left the harbour."
    places = [ValuePosition(0, 5, "person"), ValuePosition(passage.index("40"), passage.index("40") + 2, "boat")]
    mine, both = [ValuePosition(0, 4, "person")], [[Relation.CONFLICT, Relation.CONFLICT]]
    ((same, other),) = slot_similarity(a_statement(claim), mine, a_witness(passage), places, both, a_kit())
    assert 0.0 <= other < same <= 1.0


@pytest.mark.parametrize(("relation", "likeness"), [(NONE, 0.0), (AGREE, 1.0)])
def test_values_without_anything_to_choose_are_not_encoded(relation: Relation, likeness: float):
    class Silent:
        def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            raise AssertionError(texts)

    claim, passage = "Nine people died in the fire.", "Nine boats left."
    models = replace(a_kit(), encoder=Silent())
    slots = ([ValuePosition(0, 4, "person")], a_witness(passage), [ValuePosition(0, 4, "boat")], [[relation]])
    assert slot_similarity(a_statement(claim), *slots, models) == [[likeness]]


def test_an_agreement_with_a_rival_is_weighed_like_the_rival():
    claim, passage = "Nine people died in the fire.", "Nine people died in the fire and 40 boats left the harbour."
    places = [ValuePosition(0, 4, "person"), ValuePosition(passage.index("40"), passage.index("40") + 2, "boat")]
    mine, both = [ValuePosition(0, 4, "person")], [[AGREE, CONFLICT]]
    ((same, other),) = slot_similarity(a_statement(claim), mine, a_witness(passage), places, both, a_kit())
    assert 0.0 <= other < same <= 1.0
