"""Which shape of a check a client wants: JSON, or one of those that `service/shapes/registry.py` lists."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TypeAlias

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable

from factcheck.article import Article
from factcheck.check import Check

JSON = "application/json"
Shape: TypeAlias = Callable[[Check, Article], tuple[bytes, str]]


@cache
def shapes() -> Mapping[str, Shape]:
    """Media type (with its profile) → what writes it; empty where no shapes are installed."""
    if find_spec("service.shapes.registry") is None:
        return {}
    registry: Mapping[str, Shape] = import_module("service.shapes.registry").SHAPES
    return registry


def chosen(accept: MIMEAccept, offers: Mapping[str, Shape]) -> str:
    """The offer that the client likes best, JSON among equals; raises 406 where it likes none.

    An offer with a profile is also found by its bare media type: the first one listed.
    """
    if not accept:
        return JSON
    names = {JSON: JSON}
    for offer in offers:
        names[offer] = offer
        names.setdefault(offer.partition(";")[0].strip(), offer)
    best = accept.best_match(list(names))
    if best is None:
        raise NotAcceptable(f"A check comes as {', '.join([JSON, *offers])}.")
    return names[best]
