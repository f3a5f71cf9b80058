"""The times and quantities of one sentence, found once for all rules."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from factcheck.article import Field
from worker.comparers.context import clause_around, content
from worker.inside.place import Place
from worker.statement import Line
from worker.syntax import Token
from worker.values.dates import TimeValue, find_times
from worker.values.quantities import find_quantities
from worker.values.quantity import Quantity

# What is called for, expected or feared is not what is.
_WISHES = frozenset(
    """call demand want ask propose seek urge plan expect forecast predict fear hope suggest recommend request intend
    threaten could might may would if""".split()
)
_EARLIER = re.compile(
    r"\b(?:earlier|previous(?:ly)?|initial(?:ly)?|at first|last (?:year|month|week)|up from|down from)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Figures:
    """A line with its values. `place` is 0 for the headline, 1 for the first sentence of the text, and so on."""

    line: Line
    place: int
    times: tuple[TimeValue, ...]
    quantities: tuple[Quantity, ...]

    @property
    def in_title(self) -> bool:
        """True in the headline."""
        return self.line.ruler.field is Field.TITLE

    def clause(self, start: int, end: int) -> list[Token]:
        """The tokens of the clause that holds `line.text[start:end]`."""
        return clause_around(self.line.parsed, start, end)

    def meaning(self, start: int, end: int) -> set[str]:
        """The lemmas that say what a value is about: those of its clause, without its own."""
        tokens = self.clause(start, end)
        return content([t for t in tokens if (t.end <= start or t.start >= end) and t.pos != "NUM"])

    def content(self) -> set[str]:
        """The lemmas that say what the whole sentence is about."""
        return content(self.line.parsed.tokens)

    def is_wish(self, start: int, end: int) -> bool:
        """True where the words around a value call for it, expect it, or tell of an earlier state."""
        above = self.clause(start, end)
        before = self.line.text[max(0, start - 60) : start]
        wished = any(t.lemma in _WISHES and (t.start < start or t.tag == "MD") for t in above)
        return wished or _EARLIER.search(before) is not None

    def place_of(self, quantity: Quantity) -> Place:
        """A quantity with its unit and the words that hedge it left out."""
        unit = f" {quantity.unit}" if quantity.unit else ""
        return Place(self.line, quantity.start, quantity.end, f"{quantity.value:g}{unit}")


def read_figures(lines: Sequence[Line], anchor: date | None) -> list[Figures]:
    """One `Figures` a line, in reading order."""
    found: list[Figures] = []
    body = 0
    for line in lines:
        times = tuple(find_times(line.text, anchor))
        found_here = find_quantities(line.text, [(t.start, t.end) for t in times])
        quantities = tuple(q for q in found_here if not _is_torn(line.text, q))
        body += line.ruler.field is Field.TEXT
        found.append(Figures(line, body if line.ruler.field is Field.TEXT else 0, times, quantities))
    return found


def _is_torn(text: str, quantity: Quantity) -> bool:
    """The rest of a figure that is not well written ("223,00"), or one with a letter that was not read ("$35T")."""
    return re.search(r"\d[,.]?$", text[: quantity.start]) is not None or text[quantity.end : quantity.end + 1].isalpha()
