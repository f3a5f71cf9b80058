"""Log lines: JSON, with ids, without anybody's words."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from factcheck import logs
from factcheck.errors import InvalidInput, InvalidInputDetail, StoreUnavailable

MARKER = "a line of a confidential draft"


@pytest.fixture
def log() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    sink = io.StringIO()
    handler = logging.StreamHandler(sink)
    handler.setFormatter(logs.JsonFormatter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logs.forget()
    yield logger, sink
    logs.forget()


def line(sink: io.StringIO) -> Any:
    return json.loads(sink.getvalue())


def test_a_line_is_one_json_object_with_its_facts(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, sink = log
    logger.info("step done", extra={"step": "claims", "ms": 12})
    told = line(sink)
    assert told["level"] == "info"
    assert (told["event"], told["step"], told["ms"]) == ("step done", "claims", 12)
    assert told["time"].endswith("Z")


def test_what_was_noted_is_on_each_line_until_it_is_forgotten(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, sink = log
    with logs.noting(check_id="c1"):
        logs.note(step="claims")
        logger.info("a")
    assert (line(sink)["check_id"], line(sink)["step"]) == ("c1", "claims")
    assert logs.noted() == {}


def test_no_text_breaks_or_forges_a_line(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, sink = log
    logger.info('a\n{"level": "forged"}\u2028', extra={"route": "\ud800\n"})
    assert len(sink.getvalue().splitlines()) == 1


@pytest.mark.parametrize(
    "error", [ValueError(MARKER), KeyError(MARKER), InvalidInput([InvalidInputDetail("/a", MARKER)])]
)
def test_an_error_that_may_quote_a_draft_tells_its_type_and_place_only(
    log: tuple[logging.Logger, io.StringIO], error: Exception
) -> None:
    logger, sink = log
    try:
        raise error
    except Exception:
        logger.exception("failed")
    assert MARKER not in sink.getvalue()
    assert line(sink)["error"] == type(error).__name__
    assert "test_logs.py" in line(sink)["trace"][-1]


def test_an_error_about_machines_tells_its_reason(log: tuple[logging.Logger, io.StringIO]) -> None:
    logger, sink = log
    try:
        raise StoreUnavailable("Redis does not answer")
    except StoreUnavailable:
        logger.exception("failed")
    assert line(sink)["reason"] == "Redis does not answer"


def test_people_read_the_same_facts_as_text() -> None:
    record = logging.makeLogRecord({"msg": "step done", "levelname": "INFO", "name": "test", "ms": 12})
    assert logs.TextFormatter().format(record).endswith("info test step done ms=12")
