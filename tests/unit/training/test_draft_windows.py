"""What is known of a window of a labelled draft."""

import pytest

from factcheck.article import Field, Span
from factcheck.evidence import DocumentRef, Passage
from training.reader.draft_windows import known_label

EXPECTED = {"sentence": "Two men drowned.", "evidence": [["a", "two men lost their lives in the lake"]]}
DECIDES = "Police said that two men lost their lives in the lake."
ELSEWHERE = "The boat was built in 1951."


def passage(text: str, after: str = "") -> Passage:
    document = DocumentRef("a", "", None, None, None)
    return Passage(document, 0, Span(Field.TEXT, 0, len(text), 0, len(text)), text, "", after, "a")


@pytest.mark.parametrize(
    ("label", "whole", "text", "known"),
    [
        ("supported", True, DECIDES, "entailment"),
        ("supported", False, DECIDES, "entailment"),
        ("supported", True, ELSEWHERE, "not_contradiction"),
        ("contradicted", True, DECIDES, "contradiction"),
        ("contradicted", True, ELSEWHERE, "not_entailment"),
        ("contradicted", False, DECIDES, None),
        ("unverified", True, ELSEWHERE, "neutral"),
        ("unverified", False, ELSEWHERE, None),
        ("disputed", True, DECIDES, None),
        ("not_checkable", True, DECIDES, None),
    ],
)
def test_a_window_is_labelled_only_as_far_as_the_drafts_label_says(
    label: str, whole: bool, text: str, known: str | None
) -> None:
    assert known_label({**EXPECTED, "label": label}, whole, passage(text)) == known


def test_half_of_the_evidence_suffices_where_a_sentence_is_cut() -> None:
    assert known_label({**EXPECTED, "label": "supported"}, True, passage("two men lost their")) == "entailment"


def test_a_neighbour_decides_as_well_since_the_reader_sees_it() -> None:
    assert known_label({**EXPECTED, "label": "supported"}, True, passage(ELSEWHERE, DECIDES)) == "entailment"
