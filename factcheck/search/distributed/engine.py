"""What the distributed engine holds and answers, in terms of its own; `factcheck.search.distributed.redis_engine` speaks them to Redis.

An index there is a generation: a rebuild fills a new one while readers use the old one, then names the new one. Every
write of a document carries the change's position, and an older one never replaces a newer one. So two indexers that
both believe to be the only one do no harm, and a write that comes late cannot bring a deleted document back.
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
"""The second number must grow with any change of this file's entries."""

_COMPRESSION = 1


@dataclass(frozen=True, slots=True)
class EngineState:
    """The generation in use, and up to which change it has come."""

    generation: str
    position: CorpusVersion


@dataclass(frozen=True, slots=True)
class EngineEntry:
    """One passage. `day` counts from the year 1; `source` is a number that stands for it: a filter on tags would change scores."""

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
    """A passage that was found, and the words it was found by."""

    words: tuple[str, ...]
    record: bytes


@dataclass(frozen=True, slots=True)
class Frequencies:
    """Of words among `passages`."""

    passages: int
    of: Mapping[str, int]


class EngineReader(Protocol):
    """Raises `IndexUnavailable`."""

    def state(self) -> EngineState | None:
        """None where there is no whole index of our layout."""

    def find(self, generation: str, query: EngineQuery) -> list[EngineHit]:
        """The best by the engine's own score, best first."""

    def frequencies(self, generation: str, words: Sequence[str]) -> Frequencies:
        """In how many passages each word stands. Takes time where one stands in many."""

    def count(self, generation: str) -> int:
        """How many documents have at least one passage there."""


@dataclass(frozen=True, slots=True)
class EngineWrite:
    """All passages of one document as of one change; none: it is gone."""

    document_id: str
    position: CorpusVersion
    entries: tuple[EngineEntry, ...]


class EngineLead(Protocol):
    """Who feeds the engine. Raises `StoreUnavailable`."""

    def leads(self, holder: str) -> bool:
        """True for one holder at a time, for some seconds; ask again before they are over."""

    def resign(self, holder: str) -> None:
        """Another one may lead at once."""


class EngineWriter(EngineLead, Protocol):
    """Raises `StoreUnavailable`."""

    def begin(self) -> str:
        """A new, empty generation."""

    def write(self, generation: str, writes: Sequence[EngineWrite]) -> None:
        """Each document whole or not at all; what is older than what is there is left out."""

    def commit(self, state: EngineState, former: EngineState | None) -> bool:
        """From now on this is the state; None for `former`: a new generation takes over, and all others are dropped.

        False where the state is not `former` any more, or where the server that a generation was begun on was restarted
        meanwhile: then it may lack what was written.
        """


def engine_write(document_id: str, document: Document | None, position: CorpusVersion) -> EngineWrite:
    """What the engine holds of a document: nothing where it is gone or retracted."""
    gone = document is None or document.retracted
    return EngineWrite(document_id, position, () if gone or document is None else tuple(_entries(document)))


def _entries(document: Document) -> Iterator[EngineEntry]:
    day, title = day_of(document.published_at), terms(document.title)
    source = source_number(document.source) if document.source else None
    for passage in split_passages(document):
        yield EngineEntry(
            words=(*terms(passage.text), *(title if passage.span.field is Field.TEXT else ())),
            source=source,
            day=day.toordinal() if day else None,
            record=zlib.compress(passage_to_bytes(passage), _COMPRESSION),
        )


def record_bytes(record: bytes) -> bytes:
    """The passage's bytes out of an entry's record."""
    return zlib.decompress(record)


def source_number(source: str) -> int:
    """52 bits that stand for a source, without regard to case or surrounding white space: exact in a double."""
    return int(hashlib.sha256(source_term(source).encode()).hexdigest()[:13], 16)


def days_between(first: str | None, last: str | None) -> tuple[int, int] | None:
    """ISO days → ordinals; None where neither is given."""
    if not first and not last:
        return None
    low = date.fromisoformat(first).toordinal() if first else 0
    return low, date.fromisoformat(last).toordinal() if last else date.max.toordinal()
