from dataclasses import replace

import pytest

from tests.unit.worker.model_fixtures import a_statement, a_witness
from worker.dimensions.events.denied_claims import find_denied_claims

CLAIM = "The dam at Orrin burst on Sunday."


def denials(claim: str, passage: str, after: str = "") -> list[tuple[str, str]]:
    """(the claim's verb, the passage's cue)"""
    statement, ranked = a_statement(claim), a_witness(passage)
    ranked = replace(ranked, passage=replace(ranked.passage, after=after))
    found = find_denied_claims(statement, ranked)
    return [(claim[f.claim.start : f.claim.end], passage[f.evidence.start : f.evidence.end]) for f in found]


@pytest.mark.parametrize(
    ("claim", "passage", "verb", "cue"),
    [
        (CLAIM, "It is not true that the dam at Orrin burst on Sunday.", "burst", "not"),
        (CLAIM, "Officials dismissed reports that the dam at Orrin burst on Sunday.", "burst", "dismissed"),
        (CLAIM, "The story that the dam at Orrin burst on Sunday is a hoax.", "burst", "hoax"),
        ("Lunde stole the ring.", "A jury cleared Lunde of charges that she stole the ring.", "stole", "cleared"),
        ("Police arrested Nora Lunde.", "Rumors that police arrested Nora Lunde are untrue.", "arrested", "untrue"),
        ("The firm closed the school.", "The union stopped the firm from closing the school.", "closed", "stopped"),
    ],
)
def test_a_denial_around_the_claim_s_event_clashes_with_it(claim: str, passage: str, verb: str, cue: str):
    assert denials(claim, passage) == [(verb, cue)]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        (CLAIM, "The dam at Orrin burst on Sunday."),
        (CLAIM, "The governor said the dam at Orrin burst on Sunday."),
        (CLAIM, "It is unclear whether the dam at Orrin burst on Sunday."),
        (CLAIM, "The governor denied that the mill in Velby closed."),
        ("Lunde denied that she stole the ring.", "Lunde denied that she stole the ring."),
        ("The senator said the vote was rigged.", "The senator wrongly claimed that the vote was rigged."),
    ],
)
def test_doubt_other_events_and_the_same_denial_do_not(claim: str, passage: str):
    assert denials(claim, passage) == []


def test_the_next_sentence_may_deny_it():
    passage = "A post says the dam at Orrin burst on Sunday."
    assert denials(CLAIM, passage, after="That is false.") == [("burst", "post")]
