"""`factcheck`: one subcommand a file; errors become one line and an exit code here and nowhere else."""

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
    UnknownCheck,
    UnknownDocument,
    UnknownKey,
    UnreadableSource,
)

# Command or alias → the module that registers it.
_MODULES = {
    "serve": "serve",
    "check": "check",
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
    UnknownCheck,
    UnknownDocument,
    UnknownKey,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command and answers its exit code: 2 bad input, 3 could not be completed."""
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
    except Exception:  # a mistake of ours: Python's own exit code would read as "a contradiction was found"
        traceback.print_exc()
        return EXIT_NOT_COMPLETED


def build_parser(argv: Sequence[str]) -> argparse.ArgumentParser:
    """Each command's module adds its own parser by `register`, and sets `run`.

    Only the one that `argv` names is loaded, so that `factcheck doctor` works where others miss a library.
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
    """The reader (`| head`) has left; nothing more is flushed to it when the interpreter ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return EXIT_PIPE_CLOSED


if __name__ == "__main__":
    sys.exit(main())
