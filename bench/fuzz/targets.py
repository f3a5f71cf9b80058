"""What is fuzzed: everything that reads what strangers wrote. Each target takes bytes and raises nothing but its own refusals."""

import gzip
import io
import json
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeAlias

from flask import Request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder

from factcheck.article import Format
from factcheck.client_transport import read_events
from factcheck.errors import FactcheckError, UnreadableSource
from factcheck.ingest.html import page_report
from factcheck.ingest.path_documents import document_from_object, open_archive
from factcheck.ingest.raw_documents import RejectedDocument
from factcheck.publication_date import parse_published
from factcheck.search.text_analysis import terms
from factcheck.sentences import split_sentences
from factcheck.webhook_addresses import parse_reach
from factcheck.webhook_signatures import parse_secret, verified
from service.api.request_schemas import CHECK_REQUEST, DOCUMENT
from service.formats.csv_report import guarded
from service.http.ndjson import read_lines
from service.http.request_body import MalformedBody, parse_json
from service.http.validation_errors import load
from service.http.wait_slots import preferred_wait_s
from service.http.yaml_text import to_yaml
from service.languagetool.request import read_request
from worker.dimensions.quantities.find import find_quantities
from worker.dimensions.quotes.find import find_quotes
from worker.dimensions.times.find import find_times
from worker.text.markup import read_article

Target: TypeAlias = Callable[[bytes], object]


def text_of(raw: bytes) -> str:
    """Any text, lone surrogates included."""
    return raw.decode("utf-8", "surrogatepass") if _is_utf8(raw) else raw.decode("latin-1")


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def sentences(raw: bytes) -> None:
    """In order, without overlap, within the text."""
    text, last = text_of(raw), 0
    for start, end in split_sentences(text):
        assert last <= start < end <= len(text)
        last = end


def article(form: Format) -> Target:
    """Each character knows where it stood."""

    def target(raw: bytes) -> None:
        source = text_of(raw)
        readable = read_article(source, form)
        assert len(readable.offsets) == len(readable.text) + 1
        assert all(a <= b for a, b in zip(readable.offsets, readable.offsets[1:], strict=False))

    return target


def times(raw: bytes) -> None:
    """Values stand in the text."""
    text = text_of(raw)[:1_000]
    for value in find_times(text, None):
        assert 0 <= value.start < value.end <= len(text)


def quantities(raw: bytes) -> None:
    """Values stand in the text."""
    text = text_of(raw)[:1_000]
    for value in find_quantities(text):
        assert 0 <= value.start < value.end <= len(text)


def quotes(raw: bytes) -> None:
    """Quotations stand in the text."""
    text = text_of(raw)[:1_000]
    for quote in find_quotes(text):
        assert 0 <= quote.start <= quote.end <= len(text)


def body(raw: bytes) -> None:
    """JSON of an order, or a refusal."""
    load(CHECK_REQUEST, parse_json(raw))


def lines(raw: bytes) -> None:
    """Documents, line by line."""
    for batch in read_lines(io.BytesIO(raw), 1_000):
        for line in batch:
            if line.text is not None:
                load(DOCUMENT, parse_json(line.text))


def xml(raw: bytes) -> None:
    """Feeds, WordPress' exports, NITF and NewsML-G2: reports, or a refusal of the file or of one report."""
    file(".xml")(raw)


def item(raw: bytes) -> None:
    """Documents and ninjs as JSON objects."""
    _document(json.loads(raw))


def _document(row: object) -> None:
    try:
        document_from_object(row, "f")
    except UnreadableSource:
        return


def file(suffix: str) -> Target:
    """A whole file of the corpus, of that kind."""

    def target(raw: bytes) -> None:
        with tempfile.TemporaryDirectory(prefix="fc-fuzz-", dir=_FAST) as folder:
            path = Path(folder) / f"f{suffix}"
            path.write_bytes(raw)
            for outcome in open_archive(path, None).outcomes():
                assert isinstance(outcome, RejectedDocument) or outcome.document.text.strip()

    return target


def packed(raw: bytes) -> None:
    """Lines in gzip: whole ones, and what calls itself so."""
    file(".jsonl.gz")(gzip.compress(raw, 1) if raw[:1] != b"\x1f" else raw)


def editor(raw: bytes) -> None:
    """What an editor sends: a form, or JSON that calls itself one."""
    kind = "multipart/form-data; boundary=x" if raw[:2] == b"--" else "application/x-www-form-urlencoded"
    environ = EnvironBuilder("/v2/check", method="POST", data=raw, content_type=kind).get_environ()
    wanted = read_request(Request(environ), 10_000)
    assert len(wanted.text.sent) <= 10_000


def stream(raw: bytes) -> None:
    """Server-sent events, as our client reads them; what is none it says by `ValueError`."""
    with suppress(ValueError):
        for _ in read_events(raw.splitlines(keepends=True)):
            pass


def settings(raw: bytes) -> None:
    """A callback's secret, and whom a callback may reach."""
    text = text_of(raw)
    parse_reach(text)
    parse_secret(text)


def yaml(raw: bytes) -> None:
    """What JSON says, said as YAML."""
    to_yaml({"x": json.loads(raw)})


_FAST = "/dev/shm" if Path("/dev/shm").is_dir() else None
REFUSALS = (
    FactcheckError,
    HTTPException,
    MalformedBody,
    ValidationError,
    json.JSONDecodeError,
    UnicodeDecodeError,
    RecursionError,
)
TARGETS: dict[str, Target] = {
    "sentences": sentences,
    "html": article(Format.HTML),
    "markdown": article(Format.MARKDOWN),
    "times": times,
    "quantities": quantities,
    "quotes": quotes,
    "webpage": lambda raw: page_report(text_of(raw), "d"),
    "terms": lambda raw: terms(text_of(raw)),
    "body": body,
    "lines": lines,
    "prefer": lambda raw: preferred_wait_s(text_of(raw)),
    "published": lambda raw: parse_published(text_of(raw), "/published_at"),
    "webhook": lambda raw: verified(
        b"k" * 32,
        dict(zip(("webhook-id", "webhook-timestamp", "webhook-signature"), text_of(raw).split("\n"), strict=False)),
        raw,
        1_517_302_800,
    ),
    "xml": xml,
    "item": item,
    "text file": file(".md"),
    "page file": file(".html"),
    "json file": file(".json"),
    "packed file": packed,
    "editor": editor,
    "stream": stream,
    "settings": settings,
    "cell": lambda raw: guarded(text_of(raw)),
    "yaml": yaml,
}
