"""Results of a check: verdicts, conflicts and the report."""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from factcheck.article import Span
from factcheck.claim import Claim
from factcheck.decision import Decision
from factcheck.evidence import Evidence
from factcheck.json_mapping import JsonFieldOptions


class Label(StrEnum):
    """The verdict on one claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    DISPUTED = "disputed"
    UNVERIFIED = "unverified"
    NOT_CHECKABLE = "not_checkable"


class ConflictKind(StrEnum):
    """The kind of value on which two texts conflict."""

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


_KIND = JsonFieldOptions("What they disagree on.")
_NORMAL_FORM = JsonFieldOptions("Normal form; TIMEX3 for dates and durations.")


@dataclass(frozen=True, slots=True)
class ClaimSide:
    """The article's side of a conflict. `value` is the normalised value (TIMEX3 for dates), None if there is none."""

    span: Span
    text: str
    value: Annotated[str | None, _NORMAL_FORM]


@dataclass(frozen=True, slots=True)
class EvidenceSide:
    """The corpus's side of a conflict."""

    document_id: str
    span: Span
    text: str
    value: Annotated[str | None, _NORMAL_FORM]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two values, of the article and of the corpus, that cannot both be right."""

    kind: Annotated[ConflictKind, _KIND]
    claim: ClaimSide
    evidence: EvidenceSide


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A correction: with `replacement` in place of the span, the claim agrees with the corpus."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result for one claim. `confidence` in [0, 1] is calibrated; `rule` names the deciding rule.

    `decision` is what editors decided on it; None if nobody did.
    """

    claim: Annotated[Claim, JsonFieldOptions(inline=True)]
    label: Annotated[Label, JsonFieldOptions("The verdict.")]
    confidence: Annotated[float, JsonFieldOptions("Calibrated, 0 to 1.", digits=4)]
    message: Annotated[str, JsonFieldOptions("The verdict in one or two sentences.")]
    rule: Annotated[str, JsonFieldOptions("The rule that decided.")]
    conflicts: tuple[Conflict, ...]
    suggestions: tuple[Suggestion, ...]
    evidence: tuple[Evidence, ...]
    decision: Annotated[Decision | None, JsonFieldOptions(write=False, read=False)] = None


@dataclass(frozen=True, slots=True)
class InternalConflict:
    """Two passages of the article that cannot both be right. `b` is None if one passage contradicts itself."""

    kind: Annotated[ConflictKind, _KIND]
    a: ClaimSide
    b: ClaimSide | None
    message: str
    suggestions: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Sentence counts: checked + not_checkable + not_reached = sentences."""

    sentences: int
    checked: int
    not_checkable: int
    not_reached: Annotated[int, JsonFieldOptions("Not checked for lack of time, or because the article is too long.")]

    @property
    def complete(self) -> bool:
        """True if no sentence was skipped for time or size."""
        return self.not_reached == 0


@dataclass(frozen=True, slots=True)
class CorpusInfo:
    """The corpus that the article was checked against. `as_of` is the ISO date up to which documents count."""

    revision: str
    documents: int
    as_of: str | None


@dataclass(frozen=True, slots=True)
class EngineInfo:
    """The software that checked the article: our version and the name of each model."""

    version: str
    entailment: Annotated[str, JsonFieldOptions(inside="models")]
    retrieval: Annotated[str, JsonFieldOptions(inside="models")]


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check."""

    verdicts: tuple[Verdict, ...]
    internal_conflicts: tuple[InternalConflict, ...]
    coverage: Coverage
    corpus: CorpusInfo
    engine: EngineInfo

    def summary(self) -> dict[str, int]:
        """Number of claims, in total and by label, in the order of the API."""
        counts = Counter(verdict.label for verdict in self.verdicts)
        return {"claims": len(self.verdicts), **{label.value: counts[label] for label in Label}}
