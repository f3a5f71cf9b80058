"""Public LanguageTool clients, installed apart from the project and unchanged: two from Python's registry, one from npm's; and the
remote checker of LibreOffice, where `soffice` and a Python with `uno` are (Debian: `python3-uno`; `UNO_PYTHON` names another).

They are no part of the project: `language-tool-python` is under the GPL 3, and none of them is needed to run or to build it.
"""

import json
import os
import shutil
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
# Switched on as in its options, then asked as its own spell check asks.
_LIBREOFFICE = """
import json, pathlib, subprocess, sys, time, uno
from com.sun.star.lang import Locale
profile, url, text = pathlib.Path("office").absolute(), sys.argv[1], sys.argv[2]
(profile / "user").mkdir(parents=True, exist_ok=True)
names = " ".join(f'xmlns:{n}="http://{u}"' for n, u in {
    "oor": "openoffice.org/2001/registry", "xs": "www.w3.org/2001/XMLSchema", "xsi": "www.w3.org/2001/XMLSchema-instance"}.items())
path = "/org.openoffice.Office.Linguistic/GrammarChecking/LanguageTool"
options = "".join(
    f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
    for name, value in {"IsEnabled": "true", "BaseURL": url + "v2"}.items())
(profile / "user" / "registrymodifications.xcu").write_text(f"<oor:items {names}>{options}</oor:items>")
door = f"pipe,name={profile.parent.name};urp;"
office = subprocess.Popen(["soffice", "-env:UserInstallation=" + profile.as_uri(), "--headless", "--norestore", "--accept=" + door])
here = uno.getComponentContext()
resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
for attempt in range(120):
    try:
        there = resolver.resolve("uno:" + door + "StarOffice.ComponentContext")
        break
    except Exception:
        time.sleep(0.5)
made = there.ServiceManager.createInstanceWithContext
units = text.encode("utf-16-le")
checker = made("org.openoffice.lingu.LanguageToolGrammarChecker", there)
found = checker.doProofreading("draft", text, Locale("en", "US", ""), 0, len(units) // 2, ()).aErrors
print(json.dumps([
    [units[2 * e.nErrorStart:2 * (e.nErrorStart + e.nErrorLength)].decode("utf-16-le"), *e.aSuggestions[:1]] for e in found]))
try:
    made("com.sun.star.frame.Desktop", there).terminate()
except Exception:
    pass  # it closes the line before it answers
office.wait(30)
"""


@dataclass(frozen=True, slots=True)
class Client:
    """One client: its name, and what it shows of a text that the service at an address checks."""

    name: str
    shows: Callable[[str, str], list[list[str]]]


def install(folder: Path) -> list[Client]:
    """All clients, in an environment of their own below `folder`; raises `CalledProcessError` if one cannot be had."""
    python = folder / "venv" / "bin" / "python"
    _run([sys.executable, "-m", "venv", str(folder / "venv")])
    _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *PYTHON_CLIENTS])
    _run(["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *NPM_CLIENTS])
    return [
        Client(PYTHON_CLIENTS[0], _program([str(python), "-c", _LANGUAGE_TOOL_PYTHON], folder)),
        Client(PYTHON_CLIENTS[1], _program([str(python), "-c", _PYLANGUAGETOOL], folder)),
        Client(NPM_CLIENTS[0], _program(["node", "-e", _GRAMMA], folder)),
        *_libreoffice(folder),
    ]


def _libreoffice(folder: Path) -> list[Client]:
    python = os.environ.get("UNO_PYTHON", "/usr/bin/python3")
    office = shutil.which("soffice")
    if office is None or subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode:
        return []
    version = _run([office, f"-env:UserInstallation={(folder / 'office').as_uri()}", "--version"]).split()[1]
    return [Client(f"LibreOffice {version}", _program([python, "-c", _LIBREOFFICE], folder))]


def _program(command: list[str], folder: Path) -> Callable[[str, str], list[list[str]]]:
    def shows(url: str, text: str) -> list[list[str]]:
        found: list[list[str]] = json.loads(_run([*command, url, text], folder))
        return found

    return shows


def _run(command: list[str], folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=_LIMIT_S)
    return done.stdout
