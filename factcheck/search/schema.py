"""Index schema of a passage. Increase `LAYOUT` with every change of this module; older indexes are then rebuilt."""

import json
from collections.abc import Iterator
from functools import cache, lru_cache

import tantivy

from factcheck.article import Field, Span
from factcheck.evidence import Document, DocumentRef, Passage
from factcheck.publication_date import day_of
from factcheck.search.passages import split_passages
from factcheck.search.text_analysis import ANALYZER, analyzer, printable

LAYOUT = 2
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # built once: twice as fast

_PASSAGES = 2_000
PASSAGE, HEAD, STATE = "passage", "head", "state"


@cache
def schema() -> tantivy.Schema:
    """The tantivy schema.

    `kind` distinguishes passages, each document's first passage (`head`, to count documents) and the index's position.
    `text` holds the passage and its headline, since single sentences seldom name the event. One field for both halves the
    work of two, and finds more (bench/RESULTS.md). `record` stores the whole passage. There are no phrase queries, so the
    index keeps frequencies without positions, which makes it small.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name=ANALYZER, index_option="freq")
    for name in ("kind", "document", "source"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("day", fast=True)
    builder.add_bytes_field("record", stored=True)
    return builder.build()


def register(index: tantivy.Index) -> tantivy.Index:
    """Registers our analyzer with an opened index; tantivy does not persist it."""
    index.register_tokenizer(ANALYZER, analyzer())
    return index


def index_entries(document: Document) -> Iterator[tantivy.Document]:
    """One index entry per passage; none where the document is retracted."""
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
    """A source name, normalised for comparison: case and surrounding white space are ignored."""
    return printable(source.strip().casefold())


def passage_to_bytes(passage: Passage) -> bytes:
    """A passage as the index stores it: a flat JSON array."""
    ref, span = passage.document, passage.span
    flat = [ref.id, ref.title, ref.source, ref.published_at, ref.url, passage.index, span.field.value]
    flat += [span.start, span.end, span.utf16_start, span.utf16_end, passage.text, passage.before, passage.after]
    flat.append(passage.story)
    return _encode(flat).encode("utf-8", "surrogatepass")


@lru_cache(_PASSAGES)
def passage_from_bytes(record: bytes) -> Passage:
    """Inverse of `passage_to_bytes`. Remembers the last 2,000: the claims of an article find many of the same."""
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
