"""Position of the index: the corpus version up to which it is current, stored in the index itself and therefore crash-safe."""

import json

import tantivy

from factcheck.corpus_version import CorpusVersion
from factcheck.search.schema import LAYOUT, STATE, schema


def write_state(writer: tantivy.IndexWriter, position: CorpusVersion) -> None:
    """Replaces the position, with effect from the next commit."""
    writer.delete_documents_by_term("kind", STATE)
    entry = tantivy.Document()
    entry.add_text("kind", STATE)
    entry.add_bytes("record", json.dumps({"layout": LAYOUT, "position": str(position)}).encode())
    writer.add_document(entry)


def read_state(searcher: tantivy.Searcher) -> CorpusVersion | None:
    """The stored corpus version; None if the index has no position, or one of another layout: it must be rebuilt."""
    hits = searcher.search(tantivy.Query.term_query(schema(), "kind", STATE, "basic"), limit=1).hits
    if not hits:
        return None
    raw = json.loads(searcher.doc(hits[0][1])["record"][0])
    return CorpusVersion.parse(raw["position"]) if raw.get("layout") == LAYOUT else None
