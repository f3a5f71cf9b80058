"""Named steps of the work, for metrics and traces. No-op when no recorder is set."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import perf_counter
from typing import TypeAlias

Recorder: TypeAlias = Callable[[str], AbstractContextManager[object]]
"""Name of a step → context manager that spans the step."""


def _no_recorder(_: str) -> AbstractContextManager[object]:
    return nullcontext()


_recorder: ContextVar[Recorder] = ContextVar("recorder", default=_no_recorder)


def step(name: str) -> AbstractContextManager[object]:
    """`with step("retrieve"): ...`"""
    return _recorder.get()(name)


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Passes each step inside the block to `recorder`."""
    token = _recorder.set(recorder)
    try:
        yield
    finally:
        _recorder.reset(token)


class Stopwatch:
    """A recorder that sums up `seconds` and `times` of each step."""

    def __init__(self, inner: Recorder = _no_recorder) -> None:
        self._inner = inner
        self.seconds: dict[str, float] = {}
        self.times: dict[str, int] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Times the step, and passes it on to the inner recorder."""
        began = perf_counter()
        with self._inner(name):
            try:
                yield
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - began
                self.times[name] = self.times.get(name, 0) + 1
