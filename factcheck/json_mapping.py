"""JSON of the dataclasses that clients and Redis see, derived from their fields.

The functions of a class are compiled on first use, as `dataclasses` compiles `__init__`: no slower than written by hand.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

Json: TypeAlias = dict[str, Any]
Source: TypeAlias = Mapping[str, Any]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class JsonFieldOptions:
    """How a field stands in JSON, in `Annotated`.

    `about` describes it in openapi.yaml. `name` replaces the field's name. `inside` is a nested object that it stands in.
    `inline`: the members of its class stand in its place. `digits` are decimal places. `if_set`: absent where it is None
    or empty. `missing` is read where the member is absent, null or empty; what may be None is then None. Fields without
    `write` or `read` are no part of what is written or read.
    """

    about: str = ""
    name: str | None = None
    inside: str | None = None
    inline: bool = False
    digits: int | None = None
    if_set: bool = False
    missing: Any = None
    write: bool = True
    read: bool = True


@dataclass(frozen=True, slots=True)
class MappedField:
    """One field of a dataclass. `kind` is its type without None and without `Annotated`."""

    field: str
    kind: Any
    nullable: bool
    member: JsonFieldOptions

    @property
    def name(self) -> str:
        """Name of the member in JSON."""
        return self.member.name or self.field


def to_json(value: Any) -> Json:
    """The dataclass instance as a JSON object."""
    kind: Any = type(value)
    return _writer(kind)(value)


def from_json(kind: type[T], raw: Source) -> T:
    """Inverse of `to_json`.

    Raises: `KeyError`, `TypeError` or `ValueError` where the object is not what `to_json` writes.
    """
    read: Callable[[Source], T] = _reader(kind)  # type: ignore[arg-type] # mypy takes no type for hashable
    return read(raw)


@cache
def fields_of(kind: type) -> tuple[MappedField, ...]:
    """The fields of a dataclass, in their order."""
    hints = get_type_hints(kind, include_extras=True)
    return tuple(_mapped(field.name, hints[field.name]) for field in fields(kind))


def element_of(kind: Any) -> Any:
    """Type of the elements of a `tuple[T, ...]`; None for all other types."""
    return get_args(kind)[0] if get_origin(kind) is tuple else None


def _mapped(name: str, hint: Any) -> MappedField:
    member = JsonFieldOptions()
    if get_origin(hint) is Annotated:
        hint, member = get_args(hint)
    nullable = get_origin(hint) in (UnionType, Union)
    kind = next(part for part in get_args(hint) if part is not NoneType) if nullable else hint
    return MappedField(name, kind, nullable, member)


@cache
def _writer(kind: type) -> Callable[[Any], Json]:
    code = _GeneratedFunction()
    function: Callable[[Any], Json] = code.function("value", code.written_object(kind, "value"))
    return function


@cache
def _reader(kind: type) -> Callable[[Source], Any]:
    code = _GeneratedFunction()
    function: Callable[[Source], Any] = code.function("raw", code.read_object(kind, "raw"))
    return function


class _GeneratedFunction:
    """The source of one function, and the objects that it names."""

    def __init__(self) -> None:
        self._names: dict[str, Any] = {}

    def function(self, argument: str, expression: str) -> Any:
        return eval(f"lambda {argument}: {expression}", self._names)

    def written_object(self, kind: type, value: str) -> str:
        return f"{{{', '.join(self._written_members(kind, value))}}}"

    def _written_members(self, kind: type, value: str) -> list[str]:
        members: dict[str, list[str]] = {}
        for field in fields_of(kind):
            if field.member.write:
                members.setdefault(field.member.inside or field.field, []).extend(self._written(field, value))
        nested = {field.member.inside for field in fields_of(kind)}
        return [
            f"{name!r}: {{{', '.join(rows)}}}" if name in nested else ", ".join(rows) for name, rows in members.items()
        ]

    def _written(self, field: MappedField, owner: str) -> list[str]:
        value = f"{owner}.{field.field}"
        if field.member.inline:
            return self._written_members(field.kind, value)
        row = f"{field.name!r}: {self._written_value(field, value)}"
        return [f"**({{{row}}} if {value} else {{}})"] if field.member.if_set else [row]

    def _written_value(self, field: MappedField, value: str) -> str:
        if field.member.digits is not None:
            return f"round({value}, {field.member.digits})"
        written = self._written_as(field.kind, value)
        return f"None if {value} is None else {written}" if field.nullable and written != value else written

    def _written_as(self, kind: Any, value: str) -> str:
        element = element_of(kind)
        if element is not None:
            if get_origin(element) is tuple:  # pairs
                return f"dict({value})"
            inner = self._written_as(element, "item")
            return f"list({value})" if inner == "item" else f"[{inner} for item in {value}]"
        if issubclass(kind, Enum):
            return f"{value}._value_"  # the property `value` takes three times as long
        return value if kind.__module__ == "builtins" else self.written_object(kind, value)

    def read_object(self, kind: type, raw: str) -> str:
        """Arguments go by position up to the first field that is not read."""
        arguments, by_name = [], False
        for field in fields_of(kind):
            by_name = by_name or not field.member.read
            if field.member.read:
                value = self._read(field, raw)
                arguments.append(f"{field.field}={value}" if by_name else value)
        return f"{self._named(kind)}({', '.join(arguments)})"

    def _read(self, field: MappedField, raw: str) -> str:
        if field.member.inline:
            return self.read_object(field.kind, raw)
        source = f"{raw}[{field.member.inside!r}]" if field.member.inside else raw
        may_miss = field.nullable or field.member.missing is not None
        value = f"{source}.get({field.name!r})" if may_miss else f"{source}[{field.name!r}]"
        if field.member.missing is not None:
            value = f"({value} or {self._named(field.member.missing)})"
        read = self._read_as(field.kind, value)
        return f"{read} if {value} else None" if field.nullable and read != value else read

    def _read_as(self, kind: Any, value: str) -> str:
        element = element_of(kind)
        if element is not None:
            if get_origin(element) is tuple:
                return f"tuple({value}.items())"
            inner = self._read_as(element, "item")
            return f"tuple({value})" if inner == "item" else f"tuple([{inner} for item in {value}])"
        if issubclass(kind, Enum):
            return f"{self._named({one.value: one for one in kind})}[{value}]"
        return value if kind.__module__ == "builtins" else f"{self._named(_reader(kind))}({value})"

    def _named(self, value: Any) -> str:
        name = f"_{len(self._names)}"
        self._names[name] = value
        return name
