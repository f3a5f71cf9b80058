"""Passages with two conflicting accounts: one party says it, another denies it."""

import re
from collections.abc import Iterator, Sequence

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, SpanValue
from worker.dimensions.relation import Relation
from worker.dimensions.slot_context import claim_tokens, content
from worker.text.attribution import is_attributed
from worker.text.pipeline_types import ClaimInContext, RankedPassage

_DENYING = re.compile(
    r"\b(?:den(?:y|ies|ied)|disput\w+|contradict\w*|reject(?:s|ed)? (?:that|this|the (?:claim|figure|charge|accusation))|"
    r"call(?:s|ed) (?:that|it|this) (?:false|wrong|untrue|a lie)|never received|not true)\b",
    re.I,
)


def find_conflicting_accounts(
    statement: ClaimInContext, ranked_passages: Sequence[RankedPassage]
) -> Iterator[Alignment]:
    """Conflicts of a claim stated as fact with a passage that attributes it to one party, and a denial to another."""
    if is_attributed(statement.claim.text) or not ranked_passages:
        return
    for ranked in ranked_passages[:2]:
        denial = _DENYING.search(ranked.passage.text)
        if denial is None or _denies_another(statement, ranked, denial.span()):
            continue
        if is_attributed(ranked.passage.text):
            yield Alignment(
                Relation.CONFLICT,
                ConflictKind.RELATION,
                SpanValue(statement.start, statement.end, None),
                ranked,
                SpanValue(denial.start(), denial.end(), None),
                ranked.similarity,
                None,
                "account.denied",
            )


def _denies_another(statement: ClaimInContext, ranked: RankedPassage, denial: tuple[int, int]) -> bool:
    """True if the denied clause shares no word with the claim: "… and denied that anybody was hurt"."""
    heads = ranked.parsed.within(*denial)[:1]
    clauses = [t for head in heads for t in ranked.parsed.children(head.index) if t.dep in {"ccomp", "xcomp"}]
    said = {lemma for t in clauses for lemma in content(ranked.parsed.subtree(t.index))}
    return bool(clauses) and said.isdisjoint(content(claim_tokens(statement)))
