"""What holds for every text: spans slice back, words and figures read back, conflict is symmetric, nothing raises."""

from hypothesis import given, settings
from hypothesis import strategies as st

from worker.dimensions.quantities.derived_quantities import derived_from
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.number_formatting import figures, ordinal_figure, spell, spell_ordinal
from worker.dimensions.quantities.quantity import QuantityKind
from worker.dimensions.quantities.relations import conflict_kind, quantity_relation
from worker.dimensions.quantities.render import render_like
from worker.dimensions.relation import Relation

PIECES = st.sampled_from(
    """
    one two twelve twenty forty-two hundred thousand million billion dozen a an half third quarter fifth and
    or to of in by from between nearly about over at least more than up % percent per cent percentage points $
    € £ 12 3,000 1.5 0 00 7 2015 m bn km miles degrees Celsius people dollars crowns first second 21st - – : /
    . , 1/3 ½ twice doubled times as hundreds several few handful out one 33-31 2:08:41 No. US A minus − x
    fold ( ) " ' +
    """.split()
)
WORDY = st.lists(PIECES, max_size=14).flatmap(lambda words: st.sampled_from((" ".join(words), "".join(words))))
TEXTS = st.one_of(st.text(max_size=80), WORDY)


@given(TEXTS)
@settings(max_examples=150)
def test_spans_slice_back_in_order_without_overlap(text: str) -> None:
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end
        assert text[quantity.start : quantity.end] == quantity.text
        first, last = quantity.number_span
        assert quantity.start <= first < last <= quantity.end
        assert quantity.low <= quantity.high
        end = quantity.end


@given(TEXTS, TEXTS)
@settings(max_examples=150)
def test_conflict_is_symmetric_and_nothing_raises(one: str, other: str) -> None:
    for a in find_quantities(one)[:4]:
        for b in find_quantities(other)[:4]:
            there, back = quantity_relation(a, b), quantity_relation(b, a)
            assert (there is Relation.CONFLICT) == (back is Relation.CONFLICT)
            assert conflict_kind(a, b) == conflict_kind(b, a)
            assert render_like(a, b)
        assert quantity_relation(a, a) is not Relation.CONFLICT
    derived_from(find_quantities(one) + find_quantities(other))


@given(st.integers(min_value=2, max_value=999_999_999))
def test_a_number_in_words_or_figures_reads_back(number: int) -> None:
    for words in (spell(number), figures(float(number))):
        found = find_quantities(f"It has {words} of them.")
        assert [quantity.value for quantity in found] == [float(number)]


@given(st.integers(min_value=3, max_value=999))
def test_an_ordinal_reads_back(number: int) -> None:
    assert [q.value for q in find_quantities(f"the {ordinal_figure(number)} try")] == [float(number)]
    if number < 100:
        assert [q.value for q in find_quantities(f"the {spell_ordinal(number)} try")] == [float(number)]


@given(st.integers(min_value=2, max_value=99_999), st.integers(min_value=2, max_value=99_999))
def test_what_is_rendered_reads_back_as_the_evidence(claim: int, evidence: int) -> None:
    for form in ("{} people", "${} million", "{} percent", "{} miles"):
        a, b = find_quantities(form.format(f"{claim:,}"))[0], find_quantities(form.format(f"{evidence:,}"))[0]
        again = find_quantities(render_like(a, b))
        assert [(q.value, q.kind, q.unit) for q in again] == [(b.value, b.kind, b.unit)]


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=4))
def test_excluded_spans_are_never_touched(spans: list[tuple[int, int]]) -> None:
    text = "On 9 May 30 people paid $4 million, 12 percent more, for 41 km"
    for quantity in find_quantities(text, spans):
        assert not any(text[max(start, quantity.start) : min(end, quantity.end)].strip() for start, end in spans)


def test_kinds_of_the_vocabulary_all_occur() -> None:
    text = "Nine sat 33-31; 4 percent, 2 percentage points, $5, third, a third of it, 41 km, doubled"
    assert {quantity.kind for quantity in find_quantities(text)} == set(QuantityKind)
