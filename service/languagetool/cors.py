"""CORS for LanguageTool clients that run in a browser. Desktop clients do not need it."""

from flask import Response, request

from service.context import services

EXTENSIONS = "extensions"
"""Value in `FACTCHECK_LANGUAGETOOL_ORIGINS` that allows all browser extensions."""

_EXTENSION_SCHEMES = ("chrome-extension://", "moz-extension://", "safari-web-extension://")


def allowed(origin: str, setting: str) -> bool:
    """Whether `setting`, origins separated by white space, contains `origin`; `*` contains all.

    >>> allowed("moz-extension://0f", "extensions https://cms.example.org")
    True
    """
    words = setting.split()
    if "*" in words or origin in words:
        return True
    return EXTENSIONS in words and origin.startswith(_EXTENSION_SCHEMES)


def allow_origin(response: Response) -> Response:
    """Adds the CORS headers if the setting allows the request's origin."""
    origin = request.headers.get("Origin", "")
    response.vary.add("Origin")
    if origin and allowed(origin, services().settings.languagetool_origins):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, Accept"
        response.headers["Access-Control-Max-Age"] = "86400"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
