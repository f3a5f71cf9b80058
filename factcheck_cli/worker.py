"""`factcheck worker`: one worker process, for a Redis and a data folder that others share."""

import argparse
import os
from pathlib import Path
from typing import Any

from factcheck.settings import variable


def register(commands: Any) -> None:
    """Adds the command."""
    parser = commands.add_parser("worker", help="run one worker; REDIS_URL says where the queue is")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with the search index (./data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Blocks until SIGTERM or Ctrl-C; the check at hand is finished first."""
    from worker.__main__ import main  # models and libraries of 200 MB

    flags = {variable("data_dir"): str(arguments.data)} if arguments.data else {}
    return main({**os.environ, **flags})
