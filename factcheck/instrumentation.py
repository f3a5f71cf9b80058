"""Steps of the work, told to whoever measures them: the worker's metrics, traces. Where nobody does, they cost nothing."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from time import perf_counter
from typing import TypeAlias

Recorder: TypeAlias = Callable[[str], AbstractContextManager[object]]
"""Name of a step → what is entered at its beginning and left at its end."""


def _nobody(_: str) -> AbstractContextManager[object]:
    return nullcontext()


_recorder: ContextVar[Recorder] = ContextVar("recorder", default=_nobody)


def step(name: str) -> AbstractContextManager[object]:
    """`with step("retrieve"): ...`"""
    return _recorder.get()(name)


@contextmanager
def recording(recorder: Recorder) -> Iterator[None]:
    """Inside, `recorder` hears of each step."""
    token = _recorder.set(recorder)
    try:
        yield
    finally:
        _recorder.reset(token)


class Stopwatch:
    """A recorder that adds up: `seconds` and `times` of each step."""

    def __init__(self, inner: Recorder = _nobody) -> None:
        self._inner = inner
        self.seconds: dict[str, float] = {}
        self.times: dict[str, int] = {}

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Passes the step on to the inner recorder too."""
        began = perf_counter()
        with self._inner(name):
            try:
                yield
            finally:
                self.seconds[name] = self.seconds.get(name, 0.0) + perf_counter() - began
                self.times[name] = self.times.get(name, 0) + 1
