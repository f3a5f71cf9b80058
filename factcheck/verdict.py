"""What a check concludes: verdicts, conflicts, and the report that holds them."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from factcheck.article import Span
from factcheck.claim import Claim
from factcheck.evidence import Evidence


class Label(StrEnum):
    """The verdict on one claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"
    NOT_CHECKABLE = "not_checkable"


class ConflictKind(StrEnum):
    """What two texts disagree on."""

    DATE = "date"
    WEEKDAY = "weekday"
    DURATION = "duration"
    NUMBER = "number"
    PERCENT = "percent"
    MONEY = "money"
    ORDINAL = "ordinal"
    NAME = "name"
    ROLE = "role"
    PLACE = "place"
    NEGATION = "negation"
    QUOTE = "quote"
    ATTRIBUTION = "attribution"
    ORDER = "order"
    MODALITY = "modality"
    RELATION = "relation"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """The article's words in a conflict. `value` is their normal form (TIMEX3 for dates), None where there is none."""

    span: Span
    text: str
    value: str | None


@dataclass(frozen=True, slots=True)
class EvidenceSide:
    """The corpus's words in a conflict."""

    document_id: str
    span: Span
    text: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """The words of the article and of the corpus that cannot both be right."""

    kind: ConflictKind
    claim: ClaimSide
    evidence: EvidenceSide


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Replace the span's words by `replacement`, and the claim agrees with the corpus."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome for one claim. `confidence` in [0, 1] is calibrated; `rule` names the rule that decided."""

    claim: Claim
    label: Label
    confidence: float
    message: str
    rule: str
    conflicts: tuple[Conflict, ...]
    suggestions: tuple[Suggestion, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class InternalConflict:
    """Two places of the article that cannot both be right; `b` is None where one place contradicts itself."""

    kind: ConflictKind
    a: ClaimSide
    b: ClaimSide | None
    message: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Every sentence, accounted for: checked + not_checkable + not_reached = sentences."""

    sentences: int
    checked: int
    not_checkable: int
    not_reached: int

    @property
    def complete(self) -> bool:
        """True where no sentence was left out for time or size."""
        return self.not_reached == 0


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """What the article was checked against. `as_of` is the ISO date up to which documents counted."""

    revision: str
    documents: int
    as_of: str | None


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """What checked it: our version and the name of each model."""

    version: str
    entailment: str
    retrieval: str


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of a check."""

    verdicts: tuple[Verdict, ...]
    internal_conflicts: tuple[InternalConflict, ...]
    coverage: Coverage
    corpus: CorpusInfo
    engine: EngineInfo

    def summary(self) -> dict[str, int]:
        """Claims in all and by label, in the contract's order."""
        counts = Counter(verdict.label for verdict in self.verdicts)
        return {"claims": len(self.verdicts), **{label.value: counts[label] for label in Label}}
