"""All that was found on one claim: its passages, what the reader says of each, and every aligned value."""

from dataclasses import dataclass

from factcheck.evidence import Passage
from factcheck.ports import EntailmentScores
from worker.dimensions.alignment import Alignment, SpanValue
from worker.text.claim_in_context import ClaimInContext, RankedPassage


@dataclass(frozen=True, slots=True)
class PassageReading:
    """The reader on one passage: its window (day, title, the sentence with its neighbours) against the claim.

    `veto` is the rule that keeps the passage from supporting the claim; its entailment then counts as silence. `verbatim`
    says that the passage has the claim word for word, but for values told in another form.
    """

    ranked: RankedPassage
    scores: EntailmentScores
    veto: str | None
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Substitution:
    """A conflict of values, and the reader on the claim with the passage's value in the place of its own.

    Entailment there shows that claim and passage speak of the same event and slot, so that the values decide. `verbatim`
    says that every word of that claim stands in the passage: only the value differs.
    """

    conflict: Alignment
    scores: EntailmentScores
    verbatim: bool


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """`readings` in the order of rank; `others` are passages that were not read, with their cosines.

    `required_values` and `required_names` are what the claim itself states, and a passage must bear out.
    """

    statement: ClaimInContext
    readings: tuple[PassageReading, ...]
    others: tuple[tuple[Passage, float], ...]
    alignments: tuple[Alignment, ...]
    substitutions: tuple[Substitution, ...]
    required_values: tuple[SpanValue, ...]
    required_names: tuple[SpanValue, ...]
