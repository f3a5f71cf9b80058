import pytest

from factcheck.article import Field, OffsetConverter
from factcheck.check_json import document_ref
from factcheck.evidence import Document, Evidence, Stance
from factcheck.search.claim_index import ClaimIndex
from factcheck.verdict import Label, Report
from tests.builders import a_document, a_report, a_verdict

CLAIM = "The opening ceremony in Pyeongchang is on Feb. 10."
FILLER = " ".join(["The council met and nothing was decided about the road."] * 20)


def report_on(*claims: str, witness: Document | None = None, label: Label = Label.UNVERIFIED) -> Report:
    return a_report(
        *(
            a_verdict(f"c{n}", text, label=label, evidence=() if witness is None else (_shown(witness),))
            for n, text in enumerate(claims)
        )
    )


def _shown(document: Document) -> Evidence:
    span = OffsetConverter(Field.TEXT, document.text).span(0, len(document.text))
    return Evidence(document_ref(document), span, document.text, Stance.SUPPORTS, 0.9)


def touched(document: Document, *claims: str) -> bool:
    index = ClaimIndex()
    index.put("a1", report_on(*claims))
    return index.touched_by(document.id, document) == {"a1"}


@pytest.mark.parametrize(
    "text",
    [
        "The opening ceremony is scheduled for Feb. 9.",
        "Pyeongchang was ready. The ceremony will be held on Friday.",
        f"{FILLER} Pyeongchang opens its ceremonies tonight. {FILLER}",
    ],
)
def test_a_report_of_the_same_event_touches(text: str):
    assert touched(a_document(text=text), CLAIM)


@pytest.mark.parametrize(
    "text",
    [
        "Police closed a road after the rain.",
        "The ceremony was short.",
        f"The opening was late. {FILLER} A ceremony for firefighters followed.",
        "The and of on is in.",
    ],
)
def test_a_report_of_something_else_does_not(text: str):
    assert not touched(a_document(text=text), CLAIM)


def test_the_headline_names_the_event_for_every_sentence():
    assert touched(a_document(title="Pyeongchang Games", text="The ceremony was put off."), CLAIM)


def test_a_claim_of_one_word_is_touched_by_it():
    assert touched(a_document(text="Pyeongchang."), "Pyeongchang!")


def test_what_was_evidence_touches_whatever_becomes_of_it():
    index, witness = ClaimIndex(), a_document("d7", "Nothing in common.")
    index.put("a1", report_on(CLAIM, witness=witness))
    gone, retracted = None, a_document("d7", "Nothing in common.", retracted=True)
    assert (
        index.touched_by("d7", gone) == index.touched_by("d7", retracted) == index.touched_by("d7", witness) == {"a1"}
    )
    assert index.touched_by("d8", a_document("d8", "It was not so.", corrects="d7")) == {"a1"}
    assert index.touched_by("d8", None) == set()


def test_a_retracted_report_is_evidence_for_nothing_and_touches_nothing():
    assert not touched(a_document(text=CLAIM, retracted=True), CLAIM)


def test_what_is_no_claim_is_not_watched():
    index = ClaimIndex()
    index.put("a1", report_on(CLAIM, label=Label.NOT_CHECKABLE))
    assert index.touched_by("d1", a_document(text=CLAIM)) == set()


def test_an_article_that_is_put_again_or_removed_leaves_nothing_behind():
    index = ClaimIndex()
    index.put("a1", report_on(CLAIM, witness=a_document("d7")))
    index.put("a1", report_on("Snow fell on the harbour road."))
    assert index.touched_by("d7", a_document("d7", CLAIM)) == set()
    assert index.touched_by("d1", a_document(text="Snow on the harbour road.")) == {"a1"}
    index.remove("a1")
    index.remove("a1")
    assert "a1" not in index
    assert index.touched_by("d1", a_document(text="Snow on the harbour road.")) == set()
