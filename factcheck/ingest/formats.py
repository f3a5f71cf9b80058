"""The formats, and how one is told from another: by what the file begins with, then by its name."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module

from factcheck.errors import UnreadableSource
from factcheck.ingest.archive_file import ArchiveFile
from factcheck.ingest.raw_documents import Item

ZIP = "zip"
_ZIP_MAGIC = b"PK\x03\x04"
_OLE_MAGIC = b"\xd0\xcf\x11\xe0"
_WORDPRESS = b"wordpress.org/export/"
_SNIFFED_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class ArchiveFormat:
    """`module` has the function `reader`; it is imported with the first file of that format."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    reader: str = "read"

    def read(self, file: ArchiveFile) -> Iterator[Item]:
        """Items of a file. Raises `UnreadableSource` if it cannot be read, or not to its end."""
        function: Callable[[ArchiveFile], Iterator[Item]] = getattr(
            import_module(f"factcheck.ingest.{self.module}"), self.reader
        )
        return function(file)


FORMATS = {
    found.name: found
    for found in (
        ArchiveFormat("jsonl", (".jsonl", ".ndjson"), "json_documents", "read_lines"),
        ArchiveFormat("json", (".json",), "json_documents", "read_json"),
        ArchiveFormat("text", (".txt",), "text_with_front_matter"),
        ArchiveFormat("markdown", (".md", ".markdown"), "text_with_front_matter"),
        ArchiveFormat("html", (".html", ".htm", ".xhtml"), "html"),
        ArchiveFormat("feed", (".rss", ".atom"), "feeds"),
        ArchiveFormat("wordpress", (".wxr",), "wordpress"),
        ArchiveFormat("nitf", (".nitf",), "nitf"),
        ArchiveFormat("newsml-g2", (".newsml",), "newsml"),
        ArchiveFormat("docx", (".docx",), "docx"),
        ArchiveFormat("odt", (".odt",), "odt"),
        ArchiveFormat("pdf", (".pdf",), "pdf"),
        ArchiveFormat("eml", (".eml",), "email", "read_message"),
        ArchiveFormat("mbox", (".mbox", ".mbx"), "email", "read_mailbox"),
    )
}
"""By name. ninjs and ANS are known among JSON by their members, RSS and the others among XML by their root element."""

_ROOTS = {
    "rss": "feed", "feed": "feed", "rdf": "feed", "nitf": "nitf", "html": "html",
    "newsitem": "newsml-g2", "newsmessage": "newsml-g2", "itemset": "newsml-g2", "packageitem": "newsml-g2",
}  # fmt: skip
SUFFIXES = (*(suffix for found in FORMATS.values() for suffix in found.suffixes), ".xml", ".zip", ".doc", ".rtf")


def detect(file: ArchiveFile) -> str:
    """Name of the format, or `ZIP`. Raises `UnreadableSource` if it is none of them."""
    head = file.head(_SNIFFED_BYTES)
    by_name = next((name for name, found in FORMATS.items() if file.suffix in found.suffixes), None)
    if head.startswith(_ZIP_MAGIC):
        return _zipped(head, by_name)
    if head.startswith(_OLE_MAGIC):
        if by_name == "docx":
            return by_name
        raise UnreadableSource("is an old binary office file (.doc); save it as DOCX")
    if head.startswith(b"{\\rtf"):
        raise UnreadableSource("is RTF; save it as DOCX")
    if head[:1024].lstrip().startswith(b"%PDF"):
        return "pdf"
    if by_name in ("feed", "wordpress", "nitf", "newsml-g2") or file.suffix == ".xml":
        return _of_xml(file, head)
    if by_name is None:
        return _by_content(file, head)
    return by_name


def _zipped(head: bytes, by_name: str | None) -> str:
    if by_name in ("docx", "odt"):
        return by_name
    if b"mimetypeapplication/vnd.oasis.opendocument.text" in head[:200]:
        return "odt"
    return (
        "docx" if b"word/document.xml" in head or (b"[Content_Types].xml" in head[:100] and b"word/" in head) else ZIP
    )


def _of_xml(file: ArchiveFile, head: bytes) -> str:
    from factcheck.ingest.element_trees import refuse_entities

    if _WORDPRESS in head:
        return "wordpress"
    with file.opened() as raw:
        root = refuse_entities(raw)
    found = _ROOTS.get(root.lower())
    if found is None:
        raise UnreadableSource(f"<{root}> is neither a feed (RSS, Atom), WordPress' export, NITF nor NewsML-G2")
    return found


def _by_content(file: ArchiveFile, head: bytes) -> str:
    """A file whose name says nothing: XML, JSON, a page, a mailbox or a mail."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.lower().startswith((b"<!doctype html", b"<html")):
        return "html"
    if start.startswith(b"<"):
        return _of_xml(file, head)
    if start.startswith((b"{", b"[")):
        return "jsonl" if _is_object(start.partition(b"\n")[0]) and b"\n{" in start else "json"
    if start.startswith(b"From ") and b"\nFrom:" in head:
        return "mbox"
    if b"\nFrom:" in b"\n" + head and b"\nDate:" in b"\n" + head:
        return "eml"
    raise UnreadableSource("is of no known format")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False
