"""What numbers a text holds: a table of expressions, and of things that look like numbers and are none."""

import pytest

from worker.dimensions.quantities.find import find_quantities

# text | the words found | kind | value | unit or noun
FOUND = """
The mill employs 412 people.|412|number|412|person
The mill employs 1,204 people.|1,204|number|1204|person
It cost 12,000,000 to build.|12,000,000|number|12000000|
The index stands at 1,234.5 now.|1,234.5|number|1234.5|
Roughly 1 234 signatures arrived.|1 234|number|1234|signature
Forty-two cyclists gave up.|Forty-two|number|42|cyclist
One hundred and twelve boats sank.|One hundred and twelve|number|112|boat
Seven thousand six hundred spectators sang.|Seven thousand six hundred|number|7600|spectator
Two million three hundred thousand bees died.|Two million three hundred thousand|number|2300000|bee
A hundred farmers marched.|A hundred|number|100|farmer
It took two and a half tries.|two and a half|number|2.5|try
Some two and a half million ballots were cast.|two and a half million|number|2500000|ballot
Half a million trees were planted.|Half a million|number|500000|tree
A quarter of a million homes went dark.|A quarter of a million|number|250000|home
Clubs drew 1.2 million visitors.|1.2 million|number|1200000|visitor
The app has 40k users.|40k|number|40000|user
The app has 3m users.|3m|number|3000000|user
The app has 3.5bn visits.|3.5bn|number|3500000000|visit
Two dozen goats escaped.|Two dozen|number|24|goat
Half a dozen goats escaped.|Half a dozen|number|6|goat
The 12-member council met.|12|number|12|member
Six different storage areas burned.|Six|number|6|area
Three of the judges left.|Three|number|3|judge
He was caught twice.|twice|number|2|time
She won four times.|four|number|4|time
Dozens of missiles were shown.|Dozens|number|24|missile
Hundreds of long-range missiles were shown.|Hundreds|number|200|missile
Tens of thousands marched.|Tens of thousands|number|10000|
Hundreds of thousands of bees died.|Hundreds of thousands|number|100000|bee
Several hundred residents left.|Several hundred|number|300|resident
A handful of residents left.|A handful|number|2|resident
A few residents left.|A few|number|2|resident
A couple of residents left.|A couple|number|2|resident
Several residents left.|Several|number|3|resident
Ten US citizens were aboard.|Ten|number|10|citizen
Ten U.S. citizens were aboard.|Ten|number|10|citizen
The bus carries 10 or more people.|10|number|10|person
Sixteen of those aboard swam.|Sixteen|number|16|
Prices fell 18 percent.|18 percent|percent|18|
Prices fell 18%.|18%|percent|18|
Prices fell 18 per cent.|18 per cent|percent|18|
Prices fell eighteen percent.|eighteen percent|percent|18|
Prices fell .5 percent.|.5 percent|percent|0.5|
Prices fell by half a percent.|half a percent|percent|0.5|
Growth was -2% last time.|-2%|percent|-2|
Turnout rose 0.5 percentage points.|0.5 percentage points|percentage_points|0.5|
Turnout rose half a percentage point.|half a percentage point|percentage_points|0.5|
Rates rose 25 basis points.|25 basis points|percentage_points|0.25|
Some 84 percent of pupils came.|84 percent|percent|84|pupil
The fine is $12.4 billion.|$12.4 billion|money|12400000000|USD
The fine is US$40.|US$40|money|40|USD
The fine is A$40.|A$40|money|40|AUD
The fine is HK$3bn.|HK$3bn|money|3000000000|HKD
The fine is £3m.|£3m|money|3000000|GBP
The fine is €5.|€5|money|5|EUR
The fine is ¥1,000.|¥1,000|money|1000|JPY
The fine is EUR 500.|EUR 500|money|500|EUR
The fine is 300 CHF.|300 CHF|money|300|CHF
The fine is Rs. 40.|Rs. 40|money|40|rupee
The fine is 90 million euros.|90 million euros|money|90000000|EUR
The fine is 340 million crowns.|340 million crowns|money|340000000|crown
The fine is 30 Swedish crowns.|30 Swedish crowns|money|30|SEK
The fine is 30 New Zealand dollars.|30 New Zealand dollars|money|30|NZD
The fine is 1.5 million U.S. dollars.|1.5 million U.S. dollars|money|1500000|USD
The ticket is 40,000 won.|40,000 won|money|40000|KRW
The ticket is 50 cents.|50 cents|money|0.5|USD
The ticket is 40 pounds.|40 pounds|money|40|GBP
The ticket is two dollars.|two dollars|money|2|USD
The ticket is half a million pounds.|half a million pounds|money|500000|GBP
They lost millions of euros.|millions of euros|money|2000000|EUR
It was the eighth round.|eighth|ordinal|8|round
It was the 12th round.|12th|ordinal|12|round
It was the 21st round.|21st|ordinal|21|round
It was the twenty-first round.|twenty-first|ordinal|21|round
It was her second title.|second|ordinal|2|title
It was her maiden speech.|maiden|ordinal|1|speech
It was the first red warning.|first|ordinal|1|warning
Beware of the No. 5 seed.|5|ordinal|5|seed
She climbed to 14th.|14th|ordinal|14|
A third of voters stayed home.|A third|fraction|0.333333|voter
Two-thirds of voters stayed home.|Two-thirds|fraction|0.666667|voter
Three quarters of voters stayed home.|Three quarters|fraction|0.75|voter
Half of patients recover.|Half|fraction|0.5|patient
Half the crop failed.|Half|fraction|0.5|
One in five pupils is ill.|One in five|fraction|0.2|
Seven in 10 pupils are ill.|Seven in 10|fraction|0.7|
Two out of three pupils are ill.|Two out of three|fraction|0.666667|
One pupil in eight is ill.|One pupil in eight|fraction|0.125|pupil
Three out of every four are ill.|Three out of every four|fraction|0.75|
The odds are one in 26 million.|one in 26 million|fraction|0.0000000385|
It filled 1/3 of the jar.|1/3|fraction|0.333333|jar
The vote was 33-31.|33-31|score|33|
They won by 33 votes to 31.|33 votes to 31|score|33|
They voted four to three.|four to three|score|4|
He lost 4-6, 6-3, 7-5.|4-6, 6-3, 7-5|score|4|
He rode 41 kilometers.|41 kilometers|measure|41|kilometer
He rode 41km.|41km|measure|41|kilometer
He rode three km.|three km|measure|3|kilometer
He rode 25 miles.|25 miles|measure|25|mile
He rode 3½ miles.|3½ miles|measure|3.5|mile
The 187-kilometer stage was wet.|187-kilometer|measure|187|kilometer
The boat carries 55,000 tonnes.|55,000 tonnes|measure|55000|metric_ton
The fire took 650 hectares.|650 hectares|measure|650|hectare
The fire took six and a half square kilometers.|six and a half square kilometers|measure|6.5|kilometer**2
It was 30 degrees Celsius.|30 degrees Celsius|measure|30|degC
It was minus 16 degrees Celsius.|minus 16 degrees Celsius|measure|-16|degC
It was -16 C at dawn.|-16 C|measure|-16|degC
It was 40°F at dawn.|40°F|measure|40|degF
It blew nine meters per second.|nine meters per second|measure|9|meter/second
It blew 151 km/h.|151 km/h|measure|151|kilometer/hour
It blew 94 miles an hour.|94 miles an hour|measure|94|mile/hour
It blew at 60 mph.|60 mph|measure|60|mile/hour
He caught 40 pounds of cod.|40 pounds|measure|40|pound
A 40-pound dog barked.|40-pound|measure|40|pound
The cliff is 1,400 feet high.|1,400 feet|measure|1400|foot
The plant makes 60 million liters.|60 million liters|measure|60000000|liter
The plant makes 800 megawatts.|800 megawatts|measure|800|megawatt
She won in 2:08:41.|2:08:41|measure|7721|second
She won in 3:43.13.|3:43.13|measure|223.13|second
Losses doubled.|doubled|multiple|2|
Losses halved.|halved|multiple|0.5|
Losses were cut by half.|half|multiple|0.5|
The tower is twice as tall.|Twice|multiple|2|
It is ten times as large.|ten times|multiple|10|
A threefold rise followed.|threefold|multiple|3|
A three-fold rise followed.|three-fold|multiple|3|
It grew by a factor of six.|six|multiple|6|
They plan to double spending.|double|multiple|2|
"""


def _rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "words", "kind", "value", "what"), _rows(FOUND))
def test_a_quantity_is_found_with_its_kind_value_and_unit(
    text: str, words: str, kind: str, value: str, what: str
) -> None:
    found = find_quantities(text)
    assert len(found) == 1, found
    quantity = found[0]
    assert quantity.text.lower() == words.lower()
    assert text[quantity.start : quantity.end] == quantity.text
    assert (quantity.kind.value, quantity.unit or quantity.noun) == (kind, what)
    assert quantity.value == pytest.approx(float(value), rel=1e-3)


NOTHING = [
    "No one of them spoke.",
    "One of the men spoke.",
    "They helped one another.",
    "This one is red, that one blue.",
    "A Boeing 737 landed.",
    "A Boeing 737-800 landed.",
    "An Airbus A320 landed.",
    "The G20 met.",
    "COVID-19 spread.",
    "Formula 1 returned.",
    "U2 sang.",
    "Channel 4 reported.",
    "An iPhone 8 rang.",
    "The Falcon 9 rocket rose.",
    "Flight 370 vanished.",
    "They drove on Highway 61.",
    "The PS4 sold well.",
    "A 5G mast fell.",
    "In 4K it looks better.",
    "An F-16 crashed.",
    "The under-21 team won.",
    "Call 555-123-4567 now.",
    "Call +44 20 7946 0958 now.",
    "See https://example.org/12/34 for more.",
    "See www.example.org/9 for more.",
    "Version v2.3.1 is out.",
    "The host is 192.168.0.1 today.",
    "1. Wash the pan.",
    "They met on Feb. 10.",
    "They met on 9 February.",
    "They met on the 12th of May.",
    "They met in 2015.",
    "They met on 2018-02-09.",
    "They met at 9 p.m. sharp.",
    "They met at 10:30 sharp.",
    "They met at 10am sharp.",
    "First Avenue was shut.",
    "Chapter Five is short.",
    "Air Force One landed.",
    "At first he smiled.",
    "First of all, he smiled.",
    "Wait a split second.",
    "The first lady smiled.",
    "It first opened here.",
    "It is a bike and a half.",
    "The attacks of 9/11 shook them.",
    "It is open 24/7 now.",
    "He tried again.",
    "Halfway there, he won.",
    "@user42 wrote #100days today.",
    "",
    "   ",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_only_looks_like_a_number_is_left_alone(text: str) -> None:
    assert [quantity.text for quantity in find_quantities(text)] == []


HEDGED = """
nearly 3,000 people|nearly|approx|2790|3000
almost 25,000 people|almost|approx|23750|25000
close to 14 people|close to|approx|13.3|14
just under 200 people|just under|approx|186|200
about 300 people|about|approx|270|330
some 23,400 people|some|approx|22932|23868
around 14,000 people|around|approx|13300|14700
roughly three hundred people|roughly|approx|270|330
an estimated 20 people|an estimated|approx|18|22
20 or so people|or so|approx|18|22
a little over $12 billion|a little over|approx|12e9|12.6e9
just over nine million people|just over|approx|9e6|9.63e6
more than 60 people|more than|more_than|60|inf
over 60 people|over|more_than|60|inf
upwards of 60 people|upwards of|more_than|60|inf
at least six people|at least|at_least|6|inf
no fewer than six people|no fewer than|at_least|6|inf
six or more people|or more|at_least|6|inf
60+ people|+|at_least|60|inf
up to 40 people|up to|at_most|0|40
as many as 40 people|as many as|at_most|0|40
no more than 40 people|no more than|at_most|0|40
fewer than 50 people|fewer than|less_than|0|50
less than a third of them|less than|less_than|0|0.3333
under 50 people|under|less_than|0|50
exactly 50 people|exactly|exact|50|50
at least about 50 people|at least about|at_least|50|inf
more-than 4 million pages|more-than|more_than|4e6|inf
between 12 and 13 percent||approx|12|13
10 to 15 people||approx|10|15
10-15 people||approx|10|15
10–15 percent||approx|10|15
$2-3 million||approx|2e6|3e6
two or three people||approx|2|3
a dozen people||approx|11.4|12.6
dozens of people||vague|24|144
a handful of people||vague|2|9
"""


@pytest.mark.parametrize(("text", "modifier", "bound", "low", "high"), _rows(HEDGED))
def test_a_hedge_sets_bound_and_range(text: str, modifier: str, bound: str, low: str, high: str) -> None:
    quantity = find_quantities(text)[0]
    assert (quantity.modifier, quantity.bound.value) == (modifier, bound)
    assert (quantity.low, quantity.high) == (pytest.approx(float(low), rel=1e-3), pytest.approx(float(high), rel=1e-3))
    if quantity.modifier_span:
        assert text[slice(*quantity.modifier_span)] == quantity.modifier


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Leaps of 135.5 and 139 meters won.", [(135.5, "meter"), (139, "meter")]),
        ("The duty fell from 18 percent to nine.", [(18, "percent"), (9, "percent")]),
        ("The rate falls from 48 to 44 percent.", [(48, "percent"), (44, "percent")]),
        ("The tax rises from $4 to $6.", [(4, "USD"), (6, "USD")]),
        ("The quota sank by half a percent to 14.7 percent.", [(0.5, "percent"), (14.7, "percent")]),
        ("Attendance rose 12 percent to 88,000.", [(12, "percent"), (88000, "")]),
        ("It is 4,000 from here, Feb. 9.", [(4000, "")]),
        ("Two of the 31 satellites failed.", [(2, ""), (31, "")]),
    ],
)
def test_neighbours_share_a_unit_only_where_the_language_does(text: str, expected: list[tuple[float, str]]) -> None:
    found = find_quantities(text)
    assert [(q.value, q.unit or ("percent" if q.kind.value == "percent" else "")) for q in found] == expected


def test_excluded_spans_hold_no_quantity() -> None:
    text = "On 9 May some 30 people sat 12 hours."
    hours = text.index("12 hours")
    assert [q.text for q in find_quantities(text, [(hours, hours + 8), (3, 8)])] == ["30"]


def test_the_time_word_of_a_speed_is_not_excluded() -> None:
    text = "It blew nine meters per second."
    second = text.index("second")
    assert [q.unit for q in find_quantities(text, [(second - 4, second + 6)])] == ["meter/second"]


def test_the_sense_of_a_percentage_is_kept() -> None:
    texts = ("58 percent below average", "58 percent of normal", "7 percent more than before", "it fell by 7 percent")
    assert [find_quantities(text)[0].sense for text in texts] == ["down", "of", "up", "down"]


def test_scores_and_ranges_keep_their_figures() -> None:
    assert find_quantities("He lost 4-6, 6-3, 7-5.")[0].parts == (4.0, 6.0, 6.0, 3.0, 7.0, 5.0)
    assert find_quantities("10 to 15 people")[0].parts == (10.0, 15.0)
