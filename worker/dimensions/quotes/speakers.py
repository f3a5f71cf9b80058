"""Speakers of quotations: finds the name beside a quotation, and compares two."""

import re
from collections.abc import Collection

from worker.dimensions.relation import Relation

_VERBS = """
    said says say told tells added adds called calls described describes stressed argued argues claimed claims
    insisted insists wrote writes tweeted posted announced warned warns explained noted notes asked admitted admits
    declared stated states replied recalled joked acknowledged confirmed denied complained vowed promised urged
    concluded continued remarked suggested predicted testified shouted cried conceded demanded hailed branded dubbed
    labelled labeled praised criticised criticized dismissed answered exclaimed quipped muttered reads observed
    emphasised emphasized responded commented stipulated lamented pleaded reported
""".split()
_VERB = r"(?:" + "|".join(_VERBS) + r"|was quoted as saying|were quoted as saying|is quoted as saying)"
_PRONOUN = r"(?:he|she|they|it|I|we|who|He|She|They|It|We)"
_CAP = r"[A-ZÀ-ÖØ-ÞŁŚŠŽČ][\w’'.\-]*"
_LINK = r"(?:of|for|the|de|van|von|der|den|del|della|da|di|bin|al|el|la|le|and|&)"
_NAME = (
    rf"(?:(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts)\s)?(?:{_CAP}\s)?"
    rf"(?:[a-zà-ÿ][\w’'\-]*\s){{0,4}}?{_CAP}(?:\s(?:{_LINK}\s){{0,2}}{_CAP}){{0,7}}"
)
_BODIES = """
    officials? police authorities witnesses spokes(?:man|woman|person) statement court judge prosecutors? organi[sz]ers experts?
    researchers lawyers? residents? ministry union company agency president minister mayor director team group firm report
    bank critics
""".split()
_GROUP = (
    r"(?:[Tt]he\s|[Aa]n?\s|[Oo]ne\s|[Ss]ome\s)?(?:[a-z][\w’'\-]*\s){0,3}(?:"
    + "|".join(_BODIES)
    + r")(?:\s(?:for|of)\s(?:the\s)?[\w’'\-]+(?:\s[A-Z][\w’'\-]+)*)?"
)
_WHO = rf"(?P<who>{_PRONOUN}\b|{_NAME}|{_GROUP})"
_ASIDE = r"(?:,[^,“”\"\n]{1,90},)?"
_ADVERB = r"(?:\s(?:also|later|then|had|has|have|once|further|again|nevertheless|however|meanwhile|[a-z]{3,12}ly))?"
_TITLED = (
    r"(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Oo]ur)\s[^,“”\"\n]{2,80},\s"
    rf"(?P<who>{_CAP}(?:\s(?:{_LINK}\s)?{_CAP}){{1,4}}),{_ADVERB}\s{_VERB}\b"
)

_AFTER_VERB_FIRST = re.compile(rf"\s*,?\s*{_VERB}\s{_WHO}")
_AFTER_NAME_FIRST = re.compile(rf"\s*,?\s*{_WHO}{_ASIDE}{_ADVERB}\s{_VERB}\b")
_AFTER_TITLED = re.compile(rf"\s*,?\s*{_TITLED}")
_AFTER_ACCORDING = re.compile(rf"[^“”\".!?\n]{{0,60}}?,?\s*(?:according to|in the words of|as)\s{_WHO}")
_BEFORE = re.compile(rf"(?:^|(?<=[\s(—–]))(?P<who>{_PRONOUN}|{_NAME}|{_GROUP}){_ASIDE}{_ADVERB}\s{_VERB}\b")
_BEFORE_TITLED = re.compile(rf"(?:^|(?<=[\s(—–])){_TITLED}")
_BEFORE_CHAIN = re.compile(rf"(?P<who>{_PRONOUN}\b|{_NAME}|{_GROUP})\s[^“”\n]{{1,160}}\band{_ADVERB}\s{_VERB}\b")
_BEFORE_ACCORDING = re.compile(rf"(?:[Aa]ccording to|[Ii]n the words of|[Ff]or)\s{_WHO}")
_BEFORE_COLON = re.compile(rf"{_WHO}:\s*$")
_SENTENCE_END = re.compile(r"[.!?…][\"”’)]*\s+(?=[\"“‘A-Z])|\n")
_WINDOW = 220
_TITLE_DOTS = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Capt|Sen|Rep|Gov|Rev|St|[A-Z])$")


def find_speaker(text: str, floor: int, start: int, end: int, ceiling: int) -> tuple[int, int] | None:
    """The span of the speaker of the quotation at `[start, end)`, within `[floor, ceiling)`; None if nobody is named.

    >>> text = "Mayor Ana Ruiz told reporters: “No.”"
    >>> find_speaker(text, 0, text.index("“"), len(text), len(text))
    (0, 14)
    """
    return _after(text, start, end, ceiling) or _before(text, floor, start)


def _after(text: str, start: int, end: int, ceiling: int) -> tuple[int, int] | None:
    inside = text[max(start, end - 3) : end]
    window = text[end : min(ceiling, end + _WINDOW)]
    closed = "." in inside and "..." not in inside and not window.lstrip()[:1].islower()
    if closed or window.startswith("\n"):
        return None
    stop = _sentence_end(window)
    for pattern in (_AFTER_TITLED, _AFTER_VERB_FIRST, _AFTER_NAME_FIRST, _AFTER_ACCORDING):
        match = pattern.match(window, 0, stop)
        if match:
            return _tidy(text, end + match.start("who"), end + match.end("who"))
    return None


def _sentence_end(window: str) -> int:
    for match in _SENTENCE_END.finditer(window):
        if not _TITLE_DOTS.search(window[: match.start()]):
            return match.start() + 1
    return len(window)


def _before(text: str, floor: int, start: int) -> tuple[int, int] | None:
    low = max(floor, start - _WINDOW)
    window = text[low:start]
    at = _sentence_start(window)
    chained = _BEFORE_CHAIN.match(window, at)
    if chained:
        return _tidy(text, low + chained.start("who"), low + chained.end("who"))
    for pattern in (_BEFORE_TITLED, _BEFORE, _BEFORE_ACCORDING, _BEFORE_COLON):
        matches = list(pattern.finditer(window, at))
        if matches:
            return _tidy(text, low + matches[-1].start("who"), low + matches[-1].end("who"))
    return None


def _sentence_start(window: str) -> int:
    at = 0
    for match in _SENTENCE_END.finditer(window + "A"):
        if not _TITLE_DOTS.search(window[: match.start()]):
            at = match.end()
    return min(at, len(window))


_LEAD_INS = re.compile(
    r"(?:(?:In|On|At|After|But|And|Yet|When|While|As|Since|Later|Meanwhile|For|By|Asked|With|Still|Then|So)\s)+(?:(?:its|his|her|their|the|a|an)\s(?:[a-z][\w’'\-]*\s){1,3})?"
)
_TRAIL = re.compile(
    r"(?:\s(?:and|of|for|the|on|&)|[.,’'\-])+$|\s(?:on|in|at)\s.*$|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$"
)


def _tidy(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The name without lead-ins ("In its message"), trailing function words and weekdays."""
    lead = _LEAD_INS.match(text, start, end)
    if lead and lead.end() < end:
        start = lead.end()
    words = text[start:end]
    trail = _TRAIL.search(words)
    if trail and trail.start() > 0 and not words.endswith(("Jr.", "Sr.")):
        end = start + trail.start()
    return (start, end) if end > start else None


_ROLES = frozenset(
    """
    the a an mr mrs ms miss dr prof professor sir dame lord lady president prime minister chancellor secretary
    senator sen rep representative congressman congresswoman governor gov mayor judge justice chief executive
    director chairman chairwoman chair head spokesman spokeswoman spokesperson general gen colonel col captain
    capt sergeant sgt lieutenant lt officer police foreign finance defense defence interior health education
    deputy vice former coach manager analyst lawyer attorney opposition leader lawmaker parliamentarian ceo cfo
    founder editor researcher author actor singer king queen prince princess pope bishop father sister brother
    state national party festival council union first then acting senior shift team jury parents company bank
    alderman economist democrat republican labour labor conservative member of for and at in
    """.split()
)
_ORGANISATIONS = frozenset(
    """
    ministry party union association agency university company committee council court bank police department
    government commission group institute office team league federation corporation inc corp ltd house times
    news post society foundation hospital service administration army navy force board authority organization
    organisation center centre school college club
    """.split()
)
_PRONOUNS = frozenset("he she they it i we you who him her them one".split())
_WORD = re.compile(r"[^\W\d_][\w’'.\-]*")


def compare_speakers(a: str, b: str, aliases: Collection[frozenset[str]] = ()) -> Relation:
    """CONFLICT for two personal names without a common part. A surname agrees with its full name.

    `aliases` are sets of lower-case names for one speaker. Pronouns, roles and organizations without a common name are
    incomparable.

    >>> compare_speakers("chief executive Ana Ruiz", "Ruiz"), compare_speakers("Ana Ruiz", "Tom Berg")
    (<Relation.AGREE: 'agree'>, <Relation.CONFLICT: 'conflict'>)
    """
    if any({a.casefold(), b.casefold()} <= names for names in aliases):
        return Relation.AGREE
    first, second = name_words(a), name_words(b)
    if not first or not second:
        same = a.casefold() == b.casefold() and a.casefold() not in _PRONOUNS and bool(a.strip())
        return Relation.AGREE if same else Relation.INCOMPARABLE
    if _is_body(a) or _is_body(b):
        return Relation.AGREE if first == second else Relation.INCOMPARABLE
    return _compare_people(first, second)


def _compare_people(first: list[str], second: list[str]) -> Relation:
    if first[-1] == second[-1]:
        shared = len(set(first) & set(second)) > 1 or _same_given(first[0], second[0])
        clash = len(first) > 1 and len(second) > 1 and not shared
        return Relation.INCOMPARABLE if clash else Relation.AGREE
    return Relation.INCOMPARABLE if set(first) & set(second) else Relation.CONFLICT


def _same_given(a: str, b: str) -> bool:
    short, long = sorted((a.rstrip("."), b.rstrip(".")), key=len)
    return long.startswith(short)


def name_words(speaker: str) -> list[str]:
    """The words of a personal name in lower case, without titles and roles; [] for a pronoun or a role alone."""
    words = []
    for word in _WORD.findall(re.sub(r"[’']s?\b(?!\w)", "", speaker)):
        plain = word.casefold().rstrip(".,")
        if word[0].isupper() and plain not in _ROLES and plain not in _PRONOUNS:
            words.append(plain)
    return words


def _is_body(speaker: str) -> bool:
    return any(
        word.casefold().rstrip(".,") in _ORGANISATIONS for word in _WORD.findall(speaker)[-1:]
    ) or speaker.startswith(("the ", "The "))
