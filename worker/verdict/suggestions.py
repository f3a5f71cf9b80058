"""Replacements for a claim's words, fitted to the sentence around them. None if the result would not be good English."""

import re
from collections.abc import Sequence

from worker.dimensions.alignment import Alignment
from worker.text.pipeline_types import ClaimInContext
from worker.text.syntax import ParsedText, Token

_ROLE = "role.differs"
_QUOTE = "quote.altered"
_POSSESSIVE = re.compile(r"(?:his|her|its|their|our|my|your)\b", re.I)
_ARTICLE = re.compile(r"\b(?P<article>an?)\s$", re.I)
_DETERMINER = re.compile(r"\b(?:the|an?|this|that|these|those|his|her|its|their|our|my|your)\s$", re.I)
_OWN_DETERMINER = re.compile(r"(?:the|an?)\s+", re.I)
# Sounds, not letters: "an hour", "a union", "an 8-hour shift", "an 11th".
_VOWEL = re.compile(r"(?:[aeio]|u(?!n[ei]|s[ae]|r[ao]|t[ei])|hour|honest|heir|honou?r|8|1[18](?![0-9]))", re.I)
_CONSONANT = re.compile(r"(?:eu|one\b|once\b)", re.I)
_MONTH = r"(?:jan|feb|march|april|may|june|july|aug|sept|oct|nov|dec)[a-z]*\.?"
_DAY = re.compile(rf"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|{_MONTH}\s[0-9]|[0-9]{{1,2}}\s{_MONTH})", re.I)
_WITH_YEAR = re.compile(r"[0-9]{4}$")
# Words for a time that need no preposition, while a date does.
_BARE_TIME = re.compile(r"(?:last|this|next|yesterday|today|tomorrow|tonight)\b|.*\b(?:ago|earlier|later)$", re.I)
_PREPOSITION = re.compile(
    r"\b(?:in|on|at|by|to|of|for|from|since|until|till|before|after|during|between|through|and|or|than|about|around)\s$",
    re.I,
)
_AFTER_VERB = re.compile(r"\s*[.,;:?!]|\s*$")
_ZERO = re.compile(r"[^0-9]*0(?:[.,]0+)?(?![0-9.,])")
_LONG_FIGURE = re.compile(r"[0-9]{6,}")
_HEDGED = re.compile(
    r"(?:some|about|around|nearly|almost|over|under|at (?:least|most)|(?:more|less|fewer) than|up to)\s", re.I
)
_JOINING = re.compile(r"^(?:and|or|but)\s+", re.I)
_HOW_OFTEN = re.compile(r"(?:once|twice|thrice)$", re.I)
_OF_AGE = re.compile(r"\b(?:years?|months?|weeks?|days?)$")


def suggested(statement: ClaimInContext, conflict: Alignment) -> tuple[int, int, str] | None:
    """Range of the claim's sentence and its replacement; None if no good wording is certain."""
    if not conflict.replacement or _lacks_article(statement.sentence.parsed, conflict):
        return None
    words = conflict.replacement
    if conflict.rule == _QUOTE:  # A speaker's own words are neither extended, shortened nor changed.
        return conflict.claim.start, conflict.claim.end, words
    if conflict.rule == _ROLE:
        words = _as_common_noun(statement.sentence.parsed.text, conflict.claim.start, words)
    return fitted(statement.sentence.parsed.text, conflict.claim.start, conflict.claim.end, words)


def fitted(text: str, start: int, end: int, words: str) -> tuple[int, int, str] | None:
    """Range and replacement for `text`, with `words` in place of `text[start:end]`; None if no wording fits.

    >>> fitted("It was a mistake of the bank.", 9, 16, "error")
    (7, 16, 'an error')
    >>> fitted("They won last year by a length.", 9, 18, "Feb. 9, 2018")
    (9, 18, 'on Feb. 9, 2018')
    """
    old, before, behind = text[start:end], text[:start], text[end:]
    words = _JOINING.sub("", words.strip()) if not _JOINING.match(old) else words.strip()
    if old.endswith(" old") and _OF_AGE.search(words):
        words += " old"
    if _HOW_OFTEN.match(old) and words[-1:].isalnum() and not re.search(r"(?:once|twice|thrice|times)$", words, re.I):
        words += " times"
    if not words or words == old or _is_unlike(old, words) or _is_possessed(old, behind, words):
        return None
    if _DETERMINER.search(before) and _HEDGED.match(words) and not _HEDGED.match(old):
        return None
    if _DETERMINER.search(before):
        words = _OWN_DETERMINER.sub("", words)
    words = _with_preposition(before, old, behind, words)
    if (article := _ARTICLE.search(before)) and words[:1].isalnum():
        return _with_article(article, end, words)
    return start, end, words


def _is_unlike(old: str, words: str) -> bool:
    """True for a pronoun that refers to the report, a figure rounded to 0, or one with too many digits."""
    return bool(
        (_POSSESSIVE.match(words) and not _POSSESSIVE.match(old))
        or (_ZERO.match(words) and not _ZERO.match(old))
        or (_LONG_FIGURE.search(words) and not _LONG_FIGURE.search(old))
    )


def _is_possessed(old: str, behind: str, words: str) -> bool:
    """True if the possessive after the words would not fit the replacement: "Monday's vote", but not "March 13's vote"."""
    if behind[:2] in ("'s", "’s"):
        return words[-1:].isdigit()
    return behind[:1] in ("'", "’") and old.endswith("s") and not words.endswith("s")


def _with_preposition(before: str, old: str, behind: str, words: str) -> str:
    """The replacement with the preposition a date needs: "last year" → "on Feb. 9, 2018". None after a verb, in news style."""
    if not (_BARE_TIME.match(old) and _DAY.match(words)) or _PREPOSITION.search(before):
        return words
    if not before.strip():
        return f"On {words}{',' if _WITH_YEAR.search(words) else ''}"
    return words if _AFTER_VERB.match(behind) else f"on {words}"


def _with_article(article: re.Match[str], end: int, words: str) -> tuple[int, int, str]:
    """Range and words with "a" or "an" as the new word requires."""
    wanted = "an" if _VOWEL.match(words) and not _CONSONANT.match(words) else "a"
    as_written = wanted.capitalize() if article["article"][0].isupper() else wanted
    if as_written == article["article"]:
        return article.end(), end, words
    return article.start(), end, f"{as_written} {words}"


def _as_common_noun(text: str, start: int, words: str) -> str:
    """A title in lower case within a sentence: "the engineer". "MP" is kept."""
    first = words.split()[0]
    is_title = text[start : start + 1].islower() and first.istitle()
    return words[:1].lower() + words[1:] if is_title else words


def _lacks_article(claim: ParsedText, conflict: Alignment) -> bool:
    """True if the report's noun has an article that the replacement lacks, and the claim's noun has none."""
    theirs = conflict.ranked.parsed.head(conflict.evidence.start, conflict.evidence.end)
    mine = claim.head(conflict.claim.start, conflict.claim.end)
    if theirs is None or mine is None or theirs.tag != "NN" or mine.pos != "NOUN":
        return False
    own = _determiner(conflict.ranked.parsed.tokens, theirs)
    is_left_out = own is not None and own.end <= conflict.evidence.start
    return is_left_out and _determiner(claim.tokens, mine) is None


def _determiner(tokens: Sequence[Token], noun: Token) -> Token | None:
    return next((t for t in tokens if t.head == noun.index and t.dep in ("det", "poss")), None)
