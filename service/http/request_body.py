"""Reads request bodies: media type, UTF-8, JSON. Any fault is a 4xx, never a 500."""

import json
from typing import Any, NoReturn

from flask import Request, Response
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from factcheck.errors import InvalidInputDetail

JSON = "application/json"
NDJSON = "application/x-ndjson"
_NDJSON_NAMES = {NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines"}
_UTF8_NAMES = {"utf-8", "utf8", "us-ascii"}


class MalformedBody(BadRequest):
    """The body is not JSON in UTF-8. `details` locates the fault."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"The body cannot be read as JSON: {fault}")
        self.details = [InvalidInputDetail("", fault)]


def is_ndjson(request: Request) -> bool:
    """True if the media type is one of the names of NDJSON."""
    return request.mimetype in _NDJSON_NAMES


def read_json(request: Request) -> Any:
    """The parsed body.

    Raises:
        UnsupportedMediaType: another media type or character set (415).
        MalformedBody: not JSON in UTF-8 (400).
        RequestEntityTooLarge: more than `FACTCHECK_BODY_LIMIT_BYTES` (413).
    """
    is_json = request.mimetype == JSON or request.mimetype.endswith("+json")
    require_media_type(request, is_json, JSON)
    return parse_json(read_body(request))


def read_body(request: Request) -> bytes:
    """The whole body. Raises `RequestEntityTooLarge`, also for bodies without `Content-Length`."""
    body = request.get_data(cache=True)
    limit_bytes = request.max_content_length
    # werkzeug silently truncates a chunked body at the limit
    if request.content_length is None and limit_bytes is not None and len(body) >= limit_bytes:
        raise RequestEntityTooLarge()
    return body


def require_media_type(request: Request, fits: bool, wanted: str) -> None:
    """Raises `UnsupportedMediaType` unless `fits` and the charset is UTF-8."""
    if not fits:
        said = repr(request.mimetype[:80]) if request.mimetype else "no media type"
        raise UnsupportedMediaType(f"Send the body as {wanted}; the request says {said}.")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in _UTF8_NAMES:
        raise UnsupportedMediaType(f"Send the body in UTF-8; the request says {charset[:40]!r}.")


def parse_json(raw: bytes) -> Any:
    """Parses JSON in UTF-8, with or without a byte order mark. Raises `MalformedBody`."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise MalformedBody(f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise MalformedBody(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise MalformedBody("it is nested too deeply") from None
    except ValueError:  # an integer of thousands of digits
        raise MalformedBody("it contains a number that is too long") from None


def _refuse_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is not JSON", "", 0)


def write_json(body: object) -> bytes:
    """Compact JSON in UTF-8. Escapes all non-ASCII if the text contains lone surrogates, as old records may."""
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()


def json_response(body: object, status: int = 200) -> Response:
    """A response whose body is JSON."""
    return Response(write_json(body), status, content_type=JSON)
