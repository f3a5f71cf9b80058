"""Interface and data types of the distributed engine. `factcheck.search.distributed.redis_engine` implements it on Redis.

An index is a generation. A rebuild fills a new generation while readers use the old one, then switches to it. Every
write of a document carries the position of the change, and an older write never replaces a newer one. Two indexers that
both act as the leader therefore do no harm, and a late write cannot restore a deleted document.
"""

import hashlib
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from factcheck.article import Field
from factcheck.corpus_version import CorpusVersion
from factcheck.evidence import Document
from factcheck.publication_date import day_of
from factcheck.search.passages import split_passages
from factcheck.search.schema import LAYOUT, passage_to_bytes, source_term
from factcheck.search.text_analysis import terms

ENGINE_LAYOUT = f"{LAYOUT}.1"
"""Version of the index. Increase the second number with every change of this file's entries."""

_COMPRESSION = 1


@dataclass(frozen=True, slots=True)
class EngineState:
    """The generation in use, and the corpus version that it has reached."""

    generation: str
    position: CorpusVersion


@dataclass(frozen=True, slots=True)
class EnginePassage:
    """One passage. `day` counts from the year 1. `source` is a number, since a filter on tags would change scores."""

    words: tuple[str, ...]
    source: int | None
    day: int | None
    record: bytes


@dataclass(frozen=True, slots=True)
class EngineQuery:
    """Passages with any of the words. Days are inclusive; `latest_day` lets documents without a date pass, `days` does not."""

    words: tuple[str, ...]
    sources_include: tuple[int, ...]
    sources_exclude: tuple[int, ...]
    days: tuple[int, int] | None
    latest_day: int | None
    limit: int


@dataclass(frozen=True, slots=True)
class EngineHit:
    """A passage found, and its words."""

    words: tuple[str, ...]
    record: bytes


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """Document frequencies of words, among `passages` passages."""

    passages: int
    of: Mapping[str, int]


class EngineReader(Protocol):
    """Read access to the engine.

    Raises: `IndexUnavailable`.
    """

    def state(self) -> EngineState | None:
        """The current state; None if there is no complete index of our layout."""

    def find(self, state: EngineState, query: EngineQuery) -> list[EngineHit]:
        """The best passages by the engine's own score, of an index that is not older than `state`."""

    def frequencies(self, generation: str, words: Sequence[str]) -> DocumentFrequencies:
        """In how many passages each word occurs. Slow for words that occur in many."""

    def count(self, generation: str) -> int:
        """Number of documents with at least one passage in the generation."""


@dataclass(frozen=True, slots=True)
class EngineWrite:
    """All passages of one document after one change; none where it was removed."""

    document_id: str
    position: CorpusVersion
    entries: tuple[EnginePassage, ...]


class EngineLeaderElection(Protocol):
    """Leader election among the indexers.

    Raises: `StoreUnavailable`.
    """

    def leads(self, holder: str) -> bool:
        """Acquires or renews the lease. True for one holder at a time; the lease lasts a few seconds."""

    def resign(self, holder: str) -> None:
        """Releases the lease."""


class EngineWriter(EngineLeaderElection, Protocol):
    """Write access to the engine.

    Raises: `StoreUnavailable`.
    """

    def begin(self) -> str:
        """Creates a new, empty generation."""

    def write(self, generation: str, writes: Sequence[EngineWrite]) -> None:
        """Writes each document completely or not at all. Ignores writes older than the stored version."""

    def commit(self, state: EngineState, former: EngineState | None) -> bool:
        """Makes `state` the current state. Where `former` is None, switches to a new generation and drops all others.

        False if the current state is not `former`. False also where the server restarted since the new generation was
        created, which may then be incomplete.
        """


def engine_write(document_id: str, document: Document | None, position: CorpusVersion) -> EngineWrite:
    """The engine's write for a document; without entries where it is removed or retracted."""
    removed = document is None or document.retracted
    return EngineWrite(document_id, position, () if removed or document is None else tuple(_entries(document)))


def _entries(document: Document) -> Iterator[EnginePassage]:
    day, title = day_of(document.published_at), terms(document.title)
    source = source_number(document.source) if document.source else None
    for passage in split_passages(document):
        yield EnginePassage(
            words=(*terms(passage.text), *(title if passage.span.field is Field.TEXT else ())),
            source=source,
            day=day.toordinal() if day else None,
            record=zlib.compress(passage_to_bytes(passage), _COMPRESSION),
        )


def record_bytes(record: bytes) -> bytes:
    """The passage's bytes from an entry's record."""
    return zlib.decompress(record)


def source_number(source: str) -> int:
    """Hash of a source in 52 bits, exact in a double. Ignores case and surrounding white space."""
    return int(hashlib.sha256(source_term(source).encode()).hexdigest()[:13], 16)


def days_between(first: str | None, last: str | None) -> tuple[int, int] | None:
    """ISO days → ordinals; None if neither is given."""
    if not first and not last:
        return None
    low = date.fromisoformat(first).toordinal() if first else 0
    return low, date.fromisoformat(last).toordinal() if last else date.max.toordinal()
