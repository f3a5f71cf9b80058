import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.text.coreference import Coreference


def heard(*sentences: str) -> Coreference:
    discourse = Coreference()
    for sentence in sentences:
        discourse.read(parsed(sentence))
    return discourse


@pytest.mark.parametrize(
    ("query", "subject", "resolved"),
    [
        ("She closed it in 2010.", "She", "Anna Vik closed it in 2010."),
        ("Her sister moved away.", "Her sister", "Anna Vik’s sister moved away."),
        ("It lies on the coast.", "It", "Norway lies on the coast."),
        ("Its roof had leaked.", "Its roof", "Norway’s roof had leaked."),
        ("They left the hall.", "They", "They left the hall."),
        ("Sheep graze there.", "Sheep", "Sheep graze there."),
    ],
)
def test_a_leading_pronoun_becomes_the_nearest_name_that_fits(query: str, subject: str, resolved: str):
    assert heard("Anna Vik moved to Norway in 2001.").resolve(query, subject) == resolved


def test_a_pronoun_stays_where_nobody_was_named():
    assert heard("The ferry sank.").resolve("She closed it.", "She") == "She closed it."


def test_the_last_person_named_is_meant():
    assert heard("Anna Vik spoke.", "Then Tor Hellesund answered.").referent("he") == "Tor Hellesund"


def test_a_sentence_s_subject_comes_before_its_other_names():
    assert heard("In a letter to Kari Moe, Anna Vik resigned.").referent("she") == "Anna Vik"


def test_a_subject_that_is_no_pronoun_means_itself():
    assert heard("Anna Vik spoke.").referent("the mayor") == "the mayor"


def test_the_context_is_the_sentence_before():
    assert (Coreference().context(), heard("One.", "Two.").context()) == ("", "Two.")
