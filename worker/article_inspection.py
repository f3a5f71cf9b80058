"""What `factcheck inspect` shows of a text: sentences, claims, values."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.article import Article, Span
from factcheck.claim import Claim
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.times.find import find_times
from worker.text.claims import find_claims
from worker.text.pipeline_types import Sentence
from worker.text.sentences import ArticleSentences, find_sentences
from worker.text.syntax import Parser


@dataclass(frozen=True, slots=True)
class InspectedValue:
    """One value. Dates and durations have a TIMEX3 value, quantities a number and unit."""

    kind: str
    span: Span
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class ArticleInspection:
    """Sentences, claims and values in reading order, title first."""

    sentences: tuple[Span, ...]
    claims: tuple[Claim, ...]
    values: tuple[InspectedValue, ...]


def inspect_article(article: Article, parser: Parser, sentence_limit: int) -> ArticleInspection:
    """Analyses an article without a corpus or verdicts."""
    sentences = find_sentences(article, parser, sentence_limit)
    claims = [s.claim for s in find_claims(sentences.read, sentences.anchor) if s.checkable]
    values = [value for sentence in sentences.read for value in _values(sentence, sentences)]
    spans = tuple(sentence.span(0, len(sentence.text)) for sentence in sentences.read)
    return ArticleInspection(spans, tuple(claims), tuple(values))


def _values(sentence: Sentence, sentences: ArticleSentences) -> Iterator[InspectedValue]:
    times = find_times(sentence.text, sentences.anchor)
    for time in times:
        kind = "duration" if time.kind == "duration" else "date"
        yield _seen(kind, sentence, time.start, time.end, time.timex)
    for quantity in find_quantities(sentence.text, [(t.start, t.end) for t in times]):
        yield _seen(
            quantity.kind.value, sentence, quantity.start, quantity.end, f"{quantity.value:g} {quantity.unit}".strip()
        )


def _seen(kind: str, sentence: Sentence, start: int, end: int, value: str) -> InspectedValue:
    span = sentence.span(start, end)
    return InspectedValue(kind, span, sentence.ruler.slice(span), value)
