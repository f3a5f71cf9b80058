"""Changes of a sentence. `SAME_MEANING` keeps what it says, `OTHER_MEANING` makes it false, `DOUBTFUL` makes it something
that the sentence does not say. Each takes a sentence, a source of chance and what the article around it offers, and answers the
changed sentence, or None if it has nothing to change."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from training.synthetic import words as w


@dataclass(frozen=True, slots=True)
class Around:
    """What the rest of an article offers to put in another's place: its names, verbs in the past, and things."""

    names: Sequence[str]
    verbs: Sequence[str] = ()
    things: Sequence[str] = ()

    @classmethod
    def of(cls, sentences: Sequence[str]) -> "Around":
        """Of an article's sentences; each list sorted."""
        found = [
            sorted({m[1] for sentence in sentences for m in pattern.finditer(sentence)})
            for pattern in (w.NAME, w.VERB, w.THING)
        ]
        return cls([name for name in found[0] if name not in {*w.MONTHS, *w.WEEKDAYS}], found[1], found[2])


Change = Callable[[str, random.Random, Around], str | None]


def _cut(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _any(pattern: re.Pattern[str], text: str, chance: random.Random) -> re.Match[str] | None:
    found = list(pattern.finditer(text))
    return chance.choice(found) if found else None


def _like(old: str, new: str) -> str:
    """`new` with the capitals of `old`."""
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


def _swap(text: str, chance: random.Random, groups: Sequence[Sequence[str]], both_ways: bool = True) -> str | None:
    """One word of a group put in another's place."""
    options = []
    for group in groups:
        for n, word in enumerate(group if both_ways else group[:1]):
            edge = r"(?<!\w)" + re.escape(word) + r"(?!\w)"
            if found := re.search(edge, text, re.I if word.islower() else 0):
                options.append((found, [other for m, other in enumerate(group) if m != n]))
    if not options:
        return None
    found, others = chance.choice(options)
    return _cut(text, found, _like(found.group(), chance.choice(others)))


# ── the same said otherwise ─────────────────────────────────────────────────────────────────────────────────────────


def date_form(text: str, chance: random.Random, around: Around) -> str | None:
    """Feb. 9 as February 9, 9 February, or the other way about."""
    if not (found := _any(w.MONTH_DAY, text, chance)):
        return None
    month, day = w.LONG_MONTHS.get(found[1], found[1]), found[2]
    forms = [f"{month} {day}", f"{day} {month}", f"the {day}th of {month}", f"{w.SHORT_MONTHS.get(month, month)} {day}"]
    return _cut(text, found, chance.choice([form for form in forms if form != found.group()]))


def number_form(text: str, chance: random.Random, around: Around) -> str | None:
    """Digits as a word, a word as digits, with or without the comma."""
    if (found := _any(w.SMALL_WORD, text, chance)) and chance.random() < 0.6:
        return _cut(text, found, str(w.SMALL.index(found[0].lower())))
    for found in w.NUMBER.finditer(text):
        if (
            found[2] is None
            and text[found.end() : found.end() + 1] != "%"
            and found[1].isdigit()
            and 2 <= int(found[1]) <= 12
            and not w.MONTH_DAY.search(text)
        ):
            return _cut(text, found, w.SMALL[int(found[1])])
        if "," in found[1]:
            return _cut(text, found, found[0].replace(",", ""))
    return None


def rounded(text: str, chance: random.Random, around: Around) -> str | None:
    """2,943 as nearly 3,000, more than 2,900, about 2,900."""
    for found in w.NUMBER.finditer(text):
        value = int(found[1].replace(",", ""))
        if found[2] or value < 110 or (1900 <= value <= 2100) or value % 100 == 0:
            continue
        step = 10 ** (len(str(value)) - 2)
        low, high = value // step * step, -(-value // step) * step
        if low == high:
            continue
        said = chance.choice([f"more than {low:,}", f"over {low:,}", f"nearly {high:,}", f"fewer than {high:,}"])
        return _cut(text, found, said)
    return None


def scale_form(text: str, chance: random.Random, around: Around) -> str | None:
    """$1.2 billion as $1,200 million; 3 million as 3,000,000."""
    found = re.search(r"(\d+(?:\.\d{1,2})?) (million|billion)\b", text)
    if not found:
        return None
    value = float(found[1]) * (1 if found[2] == "million" else 1000)
    if found[2] == "billion" and chance.random() < 0.7:
        return _cut(text, found, f"{value:,.0f} million") if value == round(value) else None
    whole = value * 1_000_000
    return _cut(text, found, f"{whole:,.0f}")


def shortened(text: str, chance: random.Random, around: Around) -> str | None:
    """A name or a unit shortened, or written out."""
    return _swap(text, chance, w.SHORTENINGS)


def other_word(text: str, chance: random.Random, around: Around) -> str | None:
    """A word of the same meaning."""
    return _swap(text, chance, w.SAME, both_ways=False)


def passive(text: str, chance: random.Random, around: Around) -> str | None:
    """ "A praised B" as "B was praised by A"."""
    if not (found := w.DOER.search(text)):
        return None
    return _cut(
        text, found, f"{_like(text[0], found[3]) if found.start() == 0 else found[3]} was {found[2]} by {found[1]}"
    )


def without_aside(text: str, chance: random.Random, around: Around) -> str | None:
    """The sentence without a clause between commas."""
    found = list(re.finditer(r", (?:who|which|whose|where|a|an|the|in|at) [^,;“\"]{8,80},", text))
    return _cut(text, chance.choice(found), "") if found else None


def without_start(text: str, chance: random.Random, around: Around) -> str | None:
    """The sentence without its opening words before a comma."""
    found = re.match(r"(?:On|In|At|After|During|Earlier|Meanwhile|However|Last|But|And|Still)\b[^,“\"]{0,60}, ", text)
    rest = text[found.end() :] if found else ""
    return rest[:1].upper() + rest[1:] if len(rest.split()) > 6 else None


def without_end(text: str, chance: random.Random, around: Around) -> str | None:
    """The sentence up to its last clause."""
    found = list(re.finditer(r", (?:which|who|where|while|as|with|after|according to|and|but) [^\"“”]{10,}\.$", text))
    if found and len(text[: found[0].start()].split()) > 6:
        return text[: found[0].start()] + "."
    return None


def start_at_end(text: str, chance: random.Random, around: Around) -> str | None:
    """ "On Monday, A left" as "A left on Monday"."""
    found = re.match(r"((?:On|In|At|After|During) [^,“\"]{3,40}), ([^\"“”]+)\.$", text)
    if not found:
        return None
    opening = found[1][0].lower() + found[1][1:]
    return f"{found[2][0].upper()}{found[2][1:]} {opening}."


# ── another thing said ──────────────────────────────────────────────────────────────────────────────────────────────


def other_day(text: str, chance: random.Random, around: Around) -> str | None:
    """Another day or another month."""
    if not (found := _any(w.MONTH_DAY, text, chance)):
        return None
    month, day = w.LONG_MONTHS.get(found[1], found[1]), int(found[2])
    if chance.random() < 0.7:
        other = chance.choice(
            [d for d in {day - 1, day + 1, day + 2, day - 3, chance.randint(1, 28)} if 1 <= d <= 28 and d != day]
        )
        return _cut(text, found, f"{found[1]} {other}")
    return _cut(text, found, f"{chance.choice([m for m in w.MONTHS if m != month])} {day}")


def other_weekday(text: str, chance: random.Random, around: Around) -> str | None:
    """Another day of the week."""
    found = _any(w.WEEKDAY, text, chance)
    return _cut(text, found, chance.choice([d for d in w.WEEKDAYS if d != found[1]])) if found else None


def other_year(text: str, chance: random.Random, around: Around) -> str | None:
    """Another year."""
    found = _any(w.YEAR, text, chance)
    return _cut(text, found, str(int(found[1]) + chance.choice([-10, -2, -1, 1, 2, 5]))) if found else None


def other_number(text: str, chance: random.Random, around: Around) -> str | None:
    """Another number of the same make."""
    if (found := _any(w.SMALL_WORD, text, chance)) and chance.random() < 0.5:
        old = w.SMALL.index(found[1].lower())
        other = chance.choice([n for n in (old - 1, old + 1, old + 2, old * 2) if 2 <= n <= 12 and n != old])
        return _cut(text, found, _like(found[1], w.SMALL[other]))
    found = _any(w.NUMBER, text, chance) or _any(w.MONEY, text, chance)
    if not found:
        return None
    digits = re.search(r"\d[\d,]*(\.\d+)?", found[0])
    if digits is None:
        return None
    value, decimals = float(digits[0].replace(",", "")), len(digits[1]) - 1 if digits[1] else 0
    if value == 0 or (1900 <= value <= 2100 and "," not in digits[0]):
        return None
    near, times = chance.choice([-2, -1, 1, 2, 3]), chance.choice([0.1, 0.5, 0.75, 0.9, 1.1, 1.25, 1.5, 2, 3, 10])
    changed = round(max(value * times if value > 12 else value + near, 1.0), decimals)
    if changed == value:
        return None
    said = f"{changed:,.{decimals}f}" if "," in digits[0] else f"{changed:.{decimals}f}"
    return _cut(text, found, found[0].replace(digits[0], said))


def other_scale(text: str, chance: random.Random, around: Around) -> str | None:
    """Millions for billions."""
    found = _any(w.SCALE, text, chance)
    return _cut(text, found, chance.choice([s for s in w.SCALES if s != found[1]])) if found else None


def other_bound(text: str, chance: random.Random, around: Around) -> str | None:
    """ "More than" for "fewer than"."""
    groups = (("more than", "fewer than"), ("at least", "fewer than"), ("over", "under"), ("up to", "more than"))
    found = _swap(text, chance, groups)
    return found if found and re.search(r"(?:than|least|over|under|up to) [$£€]?\d", found) else None


def opposite(text: str, chance: random.Random, around: Around) -> str | None:
    """A word for its opposite."""
    return _swap(text, chance, w.OPPOSITES)


def denied(text: str, chance: random.Random, around: Around) -> str | None:
    """A "not" put in, or taken out."""
    if found := _any(w.DENIED, text, chance):
        return _cut(text, found, found[1])
    if re.search(r"\b(?:no|never|none|nobody|nor)\b|n['’]t\b", text):
        return None
    found = w.AUXILIARY.search(text)
    return _cut(text, found, f"{found[1]} not") if found else None


def parties_swapped(text: str, chance: random.Random, around: Around) -> str | None:
    """Who did it and whom it was done to, the wrong way round; half of the time in the passive."""
    found = w.DOER.search(text)
    if not found or found[1] == found[3]:
        return None
    doer, done_to = found[3], found[1]
    said = f"{doer} {found[2]} {done_to}" if chance.random() < 0.5 else f"{done_to} was {found[2]} by {doer}"
    return _cut(text, found, said[0].upper() + said[1:] if found.start() == 0 else said)


def other_role(text: str, chance: random.Random, around: Around) -> str | None:
    """Another office, party or relation."""
    return _swap(text, chance, w.ROLES)


# ── not said ────────────────────────────────────────────────────────────────────────────────────────────────────────


def other_place(text: str, chance: random.Random, around: Around) -> str | None:
    """Another place or people."""
    return _swap(text, chance, w.PLACES)


def other_name(text: str, chance: random.Random, around: Around) -> str | None:
    """A name for another of as many words, from the same article."""
    found = _any(w.NAME, text, chance)
    if not found or found[1] in w.MONTHS or found[1] in w.WEEKDAYS:
        return None
    size = len(found[1].split())
    others = [
        n
        for n in around.names
        if len(n.split()) == size and n not in text and not set(n.split()) & set(found[1].split())
    ]
    return _cut(text, found, chance.choice(others)) if others else None


def other_verb(text: str, chance: random.Random, around: Around) -> str | None:
    """A verb in the past for another from the same article."""
    return _other(w.VERB, around.verbs, text, chance)


def other_thing(text: str, chance: random.Random, around: Around) -> str | None:
    """A thing for another from the same article."""
    return _other(w.THING, around.things, text, chance)


def _other(pattern: re.Pattern[str], others: Sequence[str], text: str, chance: random.Random) -> str | None:
    found = _any(pattern, text, chance)
    offered = [other for other in others if other not in text.lower()]
    if not found or not offered:
        return None
    start, end = found.span(1)
    return text[:start] + chance.choice(offered) + text[end:]


def told_as_fact(text: str, chance: random.Random, around: Around) -> str | None:
    """What may be or is planned, told as a fact."""
    for pattern, new in (
        (r"\b(?:may|might|could) be\b", "is"),
        (r"\b(?:may|might|could) have\b", "has"),
        (r"\b(?:plans|plan|hopes|hope|wants|want|intends) to ([a-z]+)\b(?<!e)", r"has decided to \1"),
        (r"\bwould be\b", "was"),
        (r"\bis expected to ([a-z]+)\b", r"did \1"),
        (r"\ballegedly |\breportedly |\bsuspected of ", ""),
    ):
        if re.search(pattern, text):
            return re.sub(pattern, new, text, count=1)
    return None


SAME_WORTH: tuple[Change, ...] = (
    date_form, number_form, rounded, scale_form, shortened, other_word, passive, start_at_end,
)  # fmt: skip
"""The changes that keep the meaning and leave nothing out."""
SAME_MEANING: tuple[Change, ...] = (*SAME_WORTH, without_aside, without_start, without_end)
OTHER_MEANING: tuple[Change, ...] = (
    other_day, other_weekday, other_year, other_number, other_scale, other_bound, opposite, denied, parties_swapped,
    other_role,
)  # fmt: skip
EASY = frozenset({denied, opposite, other_word, other_thing})
"""Changes that nearly every sentence offers: they wait for the others most of the time, or there would be little else."""
DOUBTFUL: tuple[Change, ...] = (other_place, other_name, other_verb, other_thing, told_as_fact)
