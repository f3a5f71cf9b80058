"""Trees of HTML and XML by lxml: no network, no entities that a file declares, any depth and size that memory holds."""

import re
from typing import IO, Any
from xml.parsers import expat

from factcheck.errors import UnreadableSource
from factcheck.ingest.characters import one_line
from factcheck.ingest.optional_libraries import require
from factcheck.ingest.rendering import HTML, join, render

_CHUNK_BYTES = 65_536
_DEEPEST = 2_000
"""Elements inside of each other, from which on libxml2 gives up the rest of a page."""
_CONTAINER = re.compile(r"</?(?:div|span|section|font|center|table|tbody|tr|td)\b[^>]*>", re.IGNORECASE)
CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r")


def parse_html(html: str) -> Any:
    """The root element, or None for what holds no markup and no words."""
    etree = require("lxml.etree", "HTML and XML")
    raw = html.replace("\x00", "").encode("utf-8", "replace")
    if not raw.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(raw, parser)
    except etree.XMLSyntaxError:
        return None


def html_text(html: str) -> str:
    """The text of a fragment of HTML, in paragraphs.

    >>> html_text("<p>Rain on <del>Monday</del> <ins>Tuesday</ins>.<p>Then sun.")
    'Rain on Tuesday.\\n\\nThen sun.'
    """
    root = parse_html(html)
    text = "" if root is None else join(render(root, HTML))
    if not text and html.count("<") > _DEEPEST:
        root = parse_html(_CONTAINER.sub("<br><br>", html))
        text = "" if root is None else join(render(root, HTML))
    return text


def html_line(html: str) -> str:
    """The text of a fragment on one line, as of a headline."""
    return " ".join(html_text(html).split()) if "<" in html or "&" in html else " ".join(html.split())


def text_line(element: Any) -> str:
    """The text of an element on one line."""
    return one_line("".join(element.itertext()))


def parse_xml(raw: bytes) -> Any:
    """The root element. Raises `UnreadableSource` if it is not XML, or declares entities."""
    etree = require("lxml.etree", "HTML and XML")
    raw = raw.translate(None, CONTROLS) if not raw.startswith((b"\xff\xfe", b"\xfe\xff")) else raw
    refuse_entities(_ByteStream(raw))
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, load_dtd=False)
    try:
        return etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise UnreadableSource(f"not XML ({error})") from None


def refuse_entities(file: IO[bytes] | "_ByteStream") -> str:
    """Reads up to the root element and answers its local name. Raises `UnreadableSource` if entities are declared first.

    Entities are how XML is made to grow without end, or to read other files.
    """
    probe = _Prolog()
    while not probe.root:
        chunk = file.read(_CHUNK_BYTES)
        probe.feed(chunk.translate(None, CONTROLS) if b"\x00" not in chunk[:64] else chunk)
    return probe.root


class _ByteStream:
    """Bytes, read like a file."""

    def __init__(self, raw: bytes) -> None:
        self._raw, self._at = raw, 0

    def read(self, size: int) -> bytes:
        self._at += size
        return self._raw[self._at - size : self._at]


class _Prolog:
    """What stands before the root element, by expat."""

    def __init__(self) -> None:
        self.root = ""
        self._parser = expat.ParserCreate()
        self._parser.EntityDeclHandler = self._refuse
        self._parser.StartElementHandler = self._start

    def feed(self, chunk: bytes) -> None:
        """Raises `UnreadableSource`."""
        try:
            self._parser.Parse(chunk, not chunk)
        except (expat.ExpatError, ValueError, LookupError) as error:
            if not self.root:
                raise UnreadableSource(f"not XML ({error})") from None
        if not chunk and not self.root:
            raise UnreadableSource("not XML (no element found)")

    def _refuse(self, *_: object) -> None:
        raise UnreadableSource("declares entities; such files are not read")

    def _start(self, name: str, _: dict[str, str]) -> None:
        self.root = self.root or name.rpartition(":")[2]
