"""One temporal expression of a text, and what it stands for."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["date", "duration", "time", "set"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeValue:
    """A temporal expression with its TIMEX3 value. `text` is `source[start:end]`, always.

    `earliest`..`latest` are the days that the words allow, both included; None is unknown or unbounded. `other` is the
    day of a second reading, where the words alone leave two. `days` is the length of a duration as a range of days.
    `minutes` is a range of minutes since midnight of the day (night runs on past 1440). `anchored` is False if
    the words need a dateline that was not given: then no day is invented. `relative_to` names what else is needed:
    `"event"` (with the span of its phrase) or `"mention"` (the date last spoken of); `offset_days` counts from there.
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
        """The one day meant, or None if the words are wider or unknown."""
        return self.earliest if self.earliest is not None and self.earliest == self.latest else None

    @property
    def weekday_conflict(self) -> bool:
        """True if the words name a weekday that the date beside it is not."""
        return self.weekday is not None and self.day is not None and self.day.weekday() != self.weekday
