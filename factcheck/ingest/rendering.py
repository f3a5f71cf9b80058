"""The text of an lxml tree (HTML, XHTML, NITF) as a reader of the page saw it, in paragraphs.

Struck out and hidden words are not read; a caption is a paragraph of its own, a credit is none.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from factcheck.ingest.characters import as_seen, raised
from factcheck.ingest.optional_libraries import require

_BREAK = "\ufdd0"
_KEPT_SPACE = re.compile(rf"[ ]*{_BREAK}[ ]*")
_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[a-z-]*\s*:\s*[^;]*line-through", re.IGNORECASE
)
_UNSEEN_CLASS = re.compile(
    r"(?:^|\s)(?:screen-reader-text|sr-only|visually-hidden|visuallyhidden)(?:\s|$)", re.IGNORECASE
)
_CREDIT_CLASS = re.compile(r"credit|photographer|copyright", re.IGNORECASE)
_OPENERS = "“\"„«»‘'‹"


@dataclass(frozen=True, slots=True)
class ElementRoles:
    """Elements of a language by what they do to text. Names are local and lower case."""

    blocks: frozenset[str]
    skipped: frozenset[str]
    breaks: frozenset[str]
    quotes: frozenset[str]
    credits: frozenset[str]


HTML = ElementRoles(
    blocks=frozenset(
        """address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer h1 h2 h3 h4
        h5 h6 header hr legend li main ol p pre section summary table tbody tfoot thead tr ul""".split()
    ),
    skipped=frozenset(
        """script style noscript template head nav aside form button select textarea svg math iframe object audio video canvas map
        del s strike rt rp header footer""".split()
    ),
    breaks=frozenset({"br"}),
    quotes=frozenset({"q"}),
    credits=frozenset(),
)
PAGE = ElementRoles(HTML.blocks, HTML.skipped - {"header"}, HTML.breaks, HTML.quotes, HTML.credits)
"""A whole page: the header of an `article` holds its headline."""

_CELLS = frozenset({"td", "th"})
_RAISED = frozenset({"sup"})


def render(root: Any, markup: ElementRoles = HTML) -> list[str]:
    """Paragraphs; a line break inside one is a line feed."""
    return [text for _, text in render_blocks(root, markup)]


def render_blocks(root: Any, markup: ElementRoles = HTML) -> list[tuple[Any, str]]:
    """Each paragraph with the element whose end or start closed or opened it."""
    etree = require("lxml.etree", "HTML and XML")
    writer = _Writer(markup)
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        if event == "start":
            if not writer.open(element):
                walk.skip_subtree()
                writer.is_skipping = True
        elif event == "end":
            writer.close(element)
        elif element.tail and element.getparent() is not None:
            writer.write(element.tail)
    writer.end_block()
    return writer.blocks


def local_name(element: Any) -> str:
    """Lower-case name without its namespace; "" for comments, processing instructions and entities."""
    return _local(element.tag)


@lru_cache(maxsize=4096)
def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def join(blocks: Iterable[str]) -> str:
    """Paragraphs as a text."""
    return "\n\n".join(blocks)


class _Writer:
    """Collects the words between blocks. Elements nest, so counters say what is open."""

    def __init__(self, markup: ElementRoles) -> None:
        self.blocks: list[tuple[Any, str]] = []
        self.is_skipping = False
        self._markup = markup
        self._words: list[str] = []
        self._owner: Any = None
        self._quotes = 0
        self._raised: list[str] | None = None

    def open(self, element: Any) -> bool:
        """False if the element and all in it are to be left out."""
        name = local_name(element)
        if name in self._markup.skipped or not name or _is_unseen(element, name, self._markup):
            return False
        if name in self._markup.blocks:
            self.end_block()
            self._owner = element
        elif name in self._markup.breaks:
            self._words.append(_BREAK)
        elif name in self._markup.quotes:
            self._open_quote(element)
        elif name in _CELLS and any(word.strip() for word in self._words):
            self._words.append(" | ")
        elif name in _RAISED:
            self._raised = []
        self.write(element.text)
        return True

    def close(self, element: Any) -> None:
        """The end of an element, and the words that follow it."""
        name = local_name(element)
        if self.is_skipping:
            self.is_skipping = False
            if name in self._markup.blocks:
                self.end_block()
        elif name in self._markup.blocks:
            self.end_block()
        elif name in self._markup.quotes and self._quotes:
            self._close_quote()
        elif name in _RAISED:
            words, self._raised = "".join(self._raised or ()), None
            self._words.append(raised(words.strip()))
        self.write(element.tail)

    def write(self, words: str | None) -> None:
        """Words of the block at hand, or of the superscript."""
        if words:
            (self._words if self._raised is None else self._raised).append(words)

    def end_block(self) -> None:
        """What was collected becomes a paragraph, two where an empty line divides it."""
        if not self._words:
            return
        text = " ".join(as_seen("".join(self._words)).split())
        self._words.clear()
        self._raised = None
        if not text:
            return
        if _BREAK not in text and "|" not in text:
            self.blocks.append((self._owner, text))
            return
        for part in _KEPT_SPACE.sub("\n", text).split("\n\n"):
            if part.strip(" |\n"):
                self.blocks.append((self._owner, part.strip()))

    def _open_quote(self, element: Any) -> None:
        self._quotes += 1
        if (element.text or "").lstrip()[:1] not in tuple(_OPENERS):
            self._words.append("“")

    def _close_quote(self) -> None:
        self._quotes -= 1
        text = "".join(self._words).rstrip()
        if not text.endswith(("”", '"', "»", "’")) or text.endswith("“"):
            self._words.append("”")


def _is_unseen(element: Any, name: str, markup: ElementRoles) -> bool:
    if name in markup.credits or (name == "sup" and _is_note(element)):
        return True
    given = element.attrib
    if not given:
        return False
    if given.get("hidden", "until-found") != "until-found" or _HIDING.search(given.get("style", "")):
        return True
    classes = given.get("class", "")
    if not classes:
        return False
    return bool(_UNSEEN_CLASS.search(classes) or (_CREDIT_CLASS.search(classes) and _in_figure(element)))


def _is_note(element: Any) -> bool:
    """A raised link to a footnote: [1]."""
    words = "".join(element.itertext()).strip(" []()*†‡")
    has_link = any((link.get("href") or "").startswith("#") for link in element.iter("a", "{*}a"))
    return has_link or ("ref" in (element.get("class") or "") and (words.isdigit() or not words))


def _in_figure(element: Any) -> bool:
    return any(local_name(parent) in ("figure", "figcaption") for parent in element.iterancestors())
