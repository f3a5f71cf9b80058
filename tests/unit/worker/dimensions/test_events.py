import pytest

from tests.unit.worker.model_fixtures import a_statement, a_witness, told
from worker.dimensions.events.compare import compare_events


def found(claim: str, passage: str) -> set[tuple[str, str, str, str]]:
    statement = a_statement(claim)
    return told(statement, compare_events(statement, [a_witness(passage)]))


def clashes(claim: str, passage: str) -> set[tuple[str, str, str]]:
    return {(rule, mine, theirs) for relation, rule, mine, theirs in found(claim, passage) if relation == "conflict"}


CLASHES = {
    "a denial in other words": (
        "That visit never went ahead.",
        "The trip was delayed, but ultimately took place.",
        ("event.negated", "never went", "took"),
    ),
    "the other order": (
        "The mayor resigned before the vote.",
        "After the vote the mayor resigned.",
        ("event.order", "before", "After"),
    ),
    "the opposite": (
        "The council approved the budget on Monday.",
        "The council rejected the budget on Monday.",
        ("event.opposite", "approved", "rejected"),
    ),
    "called off or put off": (
        "The club cancelled the match.",
        "The club postponed the match.",
        ("event.opposite", "cancelled", "postponed"),
    ),
    "a denial": (
        "The council approved the budget.",
        "The council has not approved the budget.",
        ("event.negated", "approved", "has not approved"),
    ),
    "a possibility": (
        "The council approved the budget.",
        "The council may approve the budget.",
        ("event.planned", "approved", "may approve"),
    ),
    "a plan": (
        "The firm sold the mill in May.",
        "The firm wants to sell the mill.",
        ("event.planned", "sold", "to sell"),
    ),
    "nothing but a plan": (
        "The council has charged a fee.",
        "The council will charge a fee.",
        ("event.unfulfilled", "has charged", "will charge"),
    ),
    "another party": ("Anna Vik won the race.", "Kari Moe won the race.", ("event.party", "Anna Vik", "Kari Moe")),
    "parties swapped": (
        "Norway sued Sweden over the catch.",
        "Sweden sued Norway over the catch.",
        ("event.swapped", "Norway", "Sweden"),
    ),
    "parties swapped in the passive": (
        "Norway sued Sweden over the catch.",
        "Norway was sued by Sweden over the catch.",
        ("event.swapped", "Norway", "Sweden"),
    ),
    "the way back": (
        "The ferry sailed from Lysvik to Ostheim.",
        "The ferry sailed from Ostheim to Lysvik.",
        ("event.route", "from Lysvik to Ostheim", "from Ostheim to Lysvik"),
    ),
    "the way back told from its end": (
        "The ferry sailed from Lysvik to Ostheim.",
        "The ferry sailed to Lysvik from Ostheim.",
        ("event.route", "from Lysvik to Ostheim", "to Lysvik from Ostheim"),
    ),
    "not the first time": (
        "The mine flooded for the first time.",
        "It was not the first time the mine flooded.",
        ("event.first-time", "for the first time", "not the first time"),
    ),
    "the first time": (
        "The mine flooded once again.",
        "The mine flooded for the first time.",
        ("event.first-time", "once again", "for the first time"),
    ),
    "an opposite word": (
        "The oldest bridge in Tindby was closed.",
        "The youngest bridge in Tindby was closed.",
        ("word.opposite", "oldest", "youngest"),
    ),
    "a loose opposite of one noun": (
        "The last train left the station.",
        "The first train left the station.",
        ("word.opposite", "last", "first"),
    ),
}


@pytest.mark.parametrize(("claim", "passage", "clash"), CLASHES.values(), ids=CLASHES)
def test_a_passage_denies_what_the_claim_tells(claim: str, passage: str, clash: tuple[str, str, str]):
    assert clash in clashes(claim, passage)


NO_CLASH = {
    "one order in two words": ("The mayor resigned before the vote.", "The vote was held after the mayor resigned."),
    "a time, no event": ("The mayor resigned before noon.", "The mayor resigned after Feb. 9."),
    "a question within": ("They ask what caused the crash.", "The rain may have caused the crash."),
    "what was sworn": ("They swore that Norway would never win the cup.", "Norway won the cup."),
    "a town and its team": ("Pittsburgh won the cup.", "The Pittsburgh Steelers won the cup."),
    "the same verb": ("The council approved the budget.", "The council approved the budget."),
    "a like verb": ("The council approved the budget.", "The council adopted the budget."),
    "a like verb with a particle": ("The festival was called off.", "The festival was cancelled."),
    "other parties": ("The council approved the budget.", "The school rejected the appeal."),
    "a denial up to a time": ("No local film had won the prize before.", "A local film won the prize."),
    "a plan come true": ("The firm wants to sell the mill.", "The firm sold the mill."),
    "a shorter name": ("Anna Vik won the race.", "Vik won the race."),
    "the passive": ("Norway sued Sweden over the catch.", "Sweden was sued by Norway over the catch."),
    "the same way": ("The ferry sailed from Lysvik to Ostheim.", "The ferry sailed to Ostheim from Lysvik."),
    "the first time twice": ("The mine flooded for the first time.", "The mine flooded for the first time."),
    "not the first time twice": (
        "It was not the first time the mine flooded.",
        "It was not the first time the mine flooded.",
    ),
    "a plan beside a deed": ("Prosecutors charged the skipper.", "The skipper fled and may appeal."),
    "a loose opposite of another noun": ("The old mill was sold.", "The new school was opened."),
    "the opposite and the thing itself": (
        "The council lost the vote and won the appeal.",
        "The council lost the vote and won the appeal.",
    ),
}


@pytest.mark.parametrize(("claim", "passage"), NO_CLASH.values(), ids=NO_CLASH)
def test_a_passage_that_denies_nothing_is_left_alone(claim: str, passage: str):
    assert clashes(claim, passage) == set()


def test_a_like_verb_with_shared_parties_bears_the_claim_out():
    assert ("agree", "event.same", "approved", "adopted") in found(
        "The council approved the budget.", "The council adopted the budget."
    )
