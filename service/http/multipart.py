"""Multipart uploads, streamed to files: no part is held in memory, whatever its size."""

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from flask import Request
from werkzeug.exceptions import BadRequest
from werkzeug.formparser import FormDataParser

from factcheck.errors import UploadTooLarge
from service.http.request_body import require_media_type

MULTIPART = "multipart/form-data"
_FORM_BYTES = 65_536
_PART_HEAD_BYTES = 4_096


def receive_files(
    request: Request, open_file: Callable[[], BinaryIO], limit_bytes: int, most_parts: int
) -> list[tuple[str, Path]]:
    """File name as sent → where it was written, of each file part. Other parts are passed over.

    Raises:
        UnsupportedMediaType: another media type (415).
        BadRequest: the body is no complete multipart body (400). Files that were written stay for the caller to remove.
        UploadTooLarge: more than `limit_bytes` in all files.
    """
    require_media_type(request, request.mimetype == MULTIPART, MULTIPART)
    if (request.content_length or 0) > limit_bytes + most_parts * _PART_HEAD_BYTES:
        raise UploadTooLarge(_words(limit_bytes))
    request.max_content_length = None  # bounded by what is written, below
    room = _ByteBudget(limit_bytes)
    written: list[_StreamedFile] = []

    def factory(**_: object) -> _StreamedFile:
        file = _StreamedFile(open_file(), room)
        written.append(file)
        return file

    parser = FormDataParser(
        stream_factory=factory,  # type: ignore[arg-type] # of a file's methods, write and seek are called
        max_form_memory_size=_FORM_BYTES,
        max_form_parts=most_parts,
        silent=False,
    )
    try:
        options = {"boundary": request.mimetype_params.get("boundary", "")}
        _, _, files = parser.parse(request.stream, MULTIPART, request.content_length, options)
    except ValueError as error:
        raise BadRequest(f"The body is no complete multipart body: {error}") from None
    finally:
        for file in written:
            file.close()
    parts = [part for _, part in files.items(multi=True)]
    return [(part.filename or "", file.path) for part, file in zip(parts, written, strict=True)]


def _words(limit_bytes: int) -> str:
    return f"an import takes {limit_bytes:,} more bytes (FACTCHECK_UPLOAD_LIMIT_BYTES); `factcheck corpus import` has no limit"


class _ByteBudget:
    """How many bytes are left for all files of a request."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit = self._left = limit_bytes

    def take(self, size: int) -> None:
        """Raises `UploadTooLarge`."""
        self._left -= size
        if self._left < 0:
            raise UploadTooLarge(_words(self._limit))


class _StreamedFile:
    """A file that is written once, in order."""

    def __init__(self, file: BinaryIO, room: _ByteBudget) -> None:
        self._file, self._room = file, room
        self.path = Path(file.name)

    def write(self, data: bytes) -> int:
        self._room.take(len(data))
        return self._file.write(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """The parser's sign that the part is complete."""
        self._file.flush()
        return offset

    def close(self) -> None:
        self._file.close()
