"""Where the archive itself is of two minds: one party says so, another says otherwise."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.accounts import is_account
from worker.finding import Finding, Words
from worker.statement import Statement, Witness
from worker.values.value import Relation

_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput\w+|contradict\w*|reject(?:s|ed)? (?:that|this|the (?:claim|figure|charge|accusation))|"
    r"call(?:s|ed) (?:that|it|this) (?:false|wrong|untrue|a lie)|never received|not true)\b",
    re.I,
)


def find_denials(statement: Statement, witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """A passage that reports what the claim tells as fact, and in the same breath that another denies it."""
    if is_account(statement.claim.text) or not witnesses:
        return
    for witness in witnesses[:2]:
        denial = _DENYING.search(witness.passage.text)
        if denial and witness.relevance > 2.0 and witness.likeness > 0.65 and is_account(witness.passage.text):
            yield Finding(
                Relation.CONFLICT,
                ConflictKind.RELATION,
                Words(statement.start, statement.end, None),
                witness,
                Words(denial.start(), denial.end(), None),
                0.6,
                None,
                "account.denied",
            )
