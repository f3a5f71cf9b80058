"""Tokenises text into a string of classes, one character per token, on which the grammar's regular expressions run."""

import re
from dataclasses import dataclass

from worker.dimensions.times.holidays import HOLIDAY_PATTERN
from worker.dimensions.times.vocabulary import CLASSES, MONTHS, RISKY_MONTHS, WEEKDAYS

SHAPES = (
    "trap holiday month rmonth weekday rweekday n12 n31 n59 n99 year4 num money iso slash dmy clock hhmm hms ordn decade qn "
    "hn fy "
    "comma dash stop colon paren apos abbr word name"
).split()
CODES = {name: chr(0xE000 + i) for i, name in enumerate([*SHAPES, *CLASSES])}
"""Class → its character (private use area)."""

WORD_CODES = {word: CODES[name] for name, words in CLASSES.items() for word in words.split()}

TRAPS = (
    r"Sunday\s(?:Times|Telegraph|Mirror|Mail|Express|Post|Herald|Independent|World|school)|Black\s(?:Friday|Monday|"
    r"Tuesday|Wednesday|Thursday)|Bloody\sSunday|Super\s(?:Tuesday|Saturday|Sunday)|(?:Cyber|Blue)\sMonday|Man\sFriday|"
    r"Fat\sTuesday|Shrove\sTuesday|Giving\sTuesday|Casual\sFriday|Fridays\sfor\sFuture|Sheffield\sWednesday|"
    r"[Ss]econd\s(?:hand|thought|opinion)|(?:9/11|7/7|24/7|60\s?Minutes|48\sHours)\b"
)
_MONTH_ABBR = r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.(?=[\s\d,;:)\]–—-]|$)"
_MONTH_NAME = "|".join(sorted((name.capitalize() for name in MONTHS), key=len, reverse=True))
_DAY_ABBR = r"(?:Mon|Tues?|Wed|Thurs?|Thu|Fri|Sat|Sun)\.(?=[\s,;:)]|$)"
TOKEN = re.compile(
    rf"(?P<trap>\b(?:{TRAPS})\b)"
    rf"|(?P<holiday>\b(?:{HOLIDAY_PATTERN})\b(?!['’]s\b))"
    rf"|(?P<month>\b{_MONTH_ABBR})|(?P<weekday>\b{_DAY_ABBR})"
    r"|(?P<money>[$€£¥]\s?[0-9][0-9,.]*)"
    r"|(?P<iso>(?<![\w-])[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?(?![\w-]))"
    rf"|(?P<dmy>(?<![\w-])[0-9]{{1,2}}(?P<by>[-–/.])(?i:{_MONTH_NAME})(?P=by)(?:[0-9]{{4}}|[0-9]{{2}})(?![\w-])"
    rf"|(?<![\w-])[0-9]{{1,2}}\s(?:{_MONTH_NAME})\s[0-9]{{2}}(?=[.,;)]|$))"
    r"|(?P<slash>(?<![\w/.])[0-9]{1,2}(?P<mark>[/.])[0-9]{1,2}(?P=mark)(?:[0-9]{4}|[0-9]{2})(?![\w/]|\.[0-9]))"
    r"|(?P<hhmm>(?<![\w:.,$€£])(?:[01][0-9]|2[0-3])[0-5][0-9](?=\s?(?:GMT|UTC|BST|CES?T|EES?T|MSK|[ECMP][SD]?T|(?:hours|hrs)\b(?!\s+of)|local\s+time)))"
    r"|(?P<hms>(?<![\w:.])[0-9]{1,2}:[0-5][0-9]:[0-5][0-9](?![\w:]))"
    r"|(?P<clock>(?<![\w:.,])[0-9]{1,2}[:.][0-5][0-9](?=[ap]\.?m\b|(?![\w:%])))"
    r"|(?P<decade>(?<![\w])(?:[1-9][0-9]{2}0['’]?s|['’][1-9]0s)\b)"
    r"|(?P<ordn>(?<![\w.,])[0-9]{1,3}(?:st|nd|rd|th)\b)"
    r"|(?P<qn>\b(?:Q[1-4]|[1-4]Q(?:[0-9]{4}|[0-9]{2})?)\b)|(?P<hn>\b(?:H[12]|[12]H(?:[0-9]{4}|[0-9]{2})?)\b)"
    r"|(?P<fy>\bFY\s?['’]?(?:[0-9]{4}|[0-9]{2})(?:[-–/](?:[0-9]{4}|[0-9]{2}))?(?![\w,.]*[0-9]))"
    r"|(?P<number>[0-9]+(?:,[0-9]{3}(?![0-9]))*(?:\.[0-9]+)?)"
    r"|(?P<ampm>(?:[ap]\.\s?m\.?|[AP]\.M\.?|[AaPp][Mm]\b))"
    r"|(?P<bc>\bB\.C\.(?:E\.)?)|(?P<ad>\bA\.D\.)"
    r"|(?P<abbr>\b(?:St|Mr|Mrs|Ms|Dr|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Capt|Prof|Rev|Hon|No|vs|Jr|Sr|[A-Z])\.(?=\s?\w))"
    r"|(?P<plain>[^\W\d_][^\W_]*(?:['’](?![sS]\b)[^\W\d_]+)*)"
    r"|(?P<apos>['’]s\b)|(?P<comma>,)|(?P<dash>[-–—‑])|(?P<stop>[.!?;]|\n\s*\n)|(?P<colon>[:/])|(?P<paren>[()\[\]\"“”])"
    r"|(?P<percent>%)"
)


@dataclass(frozen=True, slots=True)
class LexedText:
    """A tokenised text: `words` in lower case, `classes` with one character per token, and offsets."""

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    classes: str

    def name(self, index: int) -> str:
        """The class of a token; "" outside the text.

        >>> lex("on Feb. 9").name(1)
        'month'
        """
        return NAMES[self.classes[index]] if 0 <= index < len(self.classes) else ""

    def raw(self, index: int) -> str:
        """A token as written."""
        return self.text[self.starts[index] : self.ends[index]]

    def word(self, index: int) -> str:
        """A token in lower case; "" outside the text."""
        return self.words[index] if 0 <= index < len(self.words) else ""


NAMES = {code: name for name, code in CODES.items()}
_SAFE_MONTHS = frozenset(m for m in MONTHS if m not in RISKY_MONTHS)
_LONG_WEEKDAYS = frozenset(w for w in WEEKDAYS if w.endswith("day"))
_WORD, _NAME = CODES["word"], CODES["name"]
_SPECIAL = frozenset({*MONTHS, *WEEKDAYS})


def lex(text: str) -> LexedText:
    """Tokenises a text in one pass."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    classes: list[str] = []
    for match in TOKEN.finditer(text):
        raw = match.group()
        low = raw.lower()
        shape = match.lastgroup or "mark"
        words.append(low)
        starts.append(match.start())
        ends.append(match.end())
        classes.append(_plain(raw, low) if shape == "plain" else CODES.get(shape) or _shaped(shape, raw))
    return LexedText(text, words, starts, ends, "".join(classes))


def _plain(raw: str, low: str) -> str:
    code = WORD_CODES.get(low)
    if code is not None:
        return code
    if low in _SPECIAL:
        return _calendar_word(raw, low)
    return _NAME if raw[0].isupper() else _WORD


def _calendar_word(raw: str, low: str) -> str:
    if low in MONTHS:
        if raw[0].islower():
            return _WORD if low in RISKY_MONTHS else CODES["month"]
        return CODES["month" if low in _SAFE_MONTHS else "rmonth"]
    if low in _LONG_WEEKDAYS:
        return CODES["weekday"]
    return CODES["rweekday"] if raw[0].isupper() else _WORD


def _shaped(shape: str, raw: str) -> str:
    if shape == "mark":
        return CODES["slash"]
    if not raw.isdecimal():
        return CODES["num"]
    value = int(raw) if len(raw) <= 4 else 0
    if len(raw) <= 2 and value >= 1:
        return CODES["n12" if value <= 12 else "n31" if value <= 31 else "n59" if value <= 59 else "n99"]
    return CODES["year4" if len(raw) == 4 and 1000 <= value <= 2199 else "num"]
