"""Decisions follow their claim over edits, and no other claim."""

from dataclasses import replace

import pytest

from factcheck.article import Field, OffsetConverter
from factcheck.check_history import compare, moved_decisions
from factcheck.claim_tracking import TrackedClaim, count_findings, decided, followed, matched
from factcheck.decision import Decision, DecisionEntry, DecisionKind, decision_from_json, decision_to_json
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Label, Verdict
from tests.builders import a_report, a_verdict


def an_entry(kind: DecisionKind = DecisionKind.DISMISSED, label: Label = Label.CONTRADICTED, comment: str = "old"):
    return DecisionEntry(kind, label.value, "2031-03-07T10:00:00.000Z", "Anna", comment, None)


def on(text: str, *odd: str, claim_id: str = "c-1") -> Decision:
    return Decision(claim_id, (claim_id,), text, odd, (an_entry(),), 1)


def a_claim(text: str, *odd: str, claim_id: str = "c-2", label: Label = Label.CONTRADICTED) -> TrackedClaim:
    return TrackedClaim(claim_id, label, text, odd)


@pytest.mark.parametrize(
    ("before", "after", "odd_before", "odd_after", "follows"),
    [
        ("The bridge opens on March 15.", "The new bridge opens on March 15.", ["March 15"], ["March 15"], True),
        ("The bridge opens on March 15.", "On March 15 the bridge opens.", ["March 15"], ["March 15"], True),
        (
            "It cost 48 million, she said.",
            "It cost 48 million, she told reporters.",
            ["48 million"],
            ["48 million"],
            True,
        ),
        ("The bridge opens on March 15.", "The bridge opens on March 16.", ["March 15"], ["March 16"], False),
        ("The bridge opens on March 15.", "The ferry sank on March 15.", ["March 15"], ["March 15"], False),
        (
            "The bridge opens on March 15.",
            "Brenner resigned from her post on March 15.",
            ["March 15"],
            ["March 15"],
            False,
        ),
        ("The old ferry sank in 1987.", "The old ferry sank there in 1987.", [], [], True),
        ("The old ferry sank in 1987.", "The old ferry sank in 1988.", [], [], False),
        ("Mayor Ida Brenner called it a gift.", "Mayor Ida Berger called it a gift.", [], [], False),
    ],
)
def test_a_decision_follows_its_claim_while_what_it_is_about_stays(
    before: str, after: str, odd_before: list[str], odd_after: list[str], follows: bool
):
    assert bool(followed([on(before, *odd_before)], [a_claim(after, *odd_after)])) is follows


def test_the_same_id_is_the_same_claim_whatever_else_is_alike():
    one, other = on("It opens.", claim_id="c-1"), on("It opens too.", claim_id="c-9")
    claims = [a_claim("It opens too.", claim_id="c-1"), a_claim("It opens.", claim_id="c-9")]
    assert {key: d.id for key, d in followed([one, other], claims).items()} == {"c-1": "c-1", "c-9": "c-9"}


def test_a_decision_is_on_one_claim_at_most():
    twins = [a_claim("It opens on March 15.", "March 15", claim_id=f"c-{n}") for n in (5, 6)]
    assert len(followed([on("It opens on March 15!", "March 15")], twins)) == 1


def test_a_decision_holds_for_the_label_that_the_editor_saw():
    decision = on("It opens.")
    assert decision.kind_for(Label.CONTRADICTED) is DecisionKind.DISMISSED
    assert decision.kind_for(Label.DISPUTED) is DecisionKind.OPEN


def test_a_decision_survives_json():
    decision = on("It opens.")
    read = decision_from_json(decision_to_json(decision, "contradicted"), "c-1", "It opens.")
    assert (read.entries, read.count, read.reason) == (decision.entries, 1, "old")


def test_findings_are_counted_by_what_was_decided():
    findings = [a_claim("It opens.", claim_id="c-1"), a_claim("It closes.", claim_id="c-3")]
    assert count_findings(findings, [on("It opens.")]) == {"findings": 2, "open": 1, "confirmed": 0, "dismissed": 1}


def test_what_changed_between_two_versions():
    before = [
        a_claim("The bridge opens on March 15.", "March 15", claim_id="a"),
        a_claim("It cost 61.", "61", claim_id="b"),
    ]
    after = [
        a_claim("The bridge will open on March 15.", "March 15", claim_id="c"),
        a_claim("Two died.", "Two", claim_id="d"),
    ]
    changes = compare(before, after, [on("Two died.", "Two", claim_id="d")])
    assert ([f.id for f in changes.new], [f.id for f in changes.mended]) == (["d"], ["b"])
    assert [f.id for f in changes.dismissed] == ["d"]
    assert matched(before, after) == {"c": "a"}


SENTENCES = [
    ("The {0} bridge over the river will open on March 15", "March 15"),
    ("Work on it {0} cost the town 48 million crowns", "48 million crowns"),
    ("The council {0} voted 12 to 3 for the plan", "12 to 3"),
    ("In all 640 people {0} had signed the petition", "640"),
]
INSERTED = [
    "new",
    "long awaited",
    "already",
    "finally",
    "last week",
    "as expected",
    "much discussed",
    "once more",
    "today",
]


def a_contradicted(text: str, odd: str) -> Verdict:
    ruler = OffsetConverter(Field.TEXT, text)
    at = text.index(odd)
    side = ClaimSide(ruler.span(at, at + len(odd)), odd, None)
    other = EvidenceSide("d", ruler.span(at, at + len(odd)), "other", None)
    conflict = Conflict(ConflictKind.NUMBER, side, other)
    verdict = a_verdict(f"c-{hash(text)}", text, label=Label.CONTRADICTED)
    return replace(verdict, conflicts=(conflict,))


def test_decisions_are_kept_over_thirty_edits_in_a_row():
    texts = [(pattern.format("").replace("  ", " "), odd) for pattern, odd in SENTENCES]
    decisions = [on(text, odd, claim_id=f"c-{hash(text)}") for text, odd in texts]
    for edit in range(30):
        pattern, odd = SENTENCES[edit % len(SENTENCES)]
        texts[edit % len(texts)] = (pattern.format(INSERTED[edit % len(INSERTED)]), odd)
        report = a_report(*(a_contradicted(*text) for text in texts))
        moved = {decision.id: decision for decision in moved_decisions(report, decisions)}
        decisions = [moved.get(decision.id, decision) for decision in decisions]
        kept = [verdict.decision for verdict in decided(report, decisions).verdicts]
        assert len({d.id for d in kept if d}) == len(SENTENCES), edit
