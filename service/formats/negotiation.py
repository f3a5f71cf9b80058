"""Which shape of a check a client wants: JSON, or one of those that `service/formats/registry.py` lists."""

from collections.abc import Mapping

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable

from service.formats.registry import Shape
from service.http.request_body import JSON


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
