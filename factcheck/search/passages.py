"""Splits a document into passages: its headline and each sentence, with neighbours as context."""

from collections.abc import Iterator

from factcheck.article import Field, OffsetConverter, Span
from factcheck.boilerplate import BoilerplateKind, boilerplate_kind
from factcheck.check_json import document_ref
from factcheck.evidence import Document, Passage
from factcheck.sentences import pieces, split_sentences

LONGEST_CHARS = 2_000
"""Maximum length of a passage. A longer text without sentence marks is split at white space, to fit a model's input."""

_NO_EVIDENCE = frozenset(BoilerplateKind) - {BoilerplateKind.CORRECTION}
"""Roles that bear nothing out. A correction note tells what is right, and is read like other sentences."""


def split_passages(document: Document) -> Iterator[Passage]:
    """The passages of `document` in reading order, `index` counted from 0.

    The headline is a passage of its own, without neighbours, unless the text opens with it. Boilerplate is context only: a
    dateline or an embargo line is no evidence.
    """
    headline = _headline(document)
    spans = OffsetConverter(Field.TEXT, document.text)
    ranges = [
        piece
        for start, end in split_sentences(document.text)
        for piece in pieces(document.text, start, end, LONGEST_CHARS)
    ]
    words = ["", *(document.text[start:end] for start, end in ranges), ""]
    stated = [i for i, sentence in enumerate(words[1:-1]) if boilerplate_kind(sentence) not in _NO_EVIDENCE]
    ref, story = document_ref(document), document.story or document.id
    for span in headline:
        yield Passage(ref, 0, span, document.title[span.start : span.end], "", "", story)
    for number, index in enumerate(stated, len(headline)):
        span = spans.span(*ranges[index])
        yield Passage(ref, number, span, words[index + 1], words[index], words[index + 2], story)


def _headline(document: Document) -> list[Span]:
    title = document.title.strip()
    if not title or document.text.lstrip().startswith(title):
        return []
    start = document.title.index(title)
    return [OffsetConverter(Field.TITLE, document.title).span(start, start + min(len(title), LONGEST_CHARS))]
