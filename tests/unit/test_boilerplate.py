"""Pieces of copy that claim nothing, told by their form; half of each table is copy that looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.boilerplate import BoilerplateKind, boilerplate_kind, boilerplate_prefix


def prefix(text: str) -> str:
    return text[: boilerplate_prefix(text, 0, len(text))]


DATELINES = {
    "an agency and a day": ("OSTHEIM, Oct. 3 (AFP) — Rain fell all day.", "OSTHEIM, Oct. 3 (AFP) —"),
    "a country": ("OSTHEIM, Marland (AP) – Rain fell all day.", "OSTHEIM, Marland (AP) –"),
    "two places": ("OSTHEIM/TINDBY, Oct. 3, 2019 (Reuters) - Rain fell.", "OSTHEIM/TINDBY, Oct. 3, 2019 (Reuters) -"),
    "a place alone": ("PORT OSTHEIM — Rain fell all day.", "PORT OSTHEIM —"),
    "a place in lower case": ("Ostheim (dpa) - Rain fell all day.", "Ostheim (dpa) -"),
    "the day first": ("Ostheim, 3 October (dpa) – Rain fell.", "Ostheim, 3 October (dpa) –"),
    "a weekday": ("OSTHEIM, Thursday, Oct. 3 — Rain fell.", "OSTHEIM, Thursday, Oct. 3 —"),
    "no place": ("Oct. 3 (Reuters) - Rain fell all day.", "Oct. 3 (Reuters) -"),
    "no dash": ("PORT OSTHEIM, Oct. 3 (PTI) Rain fell all day.", "PORT OSTHEIM, Oct. 3 (PTI)"),
    "slashes": ("OSTHEIM, Oct. 3. /TASS/. Rain fell all day.", "OSTHEIM, Oct. 3. /TASS/."),
    "a press release": ("OSTHEIM--(BUSINESS WIRE)--Rain fell.", "OSTHEIM--(BUSINESS WIRE)--"),
    "a day of a timeline": ("Oct. 3 – Rain fell all day.", ""),
    "a month of a timeline": ("October – Rain fell all day.", ""),
    "a party": ("Anna Vik (Greens) said the Rain Act failed.", ""),
    "a parenthesis": ("UNESCO — the agency for culture — met.", ""),
    "an abbreviation explained": ("The Ostheim Port Authority (OPA) The end.", ""),
    "a compound": ("Ostheim-born Anna Vik won.", ""),
    "an age": ("Anna Vik, 41 - The mayor’s sister - won.", ""),
    "nothing behind it": ("OSTHEIM (AP) —", ""),
}
LABELS = {
    "an update": ("UPDATE 3-Rain floods Ostheim", "UPDATE 3-"),
    "a correction": ("CORRECTED: Rain floods Ostheim", "CORRECTED:"),
    "breaking": ("Breaking: Rain floods Ostheim", "Breaking:"),
    "an exclusive": ("EXCLUSIVE — Rain floods Ostheim", "EXCLUSIVE —"),
    "a bullet": ("• Rain floods Ostheim", "•"),
    "a dash as a bullet": ("– Rain floods Ostheim", "–"),
    "the time of a live page": ("18.20 Rain floods Ostheim", "18.20"),
    "that time with a zone": ("6:20 p.m. GMT – Rain floods Ostheim", "6:20 p.m. GMT –"),
    "a verb": ("Update the roof, the mayor said.", ""),
    "a speaker": ("Vik: Rain floods us.", ""),
    "a price": ("18.20 crowns was the price.", ""),
    "a negative number": ("-4 degrees was the low.", ""),
    "a live broadcast": ("Live music filled Ostheim.", ""),
    "a correcting person": ("Corrected papers were returned.", ""),
}


@pytest.mark.parametrize(("text", "expected"), [*DATELINES.values(), *LABELS.values()], ids=[*DATELINES, *LABELS])
def test_what_opens_a_line_without_being_said_in_it(text: str, expected: str):
    assert prefix(text) == expected


ROLES = {
    "By Anna Vik": BoilerplateKind.BYLINE,
    "BY ANNA VIK AND TOR MOE": BoilerplateKind.BYLINE,
    "Political Correspondent": BoilerplateKind.BYLINE,
    "Special to the Ostheim Courier": BoilerplateKind.BYLINE,
    "By Friday the snow had melted.": None,
    "By then Anna Vik had left Ostheim.": None,
    "By far the largest firm in Ostheim is Moe.": None,
    "Embargoed until 6 a.m. on Oct. 3": BoilerplateKind.EMBARGO,
    "STRICTLY EMBARGOED TO 00:01 FRIDAY": BoilerplateKind.EMBARGO,
    "For immediate release": BoilerplateKind.EMBARGO,
    "Not for publication before Oct. 3": BoilerplateKind.EMBARGO,
    "The embargo on Marland ended in 2003.": None,
    "Embargoes have hurt the port of Ostheim.": None,
    "For release from prison he paid a fine.": None,
    "Published 3 Oct 2019, 18:20 CEST": BoilerplateKind.TIMESTAMP,
    "Last updated on Thursday, October 3, 2019": BoilerplateKind.TIMESTAMP,
    "18:20": BoilerplateKind.TIMESTAMP,
    "6.20 p.m. ET": BoilerplateKind.TIMESTAMP,
    "Updated figures show 41 deaths.": None,
    "In October 2019 the mill closed.": None,
    "1,204": None,
    "(Additional reporting by Tor Moe)": BoilerplateKind.CREDIT,
    "Photo: Anna Vik/Courier": BoilerplateKind.CREDIT,
    "Image courtesy of the Ostheim Museum": BoilerplateKind.CREDIT,
    "Source: Statistics Marland": BoilerplateKind.CREDIT,
    "Photos show the mill on fire.": None,
    "Reporting on the mill won Vik a prize.": None,
    "Sources said the mill will close.": None,
    "An earlier version of this story gave the price as 41 crowns.": BoilerplateKind.CORRECTION,
    "This article has been amended to remove a wrong figure.": BoilerplateKind.CORRECTION,
    "The report misstated the age of Anna Vik.": BoilerplateKind.CORRECTION,
    "We originally reported that 41 people drowned.": BoilerplateKind.CORRECTION,
    "(Corrects spelling of Vik in paragraph 4)": BoilerplateKind.CORRECTION,
    "An earlier version of the bill banned nets.": None,
    "The minister wrongly said that 41 people drowned.": None,
    "The law was amended in 2003.": None,
    "OSTHEIM, Oct. 3 (AFP) —": BoilerplateKind.DATELINE,
    "•": BoilerplateKind.BULLET,
    "CORRECTION:": BoilerplateKind.LABEL,
    "Rain fell all day.": None,
}


@pytest.mark.parametrize(("text", "role"), ROLES.items())
def test_the_role_of_a_line(text: str, role: BoilerplateKind | None):
    assert boilerplate_kind(text) is role


COPY = st.lists(
    st.sampled_from("OSTHEIM Oct. 3 (AFP) — - : • UPDATE By Vik 18:20 am 1. , / said Rain".split()), max_size=12
)


@given(COPY.map(" ".join) | st.text(max_size=60))
def test_a_prefix_lies_within_its_text_and_leaves_words_behind(text: str):
    end = boilerplate_prefix(text, 0, len(text))
    assert 0 <= end <= len(text)
    assert end == 0 or text[end:].strip() != ""


@pytest.mark.parametrize("text", ["1." * 44 + "x", "1 " + "am " * 28 + "x", "1 " + "on at " * 14 + "x"])
def test_a_line_that_is_nearly_a_time_is_read_in_one_pass(text: str):
    assert boilerplate_kind(text) is None
