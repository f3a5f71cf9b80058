from tests.unit.worker.model_fixtures import Told, a_statement, a_witness, told
from worker.dimensions.events.conflicting_accounts import find_conflicting_accounts

DENIAL = "Fishermen said the firm dumped oil in the fjord, which the firm denied."


def found(claim: str, passage: str, rank: int = 0, similarity: float = 0.9) -> set[Told]:
    statement = a_statement(claim)
    ranked_passages = [a_witness("Rain fell.", i) for i in range(rank)] + [a_witness(passage, rank, similarity)]
    return told(statement, list(find_conflicting_accounts(statement, ranked_passages)))


def test_a_claim_that_one_party_makes_and_another_denies_is_disputed():
    claim = "The firm dumped oil in the fjord."
    assert found(claim, DENIAL) == {("conflict", "account.denied", claim, "denied")}


def test_a_claim_that_names_who_says_so_is_not():
    assert found("Fishermen said the firm dumped oil in the fjord.", DENIAL) == set()


def test_a_passage_without_a_denial_disputes_nothing():
    assert found("The firm dumped oil in the fjord.", "Fishermen said the firm dumped oil for years.") == set()
