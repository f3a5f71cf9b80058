"""The thing that a number counts: "seven thousand six hundred spectators" → "spectator"."""

from collections.abc import Sequence

from worker.dimensions.quantities.number_tokens import NumberToken, TokenKind
from worker.dimensions.quantities.numbers import joined, token_at, word_at
from worker.dimensions.quantities.quantity import QuantityKind

_IRREGULAR = {
    "people": "person", "men": "man", "women": "woman", "children": "child", "lives": "life", "wives": "wife", "feet": "foot",
    "mice": "mouse", "teeth": "tooth", "policemen": "policeman", "firemen": "fireman", "fishermen": "fisherman", "geese": "goose",
    "lynx": "lynx", "buses": "bus", "axes": "axe", "cattle": "cattle", "viruses": "virus",
    "sheep": "sheep", "aircraft": "aircraft", "series": "series", "species": "species", "wolves": "wolf", "knives": "knife",
    "halves": "half", "media": "media", "crew": "crew", "police": "police", "staff": "staff", "troops": "troop", "cod": "cod",
    "personnel": "personnel", "men’s": "", "women’s": "", "congressmen": "congressman", "gunmen": "gunman", "leaves": "leaf",
}  # fmt: skip
_STOP = frozenset(
    """
    of and or but to in on at by from with without than the a an for as is was were are be been being has have
    had having since ago later who that this which when while although because between before after his her its
    their our my your into onto over under more less not no if so do does did will would can could may might
    should must also only just about around nearly during until till up down off out per versus vs against
    through across within among along behind inside outside he she it they we you i him them us there here now
    then today yesterday tomorrow still yet again including according said says told say went came took made got
    rose fell grew died remain remained took were each both all how what why where percent percentage million
    billion thousand hundred dozen
    """.split()
)
_SINGULAR_S = ("ss", "us", "is", "’s", "'s", "ous")
_REACH = 7


def counted_noun(tokens: Sequence[NumberToken], at: int, kind: QuantityKind, value: float) -> str:
    """The singular of the noun counted by a number that ends before token `at`; "" if none follows.

    Up to six words may come before the noun ("six different work areas"); "two of the men" counts men. After a percentage
    or a fraction, only "of" leads to a noun. A plural number takes a plural noun.
    """
    if kind in (QuantityKind.MONEY, QuantityKind.MEASURE, QuantityKind.SCORE, QuantityKind.MULTIPLE):
        return ""
    if word_at(tokens, at) == "-" and joined(tokens, at) and token_at(tokens, at + 1).kind is TokenKind.WORD:
        return singular(word_at(tokens, at + 1))
    past = _past_of(tokens, at)
    if kind is QuantityKind.ORDINAL or value == 1:
        return _first_word(tokens, past) if past == at else ""
    if kind is not QuantityKind.NUMBER:
        return (_head(tokens, past) or _first_word(tokens, past)) if past > at else ""
    return _head(tokens, past)


def _past_of(tokens: Sequence[NumberToken], at: int) -> int:
    """The token after "of", "of the", "of its": a partitive counts its noun."""
    if word_at(tokens, at) != "of":
        return at
    return at + 2 if word_at(tokens, at + 1) in _DETERMINERS else at + 1


_DETERMINERS = frozenset("the its their his her those these all our my your".split())


def _head(tokens: Sequence[NumberToken], at: int) -> str:
    """The first plural within reach: "charge" of "two fraud charges"."""
    for i in range(at, min(at + _REACH, len(tokens))):
        if tokens[i].word == "-" and tokens[i].start == tokens[i - 1].end:
            continue
        if not _goes_on(tokens, i):
            return ""
        if _is_plural(tokens[i].word):
            return singular(tokens[i].word)
    return ""


def _goes_on(tokens: Sequence[NumberToken], at: int) -> bool:
    token = tokens[at]
    stops = token.word in _STOP and not (token.word == "us" and token.capital)
    return token.kind is TokenKind.WORD and not stops and joined(tokens, at)


def _first_word(tokens: Sequence[NumberToken], at: int) -> str:
    """The last of a run of up to three words ("warning" of "red warning"), the first of a longer one."""
    end = at
    while end < min(at + 4, len(tokens)) and _goes_on(tokens, end) and not _is_verbal(tokens[end].word):
        end += 1
    if end == at:
        return ""
    return singular(tokens[at if end - at > 3 else end - 1].word)


_NOUNS_IN_ING = frozenset(
    "meeting building hearing warning ruling landing opening reading sitting killing bombing shooting".split()
)


def _is_verbal(word: str) -> bool:
    return len(word) > 4 and word.endswith(("ing", "ly", "’s", "'s", "ed")) and word not in _NOUNS_IN_ING


def _is_plural(word: str) -> bool:
    return word in _IRREGULAR or (word.endswith("s") and len(word) > 3 and not word.endswith(_SINGULAR_S))


def singular(word: str) -> str:
    """The singular by rules, without a dictionary: "parties" → "party", "people" → "person".

    >>> singular("parties"), singular("churches"), singular("people")
    ('party', 'church', 'person')
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(_SINGULAR_S) and len(word) > 3 else word
