"""Numbers in the time grammar: digits, words, dozens, and vague amounts as ranges."""

from collections.abc import Iterable

from worker.dimensions.times.lexer import LexedText
from worker.dimensions.times.vocabulary import ORDINALS, SCALES, SMALL, TENS, VAGUE

_WORDS = SMALL | TENS | {"dozen": 12, "score": 20}


def count(lexed: LexedText, tokens: Iterable[int]) -> float | None:
    """The number that tokens name; None if it is vague or missing.

    >>> from worker.dimensions.times.lexer import lex
    >>> count(lex("two hundred and forty-five"), range(6))
    245.0
    """
    total = current = 0.0
    seen = False
    for word in (lexed.words[i] for i in tokens):
        if word[0].isdigit():
            current, seen = current + float(word.replace(",", "")), True
        elif word in _WORDS:
            current, seen = (current or 1) * 12 if word == "dozen" else current + _WORDS[word], True
        elif word in SCALES:
            current, seen = (current or 1) * SCALES[word], True
            if SCALES[word] > 100:
                total, current = total + current, 0.0
        elif word in VAGUE:
            return None
    return total + current if seen else None


def vague(lexed: LexedText, tokens: Iterable[int]) -> tuple[float, float] | None:
    """The range of a vague amount ("a few", "several", "a couple of"); None if there is none."""
    for index in tokens:
        if lexed.words[index] in VAGUE:
            return VAGUE[lexed.words[index]]
    return None


def ordinal(lexed: LexedText, tokens: Iterable[int]) -> int:
    """The number of an ordinal: "third", "21st"; 0 if there is none."""
    for word in (lexed.words[i] for i in tokens):
        if word in ORDINALS:
            return ORDINALS[word]
        if word[0].isdigit():
            return int("".join(c for c in word if c.isdigit()))
    return 0
