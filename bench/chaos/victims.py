"""The processes of one service, found by kind among its supervisor's own descendants (Linux)."""

import os
import random
import signal
from pathlib import Path

KINDS = ("worker", "redis server", "web server", "web process", "indexer")
_MARKS = {
    "valkey-server": "redis server",
    "-m worker": "worker",
    "-m factcheck.indexer": "indexer",
    "-m worker.archive_encoder": "archive encoder",
    "-m factcheck.import_process": "importer",
}


def kill_one(supervisor_pid: int, kind: str, chance: random.Random) -> int | None:
    """`kill -9` of a random process of that kind; None if none runs just now (it is being restarted)."""
    pids = [pid for pid in descendants(supervisor_pid) if kind_of(pid) == kind]
    if not pids:
        return None
    victim = chance.choice(pids)
    try:
        os.kill(victim, signal.SIGKILL)
    except ProcessLookupError:
        return None
    return victim


def descendants(pid: int) -> list[int]:
    """All that stem from `pid`, without itself."""
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [found for child in children for found in (child, *descendants(child))]


def kind_of(pid: int) -> str | None:
    """One of `KINDS`, "archive encoder" or "importer", by the command line; a web process is a child of the web server."""
    command = command_line(pid)
    if "gunicorn" in command:
        return "web process" if "gunicorn" in command_line(_parent(pid)) else "web server"
    for mark, kind in _MARKS.items():
        if f"{mark} " in f"{command} ":
            return kind
    return None


def command_line(pid: int) -> str:
    """The arguments of a process, joined by spaces; "" if it has ended."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
