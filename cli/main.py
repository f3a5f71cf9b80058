"""`factcheck`: one subcommand a file; errors become one line and an exit code here and nowhere else."""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from factcheck.errors import (
    ArticleTooLong,
    DocumentTooLong,
    FactcheckError,
    InvalidInput,
    InvalidSetting,
    UnknownCheck,
    UnknownDocument,
    UnreadableSource,
)

COMMANDS = ("serve", "check", "verify", "explain", "corpus", "worker", "doctor")
EXIT_BAD_INPUT = 2
EXIT_NOT_COMPLETED = 3
EXIT_INTERRUPTED = 130
EXIT_PIPE_CLOSED = 141
_BAD_INPUT = (
    InvalidInput,
    ArticleTooLong,
    DocumentTooLong,
    UnreadableSource,
    InvalidSetting,
    UnknownCheck,
    UnknownDocument,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code: 2 bad input, 3 could not be completed."""
    arguments = build_parser().parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        return _pipe_closed()
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except _BAD_INPUT as error:
        return _complain(arguments.command, error, EXIT_BAD_INPUT)
    except (FactcheckError, OSError) as error:
        return _complain(arguments.command, error, EXIT_NOT_COMPLETED)


def build_parser() -> argparse.ArgumentParser:
    """All commands; each module's `register` adds its own, and sets `run`."""
    parser = argparse.ArgumentParser(
        prog="factcheck", description="Checks every claim of a draft article against a newsroom's own archive."
    )
    parser.add_argument("--version", action="version", version=f"factcheck {_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in COMMANDS:
        importlib.import_module(f"cli.{name}").register(commands)
    return parser


def _version() -> str:
    try:
        return version("factcheck")
    except PackageNotFoundError:
        return "(not installed)"


def _complain(command: str, error: Exception, code: int) -> int:
    print(f"factcheck {command}: {error}", file=sys.stderr)
    return code


def _pipe_closed() -> int:
    """The reader (`| head`) has left; nothing more is flushed to it when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_PIPE_CLOSED


if __name__ == "__main__":
    sys.exit(main())
