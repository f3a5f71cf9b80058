"""Made-up news: an archive of reports, and drafts that retell them with some values changed. The same seed, the same texts.

Each story has a kind (a council's budget, a storm, a match, …), invented names, and values drawn at random. A report of it and
a draft about it use other words for the same facts. In one sentence of five, the draft has another value.
"""

import csv
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TypeAlias

_SYLLABLES = "bar cal den el fen gar hol is jor kel lan mor nor os per quin ros sal tor ul ver wes yar zel".split()
_TOWN_ENDS = "ford bury ham mouth ton wick field dale".split()
_FIRST = "Anna Boris Clara David Elena Frank Grace Hugo Irene Jonas Karin Louis Maria Nils Olga Peter".split()
_TRADES = "harbour railway hospital library museum brewery foundry dairy shipyard theatre".split()
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
_CHANGED = 0.2

Json: TypeAlias = dict[str, object]
Values: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """A made-up event: its values, the report's facts."""

    number: int
    kind: str
    values: Values
    day: date

    def report(self) -> Json:
        """A document of the archive."""
        told = [report.format(**self.values) for report, _ in _sentences()[self.kind]]
        return {
            "id": f"story-{self.number}",
            "title": f"{self.values['town']}: {self.kind} at the {self.values['trade']}",
            "text": " ".join(told),
            "source": "Bench Courier",
            "published_at": self.day.isoformat(),
        }


def stories(count: int) -> list[Story]:
    """The first `count` stories. A story's number is its seed."""
    return [_story(number) for number in range(count)]


def drafts(told: list[Story]) -> Iterator[Json]:
    """Endless articles, all different, each about two of the stories: 12 sentences of about 15 words."""
    chance = random.Random(7)
    while True:
        picked = chance.sample(told, 2)
        lines = [line for story in picked for line in _retold(story, chance)]
        day = max(story.day for story in picked) + timedelta(days=1)
        yield {
            "text": " ".join(lines),
            "title": f"News from {picked[0].values['town']}",
            "published_at": day.isoformat(),
        }


def _retold(story: Story, chance: random.Random) -> list[str]:
    other = _values(chance, story.day)
    lines = []
    for _, draft in _sentences()[story.kind]:
        names = [name for name in other if f"{{{name}}}" in draft and name not in ("town", "trade")]
        changed = {chance.choice(names): ""} if names and chance.random() < _CHANGED else {}
        lines.append(draft.format(**{**story.values, **{name: other[name] for name in changed}}))
    chance.shuffle(lines)
    return lines


@cache
def _sentences() -> dict[str, list[tuple[str, str]]]:
    """Kind of story → the report's wording and the draft's, of each of its facts. Braces name values of the story."""
    with (Path(__file__).parent / "sentences.tsv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    kinds = {row["kind"]: None for row in rows}
    return {kind: [(row["report"], row["draft"]) for row in rows if row["kind"] == kind] for kind in kinds}


def _story(number: int) -> Story:
    chance = random.Random(number)
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(365))
    return Story(number, chance.choice(sorted(_sentences())), _values(chance, day), day)


def _values(chance: random.Random, day: date) -> Values:
    def name(ending: str = "") -> str:
        return "".join(chance.sample(_SYLLABLES, 2)).capitalize() + ending

    later = day + timedelta(days=chance.randrange(10, 60))
    draw: dict[str, Callable[[], str]] = {
        "town": lambda: name(chance.choice(_TOWN_ENDS)),
        "person": lambda: f"{chance.choice(_FIRST)} {name()}",
        "other": lambda: f"{chance.choice(_FIRST)} {name()}",
        "firm": lambda: f"{name()} {chance.choice(('Group', 'Holdings', 'Works'))}",
        "trade": lambda: chance.choice(_TRADES),
        "day": lambda: _DAYS[(day - timedelta(days=chance.randrange(5))).weekday()],
        "date": lambda: f"{_MONTHS[later.month - 1]} {later.day}",
        **{letter: lambda: str(chance.randrange(4, 90)) for letter in "abcde"},
    }
    return {key: value() for key, value in draw.items()}
