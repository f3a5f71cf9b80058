"""One page or file of the bench, with what an import must make of it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sample:
    """`text` is typed by hand from the sample as a reader sees it; `day` is the day of publication, None if none is told."""

    name: str
    about: str
    content: bytes
    text: str
    day: str | None
