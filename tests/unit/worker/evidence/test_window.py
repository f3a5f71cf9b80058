"""The window: what the reader sees of a passage and its neighbours."""

import pytest

from factcheck.article import Field, Span
from factcheck.evidence import DocumentRef, Passage
from worker.evidence.reader import window

_WORDS = 40  # of a window besides day and title


def passage(before: int, text: int, after: int) -> Passage:
    """A passage with neighbours of so many words: b0 b1 … t0 t1 … a0 a1 …"""
    told = {name: " ".join(f"{name[0]}{n}" for n in range(size)) for name, size in locals().items()}
    document = DocumentRef("d", "", None, None, None)
    end = len(told["text"])
    return Passage(document, 0, Span(Field.TEXT, 0, end, 0, end), told["text"], told["before"], told["after"], "d")


@pytest.mark.parametrize(
    ("before", "text", "after", "kept_before", "kept_after"),
    [
        (10, 20, 10, 10, 10),
        (30, 20, 30, 10, 10),
        (3, 20, 30, 3, 17),
        (30, 20, 3, 17, 3),
        (0, 20, 30, 0, 20),
        (30, 50, 30, 0, 0),
    ],
    ids=["all fits", "half each", "short before", "short after", "first sentence", "long passage"],
)
def test_neighbours_share_the_words_that_the_passage_leaves(
    before: int, text: int, after: int, kept_before: int, kept_after: int
) -> None:
    words = window(passage(before, text, after)).split()
    assert words[:kept_before] == [f"b{n}" for n in range(before - kept_before, before)]
    assert words[kept_before : kept_before + text] == [f"t{n}" for n in range(text)]
    assert words[kept_before + text :] == [f"a{n}" for n in range(kept_after)]
    assert len(words) <= max(_WORDS, text)
