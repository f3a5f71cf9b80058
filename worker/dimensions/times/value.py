"""A temporal expression and its value."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["date", "duration", "time", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """A temporal expression with its TIMEX3 value. `text` is always `source[start:end]`.

    `earliest`..`latest` are the possible days, inclusive; None is unknown or unbounded. `other` is the day of a second
    reading of ambiguous words. `days` is a duration as a range of days. `minutes` is a range of minutes since midnight
    (a night extends past 1440). `anchored` is False if a dateline was needed but not given; then the days are None.
    `relative_to` names what else is needed: `"event"` (with the span of its phrase) or `"mention"` (the last date
    mentioned); `offset_days` counts from there.
    """

    start: int
    end: int
    text: str
    kind: Kind
    timex: str
    unit: str
    earliest: date | None = None
    latest: date | None = None
    other: date | None = None
    fuzzy: bool = False
    weekday: int | None = None
    days: tuple[float, float] | None = None
    minutes: tuple[int, int] | None = None
    zone: str | None = None
    modifier: str | None = None
    anchored: bool = True
    relative_to: Literal["event", "mention"] | None = None
    event: tuple[int, int] | None = None
    offset_days: int | None = None
    is_age: bool = False
    exists: bool = True

    @property
    def day(self) -> date | None:
        """The day, or None if the value is unknown or longer than a day."""
        return self.earliest if self.earliest is not None and self.earliest == self.latest else None

    @property
    def weekday_conflict(self) -> bool:
        """True if the words name a weekday that does not match their date."""
        return self.weekday is not None and self.day is not None and self.day.weekday() != self.weekday
