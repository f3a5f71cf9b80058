"""Public LanguageTool clients, installed apart from the project and unchanged: two from Python's registry, one from npm's.

They are no part of the project: `language-tool-python` is under the GPL 3, and none of them is needed to run or to build it.
"""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PYTHON_CLIENTS = ("language-tool-python==3.4.0", "pylanguagetool==0.11.0")
NPM_CLIENTS = ("gramma@1.6.0",)
_LIMIT_S = 300

# Each program gets the service's address and a text, and prints [[marked words, first suggestion], …] as JSON.
_LANGUAGE_TOOL_PYTHON = """
import json, sys, language_tool_python
tool = language_tool_python.LanguageTool("en-US", remote_server=sys.argv[1])
text = sys.argv[2]
print(json.dumps([[text[m.offset:m.offset + m.error_length], *m.replacements[:1]] for m in tool.check(text)]))
"""
_PYLANGUAGETOOL = """
import json, sys
from pylanguagetool import api
text = sys.argv[2]
units = text.encode("utf-16-le")
found = api.check(text, api_url=sys.argv[1] + "v2/", lang="en-US")["matches"]
words = [units[2 * m["offset"]:2 * (m["offset"] + m["length"])].decode("utf-16-le") for m in found]
print(json.dumps([[w, *(r["value"] for r in m["replacements"][:1])] for w, m in zip(words, found)]))
"""
_GRAMMA = """
const { check } = require("gramma")
const [url, text] = process.argv.slice(1)
check(text, { api_url: url + "v2/check" }).then(({ matches }) => console.log(JSON.stringify(matches.map(
  (m) => [text.substr(m.offset, m.length), ...m.replacements.slice(0, 1).map((r) => r.value)]))))
"""


@dataclass(frozen=True, slots=True)
class Client:
    """One client: its name, and what it shows of a text that the service at an address checks."""

    name: str
    shows: Callable[[str, str], list[list[str]]]


def install(folder: Path) -> list[Client]:
    """All clients, in an environment of their own below `folder`; raises `CalledProcessError` where one cannot be had."""
    python = folder / "venv" / "bin" / "python"
    _run([sys.executable, "-m", "venv", str(folder / "venv")])
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_CLIENTS])
    _run(["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *NPM_CLIENTS])
    return [
        Client(PYTHON_CLIENTS[0], _program([str(python), "-c", _LANGUAGE_TOOL_PYTHON], folder)),
        Client(PYTHON_CLIENTS[1], _program([str(python), "-c", _PYLANGUAGETOOL], folder)),
        Client(NPM_CLIENTS[0], _program(["node", "-e", _GRAMMA], folder)),
    ]


def _program(command: list[str], folder: Path) -> Callable[[str, str], list[list[str]]]:
    def shows(url: str, text: str) -> list[list[str]]:
        found: list[list[str]] = json.loads(_run([*command, url, text], folder))
        return found

    return shows


def _run(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=_LIMIT_S)
    return done.stdout
