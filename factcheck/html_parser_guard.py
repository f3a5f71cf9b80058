"""Guards the standard library's HTML parser against untrusted input: it rescans an unclosed tag from every `<` in it."""

STAND_IN = "\ufffe"
"""Noncharacter that replaces a `<` that opens no tag. It does not occur in text."""


def escape_stray_lt(source: str) -> str:
    """Replaces each `<` without a later `>`, so that parsing takes linear time. Keeps the length; `unescape` reverts it.

    >>> escape_stray_lt("<b>1 < 2").count("<")
    1
    """
    closed = source.rfind(">") + 1
    return source[:closed] + source[closed:].replace("<", STAND_IN)


def unescape(text: str) -> str:
    """Restores `<` in text parsed from an escaped source."""
    return text.replace(STAND_IN, "<")
