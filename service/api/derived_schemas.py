"""Response schemas of the dataclasses that `factcheck.json_mapping` writes: names, types and descriptions come from there."""

from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import Any, get_origin

from marshmallow import Schema, fields

from factcheck.import_origin import ImportOrigin
from factcheck.json_mapping import MappedField, element_of, fields_of
from service.api.response_fields import a_count, a_list, a_list_of_texts, a_text, a_word, an_object, an_object_of_texts

_COMPONENT_NAMES: dict[type, str] = {ImportOrigin: "Origin"}
"""Names in openapi.yaml of the classes that have another name there."""


def answer_of(kind: type, name: str = "", **more: fields.Field[Any]) -> type[Schema]:
    """The schema of a dataclass, with `more` members. In openapi.yaml its name is that of the class, or `name`."""
    members = dict(_members(kind)) | more
    return _schema(name or kind.__name__, members) if name or more else _answer_of(kind)


@cache
def _answer_of(kind: type) -> type[Schema]:
    return _schema(_COMPONENT_NAMES.get(kind, kind.__name__), dict(_members(kind)))


def _schema(name: str, members: dict[str, fields.Field[Any]]) -> type[Schema]:
    for member, field in members.items():
        field.data_key = member if hasattr(Schema, member) else None
    return type(f"{name}Answer", (Schema,), {f"{m}_" if hasattr(Schema, m) else m: f for m, f in members.items()})


def _members(kind: type) -> Iterator[tuple[str, fields.Field[Any]]]:
    nested: dict[str, dict[str, fields.Field[Any]]] = {}
    for field in fields_of(kind):
        if not field.member.write:
            continue
        if field.member.inline:
            yield from _members(field.kind)
        elif field.member.inside:
            nested.setdefault(field.member.inside, {})[field.name] = _field(field)
        else:
            yield field.name, _field(field)
    for name, members in nested.items():
        yield name, an_object(_schema(name.capitalize(), members))


def _field(field: MappedField) -> fields.Field[Any]:
    made = _typed(field.kind, field.member.about, field.nullable and not field.member.if_set)
    made.required = not field.member.if_set
    return made


def _typed(kind: Any, about: str, null: bool) -> fields.Field[Any]:
    element = element_of(kind)
    if element is not None:
        if get_origin(element) is tuple:
            return an_object_of_texts(about)
        return a_list_of_texts(about) if element is str else a_list(_answer_of(element))
    if issubclass(kind, Enum):
        return a_word(kind, about)
    if kind is str:
        return a_text(about, null=null)
    if kind is int:
        return a_count(about)
    if kind is float:
        return fields.Float(metadata={"description": about})
    return fields.Boolean() if kind is bool else an_object(_answer_of(kind), null=null, about=about)
