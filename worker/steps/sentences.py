"""Step 1: the article → its sentences, title first, each with its syntax and its place in the submission."""

from dataclasses import dataclass
from datetime import date

from factcheck.article import Article, Field, Format, Ruler
from factcheck.dateline import day_of
from factcheck.sentences import split_sentences
from worker.kit import Parser
from worker.reading import read_article
from worker.statement import Line, Readable


@dataclass(frozen=True, slots=True)
class Lines:
    """What was read. `unread` counts the sentences beyond the limit; `anchor` is the article's dateline."""

    read: tuple[Line, ...]
    unread: int
    anchor: date | None


def find_lines(article: Article, parser: Parser, limit: int) -> Lines:
    """At most `limit` sentences of title and text."""
    places = [*_places(Field.TITLE, article), *_places(Field.TEXT, article)]
    kept = places[:limit]
    parsed = parser.parse([readable.text[start:end] for readable, _, start, end in kept])
    lines = [
        Line(index, syntax, readable, ruler, start)
        for index, (syntax, (readable, ruler, start, _)) in enumerate(zip(parsed, kept, strict=True))
    ]
    return Lines(tuple(lines), len(places) - len(kept), day_of(article.published_at))


def _places(field: Field, article: Article) -> list[tuple[Readable, Ruler, int, int]]:
    source = (article.title or "") if field is Field.TITLE else article.text
    form = Format.TEXT if field is Field.TITLE else article.format
    readable, ruler = read_article(source, form), Ruler(field, source)
    return [(readable, ruler, start, end) for start, end in split_sentences(readable.text)]
