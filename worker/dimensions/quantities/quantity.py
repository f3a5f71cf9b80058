"""A quantity in a text: value, range, bound, unit and counted noun."""

from dataclasses import dataclass
from enum import StrEnum


class QuantityKind(StrEnum):
    """Kind of a quantity."""

    NUMBER = "number"
    PERCENT = "percent"
    PERCENTAGE_POINTS = "percentage_points"
    MONEY = "money"
    ORDINAL = "ordinal"
    FRACTION = "fraction"
    SCORE = "score"
    MEASURE = "measure"
    MULTIPLE = "multiple"


class Bound(StrEnum):
    """How exactly the words state the value."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One quantity of a text.

    `text[start:end]` are number and unit ("$12.4 billion", "41 km"), `number_span` the bare number ("12.4 billion").
    `modifier` is the hedge before or after them ("nearly", "or more"), at `modifier_span`; None if there is none. `low` and
    `high` are the inclusive range of words and hedge; `high` is infinite without an upper bound. `step` is the value of the
    last significant digit (12.4 billion: 0.1 billion). Percentages are in percent, fractions from 0 to 1, money in the main
    unit. `unit` is an ISO 4217 code, a currency word, the name of a pint unit, or "". `noun` is the counted noun in the
    singular, or "". `parts` holds the figures of a score, or both ends of a range ("10 to 15"). `sense` is the direction of
    a percentage: "up", "down", "of", or "". A computed quantity has `start == end == -1`.
    """

    start: int
    end: int
    text: str
    kind: QuantityKind
    value: float
    low: float
    high: float
    bound: Bound
    unit: str
    noun: str
    modifier: str
    modifier_span: tuple[int, int] | None
    number_span: tuple[int, int]
    step: float
    parts: tuple[float, ...]
    sense: str

    @property
    def is_range(self) -> bool:
        """True for an explicit range ("10 to 15"), False for a hedged figure."""
        return self.bound is Bound.APPROX and len(self.parts) == 2
