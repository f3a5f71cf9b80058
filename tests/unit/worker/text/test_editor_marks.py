import pytest

from factcheck.article import Format
from worker.text.markup import read_article


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("He said it “don’t [sic] work”.", "He said it “don’t work”."),
        ("He said it “don’t (sic) work”.", "He said it “don’t work”."),
        ("He said it “don’t [SIC!] work”.", "He said it “don’t work”."),
        ("“It is theirs [emphasis added],” she said.", "“It is theirs,” she said."),
        ("“It don’t[sic] work,” she said.", "“It don’t work,” she said."),
        ("The [old] mill burned (again).", "The [old] mill burned (again)."),
        ("The sic transit choir sang.", "The sic transit choir sang."),
    ],
)
def test_an_editors_marks_are_left_out(source: str, plain: str) -> None:
    assert read_article(source, Format.TEXT).text == plain


def test_the_words_around_a_mark_keep_their_places() -> None:
    source = "It “don’t [sic] work” here."
    read = read_article(source, Format.TEXT)
    start, end = read.source(read.text.index("work"), read.text.index("here") + 4)
    assert source[start:end] == "work” here"
