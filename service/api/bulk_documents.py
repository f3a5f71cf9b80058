"""Many documents in one request: NDJSON in, one outcome a line out, each as soon as it can safely be sent."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from werkzeug.exceptions import ClientDisconnected

from factcheck.errors import Detail, FactcheckError, InvalidInput, StoreUnavailable
from factcheck.evidence import Document
from factcheck.settings import Settings
from service.api.request_mapping import document_from
from service.api.request_schemas import DOCUMENT
from service.http.ndjson import BodyLine, read_lines
from service.http.problems import problem_body
from service.http.request_body import MalformedBody, parse_json, write_json
from service.http.validation_errors import load

EAGER_BYTES = 65_536
_SPOOL_BYTES = 1_000_000

_TOGETHER = 200

Store: TypeAlias = Callable[[Sequence[Document]], list[bool]]
"""`DocumentBulk.put_many`."""

Outcome: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, read: its document, or what is wrong with it. `id` as the client wrote it, None where it wrote none."""

    line: int
    id: str | None
    document: Document | None
    error: FactcheckError | None


def outcomes(stream: IO[bytes], store: Store, settings: Settings) -> Iterator[bytes]:
    """The answer's bytes.

    A client that sends all before it reads anything would wait for us while we wait for it, once the buffers between us
    are full. So only the first outcomes, which fit into any buffer, go out while the body comes in; the others are kept
    (on disk where they are many) until it is all here.
    """
    sent = 0
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as kept:
        for outcome in _store_each(stream, store, settings):
            answer = write_json(outcome) + b"\n"
            if sent + len(answer) <= EAGER_BYTES:
                sent += len(answer)
                yield answer
            else:
                sent = EAGER_BYTES
                kept.write(answer)
        kept.seek(0)
        yield from kept


def _store_each(stream: IO[bytes], store: Store, settings: Settings) -> Iterator[Outcome]:
    """Outcomes in the order of the lines. Once the store is away, the rest is told so without asking it again."""
    away: StoreUnavailable | None = None
    try:
        for lines in read_lines(stream, settings.body_limit_bytes):
            for start in range(0, len(lines), _TOGETHER):
                read = [_read(line, settings) for line in lines[start : start + _TOGETHER]]
                try:
                    if away:
                        raise away
                    yield from _store_together(read, store)
                except StoreUnavailable as error:
                    away = error
                    yield from (_refusal(entry, error) for entry in read)
    except (ClientDisconnected, OSError):  # it left in mid-line: what came whole is stored, and nobody listens any more
        return


def _store_together(read: list[Entry], store: Store) -> Iterator[Outcome]:
    news = iter(store([entry.document for entry in read if entry.document]))
    for entry in read:
        if entry.document is None:
            yield _refusal(entry, None)
        else:
            yield {"line": entry.line, "id": entry.id, "status": 201 if next(news) else 200}


def _read(line: BodyLine, settings: Settings) -> Entry:
    document_id: str | None = None
    try:
        raw = _parsed(line, settings)
        document_id = _told_id(raw)
        return Entry(line.number, document_id, document_from(load(DOCUMENT, raw), settings), None)
    except FactcheckError as error:
        return Entry(line.number, document_id, None, error)


def _parsed(line: BodyLine, settings: Settings) -> Any:
    if line.text is None:
        raise InvalidInput([Detail("", f"the line has more than {settings.body_limit_bytes:,} bytes")])
    try:
        return parse_json(line.text)
    except MalformedBody as error:
        raise InvalidInput(error.details) from None


def _refusal(entry: Entry, away: FactcheckError | None) -> Outcome:
    """What is wrong with the line itself; else that it could not be stored."""
    problem = problem_body(entry.error or away or FactcheckError())
    return {"line": entry.line, "id": entry.id, "status": problem["status"], "error": problem}


def _told_id(raw: object) -> str | None:
    """The id as the client wrote it, so that it can be found again; None where there is none to speak of."""
    told = raw.get("id") if isinstance(raw, dict) else None
    return told[:512] if isinstance(told, str) else None
