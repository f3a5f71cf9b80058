"""Which paragraphs of a web page are the report's."""

import re
from copy import deepcopy
from typing import Any

from factcheck.ingest.rendering import PAGE, local_name, render_blocks

_INLINE = frozenset("time abbr q sup sub acronym dfn data mark small bdi bdo wbr".split())
_DROPPED = frozenset("del s strike script style template noscript".split())
_LETTERS = re.compile(r"[^\w]+")
_LONG_ENOUGH = 0.8
_HEAD_BLOCKS = 12


def main_paragraphs(root: Any, located: str) -> tuple[list[str], list[str]]:
    """The first paragraphs of the report's place, among them date lines, and the paragraphs of the report.

    `located` is the text that an extractor took for the report: paragraphs that stand in it are the report's, and so are
    those between two of them under the same parent.
    """
    blocks = render_blocks(_place(root), PAGE)
    head = [text for _, text in blocks[:_HEAD_BLOCKS]]
    if located.strip():
        kept = _known(blocks, located)
        if kept or (blocks and local_name(_place(root)) != "body"):
            return head, kept or [text for _, text in blocks]
        return head, [line.strip() for line in located.splitlines() if line.strip()]
    return head, [text for _, text in blocks]


def simplified(root: Any) -> Any:
    """A copy in which inline elements that extractors mistreat are plain words, and what is struck out is gone."""
    copy = deepcopy(root)
    for element in list(copy.iter(*_DROPPED)):
        if local_name(element) != "script":
            _remove(element, words="")
    for element in list(copy.iter(*_INLINE)):
        words = "".join(element.itertext())
        _remove(element, words=f"“{words}”" if local_name(element) == "q" else words)
    for element in list(copy.iter("figcaption")):
        element.tag = "p"
    return copy


def _place(root: Any) -> Any:
    """`<article>` or `<main>` where there is one that holds most of the words, or the body."""
    body = next(root.iter("body"), root)
    for name in ("article", "main"):
        found = list(root.iter(name))
        if len(found) == 1:
            return found[0]
        if found:
            largest = max(found, key=lambda e: len("".join(e.itertext())))
            parent = largest.getparent()
            return parent if parent is not None and name == "main" else body
    return body


def _known(blocks: list[tuple[Any, str]], located: str) -> list[str]:
    whole = _letters(located)
    are_known = [_stands_in(text, whole) for _, text in blocks]
    for at in range(1, len(blocks) - 1):
        if not are_known[at] and are_known[at - 1] and are_known[at + 1]:
            are_known[at] = _is_between(blocks[at - 1][0], blocks[at][0], blocks[at + 1][0])
    return [text for (_, text), is_known in zip(blocks, are_known, strict=True) if is_known]


def _is_between(before: Any, element: Any, after: Any) -> bool:
    """A paragraph among paragraphs of one parent."""
    if any(e is None or local_name(e) != "p" for e in (before, element, after)):
        return False
    return before.getparent() is element.getparent() is after.getparent()


def _stands_in(text: str, whole: str) -> bool:
    letters = _letters(text)
    if not letters:
        return False
    if letters in whole:
        return True
    lines = [part for line in text.split("\n") if (part := _letters(line))]
    found = sum(len(part) for part in lines if part in whole)
    return found >= _LONG_ENOUGH * len(letters)


def _letters(text: str) -> str:
    return _LETTERS.sub("", text).lower()


def _remove(element: Any, words: str) -> None:
    """Puts words in the place of an element."""
    parent, tail = element.getparent(), element.tail or ""
    if parent is None:
        return
    previous = element.getprevious()
    if previous is not None:
        previous.tail = (previous.tail or "") + words + tail
    else:
        parent.text = (parent.text or "") + words + tail
    parent.remove(element)
