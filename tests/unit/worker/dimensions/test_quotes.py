"""Quotations: where they stand, who speaks, and how they compare with what was said."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from worker.dimensions.quotes.find import find_quotes
from worker.dimensions.quotes.matches import match_quote
from worker.dimensions.quotes.speakers import compare_speakers

FOUND = [
    ("“We leave on Friday,” said Mara Lind.", ["We leave on Friday,"]),
    ('"We leave on Friday," said Mara Lind.', ["We leave on Friday,"]),
    ("'We leave on Friday,' said Mara Lind.", ["We leave on Friday,"]),
    ("‘We leave on Friday,’ said Mara Lind.", ["We leave on Friday,"]),
    ("«We leave», said Mara Lind.", ["We leave"]),
    ("„We leave“, said Mara Lind.", ["We leave"]),
    ("„We leave”, said Mara Lind.", ["We leave"]),
    ("``We leave,'' said Mara Lind.", ["We leave,"]),
    ("“We can’t leave,” she said.", ["We can’t leave,"]),
    ('"We can\'t leave," she said.', ["We can't leave,"]),
    ("'We can't leave,' she said.", ["We can't leave,"]),
    ("“He said ‘go’ and went,” she said.", ["He said ‘go’ and went,", "go"]),
    ("\"He said 'go' and went,\" she said.", ["He said 'go' and went,", "go"]),
    ("‘The workers’ pay is due,’ she said.", ["The workers’ pay is due,"]),
    ("“One,” she said. “Two.”", ["One,", "Two."]),
    ("“One\n\n“Two,” she said.", ["One", "Two,"]),
    ("A “tax” on tea.", ["tax"]),
    ("The dogs' home and the cat's bed.", []),
    ("The ’90s were loud, weren’t they?", []),
    ("She is 5'10\" tall.", []),
    ("It isn't rock 'n' roll.", []),
    ("A lone “ mark.", []),
    ("A lone ” mark.", []),
    ("An unclosed “speech.", []),
    ("“” is empty.", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "inside"), FOUND)
def test_quotations_are_found_and_apostrophes_are_not(text: str, inside: list[str]) -> None:
    assert [quote.text for quote in find_quotes(text)] == inside


SPOKEN = [
    ("“We leave,” said Mara Lind.", "Mara Lind"),
    ("“We leave,” Mara Lind said.", "Mara Lind"),
    ("“We leave,” Mayor Mara Lind said on Monday.", "Mayor Mara Lind"),
    ("“We leave,” said Mara Lind, the mayor.", "Mara Lind"),
    ("“We leave,” he said.", "he"),
    ("“We leave,” they added.", "they"),
    ("“We leave,” the Harbor Ministry said.", "the Harbor Ministry"),
    ("“We leave,” harbor union spokeswoman Mara Lind said.", "harbor union spokeswoman Mara Lind"),
    ("“We leave,” according to Mara Lind.", "Mara Lind"),
    ("According to Mara Lind, “we leave.”", "Mara Lind"),
    ("Mara Lind told reporters: “We leave.”", "Mara Lind"),
    ("Mara Lind, the mayor of Tarn, told reporters: “We leave.”", "Mara Lind"),
    ("Mara Lind described the plan as “a long way home.”", "Mara Lind"),
    ("Harbor director Mara Lind called it “a long way home.”", "Harbor director Mara Lind"),
    ("In its letter Tarnland stressed “the need for calm.”", "Tarnland"),
    ("Mara Lind: “We leave.”", "Mara Lind"),
    ("“We leave,” said Mr. Lind.", "Mr. Lind"),
    ("“We leave!” police said.", "police"),
    ("The head of the Harbor Union, Mara Lind, called it “a long way home.”", "Mara Lind"),
    ("“We leave,” its leader, Mara Lind, told reporters.", "Mara Lind"),
    ("Its leader, Mara Lind, nevertheless called it “a long way home.”", "Mara Lind"),
    ("Mara Lind thanked the crew and said that the ship “has seen worse.”", "Mara Lind"),
    ("It rained. “We leave.” It snowed.", None),
    ("They drank “tea” in Tarn.", None),
]


@pytest.mark.parametrize(("text", "speaker"), SPOKEN)
def test_the_speaker_is_named_by_the_words_beside(text: str, speaker: str | None) -> None:
    quote = find_quotes(text)[0]
    assert quote.speaker == speaker
    if quote.speaker_span:
        assert text[slice(*quote.speaker_span)] == speaker


def test_one_speech_has_one_speaker() -> None:
    broken = find_quotes("“We leave,” said Mara Lind. “We come back.”")
    assert [quote.speaker for quote in broken] == ["Mara Lind", "Mara Lind"]
    long = find_quotes("“We leave soon.\n\n“We come back,” said Mara Lind.")
    assert [(quote.speaker, quote.continues) for quote in long] == [("Mara Lind", False), ("Mara Lind", True)]


def test_marks_lie_outside_and_nesting_is_counted() -> None:
    text = "She said: “He told me ‘go home’ twice.”"
    outer, inner = find_quotes(text)
    assert text[outer.outer_start : outer.outer_end] == "“He told me ‘go home’ twice.”"
    assert (outer.depth, inner.depth, inner.text) == (0, 1, "go home")


SAID = "“We built the bridge in a year, and it will hold,” Lind said. “Nobody paid us a cent for it.”"
# quotation | exact, altered, spliced; None: not found
MATCHED = [
    ("We built the bridge in a year, and it will hold", (True, False, False)),
    ("we built the bridge in a year", (True, False, False)),
    ("We built the bridge ... and it will hold", (True, False, False)),
    ("We built the bridge […] and it will hold.", (True, False, False)),
    ("[They] built the bridge in a year", (True, False, False)),
    ("it will hold. Nobody paid us a cent", (True, False, False)),
    ("bridge", (True, False, False)),
    ("We built the bridge in a week, and it will hold", (False, True, False)),
    ("They built the bridge in a year, and it will hold", (False, True, False)),
    ("We built the bridge in a year, and it won’t hold", (False, True, False)),
    ("We built the bridge in a year and we knew it will hold", (False, True, False)),
    ("We built a bridge in the year, and it will hold", (False, False, False)),
    ("We built the bridge, nobody paid us a cent", (False, False, True)),
    ("Nobody paid us a cent, we built the bridge", (False, False, True)),
    ("We sold the harbor for a song last spring", None),
    ("a dead end", None),
    ("house", None),
    ("", None),
    ("…", None),
]


@pytest.mark.parametrize(("quote", "expected"), MATCHED)
def test_a_quotation_is_held_against_what_was_said(quote: str, expected: tuple[bool, bool, bool] | None) -> None:
    match = match_quote(quote, SAID)
    assert (None if match is None else (match.exact, match.altered, match.spliced)) == expected


def test_changed_words_are_shown_in_both_texts() -> None:
    quote = "We built the bridge in a week, and it will hold"
    match = match_quote(quote, SAID)
    assert match is not None
    assert [(quote[slice(*c.claim)], SAID[slice(*c.evidence)]) for c in match.changed] == [("week", "year")]
    assert SAID[match.start : match.end] == "We built the bridge in a year, and it will hold"


def test_words_told_in_another_order_are_altered() -> None:
    match = match_quote("It was an end, not a pause", "“It was a pause, not an end,” she said.")
    assert match is not None
    assert (match.exact, match.altered) == (False, True)


PEOPLE = [
    ("Mara Lind", "Mara Lind", "agree"),
    ("Lind", "Mara Lind", "agree"),
    ("Harborwatch founder Mara Lind", "Mara Lind", "agree"),
    ("M. Lind", "Mara Lind", "agree"),
    ("Mayor Mara Lind", "Lind", "agree"),
    ("Prime Minister Tom Berg", "harbor director Mara Lind", "conflict"),
    ("Mara Lind", "Tom Berg", "conflict"),
    ("Mara Lind", "Tom Lind", "incomparable"),
    ("Mara", "Tom Berg", "conflict"),
    ("he", "Mara Lind", "incomparable"),
    ("he", "he", "incomparable"),
    ("the mayor", "Mara Lind", "incomparable"),
    ("the mayor", "the mayor", "agree"),
    ("the Harbor Ministry", "the Harbor Ministry", "agree"),
    ("the Harbor Ministry", "the Trade Ministry", "incomparable"),
    ("the Harbor Ministry", "Mara Lind", "incomparable"),
    ("", "Mara Lind", "incomparable"),
]


@pytest.mark.parametrize(("a", "b", "relation"), PEOPLE)
def test_two_speakers_relate_either_way_round(a: str, b: str, relation: str) -> None:
    assert (compare_speakers(a, b).value, compare_speakers(b, a).value) == (relation, relation)


def test_an_alias_makes_two_names_one() -> None:
    assert compare_speakers("Mara Lind", "Maria Linden", [frozenset({"mara lind", "maria linden"})]).value == "agree"


SNIPPETS = st.sampled_from(
    "“ ” ‘ ’ \" ' « » „ `` '' we go said Lind he Mara . , ? \n \n\n can't ... [x] the ’90s : -".split(" ")
)
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(SNIPPETS, max_size=30).map(" ".join), st.lists(SNIPPETS, max_size=30).map("".join)
)


@given(TEXTS)
@settings(max_examples=150)
def test_every_span_slices_back(text: str) -> None:
    for quote in find_quotes(text):
        assert text[quote.start : quote.end] == quote.text
        assert quote.outer_start <= quote.start <= quote.end <= quote.outer_end
        if quote.speaker_span:
            assert text[slice(*quote.speaker_span)] == quote.speaker


@given(TEXTS, TEXTS)
@settings(max_examples=150)
def test_no_text_raises_and_a_match_lies_within(quote: str, text: str) -> None:
    match = match_quote(quote, text)
    if match:
        assert 0 <= match.start <= match.end <= len(text)
        for change in match.changed:
            assert 0 <= change.claim[0] <= change.claim[1] <= len(quote)
            assert 0 <= change.evidence[0] <= change.evidence[1] <= len(text)
    assert (compare_speakers(quote, text).value == "conflict") == (compare_speakers(text, quote).value == "conflict")


@given(st.lists(st.sampled_from("we built the bridge and nobody paid us".split()), min_size=1, max_size=12))
def test_a_quotation_of_the_text_itself_is_exact(words: list[str]) -> None:
    saying = " ".join(words)
    match = match_quote(saying, f"Before that “{saying},” she said.")
    assert match is not None
    assert match.exact
