"""Ages that the duration grammar does not cover: "a man, 53, was held", "in her early 40s", "turned 40", "an octogenarian".

An age by decade is a range of years. It does not support a single age, but a single age within it supports it.
"""

import re
from collections.abc import Iterator, Sequence

from worker.dimensions.times.duration_values import Duration, day_range, exactly
from worker.dimensions.times.value import TimeValue
from worker.dimensions.times.vocabulary import DECADES, MONTHS, SMALL, TENS, UNIT_DAYS, WEEKDAYS

_TENS_WORDS = "|".join(DECADES)
_PART = r"(?:(?P<part>early|mid|middle|late)(?:[\s-]+to[\s-]+(?P<to>mid|late))?[\s-]+)?"
_DECADE = re.compile(
    rf"\b(?P<lead>(?:aged\s)?in\s(?:his|her|their|its|my|your|our|the)\s){_PART}"
    rf"(?P<tens>['’]?[2-9]0['’]?s|{_TENS_WORDS})\b(?!\s+(?:and|or)\s+['’]?\d0s)",
    re.IGNORECASE,
)
_SOMETHING = re.compile(r"\b(?P<tens>[2-9]0|" + "|".join(TENS) + r")-?somethings?\b", re.IGNORECASE)
_LATIN = {"quinquagenarian": 50, "sexagenarian": 60, "septuagenarian": 70, "octogenarian": 80, "nonagenarian": 90}
_GENARIAN = re.compile(r"\b(?P<latin>" + "|".join(_LATIN) + r")s?\b", re.IGNORECASE)
_APPOSED = re.compile(r",\s(?P<age>[1-9][0-9]?|1[01][0-9])(?=,\s|[.;]?$|[;)])")
_WORD_BEFORE = re.compile(r"(?<![\w’'.-])[\w’'.-]{1,40}")
_REACH = 80
_TURNED = re.compile(
    r"\b(?:turn(?:s|ed|ing)?)\s(?P<age>[1-9][0-9]|1[01][0-9])(?=[.,;]|$|\s(?:on|in|this|last|next|today|yesterday|tomorrow)\b)"
)
_PERSON_OF = re.compile(
    r"\b(?:man|woman|boy|girl|child|lad|youth|widow|widower|mother|father|grandmother|grandfather|pensioner)\sof\s"
    r"(?P<age>[1-9][0-9]?|1[01][0-9])(?=[.,;)]|$|\s(?:was|is|were|had|has|who|from|in|and|died)\b)"
)
_IS = re.compile(
    r"\b(?:[Hh]e|[Ss]he|who|[A-Z][a-z]+\s[A-Z][a-z]+)\s(?:is|was|will\sbe|would\sbe)\s(?:now\s|only\s|just\s)?"
    r"(?P<age>[1-9][0-9]?|1[01][0-9])(?=[.,;)]|$|\s(?:when|at\sthe\stime|and)\b)"
)
_DETERMINERS = frozenset("a an the his her their my our one another".split())
# Years of a decade that "early", "mid" and "late" can mean.
_PARTS = {"": (0.0, 10.0), "early": (0.0, 5.0), "mid": (3.0, 7.5), "middle": (3.0, 7.5), "late": (6.0, 10.0)}


def with_ages(text: str, values: Sequence[TimeValue]) -> list[TimeValue]:
    """The times of a text merged with its ages. A date takes precedence over an age in apposition.

    >>> [(v.text, v.timex) for v in with_ages("A clerk, 53, and a man in his 40s left.", [])]
    [('53', 'P53Y'), ('in his 40s', 'P40Y/P50Y')]
    """
    decades = [*_decades(text)]
    kept = [v for v in values if not any(_overlap(v, age) for age in decades)]
    single = [age for age in _single(text) if not any(_overlap(v, age) for v in (*kept, *decades))]
    return sorted([*kept, *decades, *single], key=lambda v: v.start)


def _overlap(a: TimeValue, b: TimeValue) -> bool:
    return a.start < b.end and b.start < a.end


def _decades(text: str) -> Iterator[TimeValue]:
    for match in _DECADE.finditer(text):
        if "the" not in match["lead"].lower().split() or match["lead"].lower().startswith("aged"):
            low, _ = _PARTS[(match["part"] or "").lower()]
            _, high = _PARTS[(match["to"] or match["part"] or "").lower()]
            yield _decade(match, _tens(match["tens"]), low, high)
    for match in _SOMETHING.finditer(text):
        yield _decade(match, _tens(match["tens"]), 0.0, 10.0)
    for match in _GENARIAN.finditer(text):
        yield _decade(match, _LATIN[match["latin"].lower()], 0.0, 10.0)


def _tens(word: str) -> int:
    digits = re.sub(r"\D", "", word)
    return int(digits) if digits else DECADES.get(word.lower(), 0) * 10 or TENS[word.lower()]


def _decade(match: re.Match[str], tens: int, low: float, high: float) -> TimeValue:
    first, last = tens + low, tens + high
    year = UNIT_DAYS["year"]
    return TimeValue(
        start=match.start(), end=match.end(), text=match[0], kind="duration", timex=f"P{first:g}Y/P{last:g}Y", unit="decade",
        days=(first * year, (last - 0.01) * year), is_age=True, fuzzy=False,
    )  # fmt: skip


def _single(text: str) -> Iterator[TimeValue]:
    for match in _APPOSED.finditer(text):
        if _is_person(_words_before(text, match.start())):
            yield _age(match)
    for pattern in (_TURNED, _PERSON_OF, _IS):
        yield from (_age(match) for match in pattern.finditer(text))


def _words_before(text: str, at: int) -> list[str]:
    """The four words before `at`, padded with "" at the start of a clause or the text."""
    window = text[max(0, at - _REACH) : at]
    clause = re.split(r"[,;:()]", window)[-1]
    words = _WORD_BEFORE.findall(clause)[-4:] if clause[-1:].strip() else []
    return words if len(window) == _REACH or len(words) > 1 or clause != window else ["", *words]


def _is_person(words: Sequence[str]) -> bool:
    """True for words that describe a person ("Mara Lind", "a retired clerk"), not a month, weekday, number or plural."""
    plain = words[-1].rstrip(".").lower() if words else ""
    if not plain[:1].isalpha() or plain in MONTHS or plain in WEEKDAYS or plain in SMALL or plain in TENS:
        return False
    before = words[-2].lower() if len(words) > 1 else "and"
    if words[-1][0].isupper():
        return before not in _PLACING and (before != "" or not plain.endswith(("s", "ly")))
    described = not _DETERMINERS.isdisjoint(word.lower() for word in words[:-1])
    return described and (not plain.endswith("s") or plain.endswith("ss"))


# Prepositions before a place name.
_PLACING = frozenset(("in", "at", "on", "of", "near", "from", "route", "to"))


def _age(match: re.Match[str]) -> TimeValue:
    part: Duration = exactly(float(match["age"]), "year")
    start, end = match.span("age")
    return TimeValue(
        start=start, end=end, text=match["age"], kind="duration", timex=f"P{match['age']}Y", unit="year",
        days=day_range([part], ""), is_age=True,
    )  # fmt: skip


def is_too_wide(claim: TimeValue, evidence: TimeValue) -> bool:
    """True for an age by decade that covers more years than the claim's words."""
    if evidence.unit != "decade" or claim.days is None or evidence.days is None:
        return False
    return evidence.days[0] < claim.days[0] or claim.days[1] < evidence.days[1]


_YEARS = re.compile(r"P([0-9]+)Y")


def render_age(claim: TimeValue, target: TimeValue) -> str | None:
    """The target's age in the claim's form; None if the duration renderer covers it.

    "35-year-old" for 53 is "53-year-old", and for "in her 60s" it is "60-something"; "in her 40s" for 53 is "aged 53".
    """
    exact = _YEARS.fullmatch(target.timex)
    if claim.unit == "decade":
        return f"aged {exact[1]}" if exact else _decade_like(claim.text, target.text)
    if target.unit != "decade":
        return exact[1] if exact and claim.text.isdigit() else None
    if "-" in claim.text:
        tens = int(re.sub(r"\D.*", "", target.timex[1:])) // 10 * 10
        return f"{tens}-something"
    return target.text


def _decade_like(form: str, target: str) -> str:
    """The target's decade in the claim's form: "in his mid-30s" and "in their 60s" give "in his 60s"."""
    mine, theirs = _DECADE.match(form), _DECADE.match(target)
    return mine["lead"] + target[len(theirs["lead"]) :] if mine and theirs else target
