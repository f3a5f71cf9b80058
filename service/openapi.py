"""The description of the interface, generated from the code. `python -m service.openapi > openapi.yaml` commits it."""

import sys
from typing import Any, cast

from flask import Flask

from factcheck.settings import Settings
from service.api.reference import description
from service.app import create_app
from service.http.yaml_text import to_yaml


def undriven_app() -> Flask:
    """An app that stands on nothing: it can describe itself, and answer nothing else."""
    nothing = cast(Any, None)
    return create_app(Settings(), nothing, nothing, nothing, nothing)


def main() -> int:
    """Print openapi.yaml."""
    sys.stdout.write(to_yaml(description(undriven_app())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
