"""Where an imported document came from, and the dates and names of the report beside its date of publication."""

from dataclasses import dataclass
from typing import Annotated

from factcheck.json_mapping import JsonFieldOptions


@dataclass(frozen=True, slots=True)
class ImportOrigin:
    """Provenance of one imported document.

    `file` is relative to what was imported; a member of a ZIP follows a "!". `entry` names the place inside the file.
    `reader` is the name of the format. `fields` are pairs of a document's field and the file's field it was read from;
    `date_source` is the field that gave `published_at`. Dates are ISO 8601.
    """

    file: Annotated[str, JsonFieldOptions("Relative to what was imported; a member of a ZIP follows a `!`.")]
    entry: Annotated[str | None, JsonFieldOptions("The place inside the file.")]
    reader: Annotated[str, JsonFieldOptions("Name of the format.")]
    fields: Annotated[
        tuple[tuple[str, str], ...],
        JsonFieldOptions("Member of the report → field of the file it was read from.", missing={}),
    ]
    date_source: Annotated[str | None, JsonFieldOptions("The field that gave `published_at`.")]
    modified_at: Annotated[str | None, JsonFieldOptions("Last change, ISO 8601.")]
    event_dates: Annotated[
        tuple[str, ...], JsonFieldOptions("Days that the file marks as those of what is told.", missing=())
    ]
    byline: str | None
    dateline: str | None
    version: str | None
