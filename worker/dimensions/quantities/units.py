"""Units of measure: words, dimensions, and conversion by pint (loaded on first use)."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from worker.dimensions.quantities.number_tokens import NumberToken
from worker.dimensions.quantities.numbers import word_at

# dimension | pint unit | words, separated by commas. Words of three letters or more also get a plural -s.
_TABLE = """
length | kilometer | kilometer, kilometre, km, kms, klick
length | meter | meter, metre, m
length | centimeter | centimeter, centimetre, cm
length | millimeter | millimeter, millimetre, mm
length | mile | mile
length | nautical_mile | nautical mile
length | yard | yard, yd
length | foot | foot, feet, ft
length | inch | inch, inches
area | kilometer**2 | square kilometer, square kilometre, square km, sq km, km2, km²
area | meter**2 | square meter, square metre, square m, sq m, m2, m²
area | mile**2 | square mile, sq mi
area | foot**2 | square foot, square feet, sq ft
area | hectare | hectare, ha
area | acre | acre
mass | metric_ton | tonne, ton, metric ton
mass | kilogram | kilogram, kilogramme, kilo, kg
mass | gram | gram, gramme, g
mass | milligram | milligram, mg
mass | pound | lb, lbs, pound
mass | ounce | ounce, oz
volume | liter | liter, litre, l
volume | milliliter | milliliter, millilitre, ml
volume | gallon | gallon
volume | oil_barrel | barrel
volume | meter**3 | cubic meter, cubic metre, m3, m³
volume | foot**3 | cubic foot, cubic feet
speed | mile/hour | mph, mile per hour, mile an hour
speed | kilometer/hour | kph, kmh, km / h, km per hour, km an hour, kilometer per hour, kilometre per hour
speed | kilometer/hour | kilometer an hour, kilometre an hour
speed | meter/second | meter per second, metre per second, m / s, meter a second, metre a second
speed | knot | knot
temperature | degC | degree celsius, degree centigrade, degree c, ° c, celsius, c
temperature | degF | degree fahrenheit, degree f, ° f, fahrenheit, f
angle | degree | degree, °
power | megawatt | megawatt, mw
power | gigawatt | gigawatt, gw
power | kilowatt | kilowatt, kw
power | watt | watt
energy | kilowatt_hour | kilowatt hour, kwh, kilowatt - hour
energy | megawatt_hour | megawatt hour, mwh, megawatt - hour
energy | terawatt_hour | terawatt hour, twh, terawatt - hour
digital | gigabyte | gigabyte, gb
digital | terabyte | terabyte, tb
digital | megabyte | megabyte, mb
race | second |
"""
_LONGEST = 4
# Units only after a figure ("16 C", "49 m"), not after a number word.
FIGURES_ONLY = frozenset("m g l c f ha mg ml mw gw kw gb tb mb yd".split())


def _plural(word: str) -> list[str]:
    return [word, word + "s"] if len(word) > 2 and not word.endswith(("s", "ch")) else [word]


def _read_table() -> tuple[dict[str, str], dict[tuple[str, ...], str]]:
    """(unit → dimension, phrase → unit)."""
    dimensions: dict[str, str] = {}
    phrases: dict[tuple[str, ...], str] = {}
    for line in filter(None, _TABLE.splitlines()):
        kind, unit, names = (part.strip() for part in line.split("|"))
        dimensions[unit] = kind
        for name in filter(None, (part.strip() for part in names.split(","))):
            phrases |= dict.fromkeys(_forms(name.split()), unit)
    return dimensions, phrases


def _forms(words: list[str]) -> list[tuple[str, ...]]:
    """The phrase, and its forms with a noun in the plural: "square meters", "meters per second"."""
    forms = [tuple(words)]
    for at, word in enumerate(words):
        if word not in _NEVER_PLURAL:
            forms += [(*words[:at], form, *words[at + 1 :]) for form in _plural(word)]
    return forms


_NEVER_PLURAL = frozenset(("per", "an", "a", "square", "sq", "cubic", "metric", "nautical", "/", "-", "°"))
_DIMENSIONS, _PHRASES = _read_table()


def read_unit(tokens: Sequence[NumberToken], at: int) -> tuple[str, int]:
    """The unit whose words begin at token `at`, and the token after them; ("", at) if there is none.

    >>> from worker.dimensions.quantities.number_tokens import tokenise
    >>> read_unit(tokenise("square kilometers of forest"), 0)
    ('kilometer**2', 2)
    """
    words = tuple(word_at(tokens, i) for i in range(at, at + _LONGEST))
    for length in range(_LONGEST, 0, -1):
        unit = _PHRASES.get(words[:length])
        if unit:
            return unit, at + length
    return "", at


def dimension(unit: str) -> str:
    """The dimension of a unit: "mile" → "length"; "" for an unknown unit."""
    return _DIMENSIONS.get(unit, "")


@cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry()


@cache
def _line(source: str, target: str) -> tuple[float, float]:
    """Slope and offset of a conversion. All units of the table convert linearly."""
    quantity = _registry().Quantity
    zero = float(quantity(0.0, source).to(target).magnitude)
    hundred = float(quantity(100.0, source).to(target).magnitude)
    return (hundred - zero) / 100, zero


def convert(value: float, source: str, target: str) -> float | None:
    """`value` of unit `source` in unit `target`; None for different dimensions.

    >>> round(convert(41, "kilometer", "mile"), 1)
    25.5
    """
    if source == target:
        return value
    if not dimension(source) or dimension(source) != dimension(target):
        return None
    slope, offset = _line(source, target)
    return slope * value + offset
