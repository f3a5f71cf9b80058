"""`factcheck keys`: API keys, shown once, stored hashed."""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from factcheck.api_keys import Scope
from factcheck.errors import Detail, InvalidInput
from factcheck.redis_connection import connect_briefly
from factcheck.settings import read_settings, variable
from factcheck.store.api_keys import RedisApiKeys
from factcheck_cli.audit import whoever
from factcheck_cli.embedded_redis import reachable_redis

_DEFAULT = [Scope.CHECK, Scope.CORPUS_READ]


def register(commands: Any) -> None:
    """Adds the command."""
    parser = commands.add_parser("keys", help="API keys: create, list, revoke")
    acts = parser.add_subparsers(dest="act", metavar="ACT", required=True)
    create = acts.add_parser("create", help="make a key and show it, once")
    create.add_argument("name", help="who or what it is for")
    create.add_argument(
        "--scope",
        action="append",
        type=Scope,
        choices=list(Scope),
        metavar="SCOPE",
        help=f"what it may do, of {', '.join(Scope)}; may be given more than once ({' and '.join(_DEFAULT)})",
    )
    create.add_argument(
        "--per-minute",
        type=int,
        metavar="N",
        help=f"requests a minute, 0 for any number (as {variable('requests_per_minute')} says)",
    )
    create.set_defaults(run=_create)
    acts.add_parser("list", help="show all keys, without their secrets").set_defaults(run=_list)
    revoke = acts.add_parser("revoke", help="a key opens nothing any more")
    revoke.add_argument("id", help="as `list` shows it")
    revoke.set_defaults(run=_revoke)
    for act in acts.choices.values():
        act.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data)")


def _create(args: argparse.Namespace) -> int:
    """The secret alone on standard output."""
    if args.per_minute is not None and args.per_minute < 0:
        raise InvalidInput([Detail("--per-minute", "must be 0 or more")])
    with _ring(args) as ring:
        key, secret = ring.create(args.name, frozenset(args.scope or _DEFAULT), args.per_minute, whoever())
    print(f"key {key.id} for {key.name!r} may: {', '.join(sorted(key.scopes))}", file=sys.stderr)
    print("It cannot be shown again:", file=sys.stderr, flush=True)
    print(secret)
    return 0


def _list(args: argparse.Namespace) -> int:
    with _ring(args) as ring:
        for key in ring.all():
            pace = "" if key.per_minute is None else f"  {key.per_minute or 'any number'} a minute"
            print(f"{key.id}  {key.created_at}  {','.join(sorted(key.scopes))}  {key.name}{pace}")
    return 0


def _revoke(args: argparse.Namespace) -> int:
    with _ring(args) as ring:
        ring.revoke(args.id, whoever())
    print(f"key {args.id} is revoked", file=sys.stderr)
    return 0


@contextmanager
def _ring(args: argparse.Namespace) -> Iterator[RedisApiKeys]:
    flags = {variable("data_dir"): str(args.data)} if args.data else {}
    settings = read_settings({**os.environ, **flags})
    with reachable_redis(settings, os.environ) as url:
        yield RedisApiKeys(connect_briefly(url), settings.audit_entries)
