"""Tokenises text for the number grammar: words, figures and signs with offsets, in one linear pass."""

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple


class TokenKind(Enum):
    """Kind of a token. `SKIP` is never part of a number (addresses, model names, excluded spans)."""

    WORD = 1
    FIGURE = 2
    CLOCK = 3
    SIGN = 4
    SKIP = 5


class NumberToken(NamedTuple):
    """The token `text[start:end]` in lower case. `capital`: whether it begins with a capital letter."""

    start: int
    end: int
    word: str
    kind: TokenKind
    capital: bool


END = NumberToken(-9, -9, "", TokenKind.SKIP, False)

_TOKEN = re.compile(
    r"""
    (?P<SKIP> https?://\S+ | www\.\S+ | [#@]\w+
      | (?m:^)[ \t]*[0-9]{1,3}[.)](?=[ \t])                           # list numbering
      | [0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}(?![0-9,])(?!\.[0-9])  # dates in figures, versions
      | \+[0-9][0-9() -]{7,18}[0-9] | \(?[0-9]{3}\)?[-. ][0-9]{3}[-.][0-9]{4}\b  # telephone numbers
      | [0-9]{15,}[0-9.,]*
      | (?!(?:USD|EUR|GBP|CHF|JPY|CNY|INR|Rs|RM|kr)[0-9])[^\W\d_]+[0-9]\w*(?:\.[0-9]+)*  # G20, PS4, B44
      | [0-9]+(?:\.[0-9]+){2,} )
  | (?P<CLOCK> [0-9]{1,3}(?::[0-9]{2}){1,2}(?:\.[0-9]+)?(?![\w:]) )
  | (?P<FIGURE> [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?![0-9,])(?:\.[0-9]+)?  # Indian grouping
      | [0-9]{1,3}(?:,[0-9]{3})+(?![0-9])(?:\.[0-9]+)?
      | [0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![,.]?[0-9])
      | [0-9]+\.[0-9]+ | (?<![\w.])\.[0-9]+ | [0-9]+ | [¼½¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞] )
  | (?P<WORD> (?:[A-Z]\.){2,} | [^\W\d_]+(?:['’][^\W\d_]+)* )
  | (?P<SIGN> [^\w\s] )
    """,
    re.VERBOSE,
)
_KINDS = {kind.name: kind for kind in TokenKind}


def tokenise(text: str, exclude: Sequence[tuple[int, int]] = ()) -> list[NumberToken]:
    """All tokens in order. Those that touch a span of `exclude` have kind `SKIP`.

    >>> [token.word for token in tokenise("Nearly $1,200 (or 3.5%)")]
    ['nearly', '$', '1,200', '(', 'or', '3.5', '%', ')']
    """
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    spans = sorted(span for span in exclude if not _RATE.search(text, max(0, span[0] - 24), span[1]))
    return _skip(tokens, spans) if spans else tokens


# "miles an hour", "meters per second": the time word belongs to the unit, although the date tagger excludes it.
_RATE = re.compile(r"\b(?:miles?|kilomet(?:er|re)s?|met(?:er|re)s?|km|m)\s?(?:an?\s|per\s|/\s?)(?:hour|second|h|s)$")


def _token(match: re.Match[str]) -> NumberToken:
    text = match.group()
    return NumberToken(match.start(), match.end(), text.lower(), _KINDS[match.lastgroup or "SIGN"], text[0].isupper())


def _skip(tokens: list[NumberToken], spans: list[tuple[int, int]]) -> list[NumberToken]:
    at, reach, out = 0, -1, []
    for token in tokens:
        while at < len(spans) and spans[at][0] < token.end:
            reach = max(reach, spans[at][1])
            at += 1
        out.append(token._replace(word="", kind=TokenKind.SKIP) if token.start < reach else token)
    return out
