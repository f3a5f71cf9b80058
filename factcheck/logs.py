"""JSON lines through the standard library's logging: ids, steps, milliseconds and counts; never article text or API keys."""

import json
import logging
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from factcheck.errors import FactcheckError, InvalidInput
from factcheck.timestamps import timestamp

_MESSAGE_LIMIT_CHARS = 300
_FRAMES = 30
# The messages of these types describe code and machines. Any other message may quote a draft, and is not logged.
_ABOUT_CODE = (AttributeError, ImportError, OSError, TypeError, FactcheckError)
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}

_noted: ContextVar[Mapping[str, object]] = ContextVar("noted", default={})  # noqa: B039 # never changed in place


def note(**facts: object) -> None:
    """Adds facts, such as `check_id`, to every later line of this request or job."""
    _noted.set({**_noted.get(), **facts})


def forget() -> None:
    """Clears the facts. Called at the start of a request or job, since a thread may have served another one before."""
    _noted.set({})


@contextmanager
def noting(**facts: object) -> Iterator[None]:
    """Adds facts to each line inside the block. On exit, restores the facts from before the block."""
    token = _noted.set({**_noted.get(), **facts})
    try:
        yield
    finally:
        _noted.reset(token)


def noted() -> Mapping[str, object]:
    """The facts that each line carries now."""
    return _noted.get()


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, event, then the facts passed as `extra`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line. ASCII only, so that no text can break a line or forge one."""
        return json.dumps(facts_of(record), default=str)


class TextFormatter(logging.Formatter):
    """The same facts as text: time, level, event, facts."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or several lines where there is a traceback."""
        facts = facts_of(record)
        head = " ".join(str(facts.pop(name)) for name in ("time", "level", "logger", "event"))
        return " ".join([head, *(f"{name}={json.dumps(value, default=str)}" for name, value in facts.items())])


def facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """All facts of a record, in output order."""
    facts: dict[str, Any] = {
        "time": timestamp(record.created),
        "level": record.levelname.lower(),
        "logger": record.name,
        "event": record.getMessage()[:_MESSAGE_LIMIT_CHARS],
        **noted(),
        **{name: value for name, value in vars(record).items() if name not in _STANDARD},
    }
    if record.exc_info and record.exc_info[1] is not None:
        facts.update(_failure(record.exc_info[1]))
    return facts


def _failure(error: BaseException) -> dict[str, Any]:
    """Type and location of an error, without local values."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    facts = {
        "error": type(error).__name__,
        "trace": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
    if isinstance(error, _ABOUT_CODE) and not isinstance(error, InvalidInput):
        facts["reason"] = str(error)[:_MESSAGE_LIMIT_CHARS]
    return facts


def config(level: str, form: str) -> dict[str, Any]:
    """Argument of `logging.config.dictConfig`: everything to standard error, as `form` says: `json` or `text`."""
    formatter = {"json": JsonFormatter, "text": TextFormatter}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": formatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"level": level, "handlers": ["stderr"]},
    }
