"""What readers of archives give: documents as found, faults, and what became of each."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum
from typing import TypeAlias

from factcheck.evidence import Document
from factcheck.import_origin import ImportOrigin


class PublishingStatus(StrEnum):
    """Publishing status of a report. Only `PUBLISHED` is evidence."""

    PUBLISHED = "published"
    DRAFT = "draft"
    PRIVATE = "private"
    PROTECTED = "password-protected"
    SCHEDULED = "scheduled"
    EMBARGOED = "embargoed"
    WITHHELD = "withheld"
    CANCELLED = "cancelled"
    RETRACTED = "retracted"
    TRASHED = "trashed"
    NOT_A_REPORT = "not a report"
    DUPLICATE = "duplicate"
    OLDER = "older version"
    NOTED = "stored with a note"


IPTC_STATUSES = {
    "usable": PublishingStatus.PUBLISHED,
    "canceled": PublishingStatus.CANCELLED,
    "cancelled": PublishingStatus.CANCELLED,
    "killed": PublishingStatus.CANCELLED,
    "withheld": PublishingStatus.WITHHELD,
}
"""`pubstatus` of NewsML-G2 and ninjs, in lower case."""

WITHDRAWN = frozenset({PublishingStatus.WITHHELD, PublishingStatus.CANCELLED, PublishingStatus.RETRACTED})
"""Stored as retracted documents, so that they replace the version that was published before."""


@dataclass(frozen=True, slots=True)
class RawDate:
    """A date as the file has it, not parsed yet. `field` names where it stands; `raw` is its text."""

    field: str
    raw: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawDocument:
    """One document as a reader of archives found it; dates unparsed, the best first. Members that a format lacks stay empty."""

    entry: str | None = None
    id: str | None = None
    title: str = ""
    text: str = ""
    source: str | None = None
    url: str | None = None
    language: str | None = None
    tags: tuple[str, ...] = ()
    corrects: str | None = None
    status: PublishingStatus = PublishingStatus.PUBLISHED
    reason: str | None = None
    published: tuple[RawDate, ...] = ()
    modified: tuple[RawDate, ...] = ()
    embargo: tuple[RawDate, ...] = ()
    events: tuple[RawDate, ...] = ()
    byline: str | None = None
    dateline: str | None = None
    version: str | None = None
    fields: tuple[tuple[str, str], ...] = ()
    origin: ImportOrigin | None = None
    """Of a document that was imported before and exported since."""
    is_own: bool = False
    """A document in our own form: words are kept to the letter, and a date yet to come is doubtful, no schedule."""
    reader: str | None = None
    """Set where the file's format does not tell it: ninjs or ANS in JSON."""


@dataclass(frozen=True, slots=True)
class UnreadableEntry:
    """An entry, or a whole file (`entry` None), that could not be read."""

    entry: str | None
    reason: str


Item: TypeAlias = RawDocument | UnreadableEntry


@dataclass(frozen=True, slots=True)
class NewsroomClock:
    """The newsroom's time zone and the present, an aware moment. What is dated later is not published yet."""

    zone: tzinfo | None
    now: datetime


@dataclass(frozen=True, slots=True)
class AcceptedDocument:
    """A document to store. `notes` say what was doubtful about it."""

    document: Document
    status: PublishingStatus
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RejectedDocument:
    """A report that is not stored. `status` is None for what could not be read; `id` None if it has none."""

    file: str
    entry: str | None
    id: str | None
    status: PublishingStatus | None
    reason: str


Outcome: TypeAlias = AcceptedDocument | RejectedDocument


def outcome_json(outcome: RejectedDocument) -> dict[str, str | None]:
    """One line of the report of what was not taken."""
    return {
        "file": outcome.file,
        "entry": outcome.entry,
        "id": outcome.id,
        "outcome": outcome.status.value if outcome.status else "refused",
        "reason": outcome.reason,
    }
