"""Attributed passages: somebody says, counts or estimates."""

import re

_SAYING = re.compile(
    r"\b(?:said|says|say|told|spoke|speaks?|according to|counts?|counted|puts?|gives?|gave|"
    r"estimat\w+|claims?|claimed|blames?|blamed|warned|"
    r"believes?|reported|insist\w*|argues?|argued|maintain\w*|accus\w+|"
    r"own(?:s|ed) up|admit\w*|alleg\w+|survey|poll|counsel|official)\b",
    re.I,
)
_TURN = re.compile(r";|\bwhile\b|\bbut\b|\bhowever\b|\bwell above\b|\bagainst\b")


def is_contrast(text: str) -> bool:
    """True for a passage that contrasts two accounts: two sources, or one and a "but"."""
    turns = len(_SAYING.findall(text))
    return turns >= 2 or (turns == 1 and _TURN.search(text) is not None)


def is_attributed(text: str) -> bool:
    """True for a passage that attributes a statement or number to a source."""
    return _SAYING.search(text) is not None
