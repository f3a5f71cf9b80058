"""What the checker sees in a text: sentences, claims, values."""

from collections.abc import Iterator
from dataclasses import dataclass

from factcheck.article import Article, Span
from factcheck.claim import Claim
from worker.kit import Parser
from worker.statement import Line
from worker.steps.claims import find_claims
from worker.steps.sentences import Lines, find_lines
from worker.values.dates import find_times
from worker.values.quantities import find_quantities


@dataclass(frozen=True, slots=True)
class Seen:
    """One value: dates and durations carry TIMEX3, quantities their number and unit."""

    kind: str
    span: Span
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """In reading order, title first."""

    sentences: tuple[Span, ...]
    claims: tuple[Claim, ...]
    values: tuple[Seen, ...]


def explain_article(article: Article, parser: Parser, sentence_limit: int) -> Explanation:
    """No corpus is asked and no verdict given."""
    lines = find_lines(article, parser, sentence_limit)
    claims = [s.claim for s in find_claims(lines.read, lines.anchor) if s.checkable]
    values = [value for line in lines.read for value in _values(line, lines)]
    spans = tuple(line.span(0, len(line.text)) for line in lines.read)
    return Explanation(spans, tuple(claims), tuple(values))


def _values(line: Line, lines: Lines) -> Iterator[Seen]:
    times = find_times(line.text, lines.anchor)
    for time in times:
        kind = "duration" if time.kind == "duration" else "date"
        yield _seen(kind, line, time.start, time.end, time.timex)
    for quantity in find_quantities(line.text, [(t.start, t.end) for t in times]):
        yield _seen(
            quantity.kind.value, line, quantity.start, quantity.end, f"{quantity.value:g} {quantity.unit}".strip()
        )


def _seen(kind: str, line: Line, start: int, end: int, value: str) -> Seen:
    span = line.span(start, end)
    return Seen(kind, span, line.ruler.slice(span), value)
