"""Search of the archive without one of its reports: for checking the archive against itself."""

from dataclasses import replace

from factcheck.check import OtherDocuments
from factcheck.evidence import Candidate, Passage
from factcheck.ports import PassageQuery, PassageSearch
from factcheck.publication_date import is_after

_MORE = 4
_MOST = 1_000


class OtherDocumentsSearch:
    """A `PassageSearch` that finds only passages of `others`.

    A report's own sentences match its claims best of all, so more are asked for until enough others are found.
    """

    def __init__(self, corpus: PassageSearch, others: OtherDocuments) -> None:
        self._corpus = corpus
        self._others = others

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first."""
        asked = query.limit * 2
        while True:
            found = self._corpus.search(replace(query, limit=asked))
            kept = [candidate for candidate in found if self._is_other(candidate.passage)]
            if len(kept) >= query.limit or len(found) < asked or asked >= _MOST:
                return kept[: query.limit]
            asked = min(asked * _MORE, _MOST)

    def revision(self) -> str:
        """That of the archive."""
        return self._corpus.revision()

    def documents(self) -> int:
        """Those of the archive."""
        return self._corpus.documents()

    def _is_other(self, passage: Passage) -> bool:
        if passage.document.id == self._others.document_id or passage.story == self._others.story:
            return False
        return not is_after(self._others.since, passage.document.published_at)
