"""Reads fitted weights from JSON files."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factcheck.errors import ModelUnusable


@contextmanager
def reading_weights(path: Path, form: int | None = None) -> Iterator[dict[str, Any]]:
    """Context manager: yields the file's object. `form` is the required format.

    Raises: `ModelUnusable` if the file is missing or invalid, has another format, or the block fails to read a member.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if form is not None and raw["format"] != form:
            raise ModelUnusable(f"{path} has format {raw['format']!r}, this build reads {form}: fit it again")
        yield raw
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnusable(f"{path} cannot be read: {error!r}") from error
