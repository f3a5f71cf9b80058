import pytest

from factcheck.article import Field, OffsetConverter
from factcheck.evidence import DocumentRef, Evidence, Stance
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Label
from worker.verdict.verdict_message import name, verdict_message

TEXT = "Nine people died in the fire."
SPAN = OffsetConverter(Field.TEXT, TEXT).span(0, 4)
CONFLICT = Conflict(ConflictKind.NUMBER, ClaimSide(SPAN, "Nine", "9"), EvidenceSide("d1", SPAN, "Seven", "7"))


def a_ref(document_id: str = "d1", title: str = "", source: str | None = None, day: str | None = None) -> DocumentRef:
    return DocumentRef(document_id, title, source, day, None)


def evidence(document: DocumentRef, stance: Stance) -> Evidence:
    return Evidence(document, SPAN, "Seven people died.", stance, 0.9)


AGAINST = evidence(a_ref("d1", source="Fjord Radio", day="2024-04-12"), Stance.CONTRADICTS)
FOR = evidence(a_ref("d2", source="Lysvik Post", day="2024-04-11"), Stance.SUPPORTS)
ALSO_FOR = evidence(a_ref("d3", title="Fire in Tindby"), Stance.SUPPORTS)


@pytest.mark.parametrize(
    ("label", "rule", "conflicts", "passages", "message"),
    [
        (Label.NOT_CHECKABLE, "claim.not-checkable", (), (), "Not a statement of fact that an archive could bear out."),
        (Label.UNVERIFIED, "corpus.silent", (), (), "The archive is silent on this."),
        (Label.UNVERIFIED, "corpus.unclear", (), (), "The archive speaks of this, but does not settle it."),
        (Label.SUPPORTED, "corpus.agrees", (), (FOR,), "Borne out by Lysvik Post (April 11, 2024)."),
        (
            Label.SUPPORTED,
            "corpus.agrees",
            (),
            (FOR, ALSO_FOR, AGAINST),
            "Borne out by Lysvik Post (April 11, 2024) and Fire in Tindby.",
        ),
        (
            Label.CONTRADICTED,
            "number.differs",
            (CONFLICT,),
            (AGAINST,),
            "The article says “Nine”; Fjord Radio (April 12, 2024) says “Seven”.",
        ),
        (
            Label.DISPUTED,
            "corpus.disagrees",
            (CONFLICT,),
            (AGAINST, FOR),
            "The archive disagrees on this: The article says “Nine”; Fjord Radio (April 12, 2024) says “Seven”; "
            "Lysvik Post (April 11, 2024) says what the article says.",
        ),
    ],
)
def test_a_verdict_is_told_in_plain_sentences(
    label: Label, rule: str, conflicts: tuple[Conflict, ...], passages: tuple[Evidence, ...], message: str
):
    assert verdict_message(label, rule, conflicts, passages) == message


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        (a_ref(source="Fjord Radio", title="Fire", day="2024-04-12T08:00:00Z"), "Fjord Radio (April 12, 2024)"),
        (a_ref(title="Fire", day="2024-09-01"), "Fire (Sept. 1, 2024)"),
        (a_ref(), "d1"),
    ],
)
def test_a_document_is_called_by_source_or_title_or_id(document: DocumentRef, expected: str):
    assert name(document) == expected


def test_reports_of_one_source_are_told_apart_by_their_titles():
    first = evidence(a_ref("d1", "Fire at the mill", "Fjord Radio", "2024-04-12"), Stance.SUPPORTS)
    second = evidence(a_ref("d2", "Mill burned down", "Fjord Radio", "2024-04-12"), Stance.SUPPORTS)
    assert verdict_message(Label.SUPPORTED, "corpus.agrees", (), (first, second)) == (
        "Borne out by Fjord Radio, “Fire at the mill” (April 12, 2024) and "
        "Fjord Radio, “Mill burned down” (April 12, 2024)."
    )
