"""The match of a grammar rule, with the context that builders need."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from worker.dimensions.times.lexer import LexedText
from worker.dimensions.times.periods import Period
from worker.dimensions.times.tense import direction
from worker.dimensions.times.value import Kind, TimeValue

BETWEEN = ("on", "at", "the", "noon", "n12", "ampm", "clock", "part", "early", "late", "of", "end")
"""Classes allowed between "until" and its day: "until noon on Friday"."""


@dataclass(frozen=True, slots=True)
class RuleMatch:
    """One match, in token indices. `anchor` is the dateline, `spoken` the values found before this one."""

    lexed: LexedText
    match: re.Match[str]
    anchor: date | None
    spoken: Sequence[TimeValue]

    @property
    def first(self) -> int:
        """Index of the match's first token."""
        return self.match.start()

    @property
    def after(self) -> int:
        """Index after the match's last token."""
        return self.match.end()

    def has(self, name: str) -> bool:
        """True if the capture matched."""
        return name in self.match.re.groupindex and self.match.group(name) is not None

    def word(self, name: str) -> str:
        """First word of a capture in lower case, without a full stop; "" if it did not match."""
        return self.lexed.words[self.match.start(name)].rstrip(".") if self.has(name) else ""

    @property
    def pointer(self) -> str:
        """Class of the deictic word: "this", "next", "last", "past", "coming", "previous" …; "" if there is none."""
        return self.lexed.name(self.match.start("pointer")) if self.has("pointer") else ""

    def tokens(self, name: str) -> range:
        """Token indices of a capture."""
        return range(*self.match.span(name))

    def before(self, back: int = 1) -> str:
        """Word before the match."""
        return self.lexed.word(self.first - back)

    def follows(self) -> str:
        """Word after the match."""
        return self.lexed.word(self.after)

    def names_before(self) -> str:
        """Class of the token before the match."""
        return self.lexed.name(self.first - 1)

    def name_after(self, ahead: int = 0) -> str:
        """Class of a token after the match."""
        return self.lexed.name(self.after + ahead)

    def tense(self) -> int:
        """-1 past, 0 no cue, 1 future. A day after "until" is future."""
        back = self.first - 1
        while self.lexed.name(back) in BETWEEN and back > self.first - 5:
            back -= 1
        if self.lexed.name(back) == "until":
            return 1
        return direction(self.lexed, self.first, self.after - 1)

    def value(self, kind: Kind, timex: str, unit: str, **more: Any) -> TimeValue:
        """A value that covers the whole match."""
        start, end = self.lexed.starts[self.first], self.lexed.ends[self.after - 1]
        return TimeValue(
            start=start, end=end, text=self.lexed.text[start:end], kind=kind, timex=timex, unit=unit, **more
        )

    def dated(self, period: Period, **more: Any) -> TimeValue:
        """A value of kind `date` for a calendar period."""
        given = {"earliest": period.first, "latest": period.last, **more}
        return self.value("date", period.timex, period.unit, **given)
