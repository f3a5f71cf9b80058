"""Currencies carry their country: one currency in two spellings agrees, two currencies with one figure conflict."""

import pytest

from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.quantity import Quantity
from worker.dimensions.quantities.relations import quantity_relation
from worker.dimensions.quantities.render import render_like


def only(text: str) -> Quantity:
    (quantity,) = find_quantities(text)
    return quantity


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("R$7 million", "BRL", 7e6),
        ("Mex$40", "MXN", 40),
        ("Cdn$2bn", "CAD", 2e9),
        ("J$900", "JMD", 900),
        ("E£30", "EGP", 30),
        ("CN¥500", "CNY", 500),
        ("AED 12 million", "AED", 12e6),
        ("12 million Jamaican dollars", "JMD", 12e6),
        ("12 million Icelandic krónur", "ISK", 12e6),
        ("9,000 Sri Lankan rupees", "LKR", 9000),
        ("9,000 North Korean won", "KPW", 9000),
        ("6 billion Kenyan shillings", "KES", 6e9),
        ("3 million pounds sterling", "GBP", 3e6),
        ("80 euro cents", "EUR", 0.8),
        ("60 bn yen", "JPY", 60e9),
        ("60 m pesos", "peso", 60e6),
    ],
)
def test_money_is_read_with_its_country(text: str, unit: str, value: float) -> None:
    assert (only(text).unit, only(text).value) == (unit, value)


@pytest.mark.parametrize("text", ["60 m of rope", "A 40-seat ferry", "the US 40 years ago", "9 m tall", "3 bn stars"])
def test_other_figures_are_no_money(text: str) -> None:
    assert all(quantity.kind.value != "money" for quantity in find_quantities(text))


@pytest.mark.parametrize(
    ("claim", "evidence", "relation"),
    [
        ("NZ$6 million", "6 million New Zealand dollars", "agree"),
        ("C$6m", "6 million Canadian dollars", "agree"),
        ("CHF 6 million", "6 million Swiss francs", "agree"),
        ("6 million crowns", "6 million Czech crowns", "agree"),
        ("Rs 600", "600 Pakistani rupees", "agree"),
        ("6 million francs", "6 million Rwandan francs", "agree"),
        ("US$6 million", "$6 million", "agree"),
        ("S$6 million", "$6 million", "conflict"),
        ("6 million Danish kroner", "6 million Norwegian kroner", "conflict"),
        ("6 million Kuwaiti dinars", "6 million Serbian dinars", "conflict"),
        ("£6 million", "6 million Egyptian pounds", "conflict"),
        ("about 6 million yen", "6 million yuan", "conflict"),
        ("£6 million", "€7 million", "incomparable"),
        ("6 million Indian rupees", "900 Nepalese rupees", "incomparable"),
    ],
)
def test_two_sums_relate(claim: str, evidence: str, relation: str) -> None:
    assert quantity_relation(only(claim), only(evidence)).value == relation
    if relation == "conflict":
        assert quantity_relation(only(evidence), only(claim)).value == relation


@pytest.mark.parametrize(
    ("claim", "evidence", "mended"),
    [
        ("HK$6 million", "6 million Hong Kong dollars for it", "HK$6 million"),
        ("S$6m", "US$6m", "US$6m"),
        ("6 million euros", "£6 million", "£6 million"),
        ("40 cents", "65 cents", "65 cents"),
        ("$5-7 million", "between $6 million and $9 million", "$6-9 million"),
        ("4 bn euros", "7 million euros", "7 million euros"),
    ],
)
def test_a_mend_names_the_reports_currency(claim: str, evidence: str, mended: str) -> None:
    assert render_like(only(claim), only(evidence)) == mended
