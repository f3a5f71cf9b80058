"""The claim in a passage's words."""

from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness
from worker.dimensions.alignment import Alignment
from worker.dimensions.entities.compare import compare_entities
from worker.dimensions.hypothesis import restated
from worker.dimensions.quantities.compare import compare_quantities
from worker.dimensions.relation import Relation
from worker.dimensions.times.compare import compare_times
from worker.text.pipeline_types import ClaimInContext, RankedPassage


def findings(statement: ClaimInContext, ranked: RankedPassage) -> list[Alignment]:
    models = a_kit()
    return [
        *compare_entities(statement, [ranked]),
        *compare_times(statement, [ranked], models)[0],
        *compare_quantities(statement, [ranked], models)[0],
    ]


def test_names_dates_and_measures_that_agree_are_told_as_the_passage_tells_them():
    statement = a_statement("Pyongyang moved the 80-metre mast on Tuesday.", dateline="2018-02-07")
    ranked = a_witness("North Korea moved the 262-foot mast on Feb. 6, 2018.")
    assert restated(statement, findings(statement, ranked), 0) == (
        "North Korea moved the 262-foot mast on Feb. 6, 2018."
    )


def test_a_value_that_differs_is_put_in_beside_them():
    statement = a_statement("Pyongyang tested nine rockets.")
    ranked = a_witness("North Korea tested seven rockets.")
    found = findings(statement, ranked)
    clash = next(f for f in found if f.relation is Relation.CONFLICT)
    assert restated(statement, found, 0) == "North Korea tested nine rockets."
    assert restated(statement, found, 0, clash) == "North Korea tested seven rockets."


def test_another_passage_s_words_stay_out():
    statement = a_statement("Pyongyang tested nine rockets.")
    found = findings(statement, a_witness("North Korea tested rockets.", rank=1))
    assert restated(statement, found, 0) == statement.query
