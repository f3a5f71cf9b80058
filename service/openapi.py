"""Writes openapi.yaml from the code: `python -m service.openapi > openapi.yaml`."""

import sys
from typing import Any, cast

from flask import Flask

from factcheck.settings import Settings
from service.api.reference_page import description
from service.app import create_app
from service.http.yaml_text import to_yaml


def app_without_adapters() -> Flask:
    """An app whose adapters are None. It serves its own description only."""
    nothing = cast(Any, None)
    return create_app(Settings(), nothing, nothing, nothing, nothing)


def main() -> int:
    """Print openapi.yaml."""
    sys.stdout.write(to_yaml(description(app_without_adapters())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
