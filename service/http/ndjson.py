"""Streaming reader for NDJSON request bodies."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

_CHUNK_BYTES = 65_536


@dataclass(frozen=True, slots=True)
class BodyLine:
    """One line. `number` counts from 1; `text` is None if the line exceeds the limit."""

    number: int
    text: bytes | None


def read_lines(stream: IO[bytes], limit_bytes: int) -> Iterator[list[BodyLine]]:
    """Yields the non-blank lines of each chunk, without line ends.

    Memory: at most one line and one chunk of 64 KiB.
    """
    number, held, skipping = 1, b"", False
    while chunk := stream.read(_CHUNK_BYTES):
        lines: list[BodyLine] = []
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            lines += _line(number, held + piece, skipping, limit_bytes)
            number, held, skipping = number + 1, b"", False
        held = b"" if skipping else held + rest
        skipping = skipping or len(held) > limit_bytes
        yield lines
    yield list(_line(number, held, skipping, limit_bytes))


def _line(number: int, text: bytes, skipping: bool, limit_bytes: int) -> Iterator[BodyLine]:
    if skipping or len(text) > limit_bytes:
        yield BodyLine(number, None)
    elif text.strip():
        yield BodyLine(number, text)
