"""In-memory search over given documents: ad-hoc corpora, the command line, tests."""

import hashlib
import json
from collections.abc import Iterable

import tantivy

from factcheck.evidence import Candidate, Document
from factcheck.json_mapping import to_json
from factcheck.near_duplicates import with_stories
from factcheck.ports import PassageQuery
from factcheck.search.index_query import count_documents, rank
from factcheck.search.schema import index_entries, register, schema

_HEAP_BYTES = 15_000_000  # tantivy's minimum; a hundred documents need far less


class MemorySearch:
    """An immutable in-memory `PassageSearch`. Of documents with the same id the last one counts."""

    def __init__(self, documents: Iterable[Document]) -> None:
        latest = {document.id: document for document in documents}
        self._revision = _digest(latest)
        self._searcher = _build(with_stories(latest.values()))
        self._documents = count_documents(self._searcher)

    def search(self, query: PassageQuery) -> list[Candidate]:
        """At most `query.limit` passages, best first."""
        return rank(self._searcher, query)

    def revision(self) -> str:
        """Digest of the documents, independent of their order."""
        return self._revision

    def documents(self) -> int:
        """Number of documents that `search` sees."""
        return self._documents


def _build(documents: Iterable[Document]) -> tantivy.Searcher:
    index = register(tantivy.Index(schema()))
    index.config_reader(reload_policy="manual")
    writer = index.writer(heap_size=_HEAP_BYTES, num_threads=1)
    for document in documents:
        for entry in index_entries(document):
            writer.add_document(entry)
    writer.commit()
    index.reload()
    return index.searcher()


def _digest(documents: dict[str, Document]) -> str:
    digest = hashlib.sha256()
    for document_id in sorted(documents):
        digest.update(json.dumps(to_json(documents[document_id])).encode())
    return f"memory-{digest.hexdigest()[:16]}"
