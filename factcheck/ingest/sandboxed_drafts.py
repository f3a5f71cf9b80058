"""Reads a draft in a process of its own, bounded in time, memory and number: a file from outside may be made to harm its reader."""

import json
import resource
import subprocess
import sys
from threading import BoundedSemaphore

from factcheck.article import Article
from factcheck.errors import ArticleTooLong, Busy, FactcheckError, InvalidInput, InvalidInputDetail, UnreadableSource
from factcheck.ingest.drafts import Draft, read_draft
from factcheck.json_mapping import from_json, to_json

_TIME_LIMIT_S = 60
_MEMORY_LIMIT_BYTES = 2 * 1024**3
_READERS = BoundedSemaphore(2)
_QUEUE_LIMIT_S = 20
_QUICK = (".txt", ".text", ".md", ".markdown", ".json")


def read_draft_apart(name: str, raw: bytes, limit_chars: int, *, as_words: bool = False) -> Draft:
    """`read_draft`; what has to be parsed, in another process. Raises the same, `UnreadableSource` at a limit, `Busy`."""
    if name.lower().endswith(_QUICK):
        return read_draft(name, raw, limit_chars, as_words=as_words)
    command = [sys.executable, "-m", __name__, name, str(limit_chars), "words" if as_words else ""]
    if not _READERS.acquire(timeout=_QUEUE_LIMIT_S):
        raise Busy(_QUEUE_LIMIT_S)
    try:
        answer = subprocess.run(command, input=raw, capture_output=True, timeout=_TIME_LIMIT_S)
    except subprocess.TimeoutExpired:
        raise UnreadableSource(f"{name} takes more than {_TIME_LIMIT_S} s to read; save its text alone") from None
    finally:
        _READERS.release()
    if answer.returncode or not answer.stdout:
        raise UnreadableSource(f"{name} is damaged, or needs too much memory to read; save its text alone")
    return _draft_from(json.loads(answer.stdout))


def _draft_from(answer: dict[str, object]) -> Draft:
    fault, value = answer.get("fault"), answer["value"]
    if fault == "InvalidInput":
        assert isinstance(value, list)
        raise InvalidInput([InvalidInputDetail(*detail) for detail in value])
    if fault == "ArticleTooLong":
        assert isinstance(value, list)
        raise ArticleTooLong(*value)
    if fault:
        raise UnreadableSource(str(value))
    assert isinstance(value, dict)
    return Draft(from_json(Article, value["article"]), value["dated_by"], tuple(value["notes"]))


def _main(name: str, limit_chars: str, words: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_LIMIT_BYTES, _MEMORY_LIMIT_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_TIME_LIMIT_S, _TIME_LIMIT_S))
    raw = sys.stdin.buffer.read()
    try:
        draft = read_draft(name, raw, int(limit_chars), as_words=bool(words))
    except FactcheckError as error:
        json.dump({"fault": type(error).__name__, "value": _told(error)}, sys.stdout)
    else:
        value = {"article": to_json(draft.article), "dated_by": draft.dated_by, "notes": draft.notes}
        json.dump({"value": value}, sys.stdout)


def _told(error: FactcheckError) -> object:
    if isinstance(error, InvalidInput):
        return [[detail.pointer, detail.detail] for detail in error.details]
    if isinstance(error, ArticleTooLong):
        return [error.limit_chars, error.actual_chars]
    return str(error)


if __name__ == "__main__":
    _main(*sys.argv[1:])
