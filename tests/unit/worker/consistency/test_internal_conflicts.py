"""The article against itself. Most rows are negatives: a clean article must stay unmarked."""

import pytest

from factcheck.article import Field
from factcheck.verdict import InternalConflict
from tests.builders import an_article
from tests.unit.worker.model_fixtures import parser
from worker.consistency.casualty_status import casualty_status
from worker.consistency.internal_conflicts import find_internal_conflicts
from worker.consistency.name_spellings import one_slip
from worker.dimensions.quantities.find import find_quantities
from worker.text.claims import find_claims
from worker.text.sentences import find_sentences

DATELINE = "2021-06-14"


def inside(text: str, title: str | None = None, published_at: str | None = DATELINE) -> list[InternalConflict]:
    sentences = find_sentences(an_article(text, title=title, published_at=published_at), parser(), 2_000)
    return find_internal_conflicts(sentences.read, find_claims(sentences.read, sentences.anchor))


def words(conflict: InternalConflict) -> tuple[str, str, str | None]:
    return conflict.kind.value, conflict.a.text, conflict.b.text if conflict.b else None


@pytest.mark.parametrize(
    ("text", "message", "repairs"),
    [
        (
            "The fair opens on Friday, Feb. 10, 2018, in Ostheim.",
            "Feb. 10, 2018 is a Saturday; the Friday is Feb. 9.",
            ["Saturday, Feb. 10, 2018", "Friday, Feb. 9, 2018"],
        ),
        (
            "The council meets on Monday, June 22.",
            "June 22, 2021 is a Tuesday; the Monday is June 21.",
            ["Tuesday, June 22", "Monday, June 21"],
        ),
    ],
)
def test_a_weekday_that_is_not_its_date_s_comes_with_both_repairs(text, message, repairs):
    (found,) = inside(text)
    assert (found.kind.value, found.b, found.message) == ("weekday", None, message)
    assert [s.replacement for s in found.suggestions] == repairs
    assert all(text[s.span.start : s.span.end] == found.a.text for s in found.suggestions)


@pytest.mark.parametrize(
    ("text", "published_at"),
    [
        ("The fair opens on Saturday, Feb. 10, 2018, in Ostheim.", DATELINE),
        ("The council meets on Tuesday, June 22.", DATELINE),
        ("The council meets on Monday, June 22.", None),
        ("She was born on a Monday, and the trial began on Jan. 3.", DATELINE),
        ("The flood of Monday, Jan. 4, was the worst in memory.", "2021-12-20"),
    ],
)
def test_a_weekday_is_left_alone_where_it_fits_or_the_year_is_not_sure(text, published_at):
    assert inside(text, published_at=published_at) == []


FOUND = {
    "deaths, headline and text": (
        "Bus crash kills four near Lindhagen",
        "Five people died when a bus left the road near Lindhagen on Sunday. The driver is being questioned.",
        ("number", "four", "Five"),
    ),
    "deaths, opening and next sentence": (
        None,
        "Seven people were killed in the fire at the Morrow mill. Police said the nine dead had all worked the night shift.",
        ("number", "Seven", "nine"),
    ),
    "everybody": (
        "Six climbers rescued from Hoher Zahn",
        "All seven men stranded on the ledge are safe. A helicopter lifted them off at dawn.",
        ("number", "Six", "seven"),
    ),
    "one noun, one verb": (
        "Ostheim closes four schools",
        "The council of Ostheim decided on Monday to shut five schools. Parents protested.",
        ("number", "four", "five"),
    ),
    "a part of the whole": (
        "Ostheim school closes four classrooms",
        "At the school in Ostheim six of the twenty classrooms are shut since Monday. Parents protested.",
        ("number", "four", "six"),
    ),
    "a crew and its parts": (
        None,
        "The lugger’s crew of nine, five Danes and three Swedes, was picked up by a trawler.",
        ("number", "nine", "five Danes and three"),
    ),
    "a crew and its sailors": (
        None,
        "A crew of six was aboard when the tug left port. The tug sank off Holm. The five sailors reached the shore.",
        ("number", "six", "five"),
    ),
    "up and down": (
        None,
        "Rents in Ostheim climbed by 6 percent this spring. Builders are glad. Where rents dropped by 6 percent, few will build.",
        ("relation", "climbed by 6 percent", "dropped by 6 percent"),
    ),
    "a share of the headline's subject": (
        "Rents in Ostheim up 7 percent",
        "The town’s rents went up in May by 5.2 percent against the year before. Tenants complained.",
        ("percent", "7 percent", "5.2 percent"),
    ),
    "limits": (
        "Varmland limits water use to 90 liters",
        "Households in Varmland may use at most 80 liters of water a day. Farmers are exempt.",
        ("number", "90 liters", "80 liters"),
    ),
    "limits, beside what was called for": (
        "Board caps fees at six percent",
        "Banks may charge at most five percent in fees. The union had called for a limit of six percent.",
        ("percent", "six percent", "five percent"),
    ),
    "one noun, words in common": (
        "Nordkart cuts 300 jobs at Grandal",
        "The paper maker Nordkart is to lose 400 jobs at its mill in Grandal. The union was not told.",
        ("number", "300", "400"),
    ),
    "lengths of time": (
        "Banker Holm jailed for nine years",
        "The banker Arvid Holm was jailed for eight years on Monday. He will appeal.",
        ("duration", "nine years", "eight years"),
    ),
    "days": (
        "Lysvik terminal opens June 21",
        "The ferry terminal in Lysvik opens on June 23. There will be music.",
        ("date", "June 21", "June 23"),
    ),
    "race times": (
        "Adeyo wins Lund marathon in 2:09:14",
        "Samuel Adeyo won the Lund marathon in 2:07:14 on Sunday. It rained.",
        ("number", "2:09:14", "2:07:14"),
    ),
    "results": (
        "Northfield beat Eastbourne Rovers 3-1",
        "Northfield won 4-2 at home to Eastbourne Rovers on Saturday. The crowd sang.",
        ("number", "3-1", "4-2"),
    ),
    "more wins than starts": (
        None,
        "It was the fifth start of the mare and her eighth win. She likes mud.",
        ("ordinal", "fifth", "eighth"),
    ),
    "taken, found, missing": (
        None,
        "Thieves stole 40 paintings from the villa. Police found 12 paintings in a barn. Twenty paintings are still missing.",
        ("number", "40", "Twenty"),
    ),
    "brothers and their names": (
        None,
        "The bakery belongs to three brothers, Tom and Jim. It opened in 1990.",
        ("number", "three", "Tom and Jim"),
    ),
    "a group and its parts": (
        None,
        "Five people, two men and two women, were arrested on Sunday.",
        ("number", "Five", "two men and two"),
    ),
    "yes and no": (
        None,
        "In the end 58 percent voted for the dam and 52 percent against it.",
        ("percent", "58 percent", "52 percent"),
    ),
    "the group taken up": (
        None,
        "Nine councillors left the party on Monday. The mayor was silent. All eight councillors left without a word.",
        ("number", "Nine", "eight"),
    ),
    "letters swapped": (
        None,
        "Inspector Rowena Marland leads the case. Marlnad said the search goes on.",
        ("name", "Rowena Marland", "Marlnad"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("title", "text", "expected"), FOUND.values(), ids=FOUND.keys())
def test_two_places_that_cannot_both_be_right_are_shown(title, text, expected):
    found = inside(text, title)
    assert [words(c) for c in found] == [expected]
    for side in (found[0].a, found[0].b):
        source = title if side.span.field is Field.TITLE else text
        assert source[side.span.start : side.span.end] == side.text


CLEAN = {
    "a toll that rose": ("Bus crash kills five", "Four people died at once. A fifth, bringing the toll to five, died on Monday."),
    "a subset": ("Bus crash kills five", "Two children were killed in the crash. Three adults died, too."),
    "a list": ("Crash kills three", "Two children and their mother were killed on Sunday."),
    "another group": ("Two officers killed", "Three people were killed in a shootout, including the gunman."),
    "hurt, not killed": ("Crash kills two", "Five people were injured when two trains met. Both drivers died."),
    "rounded": ("Storm cuts power to 20,000 homes", "About 19,800 homes were without power on Monday."),
    "a hedge": ("More than 60 killed in quake", "At least 64 people were killed in the quake, officials said."),
    "a forecast": ("Virus has killed 100", "The model forecasts that 300 people could be killed. So far 100 have died."),
    "what was called for": ("Union wants limit of six percent", "The board may cap fees at five percent. The union wants six."),
    "half-time": ("Northfield beat Eastbourne 3-1", "Northfield led 2-1 at half-time and won 3-1 at Eastbourne."),
    "the loser's view": ("Eastbourne lose 1-3 to Northfield", "Northfield beat Eastbourne 3-1 on Saturday."),
    "fewer wins than starts": (None, "It was the ninth flight of the rocket and its seventh success."),
    "two races": (None, "It was his second start and his ninth win came in the third race."),
    "all found": (None, "Thieves stole 40 coins. Police found 12 coins. Eight coins were sold. Twenty coins are still missing."),
    "nothing found": (None, "Thieves stole 40 coins. Twenty coins are still missing."),
    "brothers and their names": (None, "The bakery belongs to three brothers, Tom, Dick and Harry."),
    "some of them": (None, "He had three brothers, Tom and Jim among them."),
    "of them": (None, "Of the three brothers, Tom and Jim stayed at home."),
    "a group and its parts": (None, "Five people, two men and three women, were arrested."),
    "all of a known number": ("Primaries in 14 states", "Voters go to the polls in 14 states. All 50 states have new software."),
    "the other three": (None, "The other three officers were not charged. Protesters want all four officers charged."),
    "two of a name": (None, "James Risen of the Times and James Rosen of Fox were named. Risen won his case."),
    "another scale": ("Holm estate owes $35T", "The Holm estate owes $35 trillion, a court said on Monday."),
    "a torn figure": ("Karelvia adds 223,000 jobs", "The economy of Karelvia added 223,00 jobs in April."),
    "a day that the text has, too": (
        "Lysvik terminal opens June 21",
        "The terminal in Lysvik opens on June 23 to guests, on June 21 to all.",
    ),
    "a feast and its eve": ("Lysvik opens New Year’s party", "A party in Lysvik opens on New Year’s Eve."),
    "a longer name": (None, "Tom Davis spoke. In the west Sharice Davids raised more."),
    "a family": (None, "Anna Keller runs the farm. The Kellers came in 1900."),
    "brother and sister": (None, "Julian Marten won the race. Juliana Marten came in third."),
    "a part of a known whole": ("School shuts six classrooms", "Six of the school’s twenty classrooms are shut."),
    "a crew and its peoples": (None, "The crew of nine, five Danes and four Swedes, was picked up by a trawler."),
    "some of the crew": (None, "A crew of six was aboard. Five sailors were hurt, one was not."),
    "two crews": (None, "The tug had a crew of six, the barge a crew of two. The five sailors are safe."),
    "up in one year, down in the next": (
        None,
        "Rents climbed by 6 percent in 2019. Rents dropped by 6 percent in 2020.",
    ),
    "other figures": (None, "Rents climbed by 6 percent. In the east, rents dropped by 2 percent."),
    "other subjects": (None, "Rents climbed by 6 percent. Wages dropped by 6 percent."),
    "not up": (None, "Rents did not climb by 6 percent. Where rents dropped by 6 percent, few will build."),
    "a headline that rounds": ("Rents up 5 percent", "The town’s rents went up by 5.2 percent in May."),
    "a headline on something else": ("Wages up 7 percent", "Rents went up by 5.2 percent in May."),
    "yes and yes": (None, "In March 58 percent were for the dam, in May 62 percent were for it."),
}  # fmt: skip


@pytest.mark.parametrize(("title", "text"), CLEAN.values(), ids=CLEAN.keys())
def test_what_can_be_true_together_is_not_marked(title, text):
    assert [words(c) for c in inside(text, title)] == []


def test_a_headline_s_figure_is_mended_at_either_end():
    (found,) = inside("Five people died when a bus left the road on Sunday.", "Bus crash kills four")
    assert found.message == "The headline says “four”, the text “Five”."
    assert [(s.span.field.value, s.replacement) for s in found.suggestions] == [("title", "five"), ("text", "Four")]


def test_offsets_count_emoji_as_two_utf16_units():
    text = "🎉🎉 The fair opens on Friday, Feb. 10, 2018."
    (found,) = inside(text)
    assert text[found.a.span.start : found.a.span.end] == "Friday, Feb. 10, 2018"
    assert found.a.span.utf16_start == found.a.span.start + 2


def test_an_article_without_sentences_has_no_conflicts():
    assert inside("") == []


@pytest.mark.parametrize(
    ("sentence", "fate"),
    [
        ("The storm kills three in Kastell.", "dead"),
        ("Two people have died.", "dead"),
        ("Eight miners were rescued.", "saved"),
        ("Three hikers are still missing.", "missing"),
        ("Twelve people were slightly injured.", "hurt"),
        ("Two held after woman killed.", None),
        ("Four schools stayed shut.", None),
    ],
)
def test_what_became_of_the_counted_people_is_read(sentence, fate):
    assert casualty_status(sentence, find_quantities(sentence)[0]) == fate


@pytest.mark.parametrize(
    ("a", "b", "slip"),
    [
        ("halloran", "halorran", False),
        ("halloran", "hallroan", True),
        ("halloran", "haloran", True),
        ("marchetti", "marchatti", True),
        ("marchetti", "marchetty", False),
        ("risen", "rosen", False),
        ("petersen", "peterson", False),
        ("miller", "millers", False),
        ("keller", "heller", False),
        ("same", "same", False),
    ],
)
def test_one_slip_of_the_pen_is_told_from_another_name(a, b, slip):
    assert one_slip(a, b) is slip
    assert one_slip(b, a) is slip


IMPOSSIBLE_DAYS = {
    "a leap day of a common year": ("The fair opens on Feb. 29, 2018.", "Feb. 28, 2018"),
    "a thirty-first": ("The fair closes on June 31.", "June 30"),
    "the day first": ("The fair closes on 31 November 2021.", "30 November 2021"),
    "an ordinal": ("The fair closes on the 31st of April.", "the 30th of April"),
    "an end of a range": ("The fair runs June 28-31.", "June 28-30"),
    "ISO 8601": ("The form says 2021-02-30.", "2021-02-28"),
    "slashes": ("The form says 30/02/2021.", "28/02/2021"),
    "a short form": ("The form says 31-Jun-21.", "30-Jun-21"),
}
POSSIBLE_DAYS = [
    "The fair opened on Feb. 29, 2016.",
    "The fair closes on June 30.",
    "The fair closes on July 31.",
    "The fair runs June 28-30.",
    "The bus holds 31 in June.",
    "Room 31, April ward, is closed.",
    "The fair of Feb. 29, 2000, was wet.",
]


@pytest.mark.parametrize(("text", "repair"), IMPOSSIBLE_DAYS.values(), ids=IMPOSSIBLE_DAYS)
def test_a_day_that_no_calendar_has_is_a_conflict_with_the_last_of_its_month(text: str, repair: str):
    (found,) = inside(text)
    assert (found.kind.value, found.b, found.message.startswith("There is no ")) == ("date", None, True)
    assert [s.replacement for s in found.suggestions] == [repair]


@pytest.mark.parametrize("text", POSSIBLE_DAYS)
def test_a_day_that_the_calendar_has_is_left_alone(text: str):
    assert inside(text) == []
