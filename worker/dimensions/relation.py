"""What every kind of value shares: where it stands in its text, and how two of them relate."""

from enum import StrEnum


class Relation(StrEnum):
    """How the article's value stands to the corpus's value. Agreement has a direction: "12 May 2020" supports "May 2020"."""

    AGREE = "agree"
    CONFLICT = "conflict"
    INCOMPARABLE = "incomparable"
