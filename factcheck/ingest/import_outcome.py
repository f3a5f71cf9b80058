"""What an import did, or would do: counts, what is left out and why, reports without a date, samples."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from factcheck.evidence import Document
from factcheck.ingest.raw_documents import AcceptedDocument, PublishingStatus, RejectedDocument

SAMPLES = 10
UNDATED_LISTED = 20


class ImportOutcome:
    """Counts of one import. Samples are drawn evenly from all that was taken."""

    def __init__(self) -> None:
        self.formats: Counter[str] = Counter()
        self.left_out: Counter[PublishingStatus] = Counter()
        self.reasons: Counter[str] = Counter()
        self.new = self.replaced = self.same = self.refused = self.withdrawn = 0
        self.undated = self.doubtful = 0
        self.undated_first: list[str] = []
        self.samples: list[Document] = []
        self._random = random.Random(16)

    @property
    def documents(self) -> int:
        """Reports that are in the store after the import."""
        return sum(self.formats.values())

    def took(self, outcome: AcceptedDocument) -> None:
        """A document that is to be stored."""
        self._count(outcome)

    def unchanged(self, outcome: AcceptedDocument) -> None:
        """A document that is stored already."""
        self.same += 1
        self._count(outcome)

    def stored(self, news: Sequence[bool]) -> None:
        """What the store answered to a batch."""
        self.new += sum(news)
        self.replaced += len(news) - sum(news)

    def withdrew(self) -> None:
        """A stored document that is retracted now."""
        self.withdrawn += 1

    def left(self, outcome: RejectedDocument) -> None:
        """A report that is not stored."""
        if outcome.status is None:
            self.refused += 1
            self.reasons[outcome.reason[:80]] += 1
        else:
            self.left_out[outcome.status] += 1

    def lines(self) -> Iterator[str]:
        """The summary, for people."""
        for name, count in self.formats.most_common():
            yield f"{count:>9,}  {name}"
        for status, count in self.left_out.most_common():
            yield f"{count:>9,}  left out: {status.value}"
        for reason, count in self.reasons.most_common(10):
            yield f"{count:>9,}  refused: {reason}"
        if self.withdrawn:
            yield f"{self.withdrawn:>9,}  retracted: stored before, and no longer published"
        if self.undated:
            more = " …" if self.undated > UNDATED_LISTED else ""
            yield f"{self.undated:>9,}  without a date of publication: {', '.join(self.undated_first)}{more}"

    def sample_lines(self) -> Iterator[str]:
        """Ten documents with their dates and where these came from."""
        for document in self.samples:
            origin = document.origin
            source = f"from {origin.date_source}" if origin and origin.date_source else "no date"
            place = f"{origin.file}{f', {origin.entry}' if origin.entry else ''}" if origin else ""
            yield f"{document.published_at or '-':<26} {source:<28} {document.title[:60] or document.text[:60]!r}  ({place})"

    def as_json(self) -> dict[str, Any]:
        """All of it, for programs."""
        return {
            "new": self.new,
            "replaced": self.replaced,
            "unchanged": self.same,
            "retracted": self.withdrawn,
            "refused": self.refused,
            "undated": self.undated,
            "formats": dict(self.formats.most_common()),
            "left_out": {status.value: count for status, count in self.left_out.most_common()},
            "refusals": dict(self.reasons.most_common(10)),
            "undated_first": self.undated_first,
            "samples": [_sample_json(document) for document in self.samples],
        }

    def _count(self, outcome: AcceptedDocument) -> None:
        document = outcome.document
        self.formats[document.origin.reader if document.origin else "-"] += 1
        self._sample(document)
        if document.published_at is None:
            self.undated += 1
            if len(self.undated_first) < UNDATED_LISTED:
                self.undated_first.append(document.id)

    def _sample(self, document: Document) -> None:
        if len(self.samples) < SAMPLES:
            self.samples.append(document)
        elif (at := self._random.randrange(self.documents)) < SAMPLES:
            self.samples[at] = document


def _sample_json(document: Document) -> dict[str, str | None]:
    origin = document.origin
    return {
        "id": document.id,
        "title": document.title or document.text[:80],
        "source": document.source,
        "published_at": document.published_at,
        "date_source": origin.date_source if origin else None,
        "file": origin.file if origin else None,
        "entry": origin.entry if origin else None,
    }
