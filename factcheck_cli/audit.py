"""`factcheck audit`: who changed corpus, API keys and checks, and when."""

import argparse
import getpass
import json
import os
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from factcheck.audit_log import AuditEntry
from factcheck.redis_connection import connect_briefly
from factcheck.settings import read_settings, variable
from factcheck.store.audit_log import RedisAuditLog
from factcheck_cli.embedded_redis import reachable_redis


def register(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("audit", help="show who changed corpus, API keys and checks, newest first")
    parser.add_argument("--subject", metavar="ID", help="only changes of this document, check or key")
    parser.add_argument("--actor", metavar="WHO", help="only changes by this key (its id) or `cli:USER`")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="maximum number of lines (100); 0 for all")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints one line per entry: time, actor, action, subject."""
    flags = {variable("data_dir"): str(args.data)} if args.data else {}
    settings = read_settings({**os.environ, **flags})
    with reachable_redis(settings, os.environ) as url:
        for entry in islice(_wanted(RedisAuditLog(connect_briefly(url)), args), args.limit or None):
            line = json.dumps(asdict(entry)) if args.json else _as_text(entry)
            print(line)
    return 0


def audit_actor() -> str:
    """The user of this command line, as an actor of the audit log."""
    try:
        return f"cli:{getpass.getuser()}"
    except (KeyError, OSError):  # the user may have no name, as in a container
        return f"cli:{os.getuid()}"


def _wanted(log: RedisAuditLog, args: argparse.Namespace) -> Iterator[AuditEntry]:
    for entry in log.entries():
        if args.subject in (None, entry.subject) and args.actor in (None, entry.actor):
            yield entry


def _as_text(entry: AuditEntry) -> str:
    """The entry as one ASCII line, since an id may contain terminal control sequences."""
    return f"{entry.at}  {entry.actor}  {entry.act}  {json.dumps(entry.subject)}"
