"""Nothing that strangers write makes a parser raise anything but its own refusals. (`bench.fuzz` does the same for hours.)"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.fuzz.targets import REFUSALS, TARGETS, Target

WORDS = st.sampled_from(
    "Feb. 9 , 2018 $ 1,200 % “ ” ' \" < > <p> </p> <!-- & &amp; [ ]( ) * _ # - 1. \n \r\n \t { } : \\u0000 \\ud800 wait= "
    "article text 8:30 p.m. three million percent Friday last week said Mr. . … ! ? \u00a0 \u202e 😀 \ufffe".split(" ")
)
SOUP = st.lists(WORDS | st.text(max_size=3), max_size=40).map(
    lambda parts: " ".join(parts).encode("utf-8", "surrogatepass")
)


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS.keys())
@settings(deadline=None, max_examples=40)
@given(raw=st.binary(max_size=200) | SOUP)
def test_a_parser_reads_or_refuses(target: Target, raw: bytes):
    try:
        target(raw)
    except REFUSALS:
        return
