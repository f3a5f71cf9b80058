"""`factcheck mcp`: a Model Context Protocol server on standard input and output, in front of a running service."""

import argparse
import os
from typing import Any

from factcheck.client import Client
from factcheck.errors import InvalidSetting, UnreadableSource


def register(subparsers: Any) -> None:
    """Adds the subcommand."""
    parser = subparsers.add_parser("mcp", help="run a tool server for writing assistants (Model Context Protocol)")
    parser.add_argument(
        "--url", default="http://127.0.0.1:8080", metavar="SERVER", help="the running service (http://127.0.0.1:8080)"
    )
    parser.add_argument(
        "--timeout", type=float, default=300.0, metavar="SECONDS", help="time limit for one article (300)"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Runs until standard input ends. Reads the API key, where the service needs one, from `FACTCHECK_API_KEY`."""
    try:
        from factcheck_cli.mcp_tools import tool_server
    except ImportError as error:
        raise InvalidSetting(f"the tool server is not installed (pip install 'factcheck[mcp]'): {error}") from None
    try:
        client = Client(args.url, os.environ.get("FACTCHECK_API_KEY"))
    except ValueError as error:
        raise UnreadableSource(f"--url {error}") from None
    tool_server(client, args.timeout).run("stdio")
    return 0
