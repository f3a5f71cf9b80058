"""Least-recently-used cache of model results."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class AnswerCache(Generic[Key, Answer]):
    """Results for the `limit` most recently used inputs. Thread-safe."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._known: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def answers(self, keys: Sequence[Key], ask: Callable[[list[Key]], Iterable[Answer]]) -> list[Answer]:
        """One result per key, in order. Calls `ask` once with the distinct unknown keys."""
        wanted = list(dict.fromkeys(keys))
        with self._lock:
            found = {key: self._known[key] for key in wanted if key in self._known}
        missing = [key for key in wanted if key not in found]
        if missing:
            found.update(zip(missing, ask(missing), strict=True))
        with self._lock:
            for key in wanted:
                self._known[key] = found[key]
                self._known.move_to_end(key)
            while len(self._known) > self._limit:
                self._known.popitem(last=False)
        return [found[key] for key in keys]
