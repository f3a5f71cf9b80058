"""The times and quantities of one sentence, found once for all rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.article import Field
from worker.consistency.article_spans import ArticleSpan
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quantities.quantity import Quantity
from worker.dimensions.slot_context import clause_around, content
from worker.dimensions.times.find import find_times
from worker.dimensions.times.value import TimeValue
from worker.text.claim_in_context import Sentence
from worker.text.syntax import Token

# What is called for, expected or feared is not what is.
_WISHES = frozenset(
    """call demand want ask propose seek urge plan expect forecast predict fear hope suggest recommend request intend
    threaten could might may would if""".split()
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|initial(?:ly)?|at first|last (?:year|month|week)|up from|down from)\b", re.I
)


@dataclass(frozen=True, slots=True)
class SentenceValues:
    """A line with its values. `place` is 0 for the headline, 1 for the first sentence of the text, and so on."""

    sentence: Sentence
    place: int
    times: tuple[TimeValue, ...]
    quantities: tuple[Quantity, ...]

    @property
    def in_title(self) -> bool:
        """True in the headline."""
        return self.sentence.ruler.field is Field.TITLE

    def clause(self, start: int, end: int) -> list[Token]:
        """The tokens of the clause that holds `line.text[start:end]`."""
        return clause_around(self.sentence.parsed, start, end)

    def meaning(self, start: int, end: int) -> set[str]:
        """The lemmas that say what a value is about: those of its clause, without its own."""
        tokens = self.clause(start, end)
        return content([t for t in tokens if (t.end <= start or t.start >= end) and t.pos != "NUM"])

    def content(self) -> set[str]:
        """The lemmas that say what the whole sentence is about."""
        return content(self.sentence.parsed.tokens)

    def is_wish(self, start: int, end: int) -> bool:
        """True where the words around a value call for it, expect it, or tell of an earlier state."""
        above = self.clause(start, end)
        before = self.sentence.text[max(0, start - 60) : start]
        wished = any(_is_wished(t) and (t.start < start or t.tag == "MD") for t in above)
        return wished or _EARLIER.search(before) is not None

    def place_of(self, quantity: Quantity) -> ArticleSpan:
        """A quantity with its unit and the words that hedge it left out."""
        unit = f" {quantity.unit}" if quantity.unit else ""
        return ArticleSpan(self.sentence, quantity.start, quantity.end, f"{quantity.value:g}{unit}")


def _is_wished(token: Token) -> bool:
    """A word of wishing or expecting. A name is none: "in May" is a month."""
    return token.lemma in _WISHES and token.pos != "PROPN"


def read_sentence_values(sentences: Sequence[Sentence], anchor: date | None) -> list[SentenceValues]:
    """One `SentenceValues` a line, in reading order."""
    found: list[SentenceValues] = []
    body = 0
    for sentence in sentences:
        times = tuple(find_times(sentence.text, anchor))
        found_here = find_quantities(sentence.text, [(t.start, t.end) for t in times])
        quantities = tuple(q for q in found_here if not _is_torn(sentence.text, q))
        body += sentence.ruler.field is Field.TEXT
        found.append(SentenceValues(sentence, body if sentence.ruler.field is Field.TEXT else 0, times, quantities))
    return found


def _is_torn(text: str, quantity: Quantity) -> bool:
    """The rest of a figure that is not well written ("223,00"), or one with a letter that was not read ("$35T")."""
    return re.search(r"\d[,.]?$", text[: quantity.start]) is not None or text[quantity.end : quantity.end + 1].isalpha()
