"""Boilerplate of news copy: datelines, bylines, embargo and correction lines. It stands in a text, and claims nothing.

Pieces in front of a sentence (`boilerplate_prefix`) and whole lines (`boilerplate_kind`) are told apart by their form alone.
"""

import re
from enum import StrEnum


class BoilerplateKind(StrEnum):
    """What a piece of boilerplate is there for."""

    DATELINE = "dateline"
    LABEL = "label"
    BULLET = "bullet"
    BYLINE = "byline"
    EMBARGO = "embargo"
    TIMESTAMP = "timestamp"
    CREDIT = "credit"
    CORRECTION = "correction"


PREFIXES = frozenset({BoilerplateKind.DATELINE, BoilerplateKind.LABEL, BoilerplateKind.BULLET})
"""Kinds of pieces that open a line of copy; they have no words of their own to judge."""

_LONGEST_DATELINE = 120
_LONGEST_STAMP = 90
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?"
_DASH = r"\s+[-–—]{1,3}(?=\s)|\s?[—–](?=\S)|\s?--(?=\S)"
_NAME = r"[^\W\d_][\w.'’-]{0,24}"

_BULLET = re.compile(r"[•·▪◦●‣⁃*–—-](?=\s+\S)|[•▪◦●‣⁃](?=\S)")
_LABEL = re.compile(
    r"(?:(?:UPDATE|CORRECTED|CORRECTION|REFILE|RPT|REPEAT|BREAKING(?: NEWS)?|EXCLUSIVE|URGENT|FLASH|ALERT|LIVE|WRAPUP"
    r"|ANALYSIS|FACTBOX|TIMELINE|CLARIFICATION)(?:\s?\d{1,2})?\s*(?:[:–—]|-(?=\s?\w))"
    r"|(?:Updated?|Correct(?:ed|ion)|Breaking(?: news)?|Exclusive|Live|Clarification|Editor['’]s note)\s?:)(?=\s*\S)"
)
_ZONE = r"(?:GMT|UTC|BST|CES?T|EES?T|MSK|IST|JST|[ECMP][SD]?T\b|[AaPp]\.?[Mm]\b\.?)"
_CLOCK = re.compile(rf"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?{_ZONE}){{0,2}}\s?[:–—-]?(?=\s+[“\"'‘(]?(?!{_ZONE})[A-Z])")
"""The time in front of an entry of a live page."""
_DATELINE = re.compile(
    rf"(?P<place>{_NAME}(?:[ /]{_NAME}){{0,4}})?(?P<region>,\s{_NAME}(?:\s{_NAME}){{0,2}})?"
    rf"(?P<day>,?\s*(?:{_WEEKDAY},?\s)?(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH})(?:,?\s\d{{4}})?(?!\d))?"
    rf"(?:(?P<agency>[,.]?\s*(?:\([^()\n]{{2,40}}\)|/[^/\n]{{2,30}}/))\.?(?:{_DASH})?|(?P<dash>{_DASH}))\s*"
)
_OPENERS = "“\"'‘«(["


def boilerplate_prefix(text: str, start: int, end: int) -> int:
    """Where the boilerplate that opens `text[start:end]` ends; `start` where there is none, or nothing behind it.

    >>> boilerplate_prefix("OSLO, May 2 (AP) — It rained.", 0, 29)
    18
    """
    for pattern in (_BULLET, _LABEL, _CLOCK):
        found = pattern.match(text, start, end)
        if found:
            return found.end()
    found = _DATELINE.match(text, start, min(end, start + _LONGEST_DATELINE))
    return _stripped_end(text, found) if found and _is_dateline(text, found, end) else start


def clock_prefix(text: str, start: int, end: int) -> int | None:
    """Where the time ends that opens an entry of a live page behind `start`, None if there is none.

    >>> clock_prefix("It rained. 09:20 The match began.", 10, 33)
    16
    """
    while start < end and text[start].isspace():
        start += 1
    found = _CLOCK.match(text, start, end)
    return found.end() if found else None


def boilerplate_kind(text: str) -> BoilerplateKind | None:
    """What a sentence or line is there for, None for copy.

    >>> boilerplate_kind("Updated May 2, 2019 at 3 p.m.").value
    'timestamp'
    """
    words = text.strip()
    for role, pattern in _ROLES:
        if pattern.match(words):
            return role
    for role, pattern in ((BoilerplateKind.BULLET, _BULLET), (BoilerplateKind.LABEL, _LABEL)):
        found = pattern.match(words + " .")
        if found and found.end() == len(words):
            return role
    if _is_timestamp(words):
        return BoilerplateKind.TIMESTAMP
    return BoilerplateKind.DATELINE if len(words) < _LONGEST_DATELINE and _is_whole_dateline(words) else None


def _is_whole_dateline(words: str) -> bool:
    alone = f"{words} A"
    found = _DATELINE.match(alone)
    return found is not None and found.end() == len(words) + 1 and _is_dateline(alone, found, len(alone))


def _stripped_end(text: str, found: re.Match[str]) -> int:
    return found.start() + len(text[found.start() : found.end()].rstrip())


def _is_dateline(text: str, found: re.Match[str], end: int) -> bool:
    """A place in capitals and a dash, or a place or day with an agency behind it; then a sentence begins."""
    if found.end() == found.start() or found.end() >= end or not _begins_sentence(text, found.end()):
        return False
    if text[found.end()].isdigit() and found["day"]:
        return False  # the range of days "Aug. 2–9"
    place, day, agency = found["place"] or "", found["day"], found["agency"]
    capitals = place.isupper() and sum(c.isalpha() for c in place) >= 3
    if found["dash"] or _ends_in_dash(text, found):
        named = capitals or (place[:1].isupper() and (agency or (day and not _is_day(place))))
        return bool(named or (day and agency))
    return bool(agency and (capitals or (day and place)))


def _ends_in_dash(text: str, found: re.Match[str]) -> bool:
    return text[found.start() : found.end()].rstrip()[-1:] in "-–—"


def _is_day(place: str) -> bool:
    """ "May 18 – the vote" of a timeline: the day is what is reported."""
    return re.fullmatch(f"{_MONTH}|{_WEEKDAY}", place) is not None


def _begins_sentence(text: str, at: int) -> bool:
    first = text[at : at + 2].lstrip(_OPENERS)[:1]
    return first.isupper() or first.isdigit()


_ROLES = (
    (
        BoilerplateKind.EMBARGO,
        re.compile(
            r"\W*(?:strictly\s+)?(?:embargo(?:ed)?\b(?:\s*[:–—-]|\s+(?:until|till|to|for|by|\d|midnight|noon))"
            r"|under\s+embargo\b|not\s+for\s+(?:publication|release|broadcast|use)\b"
            r"|(?:hold\s+)?for\s+(?:immediate\s+release|release\s+(?:at|on|until|after|before|\d))\b|hold\s+until\s)",
            re.I,
        ),
    ),
    (
        BoilerplateKind.CORRECTION,
        re.compile(
            r".*\b(?:(?:an?|the|this|our)\s+(?:earlier|previous|original|first|prior|initial)\s+(?:online\s+|print\s+)?"
            r"(?:headline\b|caption\b|(?:version|edition|draft)\s+of\s+(?:this\b|our\b|the\s+(?:article|story|report|post)\b))"
            r"|we\s+(?:originally|previously|earlier|initially|incorrectly|wrongly|mistakenly|erroneously)\s+"
            r"(?:reported|said|wrote|stated|gave|published|identified)\b"
            r"|(?:article|story|report|item|piece|post|headline|caption|version|column)\s+(?:has\s+|had\s+)?"
            r"(?:incorrectly|wrongly|mistakenly|erroneously|misstated|misspelled|misidentified)\b"
            r"|this\s+(?:article|story|report|post|piece)\s+(?:was|has\s+been|is)\s+(?:corrected|updated|amended|changed"
            r"|revised|clarified)\b)"
            r"|\W*\(?(?:corrects|adds|fixes|updates|amends|clarifies|deletes|removes)\b.*\b(?:paragraph|para|headline"
            r"|byline|dateline|spelling|lede?|slug)\b",
            re.I | re.S,
        ),
    ),
    (
        BoilerplateKind.CREDIT,
        re.compile(
            r"\W*(?:(?:additional|further|with)\s+)?(?:reporting|editing|writing|production|research)\s+by\s+[^.]{2,}"
            r"|\W*(?:photo(?:graph)?|image|picture|graphic|illustration|video|map|chart)s?"
            r"(?:\s+credits?\b|\s+courtesy\b|\s+by\s+[^.]{2,60}$|\s*:)"
            r"|\W*(?:credit|sources?)\s*:",
            re.I,
        ),
    ),
    (
        BoilerplateKind.BYLINE,
        re.compile(
            rf"(?:By|BY)\s{_NAME}(?:\s{_NAME}){{0,3}}(?:(?:,|\s(?:and|AND|in|IN|for|FOR)|\s\|)\s[^.!?]{{1,60}})?(?<!\.)$"
            r"|(?:Staff|Senior|Chief|Special|Political|Foreign|Sports?|Business|Science|Health|Crime|News|Local|Our"
            r"|Associated\ Press|AP)\s(?:\w+\s){0,2}(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Ee]ditor)s?$"
            r"|(?:Special to|From our)\s[^.!?]{2,50}$"
        ),
    ),
)

_STAMP_WORD = (
    r"last|first|updated?|published|posted|modified|revised|filed|issued|created|on|at|and|the|local|time|hours|hrs|noon"
    r"|midnight|am|pm|a\.m|p\.m|gmt|utc|bst|ces?t|es?t|edt|ps?t|pdt|cs?t|cdt|ist|jst|msk|eest|eet"
)
_STAMP = re.compile(
    rf"(?:(?:{_STAMP_WORD}|{_MONTH}|{_WEEKDAY}|\d{{1,4}}(?:st|nd|rd|th)?|[ap]m)\b\.?|(?<=\d)[ap]\.?m\b\.?|[\s:.,/|()–—+-])++",
    re.I,
)
_SIGNED_STAMP = re.compile(
    r"[^.!?|\n]{1,60}\|\s*(?:last\s+)?(?:updated|published|posted|modified)\b[^.!?\n]{0,40}$", re.I
)
"""A source and a time between bars: "Xinhua | Updated: 2017-09-15 17:52"."""
_DATED = re.compile(rf"\d[:.]\d\d\b|\b(?:{_MONTH}|{_WEEKDAY}|{_STAMP_WORD})\b", re.I)


def _is_timestamp(words: str) -> bool:
    """A line of nothing but a day or a time of day, such as stands over an entry of a live page."""
    short = len(words) <= _LONGEST_STAMP and any(c.isdigit() for c in words)
    if short and _SIGNED_STAMP.match(words):
        return True
    return short and _STAMP.fullmatch(words) is not None and _DATED.search(words) is not None
