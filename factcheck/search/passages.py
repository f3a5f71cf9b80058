"""Splits a document into passages: its headline and each sentence, with neighbours as context."""

from collections.abc import Iterator

from factcheck.article import Field, Span, SpanBuilder
from factcheck.codec import document_ref
from factcheck.evidence import Document, Passage
from factcheck.sentences import pieces, split_sentences

LONGEST_CHARS = 2_000
"""Maximum length of a passage. A longer text without sentence marks is split at white space, to fit a model's input."""


def split_passages(document: Document) -> Iterator[Passage]:
    """The passages of `document` in reading order, `index` counted from 0.

    The headline is a passage without neighbours. It is omitted where the text starts with it.
    """
    headline = _headline(document)
    spans = SpanBuilder(Field.TEXT, document.text)
    ranges = [
        piece
        for start, end in split_sentences(document.text)
        for piece in pieces(document.text, start, end, LONGEST_CHARS)
    ]
    words = ["", *(document.text[start:end] for start, end in ranges), ""]
    ref, story = document_ref(document), document.story or document.id
    for title_span in headline:
        yield Passage(ref, 0, title_span, document.title[title_span.start : title_span.end], "", "", story)
    for index, (start, end) in enumerate(ranges):
        span = spans.span(start, end)
        yield Passage(ref, index + len(headline), span, words[index + 1], words[index], words[index + 2], story)


def _headline(document: Document) -> list[Span]:
    title = document.title.strip()
    if not title or document.text.lstrip().startswith(title):
        return []
    start = document.title.index(title)
    return [SpanBuilder(Field.TITLE, document.title).span(start, start + min(len(title), LONGEST_CHARS))]
