"""Speakers known by surname, speeches of several sentences, and mends that read."""

from dataclasses import replace

import pytest

from tests.unit.worker.model_fixtures import Told, a_kit, a_statement, a_witness, told
from worker.dimensions.quotes.compare import compare_quotes
from worker.dimensions.quotes.find import find_spoken

WORDS = "“We sell the mill this year,”"


def found(claim: str, passage: str) -> set[Told]:
    statement = a_statement(claim)
    return told(statement, compare_quotes(statement, [a_witness(passage)], a_kit())[0])


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Okafor said.", "Jensen said."),
        ("said Okafor.", "said Mara Jensen."),
        ("said foreman Okafor.", "said lawyer Jensen."),
        ("Ada Okafor said.", "Jensen said."),
        ("according to Ada Okafor.", "said Jensen."),
        ("Okafor told reporters.", "Jensen told reporters on Monday."),
    ],
)
def test_another_surname_is_another_speaker(mine: str, theirs: str) -> None:
    rules = {rule for _, rule, *_ in found(f"{WORDS} {mine}", f"{WORDS} {theirs}")}
    assert rules == {"quote.exact", "quote.speaker"}


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Jensen said.", "said Mara Jensen."),
        ("the foreman said.", "Jensen said."),
        ("she said.", "Jensen said."),
        ("the company said.", "Jensen said."),
        ("Microsoft said.", "Jensen said."),
        ("the union said.", "said union leader Mara Jensen."),
        ("Mara said.", "Jensen said. Mara Jensen owns the mill."),
    ],
)
def test_one_speaker_or_a_body_is_no_conflict(mine: str, theirs: str) -> None:
    assert "quote.speaker" not in {rule for _, rule, *_ in found(f"{WORDS} {mine}", f"{WORDS} {theirs}")}


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("“We sell the mill.", ["We sell the mill."]),
        ("We sell the mill.”", ["We sell the mill."]),
        ("We sell it,” Jensen said. “And soon.", ["We sell it,", "And soon."]),
        ('"We sell the mill.', ["We sell the mill."]),
        ('A beam of 12" broke.', []),
        ("We sell the mill.", []),
        ("“We sell it,” she said.", ["We sell it,"]),
    ],
)
def test_a_lone_mark_bounds_a_part_of_a_speech(text: str, spoken: list[str]) -> None:
    assert [quote.text for quote in find_spoken(text)] == spoken


@pytest.mark.parametrize(
    ("claim", "passage", "mended"),
    [
        ("“We sell the mill this spring.”", "We sell the mill this autumn.”", "We sell the mill this autumn."),
        ("We sell the mill this spring.”", "“We sell the mill this autumn.", "We sell the mill this autumn."),
        (
            "“We sell the mill this spring.",
            "We sell the mill this autumn,” Jensen said.",
            "We sell the mill this autumn.",
        ),
        (
            "“We sell the mill this spring,” he said.",
            "“We sell the mill this autumn.”",
            "We sell the mill this autumn,",
        ),
    ],
)
def test_altered_words_over_a_sentence_border(claim: str, passage: str, mended: str) -> None:
    statement = a_statement(claim)
    findings, _ = compare_quotes(statement, [a_witness(passage)], a_kit())
    assert [f.replacement for f in findings if f.rule == "quote.altered"] == [mended]


@pytest.mark.parametrize(
    ("claim", "passage"),
    [
        ("“We sell the mill this spring.”", "Jensen wants to sell the mill this autumn."),
        ("We sell the mill this spring.", "We sell the mill this autumn.”"),
        ("“We sell the mill.”", "“We sell the mill.”"),
        ("“There was quite a large and old fire.", "“There was a fire,” Jensen said."),
    ],
)
def test_words_that_are_not_quoted_on_both_sides_alter_nothing(claim: str, passage: str) -> None:
    assert "quote.altered" not in {rule for _, rule, *_ in found(claim, passage)}


def test_a_pronoun_takes_the_name_of_the_sentence_before():
    passage = a_witness(f"{WORDS} he said.")
    before = replace(passage, passage=replace(passage.passage, before="Jensen was calm."))
    statement = a_statement(f"{WORDS} Okafor said.")
    findings, _ = compare_quotes(statement, [before], a_kit())
    assert {(f.rule, f.replacement) for f in findings} == {("quote.exact", None), ("quote.speaker", "Jensen")}


def test_a_pronoun_after_two_names_stays_open():
    passage = a_witness(f"{WORDS} he said.")
    before = replace(passage, passage=replace(passage.passage, before="Jensen met Okafor on Monday."))
    statement = a_statement(f"{WORDS} Okafor said.")
    findings, _ = compare_quotes(statement, [before], a_kit())
    assert {f.rule for f in findings} == {"quote.exact"}
