"""Where an imported document came from, and the dates and names of the report beside its date of publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Origin:
    """Provenance of one imported document.

    `file` is relative to what was imported; a member of a ZIP follows a "!". `entry` names the place inside the file.
    `reader` is the name of the format. `fields` are pairs of a document's field and the file's field it was read from;
    `date_source` is the field that gave `published_at`. Dates are ISO 8601.
    """

    file: str
    entry: str | None
    reader: str
    fields: tuple[tuple[str, str], ...]
    date_source: str | None
    modified_at: str | None
    event_dates: tuple[str, ...]
    byline: str | None
    dateline: str | None
    version: str | None


def origin_to_json(origin: Origin) -> dict[str, Any]:
    """Origin as clients see it."""
    return {
        "file": origin.file,
        "entry": origin.entry,
        "reader": origin.reader,
        "fields": dict(origin.fields),
        "date_source": origin.date_source,
        "modified_at": origin.modified_at,
        "event_dates": list(origin.event_dates),
        "byline": origin.byline,
        "dateline": origin.dateline,
        "version": origin.version,
    }


def origin_from_json(raw: Mapping[str, Any]) -> Origin:
    """Inverse of `origin_to_json`. Absent members mean absence."""
    return Origin(
        file=raw["file"],
        entry=raw.get("entry"),
        reader=raw["reader"],
        fields=tuple((raw.get("fields") or {}).items()),
        date_source=raw.get("date_source"),
        modified_at=raw.get("modified_at"),
        event_dates=tuple(raw.get("event_dates") or ()),
        byline=raw.get("byline"),
        dateline=raw.get("dateline"),
        version=raw.get("version"),
    )
