import pytest

from tests.builders import a_document
from tests.unit.worker.model_fixtures import Told, a_kit, a_statement, a_witness, told
from worker.dimensions.times.compare import compare_times
from worker.evidence.support_vetoes import vetoes_support

WEDNESDAY = "2018-02-07"
THURSDAY = "2018-02-08"


def found(claim: str, passage: str, written: str = WEDNESDAY, published: str = WEDNESDAY) -> set[Told]:
    statement = a_statement(claim, dateline=written)
    ranked = a_witness(passage, document=a_document(published_at=published))
    return told(statement, compare_times(statement, [ranked], a_kit())[0])


CLASHES = {
    "a weekday": (
        "The museum opens on Friday.",
        "The museum opens on Saturday.",
        ("weekday.differs", "Friday", "Saturday"),
    ),
    "a month": (
        "The museum opened in March 2016.",
        "The museum opened in April 2016.",
        ("date.differs", "March 2016", "April 2016"),
    ),
    "a year": ("The museum opened in 2004.", "The museum opened in May 2005.", ("date.differs", "2004", "May 2005")),
    "a length": (
        "The trial lasted nine days.",
        "The trial lasted six weeks.",
        ("duration.differs", "nine days", "six weeks"),
    ),
    "an age": (
        "Anna Vik is 41 years old.",
        "Anna Vik is 43 years old.",
        ("number.differs", "41 years old", "43 years old"),
    ),
}
AGREE = {
    "a day": (
        "The museum opens on Feb. 9.",
        "The museum opens on Friday, Feb. 9.",
        ("date.same", "Feb. 9", "Friday, Feb. 9"),
    ),
    "a day of the month": (
        "The museum opened in May 2004.",
        "The museum opened on May 3, 2004.",
        ("date.same", "May 2004", "May 3, 2004"),
    ),
    "a length in other units": (
        "The trial lasted two weeks.",
        "The trial lasted 14 days.",
        ("duration.same", "two weeks", "14 days"),
    ),
    "a length and its beginning": (
        "She has led the firm for nine years.",
        "She has led the firm since 2009.",
        ("duration.same", "nine years", "2009"),
    ),
    "yesterday": (
        "The council met yesterday.",
        "The council met on Tuesday.",
        ("date.same", "yesterday", "Tuesday"),
    ),
}
SILENT = {
    "one end of a range": ("Between 1910 and 1945 they won often.", "They won in 1908."),
    "a length and a distance": ("He left one day after the vote.", "He left after 42 years."),
    "another age": ("Keepers shot a 17-year-old gorilla.", "A 4-year-old girl slipped into the ditch."),
    "another record": ("It was the worst crash since 2004.", "It was the first crash since 1959."),
    "another bearer": ("Anna Palmer retired in May.", "Bruce Arians retired in June."),
    "no time": ("The museum opens on Friday.", "The museum is closed."),
    "a vague time": ("The museum opens soon.", "The museum opens on Saturday."),
    "a coarser time": ("The museum opened on May 3, 2004.", "The museum opened in 2004."),
    "a habit": ("The council meets every Monday.", "The council met on Tuesday."),
}


@pytest.mark.parametrize(("claim", "passage", "clash"), CLASHES.values(), ids=CLASHES)
def test_a_passage_has_another_time(claim: str, passage: str, clash: tuple[str, str, str]):
    assert found(claim, passage) == {("conflict", *clash)}


@pytest.mark.parametrize(("claim", "passage", "match"), AGREE.values(), ids=AGREE)
def test_a_passage_bears_the_time_out(claim: str, passage: str, match: tuple[str, str, str]):
    assert found(claim, passage) == {("agree", *match)}


@pytest.mark.parametrize(("claim", "passage"), SILENT.values(), ids=SILENT)
def test_a_passage_without_a_time_to_set_beside_says_nothing(claim: str, passage: str):
    assert found(claim, passage) == set()


# claim, passage, the day each was written; the words are the same, or differ in nothing but a year left out.
ELSEWHEN = {
    "a weekday of weeks before": (
        "The ferry sank on Tuesday.",
        "The ferry sank on Tuesday.",
        "2018-02-07",
        "2018-01-17",
    ),
    "yesterday": ("The ferry sank yesterday.", "The ferry sank yesterday.", "2018-02-07", "2018-02-01"),
    "tomorrow": ("The fair opens tomorrow.", "The fair opens tomorrow.", "2018-02-07", "2018-01-30"),
    "tonight": ("The fair opens tonight.", "The fair opens tonight.", "2018-02-07", "2018-01-30"),
    "last month": ("Prices fell last month.", "Prices fell last month.", "2018-02-07", "2017-06-07"),
    "this week": ("The mill closes this week.", "The mill closes this week.", "2018-02-07", "2018-01-10"),
    "last year": ("Moe sold 90 boats last year.", "Moe sold 90 boats last year.", "2018-02-07", "2015-02-07"),
    "a week from one to come": ("Vik will speak on Monday.", "Vik will speak on Monday.", "2018-02-07", "2018-01-31"),
    "a day without its year": ("The fair opened on Feb. 2.", "The fair opened on Feb. 2.", "2018-02-07", "2016-02-07"),
}
SAME_DAY = {
    "a weekday of one week": ("The ferry sank on Tuesday.", "The ferry sank on Tuesday.", "2018-02-09", "2018-02-07"),
    "the dateline's weekday": ("The ferry sank on Monday.", "The ferry sank on Monday.", "2018-02-12", "2018-02-09"),
    "yesterday of one day": ("The ferry sank yesterday.", "The ferry sank yesterday.", "2018-02-07", "2018-02-07"),
    "last month of one month": ("Prices fell last month.", "Prices fell last month.", "2018-02-07", "2018-02-27"),
    "a written year": ("The fair of Feb. 2, 2016.", "The fair of Feb. 2, 2016.", "2018-02-07", "2016-02-07"),
    "this year": ("The mill closes this year.", "The mill closes this year.", "2018-02-07", "2018-01-10"),
    "a length": ("The trial took two weeks.", "The trial took two weeks.", "2018-02-07", "2015-01-10"),
    "a habit": ("The council meets every Monday.", "The council meets every Monday.", "2018-02-07", "2015-01-10"),
}


@pytest.mark.parametrize(("claim", "passage", "written", "published"), ELSEWHEN.values(), ids=ELSEWHEN)
def test_the_same_words_of_another_day_neither_agree_nor_conflict(
    claim: str, passage: str, written: str, published: str
):
    assert {(relation, rule) for relation, rule, *_ in found(claim, passage, written, published)} == {
        ("incomparable", "date.elsewhen")
    }


@pytest.mark.parametrize(("claim", "passage", "written", "published"), SAME_DAY.values(), ids=SAME_DAY)
def test_the_same_words_of_the_same_day_are_no_veto(claim: str, passage: str, written: str, published: str):
    assert "date.elsewhen" not in {rule for _, rule, *_ in found(claim, passage, written, published)}


@pytest.mark.parametrize(
    ("published", "barred"),
    [(["2018-01-17"], True), (["2018-01-17", "2018-02-07"], False), (["2018-02-07"], False), ([], False)],
)
def test_only_a_passage_of_the_claim_s_own_day_lifts_the_veto(published: list[str], barred: bool):
    statement = a_statement("The ferry sank on Tuesday.", dateline=WEDNESDAY)
    ranked = [
        a_witness("The ferry sank on Tuesday.", rank=i, document=a_document(published_at=day))
        for i, day in enumerate(published)
    ]
    alignments, _ = compare_times(statement, ranked, a_kit())
    assert any(vetoes_support(statement, r, alignments) for r in ranked) is barred


def test_each_side_s_yesterday_is_its_own():
    assert found("The council met on Wednesday.", "The council met yesterday.", published=THURSDAY) == {
        ("agree", "weekday.same", "Wednesday", "yesterday")
    }


def test_a_weekday_that_the_calendar_denies_is_past_doubt():
    assert found("The museum opens on Saturday, Feb. 9.", "The museum opens on Friday, Feb. 9.") == {
        ("conflict", "weekday.impossible", "Saturday, Feb. 9", "Friday, Feb. 9")
    }
