"""Characters as a reader sees them: no soft hyphens, no ligature glyphs, one kind of space."""

import re

_INVISIBLE = "\u00ad\u200b\u2060\ufeff\ufffe\uffff\u200e\u200f\u202a\u202b\u202c"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SPACES = "\u00a0\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t\v\f"
_TABLE = str.maketrans({**dict.fromkeys(_INVISIBLE), **_LIGATURES, **dict.fromkeys(_SPACES, " ")})
_CHANGED = re.compile("[" + "".join(map(re.escape, (*_INVISIBLE, *_LIGATURES, *_SPACES))) + "]")
_RAISED = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_RAISABLE = re.compile(r"[0-9+\-−=()n]+$")


def as_seen(text: str) -> str:
    """The text without what is invisible; ligatures and odd spaces as plain letters and spaces.

    >>> as_seen("El\\u00adeven ﬁres")
    'Eleven fires'
    """
    return text.translate(_TABLE) if _CHANGED.search(text) else text


def one_line(text: str) -> str:
    """As seen, with runs of white space as one space."""
    return " ".join(as_seen(text).split())


def raised(text: str) -> str:
    """A superscript in characters: 10<sup>6</sup> is not 106. Letters (1<sup>st</sup>) stay as they are."""
    return text.translate(_RAISED) if _RAISABLE.match(text) else text
