import pytest

from factcheck.article import Field
from factcheck.search.passages import LONGEST_CHARS, split_passages
from tests.builders import a_document


def test_a_headline_that_the_text_repeats_is_no_passage_of_its_own():
    passages = list(split_passages(a_document(text="The end.\n\nIt came.", title="The end.")))
    assert [(p.index, p.span.field, p.text) for p in passages] == [
        (0, Field.TEXT, "The end."),
        (1, Field.TEXT, "It came."),
    ]


def test_neighbours_stop_at_the_edges_of_the_text():
    passages = list(split_passages(a_document(text="One. Two. Three.", title=" Headline ")))
    assert [(p.before, p.text, p.after) for p in passages] == [
        ("", "Headline", ""),
        ("", "One.", "Two."),
        ("One.", "Two.", "Three."),
        ("Two.", "Three.", ""),
    ]
    assert (passages[0].span.start, passages[0].span.end) == (1, 9)


def test_long_texts_are_cut_at_white_space_and_no_word_is_lost():
    text = " ".join(f"word{number}" for number in range(3000)) + " " + "x" * 5000
    passages = list(split_passages(a_document(text=text)))
    assert all(0 < len(p.text) <= LONGEST_CHARS for p in passages)
    assert all(text[p.span.start : p.span.end] == p.text == p.text.strip() for p in passages)
    assert "".join(p.text for p in passages).replace(" ", "") == text.replace(" ", "")


def test_a_text_of_white_space_has_no_passages():
    assert list(split_passages(a_document(text=" \n "))) == []


@pytest.mark.parametrize(
    ("text", "passages"),
    [
        ("OSTHEIM, Oct. 3 (AFP) — Rain fell. It stopped.", ["Rain fell.", "It stopped."]),
        ("By Anna Vik\n\nRain fell.", ["Rain fell."]),
        ("Embargoed until 6 a.m. on Oct. 3\n\nRain fell.", ["Rain fell."]),
        ("18:20 CEST\nRain fell.", ["Rain fell."]),
        ("Rain fell.\n\n(Reporting by Anna Vik)", ["Rain fell."]),
        ("The article misstated the day.", ["The article misstated the day."]),
        ("By Friday the rain had stopped.", ["By Friday the rain had stopped."]),
        ("Updated figures show rain.", ["Updated figures show rain."]),
    ],
)
def test_furniture_is_no_passage_and_a_note_of_correction_is_one(text: str, passages: list[str]):
    found = list(split_passages(a_document(text=text)))
    assert [p.text for p in found] == passages
    assert [p.index for p in found] == list(range(len(passages)))
    assert all(text[p.span.start : p.span.end] == p.text for p in found)


def test_a_dateline_is_the_context_of_the_sentence_behind_it():
    [passage] = split_passages(a_document(text="OSTHEIM (AFP) — Rain fell."))
    assert passage.before == "OSTHEIM (AFP) —"
