"""What was found in a sentence of late: a passage meets several claims, and several rules ask the same of it."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Found = TypeVar("Found")

_ANSWERS = 1_000


def memoized(find: Callable[Asked, list[Found]]) -> Callable[Asked, list[Found]]:
    """The last 1,000 answers of a function of hashable arguments. The caller may change the list, not what is in it."""
    known = lru_cache(_ANSWERS)(lambda *args, **kwargs: tuple(find(*args, **kwargs)))

    @wraps(find)
    def found(*args: Asked.args, **kwargs: Asked.kwargs) -> list[Found]:
        return list(known(*args, **kwargs))  # type: ignore[arg-type]  # hashable, as the docstring asks

    return found
