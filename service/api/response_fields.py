"""Shorthand for response fields. All are required."""

from typing import Any

from marshmallow import fields, validate


def a_text(description: str = "", *, null: bool = False, **more: Any) -> fields.String:
    """A required string; `null`: it may be null."""
    about = {"description": description, **more} if description else more
    return fields.String(required=True, allow_none=null, metadata=about)


def an_object_of_texts(description: str, *, data_key: str | None = None) -> fields.Dict:
    """An object whose members are strings."""
    return fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        required=True,
        data_key=data_key,
        metadata={"description": description},
    )


def a_list_of_texts(description: str = "") -> fields.List[Any]:
    """A list of strings."""
    about = {"description": description} if description else {}
    return fields.List(fields.String(), required=True, metadata=about)


def a_count(description: str = "", *, data_key: str | None = None) -> fields.Integer:
    """A required integer ≥ 0."""
    return fields.Integer(
        required=True, data_key=data_key, validate=validate.Range(min=0), metadata={"description": description}
    )


def a_word(kind: Any, description: str) -> fields.String:
    """A required member of an enumeration."""
    values = [member.value for member in kind]
    return fields.String(required=True, validate=validate.OneOf(values), metadata={"description": description})


def an_object(schema: Any, *, null: bool = False, only: Any = None, about: str = "") -> fields.Nested:
    """A required nested object."""
    metadata = {"description": about} if about else {}
    return fields.Nested(schema, required=True, allow_none=null, only=only, metadata=metadata)


def a_list(schema: Any) -> fields.List[Any]:
    """A required list of objects."""
    return fields.List(fields.Nested(schema), required=True)
