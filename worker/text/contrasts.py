"""Corrected values within a sentence: "nine, not eleven", "not the mayor but her deputy", "from twelve to seven"."""

from collections.abc import Iterator
from dataclasses import dataclass

from worker.text.memoized import memoized
from worker.text.syntax import ParsedText, Token

Range = tuple[int, int]

_CLOSING = frozenset({",", ";", ":", ".", "!", "?", ")", "—", "–", "("})
_BREAKS = frozenset({",", "–", "—", "(", "and", "but", "-", ";"})
_NOT_ALONE = frozenset(
    {"only", "just", "merely", "simply", "even", "yet", "least", "until", "all", "every", "because", "so"}
)
_CORRECTING = frozenset({"correct", "revise", "amend", "adjust", "lower", "raise", "change"})
_REACH = 14


@dataclass(frozen=True, slots=True)
class Contrast:
    """`right` and `wrong` are ranges of the text, `cue` the words that reject `wrong`."""

    right: Range
    wrong: Range
    cue: Range


@memoized
def find_contrasts(parsed: ParsedText) -> list[Contrast]:
    """Pairs of a stated and a rejected value of the same kind, in text order.

    "Nine boats sank, not eleven." → right "Nine", wrong "eleven", cue "not".
    """
    found = [c for t in parsed.tokens for c in _at(parsed, t)]
    return sorted(found, key=lambda c: c.cue)


def _at(parsed: ParsedText, token: Token) -> Iterator[Contrast]:
    word, after = token.text.lower(), _word(parsed, token.index + 1)
    if word == "not" and after not in _NOT_ALONE:
        yield from _not(parsed, token)
    elif (word, after) in {("rather", "than"), ("instead", "of"), ("as", "opposed")}:
        yield from _behind(parsed, token, token.index + (3 if word == "as" else 2))
    elif token.lemma in _CORRECTING:
        yield from _revised(parsed, token)


def _word(parsed: ParsedText, index: int) -> str:
    return parsed.tokens[index].text.lower() if 0 <= index < len(parsed.tokens) else ""


def _not(parsed: ParsedText, negator: Token) -> Iterator[Contrast]:
    wrong = _phrase(parsed, negator.index + 1)
    if not wrong:
        return
    after = _next_word(parsed, wrong[-1].index + 1)
    if after is not None and after.text.lower() == "but":
        yield from _pair(_phrase(parsed, after.index + 1), wrong, negator)
    elif _word(parsed, negator.index - 1) in _BREAKS:
        yield from _behind(parsed, negator, negator.index + 1)


def _next_word(parsed: ParsedText, index: int) -> Token | None:
    """The next token that is not a comma or dash."""
    return next((t for t in parsed.tokens[index:] if t.text not in {",", "–", "—"}), None)


def _behind(parsed: ParsedText, cue: Token, start: int) -> Iterator[Contrast]:
    """Contrasts with the rejected value after the cue. The right one is the nearest of its kind before the cue, else after."""
    wrong = _phrase(parsed, start)
    if wrong:
        right = _before(parsed, cue.index, wrong) or _after(parsed, wrong)
        yield from _pair(right, wrong, cue)


def _after(parsed: ParsedText, wrong: list[Token]) -> list[Token]:
    """The first run of the same kind after the rejected words: "rather than twelve, seven …"."""
    kind = _kind(_core(wrong)[0])
    behind = parsed.tokens[wrong[-1].index + 1 : wrong[-1].index + 1 + _REACH]
    return _run([t for t in behind if _kind(t) == kind])


def _revised(parsed: ParsedText, verb: Token) -> Iterator[Contrast]:
    """ "Corrected from twelve to seven", "to seven from twelve"."""
    below = parsed.subtree(verb.index)
    spots = {t.text.lower(): _phrase(parsed, t.index + 1) for t in below if t.text.lower() in {"from", "to"}}
    if verb.lemma in {"correct", "revise", "amend"} and len(spots) == 2:
        yield from _pair(spots["to"], spots["from"], verb)


def _phrase(parsed: ParsedText, start: int) -> list[Token]:
    """The words from `start` to the next punctuation mark, verb or conjunction."""
    phrase: list[Token] = []
    for token in parsed.tokens[start:]:
        ends = token.text in _CLOSING or token.pos in {"VERB", "AUX", "SCONJ", "CCONJ", "PRON"}
        if (ends and not _is_adjective(token)) or token.text.lower() in {"as", "but", "from", "to"}:
            break
        phrase.append(token)
    return phrase if _core(phrase) else []


def _is_adjective(token: Token) -> bool:
    """True for a participle before its noun: "the planned 40 million"."""
    return token.dep == "amod" and token.head > token.index


def _core(phrase: list[Token]) -> list[Token]:
    """The tokens of the value: figures if there are any, else names, else nouns."""
    for wanted in ("NUM", "PROPN", "NOUN"):
        core = [t for t in phrase if _kind(t) == wanted]
        if core:
            return _run(core)
    return []


def _kind(token: Token) -> str:
    """The part of speech. Ordinals count as figures (not in "first reported"); capitalised words as names, often misparsed."""
    if token.entity == "ORDINAL" and not (token.dep == "advmod" and token.lemma == "first"):
        return "NUM"
    capital = token.index > 0 and token.text[0].isupper() and token.pos in {"ADP", "ADJ", "NOUN", "VERB", "X", "INTJ"}
    return "PROPN" if capital else token.pos


def _run(tokens: list[Token]) -> list[Token]:
    """The leading tokens that are adjacent."""
    run = tokens[:1]
    for token in tokens[1:]:
        if token.index != run[-1].index + 1:
            break
        run.append(token)
    return run


def _before(parsed: ParsedText, end: int, wrong: list[Token]) -> list[Token]:
    """The nearest run of tokens before `end` of the kind of the rejected value."""
    kind, entity = _kind(_core(wrong)[0]), _core(wrong)[0].entity
    candidates = [t for t in parsed.tokens[max(0, end - _REACH) : end] if _kind(t) == kind]
    same = [t for t in candidates if _one_entity(t.entity, entity)]
    chosen = same if same or kind == "NUM" else candidates
    run: list[Token] = []
    for token in reversed(chosen):
        if run and token.index != run[0].index - 1:
            break
        run.insert(0, token)
    return run


_DAYS = frozenset({"DATE", "TIME"})


def _one_entity(a: str, b: str) -> bool:
    """True unless one is a date and the other is not. Parsers confuse the other labels too often."""
    return (a in _DAYS) == (b in _DAYS)


def _pair(right: list[Token], wrong: list[Token], cue: Token) -> Iterator[Contrast]:
    good, bad = _core(right), _core(wrong)
    if good and bad and _kind(bad[0]) == "NUM":
        good = good[: len(bad)]  # "not 15 but 12 million": the scale applies to both
    if good and bad and _kind(good[0]) == _kind(bad[0]) and [t.lemma for t in good] != [t.lemma for t in bad]:
        yield Contrast((good[0].start, good[-1].end), (bad[0].start, bad[-1].end), (cue.start, cue.end))
