"""`factcheck audit`: who changed what of corpus, keys and checks, and when."""

import argparse
import getpass
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from factcheck.audit import AuditEntry
from factcheck.redis_connection import connect_briefly
from factcheck.settings import read_settings, variable
from factcheck.store.audit import RedisAuditLog
from factcheck_cli.embedded_redis import reachable_redis


def register(commands: Any) -> None:
    """Adds the command."""
    parser = commands.add_parser("audit", help="who changed what of corpus and keys, newest first")
    parser.add_argument("--subject", metavar="ID", help="only what was done to this document, check or key")
    parser.add_argument("--actor", metavar="WHO", help="only what this key (its id) or `cli:USER` did")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="lines at most (100); 0 for all")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """One line an entry: time, who, what, to what."""
    flags = {variable("data_dir"): str(args.data)} if args.data else {}
    settings = read_settings({**os.environ, **flags})
    with reachable_redis(settings, os.environ) as url:
        for entry in islice(_wanted(RedisAuditLog(connect_briefly(url)), args), args.limit or None):
            line = json.dumps(asdict(entry)) if args.json else _told(entry)
            print(line)
    return 0


def whoever() -> str:
    """Who sits at this command line, as the audit log names them."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # a container's user has no name
        return f"cli:{os.getuid()}"


def _wanted(log: RedisAuditLog, args: argparse.Namespace) -> Iterator[AuditEntry]:
    for entry in log.entries():
        if args.subject in (None, entry.subject) and args.actor in (None, entry.actor):
            yield entry


def _told(entry: AuditEntry) -> str:
    """ASCII, since an id may hold anything that moves a terminal's cursor."""
    return f"{entry.at}  {entry.actor}  {entry.act}  {json.dumps(entry.subject)}"
