"""Writes JSON values as YAML."""

import json
from collections.abc import Mapping
from typing import Any

import yaml

# libyaml where the wheel has it (all platforms of the lock): a quarter of the time.
_Base: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_WIDTH = 120


class _Dumper(_Base):  # type: ignore[misc]
    """Writes a value out each time, since many readers of OpenAPI know no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        """True: no anchors."""
        return True


def to_yaml(value: Mapping[str, Any]) -> str:
    """The YAML text, with a final line break. Members keep their order.

    >>> to_yaml({"type": "object", "required": ["id"]})
    'type: object\\nrequired:\\n- id\\n'
    """
    plain = json.loads(json.dumps(value))  # enumerations and ordered mappings as plain values
    text: str = yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    return text
