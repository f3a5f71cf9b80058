"""Strict marshmallow fields: no "yes" for true, no "5" for 5, no lone surrogates."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from marshmallow import ValidationError, fields, validate

from factcheck.errors import InvalidInput
from factcheck.publication_date import day_of, parse_published

Validator: TypeAlias = Callable[[Any], Any]

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*$"
ID = r"^(?!\s)(?!(?:search|\.|\.\.)$)[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f]$"
"""`printable` and `document_id` as regular expressions for openapi.yaml."""

_RESERVED_IDS = {"search", ".", ".."}
ID_LIMIT_BYTES = 512


class JsonString(fields.String):
    """A string of Unicode scalar values. Rejects lone surrogates, which JSON escapes can express."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text: str = super()._deserialize(value, attr, data, **kwargs)
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValidationError(f"Contains a lone surrogate at character {error.start}.") from None
        return text


class JsonDateTime(JsonString):
    """An ISO 8601 date or date-time, normalised."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return parse_published(text, "")
        except InvalidInput as error:
            raise ValidationError(error.details[0].detail) from None


class JsonDay(JsonDateTime):
    """The calendar day of an ISO 8601 date or date-time."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        return str(day_of(super()._deserialize(value, attr, data, **kwargs)))


class JsonBoolean(fields.Boolean):
    """`true` or `false`."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class JsonNumber(fields.Float):
    """A JSON number."""

    def _validated(self, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.make_error("invalid", input=value)
        return float(super()._validated(value))


class JsonInteger(fields.Integer):
    """A JSON number without a fraction: 5 or 5.0."""

    def _validated(self, value: Any) -> int:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole:
            raise self.make_error("invalid", input=value)
        return int(value)


class QueryInteger(fields.Integer):
    """A whole number in a query string: up to nine ASCII digits, no sign, no other form that `int` accepts."""

    def _validated(self, value: Any) -> int:
        if not (isinstance(value, str) and re.fullmatch(r"[0-9]{1,9}", value)):
            raise self.make_error("invalid", input=value)
        return int(value)


class QueryBoolean(fields.Boolean):
    """`true` or `false` in a query string."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if value not in ("true", "false"):
            raise self.make_error("invalid", input=value)
        return bool(value == "true")


def not_blank(text: str) -> None:
    """Raises `ValidationError` if the text is only white space."""
    if not text.strip():
        raise ValidationError("Must contain something other than white space.")


def printable(text: str) -> None:
    """Raises `ValidationError` if the text contains control characters."""
    if _CONTROL.search(text):
        raise ValidationError("Must not contain control characters.")


def document_id(text: str) -> None:
    """Raises `ValidationError` if the id cannot be part of a URL path."""
    printable(text)
    if len(text.encode()) > ID_LIMIT_BYTES:
        raise ValidationError(f"Must not be longer than {ID_LIMIT_BYTES} bytes of UTF-8.")
    if text in _RESERVED_IDS or text != text.strip():
        raise ValidationError("Must not be 'search', '.' or '..', nor begin or end with white space.")


def positive(number: float) -> None:
    """Raises `ValidationError` unless the number is greater than zero."""
    if not number > 0:
        raise ValidationError("Must be greater than 0.")


WEB_ADDRESS: list[Validator] = [
    validate.Length(max=2_048),
    printable,
    validate.Regexp(
        r"^https?://([^\x00-\x20\x7f-\x9f/?#@:\[\]\\]+|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?([/?#][^\x00-\x20\x7f-\x9f]*)?$",
        error="Must be an absolute http or https URL, without a password.",
    ),
]
LANGUAGE: list[Validator] = [
    printable,
    validate.Regexp(r"^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8}){0,7}$", error="Must be a language tag such as en or en-GB."),
]
