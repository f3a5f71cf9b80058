"""How two values relate."""

from enum import StrEnum


class Relation(StrEnum):
    """The claim's value against the corpus's value. Agreement is directed: "12 May 2020" supports "May 2020"."""

    AGREE = "agree"
    CONFLICT = "conflict"
    INCOMPARABLE = "incomparable"
