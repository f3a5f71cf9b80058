"""The pattern language of the rules for times: names of classes and macros, `<name>` for captures; blanks are ignored."""

import re

from worker.dimensions.times.lexer import CODES

MACROS = {
    "int": "(n12|n31|n59|n99)",
    "wordnum": "teens (scale (and? teens)?){0,3}",
    "ordinal": "(ordw|second|ordn)",
    "teens": "(small|tens (dash? small)?)",
    "count": "(int (scale)?|num (scale)?|year4|wordnum|a scale (and? teens)?|a? dozen|a couple (of)?|a? vague|dozens of|some)",
    "span": "(unit|units|quarter|second)",
    "parts_of": "(part)",
    "anymonth": "(month|rmonth)",
    "anyweekday": "(weekday|rweekday)",
    "day": "(n12|n31)",
    "dayth": "(n12|n31|ordn)",
    "year": "(year4)",
    "dayedge": "(early|mid|late)",
    "edge": "(early|mid|late|(end|start|middle) (?=of))",
    "yearref": "(of? (last|this|next) unit)",
    "bound": (
        "(about|just? over|just? under|nearly|more than|less than|no (more|less|later|earlier) than|at least|at most|"
        "up to|close to|well? over|some|just|exactly|little (more|less|over|under) than?|a little (more|less|over|under) than?)"
    ),
    "pointer": "(this|next|last|past|previous|following|coming|current|same|that)",
    "half_a": "(half a|a half|half|a? ordinal of a|a? quarter of a|small (units|fractions) of a)",
    "rel": "(before|after|about|nearly)",
    "week": "(unit)",
    "near": "(just|shortly|about|nearly|little|well)",
    "hour": "(n12|n31|small)",
    "clockish": "(clock|hour|noon)",
    "anypart": "(part|noon|overnight)",
}

NEVER_FIRST = "word name stop comma colon paren apos abbr trap money of by for from to since and or than own"
"""Classes that no rule begins with. Covers nine tokens in ten, which the scan skips."""

_WORD = re.compile(r"<(\w+?)(\d?)>|([a-z_][a-z_0-9]*)")


def expand(pattern: str, captures: bool = True) -> str:
    """A pattern as a regular expression over token classes.

    >>> expand("<month> day").startswith("(?P<month>")
    True
    """

    def put(match: re.Match[str]) -> str:
        name = match[1] or match[3]
        body = f"(?:{expand(MACROS[name], False)})" if name in MACROS else CODES[name]
        return f"(?P<{match[1]}{match[2]}>{body})" if match[1] and captures else body

    opened = re.sub(r"\((?!\?)", "(?:", pattern)
    return _WORD.sub(put, opened).replace(" ", "")


def compiled(pattern: str) -> re.Pattern[str]:
    """The regular expression of one rule, with captures."""
    return re.compile(expand(pattern))


def combined(patterns: list[str]) -> re.Pattern[str]:
    """All rules as one regular expression. Group n is rule n - 1; the first that matches at a position wins."""
    rules = "|".join(f"({expand(pattern, False)})" for pattern in patterns)
    return re.compile(f"(?![{''.join(CODES[name] for name in NEVER_FIRST.split())}])(?:{rules})")
