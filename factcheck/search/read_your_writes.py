"""The stored corpus as a check must see it: with every change whose acknowledgement came before the check began."""

from factcheck.article import Field
from factcheck.errors import UnknownDocument
from factcheck.evidence import Candidate, Document, Passage
from factcheck.ports import Changelog, DocumentStore, IndexedSearch, PassageQuery


class ReadYourWritesSearch:
    """A `PassageSearch` that a check opens by asking for the `revision`, which waits for the index to catch up.

    So a document that was deleted or retracted before is never evidence. Where the index does not catch up within
    `patience_s`, the check goes on with what there is; then each passage is looked up in the record before it is handed
    out, and what does not stand there any more is left out. The report names the revision that it saw.
    """

    def __init__(self, index: IndexedSearch, changelog: Changelog, record: DocumentStore, patience_s: float) -> None:
        self._index = index
        self._changelog = changelog
        self._record = record
        self._patience_s = patience_s
        self._looked_up: dict[str, Document | None] | None = None

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first. Raises `StoreUnavailable` where it must look into the record."""
        found = self._index.search(query)
        return found if self._looked_up is None else [c for c in found if self._stands(c.passage, self._looked_up)]

    def revision(self) -> str:
        """Of the caught-up index. Raises `StoreUnavailable`, `IndexUnavailable`."""
        caught_up = self._index.wait_for(self._changelog.position(), self._patience_s)
        self._looked_up = None if caught_up else {}
        return self._index.revision()

    def documents(self) -> int:
        """How many documents have at least one passage in the index."""
        return self._index.documents()

    def _stands(self, passage: Passage, looked_up: dict[str, Document | None]) -> bool:
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
