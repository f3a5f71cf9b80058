"""`factcheck`: one subcommand per file. Only this file turns errors into one line and an exit code."""

import argparse
import importlib
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from factcheck.errors import (
    ArticleTooLong,
    DocumentTooLong,
    FactcheckError,
    InvalidInput,
    InvalidSetting,
    StoreTooNew,
    UnknownCheck,
    UnknownDocument,
    UnknownKey,
    UnreadableSource,
)

# Command or alias → the module that registers it.
_MODULES = {
    "serve": "serve",
    "check": "check",
    "recheck": "recheck",
    "verify": "verify",
    "inspect": "inspect",
    "explain": "inspect",
    "corpus": "corpus",
    "keys": "keys",
    "audit": "audit",
    "mcp": "mcp_server",
    "worker": "worker",
    "doctor": "doctor",
}
COMMANDS = tuple(name for name in _MODULES if name != "explain")
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
    StoreTooNew,
    UnknownCheck,
    UnknownDocument,
    UnknownKey,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Exit codes: 2 bad input, 3 not completed, 130 interrupted, 141 pipe closed; others are the command's."""
    argv = sys.argv[1:] if argv is None else argv
    arguments = build_parser(argv).parse_args(argv)
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
    except Exception:  # a bug: Python's exit code 1 would mean "a contradiction was found"
        traceback.print_exc()
        return EXIT_NOT_COMPLETED


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """The argument parser. Each command's module adds its parser in `register`, and sets `run`.

    Imports only the module that `argv` names, so that `factcheck doctor` works where another command lacks a library.
    """
    parser = argparse.ArgumentParser(
        prog="factcheck", description="Checks every claim of a draft article against a newsroom's own archive."
    )
    parser.add_argument("--version", action="version", version=f"factcheck {_version()}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name in argv[:1] if argv and argv[0] in _MODULES else COMMANDS:
        importlib.import_module(f"factcheck_cli.{_MODULES[name]}").register(commands)
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
    """Redirects standard output to null, so that the interpreter flushes nothing to a closed pipe (`| head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_PIPE_CLOSED


if __name__ == "__main__":
    sys.exit(main())
