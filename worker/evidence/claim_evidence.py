"""All that was found on one claim: its passages, what the reader says of each, and every aligned value."""

from dataclasses import dataclass

from factcheck.ports import EntailmentScores
from worker.dimensions.alignment import Alignment, SpanValue
from worker.text.claim_in_context import ClaimInContext, RankedPassage


@dataclass(frozen=True, slots=True)
class PassageReading:
    """The reader on one passage. `window`: title, day and neighbours against the claim; `restated`: the sentence alone
    against the claim in the passage's words (values that agree are put in)."""

    ranked: RankedPassage
    window: EntailmentScores
    restated: EntailmentScores


@dataclass(frozen=True, slots=True)
class ReadConflict:
    """A conflict of values. `substituted`: the reader on the claim with the passage's value in the place of its own.

    Entailment there shows that claim and passage speak of the same event and slot, so that the values decide. None where
    no value can be put in place.
    """

    alignment: Alignment
    substituted: EntailmentScores | None


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """`readings` in the order of rank; `required_values` are the claim's own values that a passage must bear out."""

    statement: ClaimInContext
    readings: tuple[PassageReading, ...]
    agreements: tuple[Alignment, ...]
    conflicts: tuple[ReadConflict, ...]
    required_values: tuple[SpanValue, ...]
