"""What a comparer says of one pair of words: the article's and a passage's."""

from dataclasses import dataclass

from factcheck.verdict import ConflictKind
from worker.statement import Witness
from worker.values.value import Relation


@dataclass(frozen=True, slots=True)
class Words:
    """A range of a sentence and its normal form, None where the words have none."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """The claim's words against a witness's words.

    `sureness` in [0, 1]: how certain it is that both fill the same slot of the same event. `replacement` is what would
    stand in the claim's place, None where no wording can be offered. `rule` names the comparer's rule ("date.differs").
    """

    relation: Relation
    kind: ConflictKind
    claim: Words
    witness: Witness
    evidence: Words
    sureness: float
    replacement: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that was found for one statement. `asked` are the claim's own values that a passage must bear out."""

    findings: tuple[Finding, ...]
    asked: tuple[Words, ...]
    entailed: tuple[float, ...]
    refuted: tuple[float, ...]
    coverage: float


def clash(
    kind: ConflictKind,
    claim: tuple[int, int],
    witness: Witness,
    evidence: tuple[int, int],
    sureness: float,
    replacement: str | None,
    rule: str,
) -> Finding:
    """A conflict of two ranges of words that have no normal form."""
    return Finding(
        Relation.CONFLICT, kind, Words(*claim, None), witness, Words(*evidence, None), sureness, replacement, rule
    )
