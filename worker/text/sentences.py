"""Step 1: splits the article into sentences, title first, each with its syntax and offsets in the submission."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.article import Article, Field, Format, OffsetConverter
from factcheck.boilerplate import PREFIXES, boilerplate_kind
from factcheck.publication_date import day_of
from factcheck.sentences import pieces, split_sentences
from worker.text.markup import read_article
from worker.text.pipeline_types import PlainText, Sentence
from worker.text.syntax import ParsedText, Parser

# Parsing time grows with the square of a sentence's length; real sentences are shorter.
_LONGEST_CHARS = 1_000
# Sentences parsed between two checks of the deadline.
_TOGETHER = 32


@dataclass(frozen=True, slots=True)
class ArticleSentences:
    """The sentences. `unread` is the number of sentences beyond limit or deadline; `anchor` is the dateline."""

    read: tuple[Sentence, ...]
    unread: int
    anchor: date | None


def find_sentences(article: Article, parser: Parser, limit: int, deadline: float = math.inf) -> ArticleSentences:
    """At most `limit` sentences of title and text that are read by `deadline` (monotonic), but at least one batch."""
    places = [*_places(Field.TITLE, article), *_places(Field.TEXT, article)]
    texts = [readable.text[start:end] for readable, _, start, end in places[:limit]]
    sentences = [
        Sentence(index, syntax, readable, ruler, start)
        for index, (syntax, (readable, ruler, start, _)) in enumerate(
            zip(_parse(texts, parser, deadline), places, strict=False)
        )
    ]
    return ArticleSentences(tuple(sentences), len(places) - len(sentences), day_of(article.published_at))


def _parse(texts: Sequence[str], parser: Parser, deadline: float) -> list[ParsedText]:
    parsed: list[ParsedText] = []
    for at in range(0, len(texts), _TOGETHER):
        if parsed and time.monotonic() > deadline:
            break
        parsed += parser.parse(texts[at : at + _TOGETHER])
    return parsed


def _places(field: Field, article: Article) -> list[tuple[PlainText, OffsetConverter, int, int]]:
    """The sentences of title or text, without the datelines, labels and bullets in front of them."""
    source = (article.title or "") if field is Field.TITLE else article.text
    form = Format.TEXT if field is Field.TITLE else article.format
    readable, ruler = read_article(source, form), OffsetConverter(field, source)
    return [
        (readable, ruler, start, end)
        for sentence in split_sentences(readable.text)
        if boilerplate_kind(readable.text[slice(*sentence)]) not in PREFIXES
        for start, end in pieces(readable.text, *sentence, _LONGEST_CHARS)
    ]
