"""The OpenAPI description as a dict, and its operations arranged for the reference page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask

_METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """One operation of the API."""

    id: str
    method: str
    path: str
    about: Mapping[str, Any]
    parameters: list[Mapping[str, Any]]


def description(app: Flask) -> dict[str, Any]:
    """The app's OpenAPI description, in plain JSON types."""
    api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    spec = cast(dict[str, Any], _plain(api.described().to_dict()))
    for item in spec["paths"].values():
        for method in item.keys() & set(_METHODS):
            item[method]["responses"] = dict(sorted(item[method]["responses"].items()))
    return {name: spec[name] for name in ("openapi", "info", "tags", "paths", "components")}


def calls(spec: Mapping[str, Any], tag: str) -> Iterator[ApiOperation]:
    """The operations under a tag, in the order of the description."""
    for path, item in spec["paths"].items():
        for method in _METHODS:
            about = item.get(method)
            if about and tag in about["tags"]:
                parameters = [*item.get("parameters", []), *about.get("parameters", [])]
                yield ApiOperation(about["operationId"], method.upper(), path, about, parameters)


def kind_of(schema: Mapping[str, Any]) -> str:
    """A schema in a few words: `string`, `array of Span`, `object or null`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " or ".join(kind_of(part) for part in schema["anyOf"])
    kinds = schema.get("type", "any")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return f"{kind} of {kind_of(schema['items'])}" if "items" in schema else kind


def _plain(value: Any) -> Any:
    """Converts apispec's ordered and lazy values to dicts with string keys, lists and scalars."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(inner) for inner in value]
    return value
