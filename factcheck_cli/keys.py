"""`factcheck keys`: creates, lists and revokes API keys."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factcheck.api_keys import Scope
from factcheck.errors import InvalidInput, InvalidInputDetail
from factcheck.redis_connection import connect_briefly
from factcheck.settings import read_settings, variable
from factcheck.store.api_keys import RedisApiKeys
from factcheck_cli.audit import audit_actor
from factcheck_cli.embedded_redis import reachable_redis

_DEFAULT = [Scope.CHECK, Scope.CORPUS_READ]


def register(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("keys", help="API keys: create, list, revoke")
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    create = actions.add_parser("create", help="create a key and show it once")
    create.add_argument("name", help="person or system that uses the key")
    create.add_argument(
        "--scope",
        action="append",
        type=Scope,
        choices=list(Scope),
        metavar="SCOPE",
        help=f"permission: {', '.join(Scope)}; repeatable (default: {' and '.join(_DEFAULT)})",
    )
    create.add_argument(
        "--per-minute",
        type=int,
        metavar="N",
        help=f"requests per minute, 0 for no limit (default: {variable('requests_per_minute')})",
    )
    create.add_argument(
        "--shared", action="store_true", help="share checks and decisions with the people who sign in on the page"
    )
    create.set_defaults(run=_create)
    actions.add_parser("list", help="show all keys, without their secrets").set_defaults(run=_list)
    revoke = actions.add_parser("revoke", help="revoke a key")
    revoke.add_argument("id", help="id of the key, see `list`")
    revoke.set_defaults(run=_revoke)
    for action in actions.choices.values():
        action.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data)")


def _create(args: argparse.Namespace) -> int:
    """Prints the secret, and nothing else, to standard output."""
    if args.per_minute is not None and args.per_minute < 0:
        raise InvalidInput([InvalidInputDetail("--per-minute", "must be 0 or more")])
    with _api_keys(args) as keys:
        key, secret = keys.create(
            args.name, frozenset(args.scope or _DEFAULT), args.per_minute, audit_actor(), args.shared
        )
    print(f"key {key.id} for {key.name!r} has the scopes {', '.join(sorted(key.scopes))}", file=sys.stderr)
    print("The key cannot be shown again:", file=sys.stderr, flush=True)
    print(secret)
    return 0


def _list(args: argparse.Namespace) -> int:
    with _api_keys(args) as keys:
        for key in keys.all():
            limit = f"{key.per_minute} per minute" if key.per_minute else "no rate limit"
            rate = "" if key.per_minute is None else f"  {limit}"
            print(
                f"{key.id}  {key.created_at}  {','.join(sorted(key.scopes))}  {key.name}{rate}{'  shared' if key.shared else ''}"
            )
    return 0


def _revoke(args: argparse.Namespace) -> int:
    with _api_keys(args) as keys:
        keys.revoke(args.id, audit_actor())
    print(f"key {args.id} is revoked", file=sys.stderr)
    return 0


@contextmanager
def _api_keys(args: argparse.Namespace) -> Iterator[RedisApiKeys]:
    flags = {variable("data_dir"): str(args.data)} if args.data else {}
    settings = read_settings({**os.environ, **flags})
    with reachable_redis(settings, os.environ) as url:
        yield RedisApiKeys(connect_briefly(url), settings.audit_entries)
