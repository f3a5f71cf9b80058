"""`factcheck serve`: runs the whole service on one machine under one supervisor."""

import argparse
import errno
import http.client
import os
import shutil
import signal
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from factcheck.api_keys import is_loopback
from factcheck.errors import InvalidSetting
from factcheck.redis_connection import connect_briefly
from factcheck.settings import Settings, read_settings, variable
from factcheck.store.api_keys import RedisApiKeys
from factcheck_cli.embedded_redis import private_socket, reachable_redis, server_program
from factcheck_cli.supervisor import Child, Program, Supervisor, file_lock

EXIT_NOT_COMPLETED = 3
_ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}
_READY_INTERVAL_S = 0.2
_SPACE_BYTES = 1_000_000  # the database's first writes
_WORKER_NICENESS = 5  # API requests take precedence over checks where cores are short
_IMPORTER_NICENESS = 10  # and checks over imports
# The GNU C library asks for pages of 2 MB: the models' weights take fewer address look-ups, 4 % of a claim's processor time
# (docs/performance.md). Other C libraries ignore the variable.
_LARGE_PAGES = {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}


def register(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("serve", help="run the whole service on this machine; Ctrl-C stops it")
    parser.add_argument("--host", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, help="port to listen on (8080); 0 for any free port")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data)")
    parser.add_argument("--workers", type=int, help="number of checks that run at the same time (2)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Runs until SIGTERM or Ctrl-C. Stopping loses no data."""
    settings = settings_of(arguments, os.environ)
    with ExitStack() as stack:
        stack.enter_context(data_dir_lock(settings.data_dir))
        require_space(settings.data_dir)
        require_keys(settings)
        listener = stack.enter_context(listening_socket(settings.host, settings.port))
        settings = replace(settings, port=listener.getsockname()[1])
        programs = []
        if not os.environ.get("REDIS_URL"):
            socket_path = stack.enter_context(private_socket(settings.data_dir))
            settings = replace(settings, redis_url=f"unix://{socket_path}")
            programs.append(server_program(settings.data_dir, socket_path))
        programs += service_programs(settings, listener)
        return _supervise(settings, [Child(program) for program in programs])


def settings_of(arguments: argparse.Namespace, environ: Mapping[str, str]) -> Settings:
    """Settings from flags and environment. Flags take precedence, and are range-checked alike."""
    given = {
        "host": arguments.host,
        "port": arguments.port,
        "data_dir": arguments.data,
        "workers": arguments.workers,
    }
    flags = {variable(name): str(value) for name, value in given.items() if value is not None}
    settings = read_settings({**environ, **flags})
    return replace(settings, data_dir=settings.data_dir.resolve())


def require_keys(settings: Settings) -> None:
    """Refuses a non-loopback address while there is no API key and nobody signs in.

    Raises: `InvalidSetting`.
    """
    if is_loopback(settings.host) or settings.oidc_issuer or settings.proxy_user_header:
        return
    with reachable_redis(settings, os.environ) as url:
        if RedisApiKeys(connect_briefly(url)).is_empty():
            raise InvalidSetting(
                f"refusing to listen on {settings.host} without API keys: create one with "
                f"`factcheck keys create NAME --data {settings.data_dir}`, or listen on 127.0.0.1"
            )


def require_space(data_dir: Path, least_bytes: int = _SPACE_BYTES) -> None:
    """Refuses to start on a full disk, where nothing could be accepted.

    Raises: `InvalidSetting`.
    """
    if shutil.disk_usage(data_dir).free < least_bytes:
        raise InvalidSetting(
            f"the disk of the data folder {data_dir} is full: free some space and start again; nothing is lost"
        )


@contextmanager
def data_dir_lock(data_dir: Path) -> Iterator[None]:
    """Creates and locks the data folder.

    Raises: `InvalidSetting` where the folder cannot be used, or another service uses it.
    """
    try:
        data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidSetting(f"the data folder {data_dir} cannot be created: {error.strerror}") from None
    if not os.access(data_dir, os.W_OK | os.X_OK):
        raise InvalidSetting(f"the data folder {data_dir} is not writable")
    with file_lock(data_dir / "serve.lock") as fds:
        if fds is None:
            raise InvalidSetting(f"another `factcheck serve` uses the data folder {data_dir}")
        yield


@contextmanager
def listening_socket(host: str, port: int) -> Iterator[socket.socket]:
    """The web server's socket. The supervisor holds it, so that clients wait while the web server restarts.

    Raises: `InvalidSetting` where the address cannot be bound.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            what = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be used: {error.strerror}"
            raise InvalidSetting(f"port {port} of {host} {what}; choose another one with --port") from None
        listener.listen(2048)
        yield listener


def service_programs(settings: Settings, listener: socket.socket) -> list[Program]:
    """Indexer, archive encoder, importer, workers and web server. They get all settings through the environment.

    Processes with models get large pages, too, unless the environment tunes the allocator itself.
    """
    environ = {**os.environ, **environment_of(settings)}
    with_models = {**_LARGE_PAGES, **environ}
    python = sys.executable
    indexer = _program("indexer", [python, "-m", "factcheck.indexer"], environ, stop_within_s=10)
    encoder = _program("archive encoder", [python, "-m", "worker.archive_encoder"], with_models, stop_within_s=10)
    workers = [
        replace(
            _program(
                f"worker {number}",
                [python, "-m", "worker"],
                with_models,
                stop_within_s=30,
                fatal_exit_codes=frozenset({2}),
            ),
            niceness=_WORKER_NICENESS,
        )
        for number in range(1, settings.workers + 1)
    ]
    importer = replace(
        _program("importer", [python, "-m", "factcheck.import_process"], environ, stop_within_s=10),
        niceness=_IMPORTER_NICENESS,
    )
    return [indexer, encoder, importer, *workers, _web_program(settings, listener, environ)]


def environment_of(settings: Settings) -> dict[str, str]:
    """The settings as environment variables, so that every child process reads the same values."""
    return {variable(field.name): str(getattr(settings, field.name)) for field in fields(settings)}


def _web_program(settings: Settings, listener: socket.socket, environ: Mapping[str, str]) -> Program:
    flags = {
        "bind": f"fd://{listener.fileno()}",
        "workers": settings.web_processes,
        "worker-class": "service.gunicorn_worker.ProblemThreadWorker",
        "threads": settings.web_threads,
        "limit-request-line": 8190,
        "graceful-timeout": 5,
        "timeout": 60,
        "log-level": "warning",
    }
    argv = [sys.executable, "-m", "gunicorn", "service.wsgi:app", "--no-control-socket"]
    for name, value in flags.items():
        argv += [f"--{name}", str(value)]
    program = _program("web server", argv, environ, stop_within_s=10, fatal_exit_codes=frozenset({3, 4}))
    return replace(program, fds=(listener.fileno(),), orphan_signal=signal.SIGQUIT)


def _program(
    name: str,
    argv: list[str],
    environ: Mapping[str, str],
    stop_within_s: float,
    fatal_exit_codes: frozenset[int] = frozenset(),
) -> Program:
    return Program(
        name, tuple(argv), environ, signal.SIGTERM, stop_within_s, signal.SIGKILL, fatal_exit_codes=fatal_exit_codes
    )


def _supervise(settings: Settings, children: list[Child]) -> int:
    announcer = ReadyAnnouncer(settings)
    supervisor = Supervisor(children, announcer.tick, _print_line)
    supervisor.run()
    if supervisor.failed_program:
        _print_line(
            f"{supervisor.failed_program} fails at every start; see its message above, or run `factcheck doctor`"
        )
        return EXIT_NOT_COMPLETED
    return 0


class ReadyAnnouncer:
    """Polls `/readyz` until it succeeds, then prints the service's URL once to standard output."""

    def __init__(self, settings: Settings) -> None:
        host = _ANY_ADDRESS.get(settings.host, settings.host)
        self._host, self._port = host, settings.port
        self._url = f"http://[{host}]:{settings.port}/" if ":" in host else f"http://{host}:{settings.port}/"
        self._announced = False
        self._next = 0.0

    def tick(self) -> None:
        """Call often. Polls at most five times a second."""
        if self._announced or time.monotonic() < self._next:
            return
        if self._ready():
            self._announced = True
            print(f"factcheck is ready at {self._url}", flush=True)
        self._next = time.monotonic() + _READY_INTERVAL_S

    def _ready(self) -> bool:
        connection = http.client.HTTPConnection(self._host, self._port, timeout=1)
        try:
            connection.request("GET", "/readyz")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


def _print_line(line: str) -> None:
    print(f"factcheck serve: {line}", file=sys.stderr, flush=True)
