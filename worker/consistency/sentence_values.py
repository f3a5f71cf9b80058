"""Times and quantities of a sentence, found once for all consistency rules."""

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
from worker.text.pipeline_types import Sentence
from worker.text.syntax import Token

# Verbs whose complement is called for, expected or feared, and so not a fact.
_WISHES = frozenset(
    """call demand want ask propose seek urge plan expect forecast predict fear hope suggest recommend request intend
    threaten could might may would if""".split()
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|initial(?:ly)?|at first|last (?:year|month|week)|up from|down from)\b", re.I
)


@dataclass(frozen=True, slots=True)
class SentenceValues:
    """A sentence with its values. `place` is 0 for the headline, 1 for the first sentence of the text, and so on."""

    sentence: Sentence
    place: int
    times: tuple[TimeValue, ...]
    quantities: tuple[Quantity, ...]

    @property
    def in_title(self) -> bool:
        """True in the headline."""
        return self.sentence.ruler.field is Field.TITLE

    def clause(self, start: int, end: int) -> list[Token]:
        """The tokens of the clause that contains `sentence.text[start:end]`."""
        return clause_around(self.sentence.parsed, start, end)

    def meaning(self, start: int, end: int) -> set[str]:
        """Content lemmas of the value's clause, without the value's own words."""
        tokens = self.clause(start, end)
        return content([t for t in tokens if (t.end <= start or t.start >= end) and t.pos != "NUM"])

    def content(self) -> set[str]:
        """Content lemmas of the sentence."""
        return content(self.sentence.parsed.tokens)

    def is_wish(self, start: int, end: int) -> bool:
        """True if the words around a value demand or expect it, or describe an earlier state."""
        above = self.clause(start, end)
        before = self.sentence.text[max(0, start - 60) : start]
        wished = any(_is_wished(t) and (t.start < start or t.tag == "MD") for t in above)
        return wished or _EARLIER.search(before) is not None

    def place_of(self, quantity: Quantity) -> ArticleSpan:
        """The span of a quantity and its unit, without its hedge."""
        unit = f" {quantity.unit}" if quantity.unit else ""
        return ArticleSpan(self.sentence, quantity.start, quantity.end, f"{quantity.value:g}{unit}")


def _is_wished(token: Token) -> bool:
    """True for a verb of wishing or expecting. Names are excluded: "May" in "in May" is a month."""
    return token.lemma in _WISHES and token.pos != "PROPN"


def read_sentence_values(sentences: Sequence[Sentence], anchor: date | None) -> list[SentenceValues]:
    """One `SentenceValues` per sentence, in reading order."""
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
    """A part of a malformed figure ("223,00"), or a figure with a letter that the grammar does not know ("$35T")."""
    return re.search(r"\d[,.]?$", text[: quantity.start]) is not None or text[quantity.end : quantity.end + 1].isalpha()
