"""The bulk job for audits of the archive: checks each report against the others."""

from collections.abc import Callable, Sequence
from datetime import datetime

from factcheck.bulk_job import BulkJob, JobFinding
from factcheck.check import CheckOptions, CheckRequest
from factcheck.disagreement import (
    CorpusAuditCriteria,
    Disagreement,
    audit_criteria_from_json,
    audit_request,
    disagreement_to_json,
    disagreements,
    likelihood,
)
from factcheck.errors import UnknownDocument
from factcheck.evidence import Document
from factcheck.ports import DocumentStore
from factcheck.verdict import Report
from worker.process.bulk_runner import NextJobItem

_BY_INDEX = "at "
_BEHIND = "behind "
_LAST = "end"
_OTHER = "wording"


class ArchiveAuditTask:
    """`BulkTask` for the archive. Items are ids of reports, notes are ids of reports that another one corrects."""

    def __init__(self, documents: DocumentStore, options: CheckOptions, now: Callable[[], datetime]) -> None:
        self._documents = documents
        self._options = options
        self._now = now

    def next(self, job: BulkJob) -> NextJobItem | None:
        """The next of the selected reports, or of all in the order of ids."""
        selection = audit_criteria_from_json(job.selection)
        if selection.documents:
            return self._named(job, selection)
        if job.cursor == _LAST:
            return None
        page = self._documents.page(job.cursor.removeprefix(_BEHIND) or None, 1)
        if not page.items:
            return None
        cursor = _LAST if page.cursor is None else f"{_BEHIND}{page.cursor}"
        return _step(cursor, page.items[0], selection)

    def request(self, job: BulkJob, item: str) -> CheckRequest | None:
        """The check of a report; None if it was removed or retracted in the meantime."""
        document = self._read(item)
        if document is None or document.retracted:
            return None
        return audit_request(document, self._now().date().isoformat(), self._options)

    def settle(self, job: BulkJob, item: str, report: Report) -> Sequence[JobFinding]:
        """One finding for each pair of sentences that disagree."""
        document = self._read(item)
        if document is None:
            return ()
        pairs = disagreements(document, report)
        return [JobFinding(pair.id, _count(pair), disagreement_to_json(pair), likelihood(pair)) for pair in pairs]

    def _named(self, job: BulkJob, selection: CorpusAuditCriteria) -> NextJobItem | None:
        at = int(job.cursor.removeprefix(_BY_INDEX) or 0)
        if at >= len(selection.documents):
            return None
        cursor, document = f"{_BY_INDEX}{at + 1}", self._read(selection.documents[at])
        return NextJobItem(cursor, None) if document is None else _step(cursor, document, selection)

    def _read(self, document_id: str) -> Document | None:
        try:
            return self._documents.get(document_id)
        except UnknownDocument:
            return None


def _step(cursor: str, document: Document, selection: CorpusAuditCriteria) -> NextJobItem:
    return NextJobItem(cursor, document.id if selection.keeps(document) else None, document.corrects)


def _count(pair: Disagreement) -> str:
    """The kind of the first conflict; `wording` if there are no conflicting words."""
    return pair.kinds[0].value if pair.kinds else _OTHER
