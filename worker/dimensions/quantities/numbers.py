"""Reads cardinals, ordinals and fractions, in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from worker.dimensions.quantities.number_tokens import END, NumberToken, TokenKind

SMALL = {
    word: value
    for value, word in enumerate(
        """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen""".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
} | {"fourty": 40}
# Scale words: the English short scale, and the Indian system.
SHORT_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
INDIAN_SCALE = {"lakh": 1e5, "lac": 1e5, "crore": 1e7}
_INDIAN_PLURALS = {word + "s": scale for word, scale in INDIAN_SCALE.items()}
SCALES = SHORT_SCALE | INDIAN_SCALE | _INDIAN_PLURALS
_CRORE = 1e7
_CRORES = frozenset(("crore", "crores"))
SHORT_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "mn": 1e6,
    "mln": 1e6,
    "mio": 1e6,
    "bn": 1e9,
    "bln": 1e9,
    "b": 1e9,
    "tn": 1e12,
    "trn": 1e12,
    "cr": 1e7,
}
# Abbreviations of scales that are not units too, and so may follow a space ("100 bn").
SPACED_SCALES = frozenset(("mn", "mln", "mio", "bn", "bln", "tn", "trn", "cr"))
_ORDINAL_SMALL = dict(
    zip(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth
        sixteenth seventeenth eighteenth nineteenth""".split(),
        range(1, 20),
        strict=True,
    )
)
_ORDINAL_TENS = {word[:-1] + "ieth": value for word, value in TENS.items() if word != "fourty"}
ORDINALS = _ORDINAL_SMALL | _ORDINAL_TENS | {"hundredth": 100, "thousandth": 1000, "millionth": 1_000_000}
ORDINAL_SUFFIXES = frozenset(("st", "nd", "rd", "th"))
_PART_WORDS = {"half": 2, "halves": 2, "quarter": 4, "quarters": 4} | {
    word + ending: value for word, value in ORDINALS.items() if value >= 3 for ending in ("", "s")
}
VULGAR = {
    "¼": 1 / 4, "½": 1 / 2, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5, "⅘": 4 / 5,
    "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numeral:
    """A bare number at tokens `[first, last)`. `step`: value of its last significant digit. `words`: whether spelled out."""

    first: int
    last: int
    value: float
    step: float
    words: bool


class _Sum:
    """Adds up "two million three hundred and forty thousand" word by word; rejects a word that cannot follow."""

    def __init__(self) -> None:
        self.total = 0.0
        self.group: float | None = None
        self.limit = float("inf")
        self.figure_step = 0.0
        self.words = True

    def figure(self, token: NumberToken) -> bool:
        if self.group is not None:
            return False
        self.words = False
        self.group, self.figure_step = figure_value(token.word)
        return True

    def word(self, word: str) -> bool:
        if word in SMALL or word in TENS:
            return self._add(SMALL[word] if word in SMALL else TENS[word])
        if word == "hundred":
            return self._hundred()
        if word in _CRORES and self.group is None and 0 < self.total < _CRORE:
            return self._crores()
        if word in SCALES:
            return self._scale(SCALES[word])
        return word == "dozen" and self._dozen()

    def _add(self, value: int) -> bool:
        if self.group is None:
            self.group = value
            return self.total == 0 or self.words
        room = 100 if self.group % 100 == 0 and self.group >= 100 else 10 if self.group % 100 >= 20 else 0
        if not self.words or value == 0 or value >= room or (room == 10 and self.group % 10):
            return False
        self.group += value
        return True

    def _hundred(self) -> bool:
        if self.group is None or not 0 < self.group < 100:
            return False
        self.group *= 100
        self.figure_step *= 100
        return True

    def _scale(self, scale: float) -> bool:
        if self.group is None or scale >= self.limit:
            return False
        self.total += self.group * scale
        self.group, self.limit = None, scale
        self.figure_step *= scale
        return True

    def _crores(self) -> bool:
        """Multiplies a preceding scale by a crore: "two lakh crore", "five thousand crore"."""
        self.total *= _CRORE
        self.figure_step *= _CRORE
        self.limit = _CRORE
        return True

    def _dozen(self) -> bool:
        if self.group is None or self.total or not 0 < self.group <= 20:
            return False
        self.group *= 12
        self.limit = 0
        return True

    @property
    def value(self) -> float:
        return clean(self.total + (self.group or 0.0))

    @property
    def step(self) -> float:
        if self.figure_step and self.limit != float("inf") and self.group is None:
            return self.figure_step
        return self.figure_step if 0 < self.figure_step < 1 else trailing_step(self.value)


def figure_value(word: str) -> tuple[float, float]:
    """Value of a figure, and the value of its last digit: "12.4" → (12.4, 0.1), "3,000" → (3000.0, 1.0)."""
    if word in VULGAR:
        return VULGAR[word], VULGAR[word]
    plain = "".join(char for char in word if char in "0123456789.")
    decimals = len(plain.partition(".")[2])
    return float(plain), 10.0**-decimals


def clean(value: float) -> float:
    """The value rounded to twelve digits, without binary rounding errors: 1.001 * 1e9 → 1001000000.0.

    >>> clean(1.001 * 1e9)
    1001000000.0
    """
    return float(f"{value:.12g}")


def trailing_step(value: float) -> float:
    """The value of the last non-zero digit of a whole number: 7600 → 100.

    >>> trailing_step(7600.0)
    100.0
    """
    step = 1.0
    whole = round(value)
    if whole != value or whole == 0:
        return 1.0 if whole == value else 0.1
    while whole % 10 == 0:
        whole //= 10
        step *= 10
    return step


def read_cardinal(tokens: Sequence[NumberToken], first: int, over_and: bool = True) -> Numeral | None:
    """The longest cardinal that begins at token `first`. With `over_and` False, stops before "and" (as after "between").

    >>> from worker.dimensions.quantities.number_tokens import tokenise
    >>> read_cardinal(tokenise("one hundred and twelve of them"), 0).value
    112.0
    """
    amount, at = _Sum(), first
    if word_at(tokens, at) in ("a", "an") and word_at(tokens, at + 1) in ("hundred", "dozen", *SCALES):
        amount.group, at = 1.0, at + 1
    last = at if at > first else first
    while at < len(tokens) and (at == first or joined(tokens, at)):
        token = tokens[at]
        took = amount.figure(token) if token.kind is TokenKind.FIGURE else amount.word(token.word)
        if not took:
            break
        at = last = at + 1
        at = _bridge(tokens, at, amount, over_and)
    if last == first:
        return None
    return _with_half(tokens, Numeral(first, last, amount.value, amount.step, amount.words), over_and)


def _bridge(tokens: Sequence[NumberToken], at: int, amount: _Sum, over_and: bool) -> int:
    """The index after a hyphen or "and" inside a number: "forty-two", "one hundred and twelve"."""
    following = word_at(tokens, at + 1)
    if word_at(tokens, at) == "-" and (
        following in SMALL or following in TENS or following in SCALES or following == "hundred"
    ):
        return at + 1
    if word_at(tokens, at) != "and" or not over_and or not amount.words:
        return at
    if following not in SMALL and following not in TENS:
        return at
    after_hundred = amount.group is not None and amount.group >= 100 and amount.group % 100 == 0
    after_scale = amount.group is None and amount.total > 0
    return at + 1 if after_hundred or after_scale else at


def _with_half(tokens: Sequence[NumberToken], number: Numeral, over_and: bool) -> Numeral:
    """Adds "and a half" or "½", then a scale word after it: "two and a half million"."""
    extra, at = _fraction_tail(tokens, number.last) if over_and else (0.0, number.last)
    if not extra or number.value >= 1000:
        return number
    value, step = number.value + extra, extra
    scale = SCALES.get(word_at(tokens, at)) or SCALES.get(word_at(tokens, at + 1) if word_at(tokens, at) == "-" else "")
    if scale:
        at += 2 if word_at(tokens, at) == "-" else 1
        value, step = value * scale, step * scale
    return Numeral(number.first, at, value, step, number.words)


def _fraction_tail(tokens: Sequence[NumberToken], at: int) -> tuple[float, int]:
    if word_at(tokens, at) in VULGAR:
        return VULGAR[word_at(tokens, at)], at + 1
    words: list[str] = []
    while len(words) < 3 and at < len(tokens):
        if tokens[at].word != "-":
            words.append(tokens[at].word)
        at += 1
    if len(words) < 3 or words[0] != "and":
        return 0.0, at
    count = {"a": 1, "one": 1, "two": 2, "three": 3}.get(words[1], 0)
    parts = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4}.get(words[2], 0)
    return (count / parts, at) if parts > count > 0 else (0.0, at)


def read_ordinal(tokens: Sequence[NumberToken], first: int) -> Numeral | None:
    """An ordinal that begins at token `first`: "eighth", "twenty-first", "12th", "one hundredth"."""
    word = word_at(tokens, first)
    if tokens[first].kind is TokenKind.FIGURE:
        glued = first + 1 < len(tokens) and tokens[first + 1].start == tokens[first].end
        if glued and tokens[first + 1].word in ORDINAL_SUFFIXES and "." not in word:
            return Numeral(first, first + 2, figure_value(word)[0], 1.0, False)
        return None
    if word in ORDINALS:
        return Numeral(first, first + 1, float(ORDINALS[word]), 1.0, True)
    if word in TENS:
        at = first + 2 if word_at(tokens, first + 1) == "-" else first + 1
        unit = _ORDINAL_SMALL.get(word_at(tokens, at), 10)
        if unit < 10 and joined(tokens, at):
            return Numeral(first, at + 1, float(TENS[word] + unit), 1.0, True)
    return None


def read_fraction(tokens: Sequence[NumberToken], first: int) -> Numeral | None:
    """A fraction in words or as n/m: "a third", "two-thirds", "three quarters", "half", "1/3". Its value is in (0, 1)."""
    word = word_at(tokens, first)
    if tokens[first].kind is TokenKind.FIGURE:
        return _slash_fraction(tokens, first)
    if word == "half":
        return Numeral(first, first + 1, 0.5, 0.5, True)
    count = 1 if word in ("a", "an") else SMALL.get(word, 0)
    at = first + 2 if word_at(tokens, first + 1) == "-" else first + 1
    parts = _PART_WORDS.get(word_at(tokens, at), 0)
    if not parts > count > 0 or not joined(tokens, at) or (count > 1) != word_at(tokens, at).endswith("s"):
        return None
    return Numeral(first, at + 1, count / parts, 1 / parts, True)


def _slash_fraction(tokens: Sequence[NumberToken], first: int) -> Numeral | None:
    if first + 2 >= len(tokens) or tokens[first].word in VULGAR or word_at(tokens, first + 1) not in ("/", "⁄"):
        return None
    over, under = tokens[first], tokens[first + 2]
    if under.kind is not TokenKind.FIGURE or under.start - over.end != 1 or not (over.word + under.word).isdigit():
        return None
    if (
        over.word + under.word != str(int(over.word)) + str(int(under.word))
        or not 0 < int(over.word) < int(under.word) <= 10
    ):
        return None
    return Numeral(first, first + 3, int(over.word) / int(under.word), 1 / int(under.word), False)


def word_at(tokens: Sequence[NumberToken], at: int) -> str:
    """The lower-case word at `at`; "" outside the text or at a `SKIP` token."""
    return token_at(tokens, at).word if token_at(tokens, at).kind is not TokenKind.SKIP else ""


def token_at(tokens: Sequence[NumberToken], at: int) -> NumberToken:
    """The token at `at`; outside the text, one that matches nothing."""
    return tokens[at] if 0 <= at < len(tokens) else END


def joined(tokens: Sequence[NumberToken], at: int) -> bool:
    """True if at most one space or line break separates token `at` from the one before it."""
    return 0 < at < len(tokens) and tokens[at].start - tokens[at - 1].end <= 1
