"""Which web pages may call the editors' interface from a browser (CORS). Editors outside of a browser need none of it."""

from flask import Response, request

from service.context import services

EXTENSIONS = "extensions"
"""Stands in the setting for add-ons, which the user of the browser has installed."""

_EXTENSION_SCHEMES = ("chrome-extension://", "moz-extension://", "safari-web-extension://")


def allowed(origin: str, setting: str) -> bool:
    """Whether the setting, a list of origins separated by white space, holds this one; `*` holds all.

    >>> allowed("moz-extension://0f", "extensions https://cms.example.org")
    True
    """
    words = setting.split()
    if "*" in words or origin in words:
        return True
    return EXTENSIONS in words and origin.startswith(_EXTENSION_SCHEMES)


def allow_origin(response: Response) -> Response:
    """Tells the browser that the page may read the answer, where the setting says so."""
    origin = request.headers.get("Origin", "")
    response.vary.add("Origin")
    if origin and allowed(origin, services().settings.languagetool_origins):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept"
        response.headers["Access-Control-Max-Age"] = "86400"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
