"""Build hook: writes the package `factcheck_client` from `factcheck.client` and the modules that it imports.

The types of a report are described once, in the application. The client's distribution gets copies under its own
name, so that it installs no part of the application. A source archive holds the copies already.
"""

import ast
import re
import shutil
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SOURCE, _TARGET = "factcheck", "factcheck_client"
_MAIN = "client"
_IMPORT = re.compile(rf"^(\s*)(from|import) {_SOURCE}\b", re.M)


class ClientSources(BuildHookInterface[Any]):
    """Runs before each build."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Writes the package beside this file; keeps the one that a source archive brings."""
        here = Path(self.root)
        source = here.parent / _SOURCE
        if (source / f"{_MAIN}.py").is_file():
            write_package(source, here / _TARGET)
        elif not (here / _TARGET).is_dir():
            raise FileNotFoundError(f"neither {source} nor {here / _TARGET} is here: nothing to build the client from")


def write_package(source: Path, target: Path) -> None:
    """Copies the client's modules from `source` into a new folder `target`; `factcheck.client` becomes the package itself."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for module in modules_of(source):
        text = (source / f"{module}.py").read_text(encoding="utf-8")
        name = "__init__" if module == _MAIN else module
        (target / f"{name}.py").write_text(_IMPORT.sub(rf"\1\2 {_TARGET}", text), encoding="utf-8")
    (target / "py.typed").touch()


def modules_of(source: Path) -> list[str]:
    """The names of the client's module and of every module of the application that it imports, at whatever distance."""
    found: set[str] = set()
    waiting = {_MAIN}
    while waiting:
        module = waiting.pop()
        found.add(module)
        waiting |= _imported(source / f"{module}.py") - found
    return sorted(found)


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}
    return {name.removeprefix(f"{_SOURCE}.") for name in names if name.startswith(f"{_SOURCE}.")}
