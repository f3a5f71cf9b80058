"""An import: from an archive into the store, in batches. A second run of the same archive writes nothing twice."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from factcheck.errors import DocumentTooLong
from factcheck.evidence import Document
from factcheck.ingest.dates import as_aware
from factcheck.ingest.import_outcome import ImportOutcome
from factcheck.ingest.raw_documents import AcceptedDocument, Outcome, PublishingStatus, RejectedDocument
from factcheck.json_mapping import to_json

BATCH = 200
LONGEST_ID_BYTES = 512
_UNPUBLISHED = frozenset(
    {
        PublishingStatus.DRAFT,
        PublishingStatus.PRIVATE,
        PublishingStatus.PROTECTED,
        PublishingStatus.TRASHED,
        PublishingStatus.SCHEDULED,
    }
)


class ImportTarget(Protocol):
    """Where documents go. Raises `StoreUnavailable`."""

    def get_many(self, document_ids: Sequence[str]) -> list[Document | None]:
        """What is stored under each id."""

    def put_many(self, documents: Sequence[Document], by: str | None = None) -> list[bool]:
        """Stores all or none; True for each whose id is new."""


@dataclass(frozen=True, slots=True)
class Importer:
    """`limit_chars` is the longest document; `report` is told of each report that was not taken."""

    target: ImportTarget
    limit_chars: int
    by: str | None
    report: Callable[[RejectedDocument], None]

    def run(self, outcomes: Iterable[Outcome], tally: ImportOutcome) -> Iterator[ImportOutcome]:
        """The tally after each batch. A batch is stored while the next one is read; it is stored before that one is judged."""
        seen: set[int] = set()
        with ThreadPoolExecutor(max_workers=1) as pool:
            writing: Future[list[bool]] | None = None
            for batch in _batches(iter(outcomes), BATCH):
                _finish(writing, tally)
                wanted = self._wanted(batch, seen, tally)
                writing = pool.submit(self.target.put_many, wanted, self.by) if wanted else None
                yield tally
            _finish(writing, tally)

    def _wanted(self, batch: list[Outcome], seen: set[int], tally: ImportOutcome) -> list[Document]:
        """What of a batch is to be written."""
        ids = list(dict.fromkeys(document_id for outcome in batch if (document_id := id_of(outcome))))
        known = dict(zip(ids, self.target.get_many(ids), strict=True))
        wanted: dict[str, Document] = {}
        for outcome in batch:
            if isinstance(outcome, AcceptedDocument):
                self._take(outcome, known, wanted, seen, tally)
            else:
                self._leave(outcome, known, wanted, tally)
        return list(wanted.values())

    def _take(
        self,
        outcome: AcceptedDocument,
        known: dict[str, Document | None],
        wanted: dict[str, Document],
        seen: set[int],
        tally: ImportOutcome,
    ) -> None:
        document = outcome.document
        before = wanted.get(document.id) or known.get(document.id)
        is_again = _key(document.id) in seen
        seen.add(_key(document.id))
        for note in outcome.notes:
            self.report(not_taken(document, PublishingStatus.NOTED, note))
        if fault := unstorable(document, self.limit_chars):
            self._tell(not_taken(document, None, fault), tally)
        elif before is None:
            wanted[document.id] = document
            tally.took(outcome)
        elif same(before, document):
            self._same(document, before, is_again, tally, outcome)
        elif (reason := outdated(before, document, is_again)) is None:
            wanted[document.id] = document
            tally.took(outcome)
        else:
            self._tell(not_taken(document, PublishingStatus.OLDER, reason), tally)

    def _same(
        self, document: Document, before: Document, is_again: bool, tally: ImportOutcome, outcome: AcceptedDocument
    ) -> None:
        if is_again:
            self._tell(
                not_taken(document, PublishingStatus.DUPLICATE, f"the same report as in {_place(before)}"), tally
            )
        else:
            tally.unchanged(outcome)

    def _leave(
        self,
        outcome: RejectedDocument,
        known: dict[str, Document | None],
        wanted: dict[str, Document],
        tally: ImportOutcome,
    ) -> None:
        """What was published before and is no longer becomes retracted."""
        self._tell(outcome, tally)
        before = known.get(outcome.id or "")
        if before is not None and outcome.status in _UNPUBLISHED and not before.retracted:
            wanted[before.id] = replace(before, retracted=True)
            tally.withdrew()

    def _tell(self, outcome: RejectedDocument, tally: ImportOutcome) -> None:
        tally.left(outcome)
        self.report(outcome)


class DryTarget:
    """Answers as the store would, and stores nothing but a fingerprint of each text."""

    def __init__(self, target: ImportTarget | None) -> None:
        self._target = target
        self._known: dict[str, Document] = {}

    def get_many(self, document_ids: Sequence[str]) -> list[Document | None]:
        """Of the dry run's own, then of the store."""
        stored = self._target.get_many(document_ids) if self._target else [None] * len(document_ids)
        return [self._known.get(name, found) for name, found in zip(document_ids, stored, strict=True)]

    def put_many(self, documents: Sequence[Document], by: str | None = None) -> list[bool]:
        """True for each whose id is new."""
        before = self.get_many([document.id for document in documents])
        self._known |= {document.id: replace(document, text=fingerprint(document)) for document in documents}
        return [found is None for found in before]


def same(stored: Document, document: Document) -> bool:
    """True if all but the origin and the story is alike."""
    if stored.text == fingerprint(document):
        return True
    return replace(stored, origin=None, story=None) == replace(document, origin=None, story=None)


def fingerprint(document: Document) -> str:
    """A text that stands for the document in a dry run."""
    plain = json.dumps(to_json(replace(document, origin=None, story=None)))
    return "\ufdd3" + hashlib.blake2b(plain.encode(), digest_size=16).hexdigest()


def outdated(before: Document, document: Document, is_again: bool) -> str | None:
    """Why the document may not replace the one before it; None if it may."""
    old, new = _order(before), _order(document)
    if before.note and not (old and new and new > old):
        return f"the desk has changed the stored report: {before.note}"
    if old and new and new < old:
        return f"an older version of the report in {_place(before)}"
    if is_again and (not old or not new or new == old):
        return f"its id was given to another text in {_place(before)}"
    return None


def unstorable(document: Document, limit_chars: int) -> str | None:
    """Why the store would refuse the document."""
    try:
        size = len(document.id.encode())
    except UnicodeEncodeError:
        return "its id is not UTF-8"
    if not 0 < size <= LONGEST_ID_BYTES:
        return f"an id has 1 to {LONGEST_ID_BYTES} bytes of UTF-8; this one has {size:,}"
    if len(document.text) > limit_chars:
        return str(DocumentTooLong(limit_chars, len(document.text)))
    return None


def not_taken(document: Document, status: PublishingStatus | None, reason: str) -> RejectedDocument:
    """A document that is not stored after all."""
    origin = document.origin
    return RejectedDocument(
        origin.file if origin else "", origin.entry if origin else None, document.id, status, reason
    )


def id_of(outcome: Outcome) -> str | None:
    """The id that the store may know."""
    found = outcome.document.id if isinstance(outcome, AcceptedDocument) else outcome.id
    return found if found and len(found) <= LONGEST_ID_BYTES and found.isprintable() else None


def _order(document: Document) -> tuple[float, float] | None:
    """By what versions of a report are ordered: the version's number, then the last change."""
    origin = document.origin
    if origin is None:
        return None
    moment = origin.modified_at or document.published_at
    number = float(origin.version) if origin.version and origin.version.isdigit() else 0.0
    return (number, as_aware(moment, None).timestamp() if moment else 0.0) if number or moment else None


def _place(document: Document) -> str:
    origin = document.origin
    if origin is None:
        return "the store"
    return f"{origin.file}, {origin.entry}" if origin.entry else origin.file


def _finish(writing: "Future[list[bool]] | None", tally: ImportOutcome) -> None:
    """Waits for a batch to be stored; raises what the store raised."""
    if writing is not None:
        tally.stored(writing.result())


def _key(document_id: str) -> int:
    return hash(document_id)


def _batches(outcomes: Iterator[Outcome], size: int) -> Iterator[list[Outcome]]:
    while batch := list(islice(outcomes, size)):
        yield batch
