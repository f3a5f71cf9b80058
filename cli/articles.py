"""Reading what the command line is given."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factcheck.check import Options
from factcheck.errors import UnreadableSource

DEFAULT_OPTIONS = Options(max_evidence=5, sources_include=(), sources_exclude=(), time_limit_s=600.0)


def read_json_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Objects of a JSONL file; `UnreadableSource` names the line that is broken."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(f"{path} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _object(path, number, line)


def _object(path: Path, number: int, line: str) -> dict[str, Any]:
    try:
        value = json.loads(line)
    except ValueError as error:
        raise UnreadableSource(f"{path}, line {number}: not JSON ({error})") from error
    if not isinstance(value, dict):
        raise UnreadableSource(f"{path}, line {number}: not a JSON object")
    return value
