import time

import pytest

from factcheck.article import Field, Format
from tests.builders import an_article
from tests.unit.worker.model_fixtures import parser
from worker.text.sentences import find_sentences

TEXT = "The ferry sank. Nine people died. The road is closed."


def test_the_title_comes_first_and_each_line_knows_its_field():
    sentences = find_sentences(an_article(TEXT, title="Ferry sinks"), parser(), 100).read
    assert [(sentence.index, sentence.span(0, 3).field, sentence.text) for sentence in sentences] == [
        (0, Field.TITLE, "Ferry sinks"),
        (1, Field.TEXT, "The ferry sank."),
        (2, Field.TEXT, "Nine people died."),
        (3, Field.TEXT, "The road is closed."),
    ]


def test_lines_beyond_the_limit_are_counted_not_read():
    sentences = find_sentences(an_article(TEXT), parser(), 2)
    assert (len(sentences.read), sentences.unread) == (2, 1)


def test_one_batch_is_read_even_when_time_is_up():
    text = " ".join(f"Ferry {number} sank." for number in range(40))
    sentences = find_sentences(an_article(text), parser(), 100, deadline=time.monotonic() - 1)
    assert (len(sentences.read), sentences.unread) == (32, 8)


def test_a_text_without_sentence_marks_is_read_in_pieces():
    sentences = find_sentences(an_article("ferry " * 500), parser(), 100).read
    assert sum(sentence.text.count("ferry") for sentence in sentences) == 500
    assert all(len(sentence.text) <= 1_000 for sentence in sentences)


def test_a_line_of_marked_up_text_leads_back_to_the_submission():
    source = "<p>The <b>ferry</b> sank.</p>"
    (sentence,) = find_sentences(an_article(source, format=Format.HTML), parser(), 100).read
    assert sentence.ruler.slice(sentence.span(4, 9)) == "ferry"
    assert sentence.ruler.slice(sentence.span(0, len(sentence.text))) == "The <b>ferry</b> sank."


@pytest.mark.parametrize(("published_at", "anchor"), [("2018-02-09T21:00:00Z", "2018-02-09"), (None, "None")])
def test_the_dateline_anchors_the_article(published_at: str | None, anchor: str):
    assert str(find_sentences(an_article(TEXT, published_at=published_at), parser(), 100).anchor) == anchor


@pytest.mark.parametrize("text", ["", "  \n ", "<p></p>"])
def test_an_empty_article_has_no_lines(text: str):
    assert find_sentences(an_article(text, format=Format.HTML), parser(), 100).read == ()
