"""How two quantities relate, what a correction reads like, and what can be computed: tables with negatives."""

import pytest

from worker.dimensions.quantities.derived_quantities import (
    derived_from,
    difference,
    percent_change,
    product,
    ratio,
    total,
)
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.quantity import Quantity
from worker.dimensions.quantities.relations import conflict_kind, quantity_relation
from worker.dimensions.quantities.render import render_like

# claim | evidence | relation
COMPARED = """
8,200|8,200|agree
8,200|7,600|conflict
nine people|9 people|agree
nine people|ten people|conflict
20|21|conflict
64 pieces|46 coins|conflict
3,000|nearly 3,000|agree
14,000|about 14,000|agree
14,000|about 17,000|conflict
six dead|at least six dead|agree
60|more than 60|incomparable
72|more than 60|incomparable
35,000|up to 35,000|agree
32,000|up to 35,000|incomparable
about 94 miles an hour|up to 151 kilometers an hour|agree
35,000|less than 35,000|incomparable
more than 60|up to 72|incomparable
850|hundreds|incomparable
12|between 10 and 15|incomparable
20|between 10 and 15|conflict
1,200|1,204|agree
1,204|1,200|incomparable
$12 billion|$12.4 billion|agree
$12.4 billion|$12 billion|incomparable
$60|$62|conflict
$310 million|$350 million|conflict
340 billion crowns|340 million crowns|conflict
about 1,200|1,204|agree
about 16,000|61,000|conflict
some 23,400|21,900|conflict
some 17,000|14,200|conflict
some 700|520|conflict
roughly three hundred|around 300|agree
close to 14|nearly fourteen|agree
nearly 3,000|2,950|agree
nearly 3,000|more than 3,000|conflict
nearly 60|61|conflict
nearly 1,000|about 850|incomparable
a little over $12 billion|$12.4 billion|agree
just over nine million|9,042,000|agree
more than 60|72|agree
more than 60|61|agree
more than 60|60|incomparable
more than 60|59|conflict
more than 60|600|conflict
more than 4 million|11.5 million|conflict
more than 11 million|11.5 million|agree
more than 194 billion|121 billion|conflict
more than 60|more than 72|agree
more than 72|more than 60|incomparable
at least four attacks|at least eight attacks|conflict
at least four attacks|four attacks|agree
fewer than 50|72|conflict
fewer than 50|43|agree
fewer than 50|3|incomparable
up to 35,000|55,000|conflict
up to 40|40|agree
dozens|hundreds|conflict
hundreds|dozens|conflict
hundreds|850|agree
hundreds|12|conflict
several|five|agree
a handful|40|conflict
a dozen|12|agree
a dozen|20|conflict
two dozen|two dozen|agree
between 12 and 13 percent|one in eight|agree
10 to 15|12|agree
10 to 15|11 to 13|agree
11 to 13|10 to 15|incomparable
a third|33 percent|agree
a third|35 percent|agree
a third|half|conflict
a third|a quarter|conflict
a third|one third|agree
half of them|48 percent|agree
half of them|34 percent|conflict
more than two thirds|72 percent|agree
nearly a quarter|12 percent|conflict
6 percent|6.3 percent|agree
12 percent|13 percent|conflict
7.4 percent|4.7 percent|conflict
half a percent|half a percentage point|conflict
33 percent|33 percentage points|conflict
33 percent|4 percentage points|incomparable
58 percent of normal|58 percent below average|conflict
42 percent of normal|58 percent below average|agree
up by 5 percent|down by 5 percent|conflict
rose by 5 percent|fell by 5 percent|conflict
12 percent|12 people|incomparable
$5|5 euros|conflict
$5|6 euros|incomparable
$5|five people|incomparable
$5|five dollars|agree
5 crowns|5 Swedish crowns|agree
5 Danish crowns|5 Swedish crowns|conflict
50 cents|$0.50|agree
40 pounds|40 pounds of cod|incomparable
6,000 dollars|60,000 dollars|conflict
about 25 miles|41 kilometers|agree
25 miles|41 kilometers|agree
30 miles|41 kilometers|conflict
41 kilometers|41 miles|conflict
nearly two miles|three kilometers|agree
almost 25,000 feet|7,500 meters|agree
nearly 1,400 feet|420 meters|agree
about 94 miles an hour|151 kilometers an hour|agree
six and a half square kilometers|650 hectares|agree
about 3 degrees Fahrenheit|-16 degrees Celsius|agree
almost 111 degrees Fahrenheit|43.8 degrees Celsius|agree
40 degrees Fahrenheit|40 degrees Celsius|conflict
40 kilometers|40 hectares|incomparable
40 kilometers|40 people|incomparable
35,000 tonnes|55,000 tonnes|conflict
64 tons|141,000 lb|agree
her third title|her second title|conflict
the 12th round|the twelfth round|agree
12th|12|incomparable
No. 5 seed|fifth seed|agree
33-31|33 votes to 31|agree
33-31|33-30|conflict
33-31|31-33|conflict
4-6, 6-3, 7-5|4-6, 6-3, 7-5|agree
4-6, 6-3, 7-5|4-6, 6-4, 7-5|conflict
33-31|33 people|incomparable
1.7 million apiece|1.7 million dollars|agree
1.7 million apiece|1.9 million dollars|incomparable
halved|half of what it was|agree
halved|a third of what it was|incomparable
doubled|twice as many|agree
doubled|tripled|conflict
threefold|tripled|agree
halved|cut by half|agree
2:08:41|2:08:41|agree
2:08:41|2:09:14|conflict
"""
CASES = [line.split("|") for line in COMPARED.strip().splitlines()]


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.mark.parametrize(("claim", "evidence", "relation"), CASES)
def test_two_quantities_relate(claim: str, evidence: str, relation: str) -> None:
    assert quantity_relation(only(claim), only(evidence)).value == relation


@pytest.mark.parametrize(("claim", "evidence", "relation"), CASES)
def test_a_conflict_is_one_from_either_side(claim: str, evidence: str, relation: str) -> None:
    swapped = quantity_relation(only(evidence), only(claim)).value
    assert (swapped == "conflict") == (relation == "conflict")


@pytest.mark.parametrize(
    ("claim", "evidence", "kind"),
    [
        ("8,200", "7,600", "number"),
        ("41 kilometers", "41 miles", "number"),
        ("33-31", "33-30", "number"),
        ("half", "a third", "percent"),
        ("half a percent", "half a percentage point", "percent"),
        ("$5", "$6", "money"),
        ("third", "second", "ordinal"),
    ],
)
def test_a_conflict_has_a_kind(claim: str, evidence: str, kind: str) -> None:
    assert conflict_kind(only(claim), only(evidence)) == kind


@pytest.mark.parametrize(
    ("claim", "evidence", "rendered"),
    [
        ("8,200 fans", "7,600 spectators", "7,600"),
        ("Nineteen fans", "fourteen spectators", "Fourteen"),
        ("nineteen fans", "14 spectators", "fourteen"),
        ("19 fans", "fourteen spectators", "14"),
        ("nineteen fans", "8,212 spectators", "8,212"),
        ("Nineteen fans", "212 spectators", "Two hundred twelve"),
        ("about 16,000", "61,000", "61,000"),
        ("340 billion crowns", "340 million crowns", "340 million crowns"),
        ("$62 million", "$6.2 million", "$6.2 million"),
        ("$62 million", "1.2 billion dollars", "$1.2 billion"),
        ("£62m", "£1.2bn", "£1.2bn"),
        ("£62m", "£4.5 million", "£4.5m"),
        ("6,000 dollars", "60,000 dollars", "60,000 dollars"),
        ("6,000 dollars", "$60,000", "60,000 dollars"),
        ("$5", "5 euros", "5 euros"),
        ("12 percent", "13%", "13 percent"),
        ("12%", "13 percent", "13%"),
        ("12 percent", "0.5 percentage points", "0.5 percentage points"),
        ("her third title", "her second title", "second"),
        ("19th", "12th", "12th"),
        ("19th", "second", "2nd"),
        ("Third place", "21st place", "Twenty-first"),
        ("30 miles", "41 kilometers", "25 miles"),
        ("30 kilometers", "41 kilometers", "41 kilometers"),
        ("two miles", "1 mile", "one mile"),
        ("one mile", "2 miles", "two miles"),
        ("half of them", "a third of them", "a third"),
        ("Half of them", "two-thirds of them", "Two-thirds"),
        ("half of them", "34 percent of them", "34 percent"),
        ("33-31", "33 votes to 30", "33-30"),
        ("half a percent", "0.8 percent", "0.8 percent"),
        ("half a million people", "300,000 people", "three hundred thousand"),
        ("a dozen", "15", "fifteen"),
        ("$12", "$12.50", "$12.50"),
        ("-16 C", "-12 C", "-12 C"),
        ("No. 5 seed", "seventh seed", "7"),
        ("maiden title", "second title", "second"),
        ("2:08:41", "2:09:04", "2:09:04"),
        ("3:43.13", "3:44.20", "3:44.2"),
        ("33 votes to 31", "33-30", "33 votes to 30"),
        ("four to three", "5-2", "five to two"),
        ("72", "more than 60", "more than 60"),
        ("Seventy-two", "more than 60", "More than sixty"),
        ("more than 72", "more than 60", "60"),
        ("dozens", "hundreds", "hundreds"),
        ("Dozens", "hundreds", "Hundreds"),
        ("12", "10 to 15", "10 to 15"),
        ("doubled", "tripled", "tripled"),
        ("six and a half square kilometers", "650 hectares", "six and a half square kilometers"),
    ],
)
def test_a_correction_reads_like_the_claim(claim: str, evidence: str, rendered: str) -> None:
    assert render_like(only(claim), only(evidence)) == rendered


def test_differences_and_totals_add_up() -> None:
    rise = difference(only("$4"), only("$6"))
    assert rise is not None
    assert (rise.quantity.value, rise.quantity.unit) == (2.0, "USD")
    points = difference(only("18 percent"), only("9 percent"))
    assert points is not None
    assert (points.quantity.value, points.quantity.kind.value) == (9.0, "percentage_points")
    whole = total([only("196 passengers"), only("16 crew")])
    assert whole is not None
    assert whole.quantity.value == 212.0


def test_ratios_and_changes_compare_with_words() -> None:
    times = ratio(only("60,000 copies"), only("1,500 copies"))
    assert times is not None
    assert quantity_relation(only("forty times as large"), times.quantity).value == "agree"
    share = ratio(only("$57 million"), only("$112 million"))
    assert share is not None
    assert quantity_relation(only("about half"), share.quantity).value == "agree"
    change = percent_change(only("487,900"), only("503,400"))
    assert change is not None
    assert (round(change.quantity.value, 1), change.quantity.sense) == (3.2, "up")
    assert quantity_relation(only("13 percent"), change.quantity).value == "conflict"


def test_a_share_or_a_count_multiplies_an_amount() -> None:
    share = product(only("a third of it"), only("4.3 million euros"))
    assert share is not None
    assert quantity_relation(only("about 1.4 million euros"), share.quantity).value == "agree"
    flock = derived_from(find_quantities("17 sheep were lost, at 180 euros a head"))
    assert [(d.quantity.value, d.quantity.unit) for d in flock if d.operation == "product"] == [(3060.0, "EUR")]
    assert product(only("$4"), only("$5")) is None


def test_unlike_quantities_derive_nothing() -> None:
    assert difference(only("$4"), only("4 people")) is None
    assert ratio(only("$4"), only("0 dollars")) is None
    assert percent_change(only("0 people"), only("4 people")) is None
    assert total([]) is None
    assert total([only("$4"), only("4 euros")]) is None


def test_a_passage_yields_a_bounded_number_of_derivations() -> None:
    crowd = find_quantities(" and ".join(f"{n} dogs" for n in range(1, 90)))
    assert 0 < len(derived_from(crowd)) <= 120
    assert derived_from([]) == []
