import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.worker.model_fixtures import parsed
from worker.text.factuality import Event, Factuality, find_events


def event(text: str, verb: str) -> Event:
    tokens = parsed(text).tokens
    return next(e for e in find_events(parsed(text)) if tokens[e.index].text == verb)


DENIED = [
    ("It is false that the dam collapsed.", "collapsed", "false"),
    ("It is not true that the dam collapsed.", "collapsed", "not"),
    ("It is a myth that the dam collapsed.", "collapsed", "myth"),
    ("It was a mistake to report that the dam collapsed.", "collapsed", "mistake"),
    ("The rumor that the mill burned down is untrue.", "burned", "untrue"),
    ("Reports that the ferry sank are wrong, the coast guard said.", "sank", "wrong"),
    ("The story that the dam collapsed was made up.", "collapsed", "made"),
    ("The claim that the dam collapsed has been debunked.", "collapsed", "debunked"),
    ("A hoax message claimed that the dam collapsed.", "collapsed", "hoax"),
    ("A parody account said that the dam collapsed.", "collapsed", "parody"),
    ("The post, which is fake, says the dam collapsed.", "collapsed", "fake"),
    ("The dam collapsed, according to a fabricated video.", "collapsed", "fabricated"),
    ("The dam collapsed, as the Herald wrongly reported.", "collapsed", "wrongly"),
    ("The Herald falsely reported that the dam collapsed.", "collapsed", "falsely"),
    ("The minister denied that he met the lobbyist.", "met", "denied"),
    ("The minister denied having met the lobbyist.", "met", "denied"),
    ("The bank rejected suggestions that it hid losses.", "hid", "rejected"),
    ("Police dismissed as false a report that the school was evacuated.", "evacuated", "dismissed"),
    ("The judge acquitted Nora Lunde of charges that she stole the ring.", "stole", "acquitted"),
    ("The agency apologized for reporting that the dam collapsed.", "collapsed", "apologized"),
    ("Nobody thinks that the dam collapsed.", "collapsed", "Nobody"),
    ("Police no longer believe that Lunde stole the ring.", "stole", "no"),
    ("There is no evidence that the dam collapsed.", "collapsed", "no"),
    ("There is no truth in the rumor that the bank failed.", "failed", "no"),
    ("The mill did not burn.", "burn", "not"),
    ("FALSE: The mill in Orrin burned on Monday.", "burned", "FALSE"),
    ("The union stopped the firm from closing the school.", "closing", "stopped"),
    ("The minister refused to sign the bill.", "sign", "refused"),
]


@pytest.mark.parametrize(("text", "verb", "cue"), DENIED)
def test_a_denied_event_names_its_cue(text: str, verb: str, cue: str):
    found = event(text, verb)
    assert found.factuality is Factuality.DENIED
    assert found.cue is not None
    assert text[slice(*found.cue)] == cue


NOT_DENIED = [
    ("The dam collapsed.", "collapsed", Factuality.ASSERTED),
    ("The man who denied the theft was arrested.", "arrested", Factuality.ASSERTED),
    ("Seven boats sank, not twelve.", "sank", Factuality.ASSERTED),
    ("The quarry paid for the windows, though not because of the lawsuit.", "paid", Factuality.ASSERTED),
    ("Not only the mill burned.", "burned", Factuality.ASSERTED),
    ("The governor said the dam collapsed.", "collapsed", Factuality.REPORTED),
    ("The governor did not deny that the dam collapsed.", "collapsed", Factuality.REPORTED),
    ("She denied that it is false that the dam collapsed.", "collapsed", Factuality.REPORTED),
]

OPEN = [
    ("An earlier version of this article said the dam collapsed.", "collapsed", Factuality.CORRECTED),
    ("Police are investigating whether the dam collapsed.", "collapsed", Factuality.ASKED),
    ("Has the mill in Orrin closed?", "closed", Factuality.ASKED),
    ("It is unclear whether the dam collapsed.", "collapsed", Factuality.ASKED),
    ("If the council sells the mill, the union will strike.", "sells", Factuality.CONDITIONAL),
    ("The firm may close the mill.", "close", Factuality.POSSIBLE),
    ("The firm allegedly hid losses.", "hid", Factuality.POSSIBLE),
    ("Officials doubt that the dam collapsed.", "collapsed", Factuality.POSSIBLE),
    ("The firm plans to close the mill.", "close", Factuality.PLANNED),
    ("The council will close the school.", "close", Factuality.PLANNED),
    ("The mill was to close in May.", "close", Factuality.PLANNED),
    ("The mill was due to close in May.", "close", Factuality.PLANNED),
    ("The mill nearly closed in May.", "closed", Factuality.POSSIBLE),
    ("Had the mill burned in May, the town would have suffered.", "burned", Factuality.CONDITIONAL),
    ("Lunde will resign, she told the council.", "resign", Factuality.QUOTED_FUTURE),
    ("“We will rebuild the pier,” Lunde told reporters.", "rebuild", Factuality.QUOTED_FUTURE),
]


@pytest.mark.parametrize(("text", "verb", "factuality"), NOT_DENIED + OPEN)
def test_an_event_is_read_with_what_stands_above_it(text: str, verb: str, factuality: Factuality):
    assert event(text, verb).factuality is factuality


@pytest.mark.parametrize(
    ("text", "verb", "told"),
    [
        ("The Herald falsely reported that the dam collapsed.", "collapsed", True),
        ("The governor denied that the dam collapsed.", "collapsed", False),
        ("The dam collapsed.", "collapsed", False),
    ],
)
def test_a_false_report_is_still_a_report(text: str, verb: str, told: bool):
    assert event(text, verb).told is told


def test_the_scope_is_the_event_s_clause():
    text = "The governor denied that the dam collapsed on Sunday."
    assert text[slice(*event(text, "collapsed").scope)] == "that the dam collapsed on Sunday"


@given(
    st.lists(
        st.sampled_from("the dam not denied that false burst whether , . ? “ ” is no claim will".split()), max_size=12
    )
)
def test_any_row_of_words_is_read_and_every_span_lies_within_the_text(words: list[str]):
    text = " ".join(words)
    for found in find_events(parsed(text)):
        assert 0 <= found.scope[0] < found.scope[1] <= len(text)
        assert found.cue is None or 0 <= found.cue[0] < found.cue[1] <= len(text)
