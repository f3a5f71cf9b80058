"""The context of a value: clause, governing verb, surrounding words."""

from collections.abc import Sequence

from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM", "ADV"})
_EMPTY = frozenset(
    """be have do say tell make get go come take more than most very about some other one year day time people last
    next new also still now then""".split()
)


def content(tokens: Sequence[Token]) -> set[str]:
    """Lemmas of content words."""
    return {t.lemma for t in tokens if t.pos in _CONTENT and t.lemma not in _EMPTY and t.lemma.isalnum()}


def claim_tokens(statement: ClaimInContext) -> list[Token]:
    """The tokens of the claim itself."""
    return statement.sentence.parsed.within(statement.start, statement.end)


def clause_around(parsed: ParsedText, start: int, end: int) -> list[Token]:
    """The tokens of the smallest clause that contains `text[start:end]`."""
    inside = [t for t in parsed.tokens if t.start < end and t.end > start]
    if not inside:
        return list(parsed.tokens)
    at = inside[0]
    while at.head != at.index and not (at.pos in {"VERB", "AUX"} and not at.dep.startswith("aux")):
        at = parsed.tokens[at.head]
    return parsed.subtree(at.index)


def governor(parsed: ParsedText, start: int, end: int) -> Token | None:
    """The nearest verb above `text[start:end]`."""
    inside = [t for t in parsed.tokens if t.start < end and t.end > start]
    if not inside:
        return None
    at = inside[0]
    while at.head != at.index:
        at = parsed.tokens[at.head]
        if at.pos in {"VERB", "AUX"}:
            return at
    return at


def window(parsed: ParsedText, start: int, end: int, reach: int = 8) -> str:
    """Up to `reach` tokens before and after a value; the value itself is replaced by "…"."""
    before = [t.text for t in parsed.tokens if t.end <= start][-reach:]
    after = [t.text for t in parsed.tokens if t.start >= end][:reach]
    return " ".join([*before, "…", *after])


def overlap(statement: ClaimInContext, ranked: RankedPassage) -> float:
    """The share of the claim's content lemmas that the passage has, in [0, 1]."""
    wanted = content(claim_tokens(statement))
    return len(wanted & content(ranked.parsed.tokens)) / len(wanted) if wanted else 0.0
