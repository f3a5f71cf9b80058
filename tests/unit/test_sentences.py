import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.sentences import line_wraps, pieces, split_sentences


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


SPLITS = {
    "plain": ("The ferry sank. Nine died.", ["The ferry sank.", "Nine died."]),
    "marks": ("Who won? Nobody! The race was off…", ["Who won?", "Nobody!", "The race was off…"]),
    "a title": ("Dr. Vik met Mr. Moe. They spoke.", ["Dr. Vik met Mr. Moe.", "They spoke."]),
    "a month": ("It opens on Feb. 9. Tickets are sold out.", ["It opens on Feb. 9.", "Tickets are sold out."]),
    "a number sign": ("He wore No. 9 that day. She wore it too.", ["He wore No. 9 that day.", "She wore it too."]),
    "the word no": ("Vik said no. Moe said yes.", ["Vik said no.", "Moe said yes."]),
    "a decimal": ("It fell by 3.5 percent. Oil rose.", ["It fell by 3.5 percent.", "Oil rose."]),
    "a country": ("The U.S. Navy left. It is back.", ["The U.S. Navy left.", "It is back."]),
    "a country at the end": ("She left the U.S. The firm stayed.", ["She left the U.S.", "The firm stayed."]),
    "a firm": ("Moe Inc. Chief Anna Vik spoke. He left.", ["Moe Inc. Chief Anna Vik spoke.", "He left."]),
    "an initial": ("J. R. Moe wrote it. It sold well.", ["J. R. Moe wrote it.", "It sold well."]),
    "a time": ("It ended at 9 p.m. The crowd left.", ["It ended at 9 p.m.", "The crowd left."]),
    "a quote": ("“It is over.” She left.", ["“It is over.”", "She left."]),
    "a quote and its speaker": ("“Is it over?” she said. He nodded.", ["“Is it over?” she said.", "He nodded."]),
    "brackets": ("(He was 41.) She was 39.", ["(He was 41.)", "She was 39."]),
    "a headline": ("Ferry sinks off Lysvik\n\nNine people died.", ["Ferry sinks off Lysvik", "Nine people died."]),
    "a list": ("First: salt\nSecond: oil", ["First: salt", "Second: oil"]),
    "a wrapped line": ("The ferry\nsank. Nine\ndied.", ["The ferry\nsank.", "Nine\ndied."]),
    "a weekday as a word": ("They lay in the sun. Most slept.", ["They lay in the sun.", "Most slept."]),
    "a currency": ("It cost Rs. 900 in all. He paid.", ["It cost Rs. 900 in all.", "He paid."]),
    "an estimate": ("It holds approx. 80 cars. It is full.", ["It holds approx. 80 cars.", "It is full."]),
    "an article of law": ("Art. 7 bans nets. Art is free.", ["Art. 7 bans nets.", "Art is free."]),
    "the word art": ("She taught art. Moe taught music.", ["She taught art.", "Moe taught music."]),
    "a section": ("See sec. 4 of the act. It is short.", ["See sec. 4 of the act.", "It is short."]),
    "a private company": ("Moe Pvt. Ltd. of Ostheim grew. He left.", ["Moe Pvt. Ltd. of Ostheim grew.", "He left."]),
    "a mountain pass": ("They slept below the col. Vik led.", ["They slept below the col.", "Vik led."]),
    "a dateline": ("OSTHEIM (AP) — Rain fell. It stopped.", ["OSTHEIM (AP) —", "Rain fell.", "It stopped."]),
    "a bullet": ("• Rain fell\n• Wind rose", ["•", "Rain fell", "•", "Wind rose"]),
    "Windows line ends": ("Ferry sinks\r\n\r\nNine died.", ["Ferry sinks", "Nine died."]),
    "no mark": ("nine people died", ["nine people died"]),
    "white space": (" \n\t ", []),
    "nothing": ("", []),
}


@pytest.mark.parametrize(("text", "expected"), SPLITS.values(), ids=SPLITS)
def test_a_text_splits_into_its_sentences(text: str, expected: list[str]):
    assert sentences(text) == expected


WRAPPED = {
    "in lower case": "The ferry sank\noff Ostheim.",
    "Windows line ends": "The ferry sank\r\noff Ostheim.",
    "after a preposition": "The ferry sank near\nOstheim on Friday.",
    "after an article": "It was run by the\nOstheim Port Authority.",
    "before a name, in running text": "It sank, police said. Captain Tor\nMoe swam ashore.",
    "in a wrapped paragraph": "The harbour master of Port\nOstheim had warned the crew\nof ice.",
    "after an auxiliary": "The captain of the ferry was\nTor Moe.",
}
NOT_WRAPPED = {
    "a headline": "Ferry sinks off Ostheim\nNine people drowned.",
    "a byline": "By Anna Vik\nMaritime Reporter",
    "a list": "Salt\nOil\nFlour",
    "bullets": "- Salt from Ostheim and\n- Oil",
    "numbered items": "1. Salt and\n2. Oil",
    "a finished sentence": "The ferry sank.\nOstheim mourns.",
    "a headline over a wrapped paragraph": "Ferry sinks\nThe ferry of the Ostheim line sank\noff the coast.",
    "a new sentence": "Ferry sinks in\nThe crew of the Ostheim was saved.",
}


@pytest.mark.parametrize("text", WRAPPED.values(), ids=WRAPPED)
def test_a_line_wrapped_at_a_margin_goes_on(text: str):
    assert list(line_wraps(text)) == _breaks(text)


@pytest.mark.parametrize("text", NOT_WRAPPED.values(), ids=NOT_WRAPPED)
def test_a_line_that_stands_alone_ends_there(text: str):
    first = text.index("\n")
    assert all(start != first for start, _ in line_wraps(text))


def _breaks(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\r?\n", text)]


TEXTS = st.text(st.sampled_from('abAB .!?…\n\r\t"”’)(“19𝒳é-'), max_size=60) | st.text(max_size=60)


@given(TEXTS)
def test_sentences_cover_every_character_that_is_no_white_space(text: str):
    covered = {i for start, end in split_sentences(text) for i in range(start, end)}
    assert {i for i, char in enumerate(text) if not char.isspace()} <= covered


@given(TEXTS)
def test_sentences_stand_in_order_and_apart(text: str):
    spans = list(split_sentences(text))
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in spans)


@given(TEXTS, st.integers(min_value=1, max_value=20))
def test_pieces_of_a_long_sentence_are_short_and_lose_no_word(text: str, longest: int):
    for start, end in split_sentences(text):
        parts = list(pieces(text, start, end, longest))
        assert all(b - a <= longest for a, b in parts)
        assert "".join("".join(text[a:b].split()) for a, b in parts) == "".join(text[start:end].split())


def test_a_sentence_that_is_short_enough_stays_whole():
    assert list(pieces("The ferry sank.", 0, 15, 15)) == [(0, 15)]
