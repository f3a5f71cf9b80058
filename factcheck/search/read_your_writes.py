"""Read-your-writes search: a check sees every corpus change that was acknowledged before the check began."""

from factcheck.article import Field
from factcheck.errors import UnknownDocument
from factcheck.evidence import Candidate, Document, Passage
from factcheck.ports import Changelog, DocumentStore, IndexedSearch, PassageQuery


class ReadYourWritesSearch:
    """A `PassageSearch` for one check. The check calls `revision` first, which waits for the index to catch up.

    A document deleted or retracted before the check is therefore never evidence. Where the index does not catch up within
    `patience_s`, the check continues with the index as it is. Each passage is then compared with the record, and dropped
    where it no longer occurs there. The report names the revision of the index.
    """

    def __init__(self, index: IndexedSearch, changelog: Changelog, record: DocumentStore, patience_s: float) -> None:
        self._index = index
        self._changelog = changelog
        self._record = record
        self._patience_s = patience_s
        self._looked_up: dict[str, Document | None] | None = None

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first.

        Raises: `StoreUnavailable` where passages must be compared with the record.
        """
        found = self._index.search(query)
        return found if self._looked_up is None else [c for c in found if self._is_current(c.passage, self._looked_up)]

    def revision(self) -> str:
        """Revision of the index after waiting.

        Raises: `StoreUnavailable`, `IndexUnavailable`.
        """
        caught_up = self._index.wait_for(self._changelog.position(), self._patience_s)
        self._looked_up = None if caught_up else {}
        return self._index.revision()

    def documents(self) -> int:
        """Number of documents with at least one passage in the index."""
        return self._index.documents()

    def _is_current(self, passage: Passage, looked_up: dict[str, Document | None]) -> bool:
        if passage.document.id not in looked_up:
            looked_up[passage.document.id] = self._current(passage.document.id)
        document, span = looked_up[passage.document.id], passage.span
        if document is None or document.retracted:
            return False
        text = document.title if span.field is Field.TITLE else document.text
        return text[span.start : span.end] == passage.text

    def _current(self, document_id: str) -> Document | None:
        try:
            return self._record.get(document_id)
        except UnknownDocument:
            return None
