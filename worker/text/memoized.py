"""Cache for what is found in a sentence: several claims retrieve one passage, and several rules analyse it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

_ANSWERS = 1_000


def memoized(find: Callable[Asked, list[Found]]) -> Callable[Asked, list[Found]]:
    """Decorator: caches the last 1,000 results of a function of hashable arguments. Callers may change the list, not its items."""
    known = lru_cache(_ANSWERS)(lambda *args, **kwargs: tuple(find(*args, **kwargs)))

    @wraps(find)
    def found(*args: Asked.args, **kwargs: Asked.kwargs) -> list[Found]:
        return list(known(*args, **kwargs))  # type: ignore[arg-type]  # hashable, as the docstring asks

    return found
