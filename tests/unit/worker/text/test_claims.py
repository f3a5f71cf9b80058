import pytest

from factcheck.article import Format
from tests.unit.worker.model_fixtures import sentences, statements
from worker.text.claims import find_claims


def claims(text: str) -> list[str]:
    return [s.claim.text for s in statements(text)]


CLAUSES = {
    "one statement": ("The council approved the budget.", ["The council approved the budget."]),
    "two verbs": (
        "The council approved the budget and rejected the tax on Monday.",
        ["The council approved the budget", "rejected the tax on Monday."],
    ),
    "a relative clause": (
        "The bridge, which opened in 1932, was closed after the storm.",
        ["The bridge, which opened in 1932, was closed after the storm.", "which opened in 1932"],
    ),
    "a cause": (
        "The mill closed in 2004 because the river flooded the valley.",
        ["The mill closed in 2004 because the river flooded the valley."],
    ),
    "a time": ("Smoke rose from the roof when the wind turned.", ["Smoke rose from the roof when the wind turned."]),
    "which one": ("The barn that stood by the church burned down.", ["The barn that stood by the church burned down."]),
    "who it was": ("It was the baker who found the ring.", ["It was the baker who found the ring."]),
    "which one, with a date of its own": (
        "The council dropped the fair that was to open on June 9 in the old harbour.",
        ["The council dropped the fair", "that was to open on June 9 in the old harbour."],
    ),
    "a semicolon": (
        "Nine boats left the harbour on Friday; two days later five came back.",
        ["Nine boats left the harbour on Friday", "two days later five came back."],
    ),
    "a contrast": (
        "Buses took the pupils home, while teachers stayed at the school.",
        ["Buses took the pupils home", "teachers stayed at the school."],
    ),
    "a rank before a name": (
        "Divers established that Capt. Ida Holm was on the bridge.",
        ["Divers established that Capt. Ida Holm was on the bridge."],
    ),
    "a quotation stays whole": (
        "“We will rebuild the school and open it in May,” said Mayor Tor Hellesund.",
        ["“We will rebuild the school and open it in May,” said Mayor Tor Hellesund."],
    ),
    "what somebody wants stays whole": (
        "She wants to sell the farm and move to Oslo.",
        ["She wants to sell the farm and move to Oslo."],
    ),
    "indirect speech stays whole": (
        "Police said the driver had been drinking.",
        ["Police said the driver had been drinking."],
    ),
    "an office is a claim of its own": (
        "Jurgen Aalt, president of the Growers' Union, welcomed the ruling.",
        ["Jurgen Aalt, president of the Growers' Union, welcomed the ruling.", "president of the Growers' Union"],
    ),
    "so is the name of who holds it": (
        "The union's president, Jurgen Aalt, welcomed the ruling.",
        ["The union's president, Jurgen Aalt, welcomed the ruling.", "Jurgen Aalt"],
    ),
    "a trade stays with its name": (
        "Jurgen Aalt, a grower, welcomed the ruling.",
        ["Jurgen Aalt, a grower, welcomed the ruling."],
    ),
    "what somebody told twice": (
        "The mayor warned that the dam might break and the town will be empty by Friday.",
        ["The mayor warned that the dam might break", "the town will be empty by Friday."],
    ),
    "a cleft sentence": ("It was Lysvik that asked for the ferry.", ["It was Lysvik that asked for the ferry."]),
    "a participle behind a comma": (
        "The council bought the quay in May, paying 3.2 million crowns.",
        ["The council bought the quay in May", "paying 3.2 million crowns."],
    ),
    "a title with a dot": (
        "Police said that Capt. Inga Lund braked too late.",
        ["Police said that Capt. Inga Lund braked too late."],
    ),
    "entries of a live page": (
        "The race began at ten. 10:42 Berg leads by a minute. 11:05 Lund has caught up.",
        ["The race began at ten.", "10:42", "Berg leads by a minute.", "11:05", "Lund has caught up."],
    ),
    "a date in commas": (
        "The trial opens on Thursday, May 2nd, 2019.",
        ["The trial opens on Thursday, May 2nd, 2019."],
    ),
    "a date the other way round": (
        "The trial opens on Thursday, 2 May 2019, in Ostheim.",
        ["The trial opens on Thursday, 2 May 2019, in Ostheim."],
    ),
    "a date in short": ("It closed on Thurs., May 2, 2019.", ["It closed on Thurs., May 2, 2019."]),
    "an estimate": ("The mill employs approx. 90 people.", ["The mill employs approx. 90 people."]),
    "a currency": ("The mill earned Rs. 90 million in May.", ["The mill earned Rs. 90 million in May."]),
    "an article of law": ("Art. 7 of the pact binds 40 states.", ["Art. 7 of the pact binds 40 states."]),
    "a dateline": ("OSTHEIM, Oct. 3 (AFP) — The mill burned down.", ["The mill burned down."]),
    "bullets": ("• The mill burned down\n• Six people were hurt", ["The mill burned down", "Six people were hurt"]),
    "a label": ("CORRECTED: The mill burned down.", ["The mill burned down."]),
    "a detail behind a comma": (
        "The mill burned down on Thursday, with 40 people inside of it.",
        ["The mill burned down on Thursday", "with 40 people inside of it."],
    ),
    "a heading": ("Ferry sinks\n\nNine people died.", ["Ferry sinks", "Nine people died."]),
}


@pytest.mark.parametrize(("text", "expected"), CLAUSES.values(), ids=CLAUSES)
def test_a_sentence_is_read_statement_by_statement(text: str, expected: list[str]):
    assert claims(text) == expected


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("The council approved the budget and rejected the tax on Monday.", "The council rejected the tax on Monday."),
        (
            "Anna Vik, who led the inquiry for three years, resigned in March.",
            "Anna Vik led the inquiry for three years",
        ),
        ("The bridge, which opened in 1932, was closed.", "The bridge opened in 1932"),
    ],
)
def test_a_clause_without_a_subject_borrows_the_one_above(text: str, query: str):
    assert statements(text)[-1].query == query


def test_a_clause_owns_no_word_of_another():
    outer, inner = statements("The bridge, which opened in 1932, was closed after the storm.")
    year = outer.sentence.text.index("1932")
    assert (outer.owns(year, year + 4), inner.owns(year, year + 4)) == (False, True)


def test_a_pronoun_is_asked_for_by_name():
    assert statements("Anna Vik won the race. She lives in Lysvik.")[-1].query == "Anna Vik lives in Lysvik."


def test_ids_come_from_the_claim_s_own_words():
    (alone,), (_, behind) = (
        statements("The mill burned down."),
        statements("Rain fell all day. The  mill burned\ndown."),
    )
    assert alone.claim.id == behind.claim.id
    assert statements("The barn burned down.")[0].claim.id != alone.claim.id


def test_a_repeated_claim_has_an_id_of_its_own():
    ids = [s.claim.id for s in statements("The mill burned down. Rain fell. The mill burned down.")]
    assert len(set(ids)) == 3
    assert ids[2] == f"{ids[0]}-2"


def test_editing_one_sentence_changes_no_id_elsewhere():
    before = statements("The mill burned down. Nine people died. The road is closed.")
    after = statements("The mill burned down. Seven people died, the mayor said. The road is closed.")
    assert (before[0].claim.id, before[-1].claim.id) == (after[0].claim.id, after[-1].claim.id)


@pytest.mark.parametrize("form", Format)
def test_a_claim_s_span_slices_back_to_its_words(form: Format):
    text = "😀 The mill 𝒳 burned down. Nine people died and two were hurt."
    for statement in find_claims(sentences(text, form=form), None):
        span = statement.claim.span
        assert text[span.start : span.end] == statement.claim.text
        assert text.encode("utf-16-le")[span.utf16_start * 2 : span.utf16_end * 2].decode("utf-16-le") == (
            statement.claim.text
        )
