"""A number in a text and what its words mean: value, range, bound, unit and the thing counted."""

from dataclasses import dataclass
from enum import StrEnum


class QuantityKind(StrEnum):
    """What sort of number the words give."""

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
    """How tightly the words pin the value down."""

    EXACT = "exact"
    APPROX = "approx"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    AT_MOST = "at_most"
    LESS_THAN = "less_than"
    VAGUE = "vague"


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a text.

    `text[start:end]` are the number and unit words ("$12.4 billion", "41 km"); the hedge before or after them
    ("nearly", "or more") is `modifier`, at `modifier_span`, None where there is none. `number_span` is the bare number
    in it ("12.4 billion"). `low` and `high` are the inclusive range that words and hedge mean; `high` is infinite where
    nothing bounds it. `step` is the worth of the last significant digit (12.4 billion: 0.1 billion). Percents count
    in percent, fractions from 0 to 1, money in the main unit. `unit` is an ISO 4217 code or a currency word, a pint
    unit name, or "". `noun` is what is counted, in the singular, or "". `parts` holds the figures of
    a score, or the two ends of a range said as such ("10 to 15").
    `sense` is "up", "down" or "of" for a percentage that says which way, else "".
    A quantity that was computed, not read, has `start == end == -1`.
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
