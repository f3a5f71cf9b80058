"""Reading request bodies: media type, UTF-8, JSON. All that is wrong with them is said here, none of it is a 500."""

import json
from typing import Any, NoReturn

from flask import Request, Response
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from factcheck.errors import Detail

JSON = "application/json"
NDJSON = "application/x-ndjson"
_NDJSON_NAMES = {NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines"}
_UTF8_NAMES = {"utf-8", "utf8", "us-ascii"}


class MalformedBody(BadRequest):
    """The body is not JSON in UTF-8. `details` says where."""

    def __init__(self, fault: str) -> None:
        super().__init__(f"The body cannot be read as JSON: {fault}")
        self.details = [Detail("", fault)]


def is_ndjson(request: Request) -> bool:
    """True where the request says that each line of its body is a JSON text of its own."""
    return request.mimetype in _NDJSON_NAMES


def read_json(request: Request) -> Any:
    """The body's JSON. Raises 415 for another media type or character set, 400 for what is no JSON, 413 for too much."""
    is_json = request.mimetype == JSON or request.mimetype.endswith("+json")
    require_media_type(request, is_json, JSON)
    return parse_json(read_body(request))


def read_body(request: Request) -> bytes:
    """The whole body. Raises 413 where it is too large, even if its length was not announced."""
    body = request.get_data(cache=True)
    limit_bytes = request.max_content_length
    # werkzeug cuts a chunked body off at the limit without a word
    if request.content_length is None and limit_bytes is not None and len(body) >= limit_bytes:
        raise RequestEntityTooLarge()
    return body


def require_media_type(request: Request, fits: bool, wanted: str) -> None:
    """Raises 415 where the media type does not fit or names a character set that is not UTF-8."""
    if not fits:
        said = repr(request.mimetype[:80]) if request.mimetype else "no media type"
        raise UnsupportedMediaType(f"Send the body as {wanted}; the request says {said}.")
    charset = request.mimetype_params.get("charset", "utf-8").lower()
    if charset not in _UTF8_NAMES:
        raise UnsupportedMediaType(f"Send the body in UTF-8; the request says {charset[:40]!r}.")


def parse_json(raw: bytes) -> Any:
    """JSON in UTF-8, with or without a byte order mark; raises `MalformedBody`."""
    try:
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise MalformedBody(f"byte {error.start} is not UTF-8") from None
    except json.JSONDecodeError as error:
        raise MalformedBody(f"{error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise MalformedBody("it is nested too deeply") from None
    except ValueError:  # an integer of thousands of digits
        raise MalformedBody("it holds a number that is too long") from None


def _refuse_constant(name: str) -> NoReturn:
    raise json.JSONDecodeError(f"{name} is no JSON", "", 0)


def write_json(body: object) -> bytes:
    """Compact JSON in UTF-8; escaped where the text is not Unicode, as old records may be."""
    try:
        return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        return json.dumps(body, separators=(",", ":")).encode()


def json_response(body: object, status: int = 200) -> Response:
    """A response whose body is JSON."""
    return Response(write_json(body), status, content_type=JSON)
