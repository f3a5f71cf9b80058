"""`factcheck worker`: runs one worker process that shares Redis and the data folder with others."""

import argparse
import os
from pathlib import Path
from typing import Any

from factcheck.settings import variable


def register(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("worker", help="run one worker for the queue at REDIS_URL")
    parser.add_argument("--data", type=Path, metavar="DIR", help="folder with the search index (./data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Runs until SIGTERM or Ctrl-C, after which it finishes the current check."""
    from worker.__main__ import main  # imports models and libraries of 200 MB

    flags = {variable("data_dir"): str(arguments.data)} if arguments.data else {}
    return main({**os.environ, **flags})
