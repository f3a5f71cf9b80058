"""The evidence on one claim: passages, the reader's scores for each, and aligned values."""

from dataclasses import dataclass

from factcheck.evidence import Passage
from factcheck.ports import EntailmentScores
from worker.dimensions.alignment import Alignment, SpanValue
from worker.text.pipeline_types import ClaimInContext, RankedPassage


@dataclass(frozen=True, slots=True)
class PassageReading:
    """The reader's scores for one passage. The premise is its window: day, title, the sentence with its neighbours.

    `veto` is the rule that keeps the passage from supporting the claim; its entailment then counts as neutral. `verbatim`:
    the passage has every word of the claim, apart from values in another form.
    """

    ranked: RankedPassage
    scores: EntailmentScores
    veto: str | None
    verbatim: bool


@dataclass(frozen=True, slots=True)
class SubstitutionReading:
    """A conflict of values, and the reader's scores for the claim with the passage's value substituted.

    Entailment there shows that claim and passage are about the same event and slot, so that the values decide. `verbatim`:
    the passage has every word of the substituted claim, so that only the value differs.
    """

    conflict: Alignment
    scores: EntailmentScores
    verbatim: bool


@dataclass(frozen=True, slots=True)
class ClaimEvidence:
    """`readings` by rank; of the last `unread` of them, the scores are not the reader's, but what such passages say on average.
    `others` are further passages that were not read, with their cosines.

    `required_values` and `required_names` are the claim's own values and names, which a passage must support.
    """

    statement: ClaimInContext
    readings: tuple[PassageReading, ...]
    others: tuple[tuple[Passage, float], ...]
    alignments: tuple[Alignment, ...]
    substitutions: tuple[SubstitutionReading, ...]
    required_values: tuple[SpanValue, ...]
    required_names: tuple[SpanValue, ...]
    unread: int
