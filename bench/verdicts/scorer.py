"""The labelled cases and their scorer, which live beside the project, not in it."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

SHARED = Path(__file__).parents[2].parent / "shared"
NAME = "score_cases.py"
Case = dict[str, Any]


class MissingFile(Exception):
    """A file that the bench needs is not there; the message says which option names another place."""


def load_scorer(folder: Path) -> ModuleType:
    """The scorer as a module; raises `MissingFile`."""
    path = folder / NAME
    spec = importlib.util.spec_from_file_location("score_cases", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise MissingFile(f"no scorer at {path}: name the folder that holds {NAME} by --scorer DIR")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_cases(path: Path, option: str) -> list[Case]:
    """One case a line; raises `MissingFile`."""
    if not path.is_file():
        raise MissingFile(f"no labelled cases at {path}: name the file by {option} PATH")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write_cases(cases: list[Case], path: Path) -> Path:
    """The same format again."""
    path.write_text("".join(json.dumps(case, ensure_ascii=False) + "\n" for case in cases), encoding="utf-8")
    return path
