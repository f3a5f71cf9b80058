"""Lakh and crore, Indian grouping, basis points, and dashes that are minus signs or stand within a range."""

import pytest

from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.quantity import Quantity
from worker.dimensions.quantities.relations import quantity_relation
from worker.dimensions.quantities.render import render_like


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("7 lakh pilgrims", 7e5, ""),
        ("two and a half lakh pilgrims", 2.5e5, ""),
        ("three crore pilgrims", 3e7, ""),
        ("1 crore 40 lakh pilgrims", 1.4e7, ""),
        ("Rs 2.4 lakh crore", 2.4e12, "rupee"),
        ("five thousand crore rupees", 5e10, "rupee"),
        ("₹9cr", 9e7, "INR"),
        ("Rs 30 cr", 3e8, "rupee"),
        ("4,50,000 pilgrims", 450000, ""),
        ("98,76,54,321 pilgrims", 987654321, ""),
        ("450,000 pilgrims", 450000, ""),
        ("12,345,678 pilgrims", 12345678, ""),
        ("between 4 and 6 crore pilgrims", 5e7, ""),
    ],
)
def test_indian_numerals_are_read(text: str, value: float, unit: str) -> None:
    assert (only(text).value, only(text).unit) == (value, unit)


def test_a_list_of_figures_is_no_indian_number() -> None:
    assert [q.value for q in find_quantities("rooms for 12, 34, 567 guests")] == [12, 34, 567]


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("7 lakh pilgrims", "700,000 pilgrims", "agree"),
        ("7,00,000 pilgrims", "7 lakh pilgrims", "agree"),
        ("₹40 crore", "400 million rupees", "agree"),
        ("Rs 3 lakh crore", "3 trillion rupees", "agree"),
        ("7 lakh pilgrims", "7 crore pilgrims", "conflict"),
        ("₹40 crore", "40 million rupees", "conflict"),
        ("dozens of pilgrims", "crores of pilgrims", "conflict"),
    ],
)
def test_numeral_systems_relate(claim: str, evidence: str, relation: str) -> None:
    assert quantity_relation(only(claim), only(evidence)).value == relation


@pytest.mark.parametrize(
    ("claim", "evidence", "mended"),
    [
        ("₹40 crore", "₹70 lakh", "₹70 lakh"),
        ("₹40 crore", "2.5 billion rupees", "₹250 crore"),
        ("3 lakhs", "7 crores", "7 crores"),
        ("4,50,000 pilgrims", "1.25 million pilgrims", "12,50,000"),
        ("30 million rupees", "Rs 4 crore", "40 million rupees"),
        ("4–6 lakh pilgrims", "5 to 9 lakh pilgrims", "5–9 lakh"),
    ],
)
def test_a_mend_keeps_the_drafts_numerals(claim: str, evidence: str, mended: str) -> None:
    assert render_like(only(claim), only(evidence)) == mended


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The lake stood at –3 °C.", -3),
        ("The margin was –0.4 percent.", -0.4),
        ("The margin was −0.4 percent.", -0.4),
        ("–12 degrees Celsius at dawn", -12),
        ("a balance of –$8 million", -8e6),
        ("a balance of -£8 million", -8e6),
        ("The lake rose – 3 meters in a day.", 3),
        ("–14 boats sank", 14),
        ("the Oslo–3 line of 9 stops", 9),
        ("pages of 7–9 columns", 8),
        ("some 7 – 9 columns", 8),
        ("between $2 – $3 million", 2.5e6),
    ],
)
def test_a_dash_is_a_minus_where_it_stands_free_before_a_figure(text: str, value: float) -> None:
    assert find_quantities(text)[-1].value == value


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("–3 °C", "3 °C", "conflict"),
        ("–3 °C", "minus 3 degrees Celsius", "agree"),
        ("–0.4 percent", "-0.4 percent", "agree"),
        ("0.4 percent", "–0.4 percent", "conflict"),
        ("75 bps", "75 basis points", "agree"),
        ("75 bps", "0.75 percentage points", "agree"),
        ("75bps", "25 basis points", "conflict"),
        ("8 bn tonnes", "8 million tonnes", "conflict"),
        ("8 bn tonnes", "8 billion tonnes", "agree"),
    ],
)
def test_signs_and_short_scales_relate(claim: str, evidence: str, relation: str) -> None:
    assert quantity_relation(only(claim), only(evidence)).value == relation


def test_basis_points_are_mended_as_basis_points() -> None:
    assert render_like(only("75 bps"), only("0.5 percentage points")) == "50 bps"
