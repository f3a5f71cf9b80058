from collections.abc import Sequence
from dataclasses import replace

from factcheck.ports import EntailmentScores
from tests.unit.worker.model_fixtures import a_kit, a_statement, a_witness
from worker.evidence.claim_evidence import ClaimEvidence
from worker.evidence.reader import UNREAD, Settled, never_settled, read_evidence
from worker.evidence.retrieve import Retrieved

CLAIM = "Nine people died in Tindby."


def after_two(evidence: ClaimEvidence) -> bool:
    return evidence.unread == 1


class Counted:
    """Entailment that remembers the premises it was asked for."""

    def __init__(self) -> None:
        self.premises: list[str] = []

    def name(self) -> str:
        return "counted"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[EntailmentScores]:
        self.premises += [premise for premise, _ in pairs]
        return [EntailmentScores(0.9, 0.1, 0.0) for _ in pairs]


def read(is_settled: Settled, *passages: str, best: float = 0.9) -> tuple[ClaimEvidence, set[str]]:
    """`best` is the similarity of the first passage; that of the others is 0.7."""
    model = Counted()
    ranked = tuple(a_witness(text, rank, 0.7 if rank else best) for rank, text in enumerate(passages))
    evidence = read_evidence(a_statement(CLAIM), Retrieved(ranked, ()), replace(a_kit(), entailment=model), is_settled)
    return evidence, {premise.strip() for premise in model.premises}


def test_the_last_passage_of_a_settled_claim_is_not_read():
    evidence, premises = read(after_two, "Nine people died.", "Rain fell.", "Snow lay.")
    assert premises == {"Nine people died.", "Rain fell."}
    assert [r.scores for r in evidence.readings][2] == UNREAD
    assert evidence.unread == 1


def test_a_claim_that_is_not_settled_has_all_of_its_passages_read():
    asked: list[ClaimEvidence] = []
    evidence, premises = read(lambda e: bool(asked.append(e)), "Nine people died.", "Rain fell.", "Snow lay.")
    assert premises == {"Nine people died.", "Rain fell.", "Snow lay."}
    assert UNREAD not in [r.scores for r in evidence.readings]
    assert [[r.scores == UNREAD for r in e.readings] for e in asked] == [[False, True, True], [False, False, True]]


def test_a_last_passage_with_another_value_is_read_however_settled_the_claim():
    _, premises = read(after_two, "People died.", "Rain fell.", "Seven people died in Tindby.")
    assert "Seven people died in Tindby." in premises


def test_a_last_passage_with_another_value_is_not_read_where_another_passage_bears_the_claim_out():
    _, premises = read(after_two, "Nine people died.", "Rain fell.", "Seven people died in Tindby.")
    assert premises == {"Nine people died.", "Rain fell."}


def test_the_only_passage_is_always_read():
    _, premises = read(after_two, "Rain fell.")
    assert premises == {"Rain fell."}


def test_every_passage_is_read_where_nothing_else_is_asked_for():
    _, premises = read(never_settled, "Nine people died.", "Rain fell.", "Snow lay.")
    assert len(premises) == 3


def test_all_but_a_much_likelier_passage_stay_unread_where_it_settles_the_claim():
    evidence, premises = read(lambda _: True, "Nine people died.", "Rain fell.", "Snow lay.")
    assert premises == {"Nine people died."}
    assert [r.scores == UNREAD for r in evidence.readings] == [False, True, True]


def test_the_second_of_passages_that_are_about_as_likely_is_read():
    _, premises = read(lambda _: True, "Nine people died.", "Rain fell.", "Snow lay.", best=0.75)
    assert premises == {"Nine people died.", "Rain fell."}


def test_a_second_passage_with_another_value_is_read_however_far_behind():
    _, premises = read(lambda _: True, "People died.", "Seven people died in Tindby.", "Snow lay.")
    assert "Seven people died in Tindby." in premises
