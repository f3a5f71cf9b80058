"""What is fuzzed: everything that reads what strangers wrote. Each target takes bytes and raises nothing but its own refusals."""

import io
import json
from collections.abc import Callable
from typing import TypeAlias

from marshmallow import ValidationError

from factcheck.article import Format
from factcheck.dateline import parse_published
from factcheck.errors import FactcheckError
from factcheck.search.analysis import terms
from factcheck.search.webpage import read_webpage
from factcheck.sentences import split_sentences
from factcheck.webhooks import verified
from service.bodies import MalformedBody, parse_json
from service.faults import load
from service.lines import read_lines
from service.schemas import DOCUMENT, ORDER
from service.shapes.table import guarded
from service.waiting import preferred_wait_s
from service.yaml_text import to_yaml
from worker.reading import read_article
from worker.values.quantities import find_quantities
from worker.values.quotes import find_quotes
from worker.values.timex.find import find_times

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
    load(ORDER, parse_json(raw))


def lines(raw: bytes) -> None:
    """Documents, line by line."""
    for batch in read_lines(io.BytesIO(raw), 1_000):
        for line in batch:
            if line.text is not None:
                load(DOCUMENT, parse_json(line.text))


def yaml(raw: bytes) -> None:
    """What JSON says, said as YAML."""
    to_yaml({"x": json.loads(raw)})


REFUSALS = (FactcheckError, MalformedBody, ValidationError, json.JSONDecodeError, UnicodeDecodeError, RecursionError)
TARGETS: dict[str, Target] = {
    "sentences": sentences,
    "html": article(Format.HTML),
    "markdown": article(Format.MARKDOWN),
    "times": times,
    "quantities": quantities,
    "quotes": quotes,
    "webpage": lambda raw: read_webpage("d", text_of(raw)),
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
    "cell": lambda raw: guarded(text_of(raw)),
    "yaml": yaml,
}
