"""Where an imported document came from, and the dates and names of the report beside its date of publication."""

from dataclasses import dataclass
from typing import Annotated

from factcheck.json_mapping import MemberOptions


@dataclass(frozen=True, slots=True)
class Origin:
    """Provenance of one imported document.

    `file` is relative to what was imported; a member of a ZIP follows a "!". `entry` names the place inside the file.
    `reader` is the name of the format. `fields` are pairs of a document's field and the file's field it was read from;
    `date_source` is the field that gave `published_at`. Dates are ISO 8601.
    """

    file: Annotated[str, MemberOptions("Relative to what was imported; a member of a ZIP follows a `!`.")]
    entry: Annotated[str | None, MemberOptions("The place inside the file.")]
    reader: Annotated[str, MemberOptions("Name of the format.")]
    fields: Annotated[
        tuple[tuple[str, str], ...],
        MemberOptions("Member of the report → field of the file it was read from.", missing={}),
    ]
    date_source: Annotated[str | None, MemberOptions("The field that gave `published_at`.")]
    modified_at: Annotated[str | None, MemberOptions("Last change, ISO 8601.")]
    event_dates: Annotated[
        tuple[str, ...], MemberOptions("Days that the file marks as those of what is told.", missing=())
    ]
    byline: str | None
    dateline: str | None
    version: str | None
