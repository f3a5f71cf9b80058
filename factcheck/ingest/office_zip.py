"""The parts of an office file (DOCX, ODT), which is a ZIP of XML: bounded in size, never unpacked to disk."""

import zipfile
import zlib
from io import BytesIO
from typing import Any

from factcheck.errors import UnreadableSource
from factcheck.ingest.characters import one_line
from factcheck.ingest.element_trees import parse_xml

_LARGEST_PART_BYTES = 64 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0"


class OfficeParts:
    """XML parts by name."""

    def __init__(self, raw: bytes, what: str) -> None:
        """Raises `UnreadableSource` if it is no ZIP."""
        if raw.startswith(_OLE):
            is_locked = "EncryptedPackage".encode("utf-16-le") in raw
            raise UnreadableSource(
                "has a password; save it without one"
                if is_locked
                else f"is an old binary office file under the name of a {what}"
            )
        try:
            self._zip = zipfile.ZipFile(BytesIO(raw))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise UnreadableSource(f"is no {what} ({error})") from None

    def tree(self, name: str) -> Any:
        """The root of a part, or None if there is none. Raises `UnreadableSource`."""
        try:
            info = self._zip.getinfo(name)
            if info.file_size > _LARGEST_PART_BYTES:
                raise UnreadableSource(f"its part {name} unpacks to more than {_LARGEST_PART_BYTES >> 20} MB")
            if info.flag_bits & 1:
                raise UnreadableSource("has a password; save it without one")
            with self._zip.open(info) as part:
                return parse_xml(part.read(_LARGEST_PART_BYTES))
        except KeyError:
            return None
        except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError) as error:
            raise UnreadableSource(f"its part {name} is damaged ({error})") from None


def first_text(root: Any, name: str) -> str:
    """The text of the first element `name`, in any namespace, on one line; "" if there is none."""
    element = None if root is None else next(root.iter(f"{{*}}{name}"), None)
    return "" if element is None else one_line(element.text or "")
