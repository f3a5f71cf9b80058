"""Converts marshmallow errors to details with JSON pointers (RFC 6901)."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from factcheck.errors import InvalidInput, InvalidInputDetail

_WHOLE = "_schema"


def load(schema: Schema, raw: Any, pointer: str = "") -> dict[str, Any]:
    """`raw` loaded by the schema. Raises `InvalidInput`, whose pointers begin with `pointer`."""
    try:
        loaded: dict[str, Any] = schema.load(raw)
        return loaded
    except ValidationError as error:
        raise invalid(error.messages, pointer) from None


def invalid(messages: Any, pointer: str) -> InvalidInput:
    """An error with all of marshmallow's messages."""
    return InvalidInput(list(details(messages, pointer)))


def details(messages: Any, pointer: str) -> Iterator[InvalidInputDetail]:
    """Flattens nested messages.

    >>> list(details({"article": {"text": ["Too long."]}}, ""))
    [InvalidInputDetail(pointer='/article/text', detail='Too long.')]
    """
    if isinstance(messages, Mapping):
        for member, inner in messages.items():
            yield from details(inner, pointer if member == _WHOLE else f"{pointer}/{_escaped(str(member))}")
    elif isinstance(messages, list):
        for inner in messages:
            yield from details(inner, pointer)
    else:
        yield InvalidInputDetail(pointer, str(messages))


def _escaped(member: str) -> str:
    """A reference token of RFC 6901."""
    return member.replace("~", "~0").replace("/", "~1")
