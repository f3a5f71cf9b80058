"""Values of the claim that a passage corrects: "nine, not eleven" against the claim's "eleven boats"."""

from collections.abc import Iterator

from factcheck.verdict import ConflictKind
from worker.dimensions.alignment import Alignment, conflict_between
from worker.dimensions.quantities.numbers import SMALL, TENS
from worker.dimensions.slot_context import content
from worker.text.contrasts import Contrast, find_contrasts
from worker.text.pipeline_types import ClaimInContext, RankedPassage
from worker.text.syntax import ParsedText, Token

_SURE = 0.8
# Least share of the claim's other words in a passage about the same event.
_SHARED = 0.5
_NUMBERS = {word: str(value) for word, value in (SMALL | TENS).items()}
_WEEKDAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_KINDS = {
    "DATE": ConflictKind.DATE,
    "TIME": ConflictKind.DATE,
    "MONEY": ConflictKind.MONEY,
    "PERCENT": ConflictKind.PERCENT,
    "ORDINAL": ConflictKind.ORDINAL,
    "PERSON": ConflictKind.NAME,
    "ORG": ConflictKind.NAME,
    "NORP": ConflictKind.NAME,
    "GPE": ConflictKind.PLACE,
    "LOC": ConflictKind.PLACE,
    "FAC": ConflictKind.PLACE,
}


def find_corrected_values(statement: ClaimInContext, ranked: RankedPassage) -> Iterator[Alignment]:
    """Conflicts of each value of the claim that the passage rejects, with the value that it states instead."""
    here = statement.sentence.parsed
    own_wrong = [c.wrong for c in find_contrasts(here)]
    for contrast in find_contrasts(ranked.parsed):
        span = _stands_in(statement, ranked.parsed, contrast)
        if span is None or span in own_wrong or not _same_event(statement, ranked, span):
            continue
        kind, right = _kind(ranked.parsed, contrast), ranked.parsed.text[slice(*contrast.right)]
        words = (
            right[0].upper() + right[1:] if here.text[span[0]].isupper() else _lowered(ranked.parsed, contrast, right)
        )
        yield conflict_between(kind, span, ranked, contrast.right, _SURE, words, "factuality.corrected")


def _lowered(parsed: ParsedText, contrast: Contrast, right: str) -> str:
    """The replacement; a number word from the start of a sentence in lower case."""
    is_name = any(t.pos == "PROPN" for t in parsed.within(*contrast.right))
    return right if is_name else right[0].lower() + right[1:]


def _key(token: Token) -> str:
    word = token.text.lower().replace(",", "")
    return _NUMBERS.get(word, word)


def _stands_in(statement: ClaimInContext, there: ParsedText, contrast: Contrast) -> tuple[int, int] | None:
    """The range of the rejected value in the claim; None if the claim has the right value."""
    wrong = [_key(t) for t in there.within(*contrast.wrong)]
    right = [_key(t) for t in there.within(*contrast.right)]
    mine = [t for t in statement.sentence.parsed.tokens if statement.owns(t.start, t.end)]
    keys = [_key(t) for t in mine]
    if _find(keys, right) is not None:
        return None
    at = _find(keys, wrong)
    return None if at is None else (mine[at].start, mine[at + len(wrong) - 1].end)


def _find(keys: list[str], wanted: list[str]) -> int | None:
    size = len(wanted)
    return next((i for i in range(len(keys) - size + 1) if keys[i : i + size] == wanted), None)


def _same_event(statement: ClaimInContext, ranked: RankedPassage, span: tuple[int, int]) -> bool:
    inside = statement.sentence.parsed.within(statement.start, statement.end)
    wanted = content([t for t in inside if t.end <= span[0] or t.start >= span[1]])
    return not wanted or len(wanted & content(ranked.parsed.tokens)) / len(wanted) >= _SHARED


def _kind(parsed: ParsedText, contrast: Contrast) -> ConflictKind:
    right = parsed.within(*contrast.right)
    if any(t.text.lower() in _WEEKDAYS for t in right):
        return ConflictKind.WEEKDAY
    labels = [t.entity for t in (*right, *parsed.within(*contrast.wrong))]
    kind = next((_KINDS[label] for label in labels if label in _KINDS), None)
    fallback = ConflictKind.NUMBER if right[0].pos == "NUM" else ConflictKind.RELATION
    return kind or (ConflictKind.NAME if right[0].pos == "PROPN" else fallback)
