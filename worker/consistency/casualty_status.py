"""The status of the people that a number counts: dead, hurt, missing, saved, held."""

import re

from worker.dimensions.quantities.quantity import Quantity, QuantityKind

_BETWEEN = r"(?:(?:at least|about|around|nearly|almost|some|as many as|up to|all|more than|the|another)\s+)?"
_ELSEWHERE = r"(?!(?:after|over|as|when|while|for|before|by|since|if|that|but|and|or|near|against)\b)"
_LINK = (
    r"(?:\s+" + _ELSEWHERE + r"[\w’'-]+){0,%d}?"
    r"(?:\s+(?:have|has|had|were|was|are|is|be|been|being|now|also|later|feared|reported|confirmed|found|left|out))*\s+"
)
# Most words between a number and its status: "are out alive" may stand far from it, "died" stands close.
_REACH = {"saved": 12}

# Status: (pattern before the number, pattern after the number and its noun).
_WORDS: dict[str, tuple[str, str]] = {
    "dead": (
        r"kill(?:s|ed|ing)?|claim(?:s|ed|ing)?(?: the lives of)?|cost|(?:death )?toll (?:\w+ ){0,2}(?:to|at|of)|dead(?:ly)?:?",
        r"dead|died|dies|die|dying|killed|deaths?|fatalities|perished|drowned",
    ),
    "hurt": (
        r"(?:injur|wound|hurt|maim)(?:s|es|ed|ing)?",
        r"injured|hurt|wounded|injuries",
    ),
    "saved": (
        r"(?:rescu|sav|free)(?:e|es|s|ed|ing)?",
        r"rescued|saved|freed|alive|safe|survived|pulled out|brought out|lifted out|brought to safety",
    ),
    "missing": (r"", r"missing|unaccounted for"),
    "held": (r"(?:arrest|detain)(?:s|ed|ing)?", r"arrested|detained|in custody"),
}  # fmt: skip
_BEFORE = {fate: re.compile(rf"\b(?:{before})\s+{_BETWEEN}$", re.I) for fate, (before, _) in _WORDS.items() if before}
_AFTER = {
    fate: re.compile(rf"^{_LINK % _REACH.get(fate, 4)}(?:{after})\b", re.I) for fate, (_, after) in _WORDS.items()
}
_PEOPLE = frozenset({"", "person", "life", "death", "victim", "body", "fatality", "soul", "injury", "other"})
_ANYONE = frozenset({"man", "woman", "person", "people"})


def casualty_status(text: str, quantity: Quantity) -> str | None:
    """The status of the counted people: "dead" for "kills three" and "two people have died". None if there is none."""
    if quantity.kind is not QuantityKind.NUMBER:
        return None
    before, after = text[max(0, quantity.start - 40) : quantity.start], text[quantity.end : quantity.end + 70]
    after = re.split(r"[.;:,—–]", after)[0]
    for fate, pattern in _AFTER.items():
        if pattern.search(after):
            return fate
    return next((fate for fate, pattern in _BEFORE.items() if pattern.search(before)), None)


def same_people(a: str, b: str) -> bool:
    """True if two nouns can count the same people: equal nouns, or two general ones ("person", "victim")."""
    return a == b or (a in _PEOPLE and b in _PEOPLE)


def any_people(noun: str) -> bool:
    """True for general words such as "men" and "people", which can refer back to a more exact noun."""
    return noun in _ANYONE or noun in _PEOPLE
