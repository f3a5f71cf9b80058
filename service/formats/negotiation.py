"""Content negotiation for a check: JSON, or one of the formats in `service/formats/registry.py`."""

from collections.abc import Mapping

from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable

from service.formats.registry import ReportFormat
from service.http.request_body import JSON


def chosen(accept: MIMEAccept, offers: Mapping[str, ReportFormat]) -> str:
    """The media type that best matches `Accept`; JSON wins ties.

    A bare media type selects the first listed offer of that type, whatever its profile.

    Raises:
        NotAcceptable: no offer matches (406).
    """
    if not accept:
        return JSON
    names = {JSON: JSON}
    for offer in offers:
        names[offer] = offer
        names.setdefault(offer.partition(";")[0].strip(), offer)
    best = accept.best_match(list(names))
    if best is None:
        raise NotAcceptable(f"Available media types: {', '.join([JSON, *offers])}.")
    return names[best]
