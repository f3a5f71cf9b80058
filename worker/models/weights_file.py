"""Fitted numbers in a JSON file beside the code that uses them."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factcheck.errors import ModelUnusable


@contextmanager
def reading_weights(path: Path, form: int | None = None) -> Iterator[dict[str, Any]]:
    """The file's object, for as long as its members are read. `form` is the format that it must name.

    Raises: `ModelUnusable` where the file is missing or damaged, of another format, or a member is not what the reader takes.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if form is not None and raw["format"] != form:
            raise ModelUnusable(f"{path} has format {raw['format']!r}, this build reads {form}: fit it again")
        yield raw
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnusable(f"{path} cannot be read: {error!r}") from error
