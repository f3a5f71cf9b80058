"""The stored corpus as a check must see it: with every change whose acknowledgement came before the check began."""

from factcheck.evidence import Candidate
from factcheck.ports import Changelog, IndexedSearch, PassageQuery


class FreshSearch:
    """A `PassageSearch` that a check opens by asking for the `revision`, which waits for the index to catch up.

    So a document that was deleted or retracted before is never evidence. Where the index does not catch up within
    `patience_s`, the check goes on with what there is; the report names the revision that it saw.
    """

    def __init__(self, index: IndexedSearch, changelog: Changelog, patience_s: float) -> None:
        self._index = index
        self._changelog = changelog
        self._patience_s = patience_s

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first."""
        return self._index.search(query)

    def revision(self) -> str:
        """Of the caught-up index. Raises `StoreUnavailable`, `IndexUnavailable`."""
        self._index.wait_for(self._changelog.position(), self._patience_s)
        return self._index.revision()

    def documents(self) -> int:
        """How many documents have at least one passage in the index."""
        return self._index.documents()
