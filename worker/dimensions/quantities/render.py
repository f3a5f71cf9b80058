"""Writes a quantity in the form of another, so that a correction fits its sentence."""

import re
from dataclasses import replace

from worker.dimensions.quantities.currencies import same_currency
from worker.dimensions.quantities.number_formatting import (
    clock,
    figures,
    indian_figures,
    ordinal_figure,
    spell,
    spell_ordinal,
)
from worker.dimensions.quantities.numbers import SMALL, TENS, figure_value
from worker.dimensions.quantities.quantity import Bound, Quantity
from worker.dimensions.quantities.quantity import QuantityKind as Kind
from worker.dimensions.quantities.relations import in_unit
from worker.dimensions.quantities.units import dimension

_INDIAN_WORDS = (("crore", 1e7), ("lakh", 1e5))
_SCALE_WORDS = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6), ("thousand", 1e3))
_SHORT = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12}
_FRACTIONS = {
    0.5: "half", 0.25: "a quarter", 0.75: "three-quarters", 1 / 3: "a third", 2 / 3: "two-thirds", 0.2: "a fifth",
    0.4: "two-fifths", 0.6: "three-fifths", 0.8: "four-fifths", 1 / 6: "a sixth", 1 / 8: "an eighth", 0.1: "a tenth",
}  # fmt: skip
_MULTIPLES = {2.0: "doubled", 3.0: "tripled", 4.0: "quadrupled", 0.5: "halved"}


def render_like(claim: Quantity, evidence: Quantity) -> str:
    """The evidence's value in the claim's surface form, as a replacement for `claim.text` (the claim's hedge stays).

    Words stay words, figures stay figures, "$12.4 billion" keeps sign and scale, miles stay miles. If the claim's form
    does not fit the value (a range, a vague count, a score for a number), returns the evidence's own words.

    >>> from worker.dimensions.quantities.find import find_quantities
    >>> claim, evidence = find_quantities("Eleven people paid 1,204 crowns; 14 came")[0], find_quantities("14 came")[0]
    >>> render_like(claim, evidence)
    'Fourteen'
    """
    value = _value_for(claim, evidence)
    if value is None:
        return _range_like(claim, evidence) or _own_words(claim, evidence)
    prefix, number, suffix = _surface(claim)
    if suffix.startswith((" a ", " of ", " an ")):  # "half a percent" fits no other number
        return _own_words(claim, evidence)
    value *= _HUNDREDS.get(suffix.strip(" -").lower(), 1.0)
    return _hedged(claim, evidence, prefix + _number_like(claim, number, value) + _agree(suffix, number, value))


# Unit words for a hundredth of the main unit.
_HUNDREDS = dict.fromkeys(
    ("cent", "cents", "pence", "p", "euro cents", "bps", "bp", "basis point", "basis points"), 100.0
)


def number_text(quantity: Quantity) -> str:
    """The bare number within the words of a quantity; "" for a computed one."""
    return _surface(quantity)[1] if quantity.start >= 0 else ""


def _surface(claim: Quantity) -> tuple[str, str, str]:
    first, last = claim.number_span[0] - claim.start, claim.number_span[1] - claim.start
    return claim.text[:first], claim.text[first:last], claim.text[last:]


def _value_for(claim: Quantity, evidence: Quantity) -> float | None:
    """The evidence's value in the claim's unit, rounded as finely as the claim; None if it does not fit the claim's form
    or rounds to nothing."""
    spans = any(quantity.bound is Bound.VAGUE or quantity.is_range for quantity in (claim, evidence))
    if claim.kind is not evidence.kind or spans or claim.kind in (Kind.SCORE, Kind.MULTIPLE, Kind.FRACTION):
        return None
    if claim.kind is not Kind.MEASURE or claim.unit == evidence.unit:
        return evidence.value if claim.kind is not Kind.MONEY or same_currency(claim.unit, evidence.unit) else None
    if not dimension(claim.unit) or dimension(claim.unit) != dimension(evidence.unit):
        return None
    step = min(claim.step, 1.0) if claim.step < 10 else claim.step / 10
    rounded = round(in_unit(evidence, claim.unit).value / step) * step
    return rounded if rounded or not evidence.value else None


_TWO_FIGURES = re.compile(r"(?P<a>[0-9][0-9,.]*)(?P<sep>[^0-9]+)(?P<b>[0-9][0-9,.]*)(?P<tail>[^0-9]*)$")


def _range_like(claim: Quantity, evidence: Quantity) -> str:
    """Replaces both ends of a range: "$5-7 million" for 6 to 9 million dollars is "$6-9 million"."""
    written = _TWO_FIGURES.search(claim.text)
    ranges = (
        claim.is_range
        and evidence.is_range
        and claim.kind is evidence.kind
        and same_currency(claim.unit, evidence.unit)
    )
    if written is None or not ranges:
        return ""
    scale = claim.parts[1] / (figure_value(written["b"])[0] or 1.0)
    low, high = (end / scale for end in evidence.parts)
    if max(_digits(low), _digits(high)) > 6 or min(low, high) < 0.1:
        return ""
    grouped = "," in written["a"] + written["b"] or high >= 10_000
    parts = figures(low, grouped), written["sep"], figures(high, grouped)
    return claim.text[: written.start()] + "".join(parts) + written["tail"]


def _own_words(claim: Quantity, evidence: Quantity) -> str:
    if evidence.is_range and " and " in evidence.text and evidence.start >= 0:  # "between" stays behind
        evidence = replace(evidence, text=evidence.text.replace(" and ", " to "))
    words = f"{evidence.modifier} {evidence.text}" if evidence.modifier and not claim.modifier else evidence.text
    if evidence.start < 0 or (claim.kind is evidence.kind and claim.kind in (Kind.FRACTION, Kind.SCORE, Kind.MULTIPLE)):
        words = _special(claim, evidence) or words
    return _as_capital(claim.text, words)


def _special(claim: Quantity, evidence: Quantity) -> str:
    if claim.kind is Kind.FRACTION and evidence.kind is Kind.FRACTION:
        near = min(_FRACTIONS, key=lambda share: abs(share - evidence.value))
        return _FRACTIONS[near] if abs(near - evidence.value) < 1e-6 else ""
    if claim.kind is Kind.SCORE and len(evidence.parts) == 2:
        return _score_like(claim, evidence)
    return _MULTIPLES.get(evidence.value, "") if claim.text.lower() in _MULTIPLES.values() else ""


def _score_like(claim: Quantity, evidence: Quantity) -> str:
    """Replaces both figures of a score: "33 votes to 31" → "33 votes to 30"."""
    figures = iter(evidence.parts)
    number = re.compile(r"[0-9]+|" + r"\b(?:" + "|".join((*SMALL, *TENS)) + r")(?:-[a-z]+)?\b", re.IGNORECASE)
    return number.sub(lambda match: _figure_or_word(match.group(), next(figures, 0.0)), claim.text)


def _figure_or_word(like: str, value: float) -> str:
    return f"{int(value)}" if like[0].isdigit() else _as_capital(like, spell(int(value)))


def _number_like(claim: Quantity, number: str, value: float) -> str:
    if claim.kind is Kind.ORDINAL:
        return _as_capital(number, _ordinal_like(number, int(value)))
    if ":" in number:
        return clock(value, hours=number.count(":") == 2)
    if number[:1].isalpha():
        return _as_capital(number, _in_words(number, value))
    scale, tail = _scale_of(number, value)
    if scale > 1 and _digits(value / scale) <= 6:
        return figures(value / scale) + tail
    if claim.kind is Kind.MONEY and value != int(value):
        return f"{value:,.2f}"
    if _INDIAN_GROUPED.search(number):
        return indian_figures(value)
    return figures(value, grouped="," in number or abs(value) >= 1000)


_INDIAN_GROUPED = re.compile(r"\b[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}\b")


def _ordinal_like(number: str, value: int) -> str:
    if number.isdigit():
        return str(value)
    return spell_ordinal(value) if number[0].isalpha() else ordinal_figure(value)


def _in_words(like: str, value: float) -> str:
    """The value in words if they are short or begin the sentence, else in figures."""
    if value == int(value) and (abs(value) <= 100 or like[0].isupper() or _digits(value) <= 2) and abs(value) < 1e12:
        return spell(int(value))
    whole = int(value)
    if value - whole == 0.5 and 0 <= whole <= 100:
        return f"{spell(whole)} and a half" if whole else "half"
    scale, name = next(((scale, name) for name, scale in _SCALE_WORDS if value >= scale >= 1e6), (1.0, ""))
    return f"{figures(value / scale)} {name}" if name else figures(value)


def _digits(value: float) -> int:
    """Number of digits without trailing zeros."""
    return len(f"{abs(value):.10g}".replace(".", "").strip("0"))


def _scale_of(number: str, value: float) -> tuple[float, str]:
    """The scale word that suits the value, with the claim's spacing: "3.5bn" → (1e9, "bn"), "$2 million" → (1e6, " million")."""
    match = re.search(r"([ -]?)([A-Za-z]+)$", number)
    if not match:
        return 1.0, ""
    space, word = match.groups()
    if word.lower().rstrip("s") in ("lakh", "lac", "crore", "cr"):
        return _indian_scale(space, word, value)
    if word.lower() in _SHORT:
        suiting = _SHORT[word.lower()]
        fits = suiting <= abs(value) < suiting * 1000
        if not fits and space != " ":
            suiting, word = next(
                ((s, w) for w, s in (("tn", 1e12), ("bn", 1e9), ("m", 1e6), ("k", 1e3)) if abs(value) >= s), (1.0, "")
            )
        if fits or space != " ":
            return suiting, space + word if word else ""
    for name, scale in _SCALE_WORDS:
        if abs(value) >= scale >= 1e6 or (scale == 1e3 and word.lower() == name and abs(value) >= scale):
            return scale, space + name
    return 1.0, ""


def _indian_scale(space: str, word: str, value: float) -> tuple[float, str]:
    """Crores or lakhs, as suits the value, keeping the claim's plural or short form "cr" where possible."""
    for name, scale in _INDIAN_WORDS:
        if abs(value) >= scale:
            short = word.lower() == "cr" and name == "crore"
            return scale, space + ("cr" if short else name + ("s" if word.endswith("s") else ""))
    return 1.0, ""


def _agree(suffix: str, number: str, value: float) -> str:
    """The unit word in singular or plural as the number requires: "1 mile", "2 miles". Hyphenated and short units are kept."""
    if "-" in suffix[:1] or not re.search(r"[a-z]{4,}$", suffix) or suffix.strip() in ("percent", "per cent", "yuan"):
        return suffix
    if value == 1 and suffix.endswith("s") and not suffix.endswith(("ss", "Celsius")):
        return suffix[:-1]
    was_one = number.lower() in ("1", "one", "a", "an")
    return suffix + "s" if was_one and value != 1 and not suffix.endswith("s") else suffix


_HEDGES = {
    Bound.AT_LEAST: "at least",
    Bound.MORE_THAN: "more than",
    Bound.AT_MOST: "up to",
    Bound.LESS_THAN: "less than",
    Bound.APPROX: "about",
}


def _hedged(claim: Quantity, evidence: Quantity, words: str) -> str:
    """Adds the evidence's hedge if the claim has none, so that the correction states no more than the source."""
    if claim.modifier or evidence.bound not in _HEDGES or claim.kind is Kind.ORDINAL:
        return words
    before = evidence.modifier_span is not None and evidence.modifier_span[0] < evidence.start
    hedge = evidence.modifier.lower() if before and evidence.modifier else _HEDGES[evidence.bound]
    return _as_capital(
        words, f"{hedge} {words[0].lower() + words[1:] if words[0].isupper() and words[1:2].islower() else words}"
    )


def _as_capital(like: str, words: str) -> str:
    return (
        words[:1].upper() + words[1:]
        if like[:1].isupper()
        else words[:1].lower() + words[1:]
        if like[:1].islower()
        else words
    )
