"""pip's settings of this machine, as a file for the build: whatever index is used here is used there."""

import ast
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

_TAKEN = ("index-url", "extra-index-url", "find-links", "trusted-host", "default-timeout", "timeout", "proxy")


def volumes(work: Path) -> list[str]:
    """Mounts for the build: `pip.conf`, and each local folder that it names."""
    settings = _settings()
    path = work / "pip.conf"
    path.write_text("".join(["[global]\n", *(f"{name} = {value}\n" for name, value in settings.items())]))
    return [f"{path}:/etc/pip.conf:ro", *(f"{folder}:{folder}:ro" for folder in _folders(settings))]


def _settings() -> dict[str, str]:
    """What `pip config list` prints, environment variables last: `section.name='value'` a line."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    pairs = sorted((line.partition("=") for line in lines), key=lambda pair: pair[0].startswith(":env:"))
    named = {key.rpartition(".")[2]: str(ast.literal_eval(value)) for key, _, value in pairs}
    return {name: value for name, value in named.items() if name in _TAKEN}


def _folders(settings: dict[str, str]) -> list[Path]:
    """Local folders that the values name. Pages of a local index may refer to files beside it, so its parent counts."""
    words = [word for value in settings.values() for word in value.split()]
    paths = [Path(urlsplit(word).path).parent if word.startswith("file:") else Path(word) for word in words]
    return sorted({path for path in paths if path.is_absolute() and path.is_dir()})
