"""What a passage looks like inside the index. Change anything here, and `LAYOUT` must grow: old folders are rebuilt."""

import json
from collections.abc import Iterator
from functools import cache

import tantivy

from factcheck.article import Field, Span
from factcheck.evidence import Document, DocumentRef, Passage
from factcheck.publication_date import day_of
from factcheck.search.passages import split_passages
from factcheck.search.text_analysis import ANALYZER, analyzer, printable

LAYOUT = 2
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # built once: twice as fast

PASSAGE, HEAD, STATE = "passage", "head", "state"


@cache
def schema() -> tantivy.Schema:
    """`kind` tells passages from each document's first one (`head`, to count documents) and from the index's own state.

    `text` holds the words of the passage and of the headline over it: what the report is about is seldom said again in
    each sentence. One field for both is half the work of two, and finds more (bench/RESULTS.md). `record` keeps the
    whole passage. Frequencies without positions keep the index small: nobody asks for phrases.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="freq")
    for name in ("kind", "document", "source"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Gives an opened index our analyzer, which tantivy does not keep on disk."""
    index.register_tokenizer(ANALYZER, analyzer())
    return index


def index_entries(document: Document) -> Iterator[tantivy.Document]:
    """One index entry a passage; none where the document is retracted."""
    if document.retracted:
        return
    day = day_of(document.published_at)
    for passage in split_passages(document):
        entry = tantivy.Document()
        entry.add_text("text", printable(passage.text))
        if passage.span.field is Field.TEXT:
            entry.add_text("text", printable(document.title))
        entry.add_text("kind", PASSAGE)
        if passage.index == 0:
            entry.add_text("kind", HEAD)
        entry.add_text("document", document.id)
        if document.source:
            entry.add_text("source", source_term(document.source))
        if day:
            entry.add_integer("day", day.toordinal())
        entry.add_bytes("record", passage_to_bytes(passage))
        yield entry


def source_term(source: str) -> str:
    """Sources are told apart without regard to case or surrounding white space."""
    return printable(source.strip().casefold())


def passage_to_bytes(passage: Passage) -> bytes:
    """A passage as the index keeps it: a flat JSON array."""
    ref, span = passage.document, passage.span
    flat = [ref.id, ref.title, ref.source, ref.published_at, ref.url, passage.index, span.field.value]
    flat += [span.start, span.end, span.utf16_start, span.utf16_end, passage.text, passage.before, passage.after]
    flat.append(passage.story)
    return _encode(flat).encode("utf-8", "surrogatepass")


def passage_from_bytes(record: bytes) -> Passage:
    """Inverse of `passage_to_bytes`."""
    flat = json.loads(record.decode("utf-8", "surrogatepass"))
    return Passage(
        document=DocumentRef(*flat[0:5]),
        index=flat[5],
        span=Span(Field(flat[6]), *flat[7:11]),
        text=flat[11],
        before=flat[12],
        after=flat[13],
        story=flat[14],
    )
