"""Bulk storage of documents: NDJSON in, one outcome per line out, streamed."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, Any, TypeAlias

from werkzeug.exceptions import ClientDisconnected

from factcheck.errors import FactcheckError, InvalidInput, InvalidInputDetail, StoreUnavailable
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

_BATCH_SIZE = 200

Store: TypeAlias = Callable[[Sequence[Document]], list[bool]]
"""`BulkDocumentStore.put_many`: True for each document whose id is new."""

Outcome: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ParsedLine:
    """One parsed line: a document or an error. `id` is the id the client sent, None if there is none."""

    line: int
    id: str | None
    document: Document | None
    error: FactcheckError | None


def outcomes(stream: IO[bytes], store: Store, settings: Settings) -> Iterator[bytes]:
    """The bytes of the answer.

    Avoids a deadlock with clients that send the whole body before they read: once the socket buffers are full, both
    sides would wait for each other. So at most `EAGER_BYTES` are sent while the body arrives. The rest is spooled, on
    disk beyond 1 MB, until the body is complete.
    """
    sent = 0
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as spooled:
        for outcome in _store_each(stream, store, settings):
            answer = write_json(outcome) + b"\n"
            if sent + len(answer) <= EAGER_BYTES:
                sent += len(answer)
                yield answer
            else:
                sent = EAGER_BYTES
                spooled.write(answer)
        spooled.seek(0)
        yield from spooled


def _store_each(stream: IO[bytes], store: Store, settings: Settings) -> Iterator[Outcome]:
    """Outcomes in line order. After the first `StoreUnavailable`, the other lines fail without another attempt."""
    outage: StoreUnavailable | None = None
    try:
        for lines in read_lines(stream, settings.body_limit_bytes):
            for start in range(0, len(lines), _BATCH_SIZE):
                read = [_read(line, settings) for line in lines[start : start + _BATCH_SIZE]]
                try:
                    if outage:
                        raise outage
                    yield from _store_together(read, store)
                except StoreUnavailable as error:
                    outage = error
                    yield from (_failed_outcome(entry, error) for entry in read)
    except (ClientDisconnected, OSError):  # client disconnected: complete lines are stored, nobody reads the answer
        return


def _store_together(read: list[ParsedLine], store: Store) -> Iterator[Outcome]:
    created = iter(store([entry.document for entry in read if entry.document]))
    for entry in read:
        if entry.document is None:
            yield _failed_outcome(entry, None)
        else:
            yield {"line": entry.line, "id": entry.id, "status": 201 if next(created) else 200}


def _read(line: BodyLine, settings: Settings) -> ParsedLine:
    document_id: str | None = None
    try:
        raw = _parsed(line, settings)
        document_id = _client_id(raw)
        return ParsedLine(line.number, document_id, document_from(load(DOCUMENT, raw), settings), None)
    except FactcheckError as error:
        return ParsedLine(line.number, document_id, None, error)


def _parsed(line: BodyLine, settings: Settings) -> Any:
    if line.text is None:
        raise InvalidInput([InvalidInputDetail("", f"the line has more than {settings.body_limit_bytes:,} bytes")])
    try:
        return parse_json(line.text)
    except MalformedBody as error:
        raise InvalidInput(error.details) from None


def _failed_outcome(entry: ParsedLine, outage: FactcheckError | None) -> Outcome:
    """The line's own error if it has one, otherwise the outage."""
    problem = problem_body(entry.error or outage or FactcheckError())
    return {"line": entry.line, "id": entry.id, "status": problem["status"], "error": problem}


def _client_id(raw: object) -> str | None:
    """The id as sent, cut to 512 characters; None if it is missing or not a string."""
    sent_id = raw.get("id") if isinstance(raw, dict) else None
    return sent_id[:512] if isinstance(sent_id, str) else None
