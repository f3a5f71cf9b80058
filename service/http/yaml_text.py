"""Writes JSON values as YAML. Strings that YAML could misread are quoted as in JSON."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

# Plain scalars: begin with a letter, no YAML indicator inside, not one of `_WORDS`.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9_./()'+-]*(?: [A-Za-z0-9_./()'+-]+)*\Z")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_WORDS = {"true", "false", "null", "yes", "no", "on", "off", "y", "n"}


def to_yaml(value: Mapping[str, Any]) -> str:
    """The YAML text, with a final line break.

    >>> to_yaml({"type": "object", "required": ["id"]})
    'type: object\\nrequired:\\n- id\\n'
    """
    return "\n".join(_lines(value)) + "\n"


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        for key, inner in value.items():
            yield from _member(f"{_scalar(str(key))}:", inner)
    elif isinstance(value, list | tuple) and value:
        for inner in value:
            first, *rest = _lines(inner)
            yield f"- {first}"
            yield from (f"  {line}" for line in rest)
    else:
        yield _scalar(value)


def _member(head: str, inner: Any) -> Iterator[str]:
    if isinstance(inner, Mapping) and inner:
        yield head
        yield from (f"  {line}" for line in _lines(inner))
    elif isinstance(inner, list | tuple) and inner:
        yield head
        yield from _lines(inner)
    else:
        yield f"{head} {_scalar(inner)}"


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _PLAIN.match(value) and value.lower() not in _WORDS:
        return value
    written = json.dumps(value, ensure_ascii=False)
    if isinstance(value, float) and "." not in written:
        return written.replace("e", ".0e")
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
