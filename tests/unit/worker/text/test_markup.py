import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.article import Field, Format, OffsetConverter
from factcheck.sentences import split_sentences
from worker.text.markup import read_article


def plain(source: str, form: Format) -> str:
    return read_article(source, form).text


def back(source: str, form: Format, words: str) -> str:
    """What of the submission stands where these words were read."""
    readable = read_article(source, form)
    at = readable.text.index(words)
    start, end = readable.source(at, at + len(words))
    return source[start:end]


HTML = {
    "paragraphs": ("<p>The ferry sank.</p><p>Nine died.</p>", "The ferry sank.\n\nNine died."),
    "inline tags": ("The <b>fer<i>ry</i></b> sank.", "The ferry sank."),
    "an entity": ("Vik &amp; Moe said &ldquo;no&rdquo;.", "Vik & Moe said “no”."),
    "a numeric entity": ("Caf&#233; &#x1F600;", "Café 😀"),
    "a hard space": ("9&nbsp;million", "9 million"),
    "white space": ("The\n   ferry\t sank.", "The ferry sank."),
    "a script": ("<script>var x = 'No. 9 < 10';</script>It sank.", "It sank."),
    "a style sheet": ("<style>p { color: red }</style><p>It sank.</p>", "It sank."),
    "a head": ("<head><title>News</title></head><body>It sank.</body>", "It sank."),
    "a line break": ("First line<br>Second line<br/>Third", "First line\nSecond line\nThird"),
    "a line break within a sentence": ("<p>The ferry<br>sank off Ostheim.</p>", "The ferry sank off Ostheim."),
    "two line breaks": ("It sank<br><br>off Ostheim", "It sank\n\noff Ostheim"),
    "a tracked change": ("It is on <del>May 3</del><ins>May 4</ins>.", "It is on May 4."),
    "a change with blanks": ("It is on <del>May 3</del> <ins>May 4</ins>.", "It is on May 4."),
    "struck-out words": ("<s>It sank.</s> It <strike>was</strike> floats.", "It floats."),
    "a hidden paragraph": ("<p>It sank.</p><p hidden>It floats.</p><p>Nine died.</p>", "It sank.\n\nNine died."),
    "a hidden one that is not closed": ("<p>It sank.<p hidden>It floats.<p>Nine died.", "It sank.\n\nNine died."),
    "no display": ("<div style='display: none'><p>Old.</p></div><p>New.</p>", "New."),
    "invisible words": ('It <span style="visibility:hidden">never</span> sank.', "It sank."),
    "a change that is not closed": ("<p>It <del>never</p><p>Nine died.</p>", "It \n\nNine died."),
    "a visible style": ('<p style="display: block">It sank.</p>', "It sank."),
    "inserted words": ("It <ins>never</ins> sank.", "It never sank."),
    "underlined words": ("It <u>never</u> sank.", "It never sank."),
    "a soft hyphen": ("The fer&shy;ry sank.", "The ferry sank."),
    "a comment": ("It <!-- really -->sank.", "It sank."),
    "a lone ampersand": ("Vik & Moe", "Vik & Moe"),
}
MARKDOWN = {
    "a heading": ("## Ferry sinks\n\nNine died.", "Ferry sinks\n\nNine died."),
    "emphasis": ("The **ferry** _sank_ in `May`.", "The ferry sank in May."),
    "a link": ("See [the report](http://example.org/a_b) now.", "See the report now."),
    "a picture": ("![The ferry](ferry.png) sank.", "The ferry sank."),
    "a list": ("- salt\n- oil\n", "salt\n\noil\n"),
    "struck-out words": ("It is on ~~May 3~~ May 4.", "It is on May 4."),
    "deleting tags": ("It is on <del>May 3</del> <ins>May 4</ins>.", "It is on May 4."),
    "a hidden comment": ("It <!-- never -->sank.", "It sank."),
    "a line break of HTML": ("Ferry sinks<br>Nine died.", "Ferry sinks\nNine died."),
    "two tildes": ("It is ~~ 9 km long.", "It is ~~ 9 km long."),
    "single tildes": ("It is ~9 km and ~4 km.", "It is ~9 km and ~4 km."),
    "a wrapped line": ("The ferry\nsank.", "The ferry sank."),
    "a heading and its text": ("# Ferry\nnine died", "Ferry\n\nnine died"),
    "a quotation": ("> It is over.", "It is over."),
    "code": ("Before\n```\nx = 9\n```\nAfter", "Before\n\nAfter"),
    "a product of two": ("2 * 3 * 4", "2 * 3 * 4"),
    "a name with underscores": ("file_name_here", "file_name_here"),
}


@pytest.mark.parametrize(("source", "expected"), HTML.values(), ids=HTML)
def test_html_is_read_as_its_words(source: str, expected: str):
    assert plain(source, Format.HTML).strip("\n") == expected


@pytest.mark.parametrize(("source", "expected"), MARKDOWN.values(), ids=MARKDOWN)
def test_markdown_is_read_as_its_words(source: str, expected: str):
    assert plain(source, Format.MARKDOWN) == expected


@pytest.mark.parametrize(
    ("source", "form", "words", "expected"),
    [
        ("<p>The <b>ferry</b> sank.</p>", Format.HTML, "ferry", "ferry"),
        ("<p>The <b>fer</b>ry sank.</p>", Format.HTML, "ferry", "fer</b>ry"),
        ("<p>😀 The ferry sank.</p>", Format.HTML, "ferry", "ferry"),
        ("Line one\n<p>The\nferry sank.</p>", Format.HTML, "The ferry", "The\nferry"),
        ("The **ferry** sank.", Format.MARKDOWN, "ferry sank", "ferry** sank"),
        ("[The report](x) said so.", Format.MARKDOWN, "report said", "report](x) said"),
        ("The ferry sank.", Format.TEXT, "ferry", "ferry"),
        ("The fer\u00adry sank.", Format.TEXT, "ferry", "fer\u00adry"),
        ("The \ufb01re burned.", Format.TEXT, "fire", "\ufb01re"),
        ("The ferry\r\nsank.", Format.TEXT, "ferry sank", "ferry\r\nsank"),
        ("on <del>May 3</del> <ins>May 4</ins>.", Format.HTML, "May 4", "May 4"),
    ],
)
def test_words_lead_back_to_where_they_were_submitted(source: str, form: Format, words: str, expected: str):
    assert back(source, form, words) == expected


MARKS = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<br>",
    "<script>",
    "</script>",
    '<a href="x">',
    "<",
    ">",
    "&",
    "&amp;",
    "&#233;",
]
SIGNS = ["**", "_", "`", "# ", "- ", "[a](b)", "```\n", "\n", "\r\n", "&bogus;"]
PIECES = st.sampled_from([*MARKS, *SIGNS, "The ferry sank.", " Nine died. ", "𝒳", "😀", "é"])
SOURCES = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=60)


@given(SOURCES, st.sampled_from(Format))
def test_no_markup_is_too_broken_to_be_read(source: str, form: Format):
    readable = read_article(source, form)
    assert len(readable.offsets) == len(readable.text) + 1
    assert list(readable.offsets) == sorted(readable.offsets)
    assert all(0 <= offset <= len(source) for offset in readable.offsets)


@given(SOURCES, st.sampled_from(Format))
def test_every_letter_read_stands_in_the_submission_where_it_says(source: str, form: Format):
    readable = read_article(source, form)
    for char, offset in zip(readable.text, readable.offsets, strict=False):
        assert char.isspace() or source[offset] in (char, "&") or char in unicodedata.normalize("NFKC", source[offset])


@given(st.text(max_size=40), st.sampled_from(Format))
def test_a_sentence_s_place_counts_code_points_and_utf_16_units(source: str, form: Format):
    readable, ruler = read_article(source, form), OffsetConverter(Field.TEXT, source)
    for start, end in split_sentences(readable.text):
        span = ruler.span(*readable.source(start, end))
        wide = source.encode("utf-16-le", "surrogatepass")[span.utf16_start * 2 : span.utf16_end * 2]
        assert wide.decode("utf-16-le", "surrogatepass") == source[span.start : span.end] == ruler.slice(span)


TEXT = {
    "a soft hyphen": ("The fer\u00adry sank.", "The ferry sank."),
    "two of them": ("The life\u00adboat sta\u00adtion burned.", "The lifeboat station burned."),
    "a zero-width space": ("The fer\u200bry sank.", "The ferry sank."),
    "a byte order mark": ("\ufeffThe ferry sank.", "The ferry sank."),
    "a ligature": ("The \ufb01re o\ufb03ce burned.", "The fire office burned."),
    "a wrapped line": ("The ferry\nsank.", "The ferry sank."),
    "Windows line ends": ("The ferry\r\nsank.", "The ferry sank."),
    "a written hyphen": ("The well-known ferry sank.", "The well-known ferry sank."),
    "an accent": ("The café sank.", "The café sank."),
    "a joined emoji": ("A 👩\u200d🚒 came.", "A 👩\u200d🚒 came."),
    "a headline": ("Ferry sinks\nNine died.", "Ferry sinks\nNine died."),
    "two paragraphs": ("It sank.\n\nnine died", "It sank.\n\nnine died"),
}


@pytest.mark.parametrize(("source", "expected"), TEXT.values(), ids=TEXT)
def test_plain_text_is_read_without_what_only_typesets_it(source: str, expected: str):
    assert plain(source, Format.TEXT) == expected


TABLES = {
    "Markdown": "| City | Ships |\n|:-----|------:|\n| Oslo | 12 |",
    "Markdown without edges": "City | Ships\n--- | ---\nOslo | 12",
    "Windows line ends": "| City | Ships |\r\n|---|---|\r\n| Oslo | 12 |",
    "drawn": "+------+----+\n| Oslo | 12 |\n+------+----+",
}


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN])
@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_the_rules_of_a_table_are_no_words(table: str, form: Format):
    read = plain(table, form)
    assert "--" not in read
    assert "Oslo" in read


@pytest.mark.parametrize("form", [Format.TEXT, Format.MARKDOWN])
@pytest.mark.parametrize(
    "matter", ["---\ntitle: Ferry\n---\n", "---\r\ntitle: Ferry\r\n---\r\n", '+++\ntitle = "Ferry"\n+++\n']
)
def test_front_matter_is_not_read_and_offsets_count_from_the_start(matter: str, form: Format):
    readable = read_article(matter + "It sank.", form)
    assert (readable.text, readable.offsets[0]) == ("It sank.", len(matter))


def test_a_thematic_break_at_the_head_hides_no_words():
    assert "It rained." in plain("---\nIt rained.\n---\nIt snowed.", Format.MARKDOWN)


def test_plain_text_keeps_every_character():
    source = "A < B & **C**\r\n\r\nD"
    assert plain(source, Format.TEXT) == source


def test_words_of_a_hidden_part_are_not_read():
    source = "<p>It sank.</p><template><p>It floats.</p></template><p>Nine died.</p>"
    assert re.findall(r"\w+", plain(source, Format.HTML)) == ["It", "sank", "Nine", "died"]
