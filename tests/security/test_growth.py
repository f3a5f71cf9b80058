"""Attacks by text that takes ever longer to read (ReDoS). Growth is measured, not seconds: four times the text may take
about four times as long; sixteen times as long would be a square.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from time import process_time
from typing import Any

import pytest
from marshmallow import ValidationError

from factcheck.article import Format
from factcheck.ingest.html import page_report
from factcheck.search.passages import split_passages
from factcheck.search.text_analysis import query_terms, terms
from factcheck.sentences import split_sentences
from service.formats.csv_report import guarded
from service.http.json_fields import WEB_ADDRESS
from service.http.wait_slots import preferred_wait_s
from tests.builders import a_document
from worker.text.markup import read_article

SMALL, TIMES, SQUARE = 5_000, 4, 10
_WORTH_LOOKING_S = 0.02

# Everything that reads a text of any length as a whole. (Sentences are cut at 1,000 characters before the rest reads them.)
READERS: dict[str, Callable[[str], Any]] = {
    "sentences": lambda text: list(split_sentences(text)),
    "passages": lambda text: list(split_passages(a_document(text=text))),
    "HTML": lambda text: read_article(text, Format.HTML),
    "Markdown": lambda text: read_article(text, Format.MARKDOWN),
    "a web page": lambda text: page_report(text, "d"),
    "terms": terms,
    "query terms": query_terms,
    "Prefer": preferred_wait_s,
    "a web address": lambda text: [check(f"http://{text}") for check in WEB_ADDRESS[2:]],
    "a cell": guarded,
}
UNITS = [
    *("a", " ", "1", "1,", ".", "…", "?!", "'", '"', "“", "”", "(", ")", "[", "](", "[](", "<", "<a ", "<a b='", "</"),
    *(
        "<a href=",
        "<!--",
        "<![CDATA[",
        "<?",
        "<p>",
        "<script>",
        "&",
        "&#",
        "&amp",
        "*",
        "**",
        "_ ",
        "`",
        "```\n",
        "~~~\n",
    ),
    *(
        "# ",
        "> ",
        "- ",
        "1. ",
        "= ",
        "\n",
        "\r\n",
        " \n",
        "\n ",
        "\t",
        "A. ",
        "a.b",
        "Mr. ",
        "\u00a0",
        "\u2028",
        ';wait="',
    ),
]
ENDS = ["", "x", ">", "'"]


@pytest.mark.timeout(600)  # of the wall's clock: seconds of work on a machine with no time for it
@pytest.mark.parametrize("reader", READERS.values(), ids=READERS.keys())
def test_four_times_the_text_takes_about_four_times_as_long(reader: Callable[[str], Any]):
    squares = [(unit, end) for unit in UNITS for end in ENDS if grows_by_square(reader, unit, end)]
    assert squares == []


def grows_by_square(reader: Callable[[str], Any], unit: str, end: str) -> bool:
    """Looked at twice more before it is believed: the machine may be busy."""
    large, small = (unit * (length // len(unit)) + end for length in (SMALL * TIMES, SMALL))
    large_s = seconds(reader, large)
    if large_s < _WORTH_LOOKING_S:
        return False
    for _ in range(3):
        if large_s <= SQUARE * max(seconds(reader, small), 1e-4):
            return False
        large_s = seconds(reader, large)
    return True


def seconds(reader: Callable[[str], Any], text: str) -> float:
    began = process_time()
    with suppress(ValidationError):  # that it is refused is another test's matter
        reader(text)
    return process_time() - began


def test_the_measure_knows_a_square():
    bad = re.compile(r"a*b")
    assert any(grows_by_square(lambda text: bad.search(text), "a", "") for _ in range(5))
