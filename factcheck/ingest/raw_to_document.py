"""From a raw document to a document to store, or the reason why it is not one: dates, status, embargo."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from factcheck.evidence import Document
from factcheck.import_origin import ImportOrigin
from factcheck.ingest.characters import as_seen, one_line
from factcheck.ingest.dates import as_aware, first_moment, parse_moment
from factcheck.ingest.raw_documents import (
    WITHDRAWN,
    AcceptedDocument,
    NewsroomClock,
    Outcome,
    PublishingStatus,
    RawDate,
    RawDocument,
    RejectedDocument,
)

UNDATED = "has no date of publication"
_EARLY_YEAR = 1900
_CLOCK_ERROR = timedelta(days=1)
"""A date without its zone may be ahead by so much, and so may a server's clock."""


def document_outcome(raw: RawDocument, file: str, reader: str, clock: NewsroomClock) -> Outcome:
    """What becomes of one report. Raises nothing.

    A withdrawn report is taken as a retracted document, with or without text, so that it replaces what was published.
    """
    published, date_source = first_moment(raw.published, clock.zone)
    status, reason, moment = _status(raw, published, clock)
    if status not in (PublishingStatus.PUBLISHED, *WITHDRAWN):
        return RejectedDocument(file, raw.entry, raw.id, status, reason)
    text, title = (raw.text, raw.title) if raw.is_own else (as_seen(raw.text).strip("\n "), one_line(raw.title))
    if not text and status in WITHDRAWN:
        text = title or reason
    if not text.strip():
        return RejectedDocument(file, raw.entry, raw.id, None, "holds no text")
    if not raw.id:
        return RejectedDocument(file, raw.entry, None, None, "has no id")
    if moment != published and moment is not None:
        date_source = raw.embargo[0].field
    origin = _origin(raw, file, reader, date_source, clock)
    return AcceptedDocument(_document(raw, title, text, moment, status, origin), status, _notes(raw, moment, clock))


def _status(raw: RawDocument, published: str | None, clock: NewsroomClock) -> tuple[PublishingStatus, str, str | None]:
    """Status, reason, and the moment from which on the report was public."""
    if raw.status is not PublishingStatus.PUBLISHED:
        return raw.status, raw.reason or raw.status.value, published
    until, _ = first_moment(raw.embargo, clock.zone)
    if raw.embargo and until is None and raw.embargo[0].raw.strip():
        return PublishingStatus.EMBARGOED, f"embargo {raw.embargo[0].raw!r} is no date", published
    if until and as_aware(until, clock.zone) > clock.now:
        return PublishingStatus.EMBARGOED, f"embargoed until {until}", published
    if published and not raw.is_own and as_aware(published, clock.zone) > clock.now + _CLOCK_ERROR:
        return PublishingStatus.SCHEDULED, f"dated {published}, which is yet to come", published
    return PublishingStatus.PUBLISHED, "", _later(published, until, clock)


def _later(published: str | None, until: str | None, clock: NewsroomClock) -> str | None:
    if not until or not published:
        return published or until
    return until if as_aware(until, clock.zone) > as_aware(published, clock.zone) else published


def _document(
    raw: RawDocument, title: str, text: str, published: str | None, status: PublishingStatus, origin: ImportOrigin
) -> Document:
    return Document(
        id=raw.id or "",
        title=title,
        text=text,
        source=raw.source if raw.is_own else one_line(raw.source or "") or None,
        published_at=published,
        url=raw.url or None,
        language=raw.language or None,
        tags=raw.tags if raw.is_own else tuple(dict.fromkeys(tag for word in raw.tags if (tag := one_line(word)))),
        retracted=status in WITHDRAWN,
        corrects=raw.corrects or None,
        story=None,
        origin=origin,
    )


def _origin(raw: RawDocument, file: str, reader: str, date_source: str | None, clock: NewsroomClock) -> ImportOrigin:
    if raw.origin is not None:
        return raw.origin
    modified, _ = first_moment(raw.modified, clock.zone)
    events = (parse_moment(stamp.raw, clock.zone) for stamp in raw.events)
    return ImportOrigin(
        file=file,
        entry=raw.entry,
        reader=reader,
        fields=raw.fields,
        date_source=date_source,
        modified_at=modified,
        event_dates=tuple(dict.fromkeys(event for event in events if event)),
        byline=one_line(raw.byline or "") or None,
        dateline=one_line(raw.dateline or "") or None,
        version=raw.version,
    )


def _notes(raw: RawDocument, published: str | None, clock: NewsroomClock) -> tuple[str, ...]:
    notes = [f"{_named(stamp)} is no date that can be read" for stamp in _passed_over(raw, clock)]
    if published is None and not notes:
        notes.append(UNDATED)
    if published and datetime.fromisoformat(published).year < _EARLY_YEAR:
        notes.append(f"dated {published}, before {_EARLY_YEAR}; kept as it stands")
    if published and as_aware(published, clock.zone) > clock.now + _CLOCK_ERROR:
        notes.append(f"dated {published}, which is yet to come; kept as it stands")
    return tuple(notes)


def _passed_over(raw: RawDocument, clock: NewsroomClock) -> Iterator[RawDate]:
    """Dates that cannot be read and stand before the one that counts."""
    for stamp in raw.published:
        if parse_moment(stamp.raw, clock.zone):
            return
        if stamp.raw.strip():
            yield stamp


def _named(stamp: RawDate) -> str:
    return f"{stamp.field} {stamp.raw[:60]!r}"
