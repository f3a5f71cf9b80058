"""/v2/check etc.: LanguageTool's HTTP API. Editors with LanguageTool support only need this server's URL.

Contradicted and disputed claims and internal conflicts become matches; other verdicts do not appear. `level`,
`username` and `motherTongue` are accepted and ignored.

Source: LanguageTool HTTP API, version 1.
"""

from collections.abc import Callable
from typing import Any

from flask import Response, request

from service.api.resource import Resource
from service.context import services
from service.http.request_body import json_response
from service.languagetool.answer import answer, software
from service.languagetool.checking import check_text
from service.languagetool.cors import allow_origin
from service.languagetool.languages import listing
from service.languagetool.openapi_description import CHECK, INFO, LANGUAGE_LIST, form, query_parameters
from service.languagetool.request import read_request

languagetool = Resource("languagetool", __name__, description="For editors with LanguageTool support.")
languagetool.after_request(allow_origin)

_PLAIN = "text/plain; charset=utf-8"


def _check() -> Response:
    """Check a text."""
    settings = services().settings
    text_request = read_request(request, settings.article_limit_chars)
    return json_response(answer(check_text(text_request), text_request, settings.languagetool_issue_type))


def _languages() -> Response:
    """List the supported languages."""
    return json_response(listing())


def _info() -> Response:
    """Name and version of the software."""
    return json_response({"software": software()})


def _length() -> Response:
    """Maximum length of a text in characters."""
    return Response(str(services().settings.article_limit_chars), content_type=_PLAIN)


def _health() -> Response:
    """Answers OK."""
    return Response("OK", content_type=_PLAIN)


def _route(path: str, method: str, name: str, view: Callable[[], Response], schema: Any, **more: Any) -> None:
    """Registers a view. Each path and method needs its own operation in openapi.yaml."""

    def operation() -> Response:
        return view()

    operation.__name__, operation.__doc__ = name, view.__doc__
    media = "text/plain" if schema == _TEXT else "application/json"
    described = languagetool.response(200, schema, content_type=media, description="LanguageTool's response.")(
        operation
    )
    if view is _check:
        described = languagetool.refuses(400, 413, 422, 503)(described)
    described = languagetool.doc(operationId=name, **more)(described)
    languagetool.route(path, methods=[method])(described)


_TEXT = {"type": "string"}
for _prefix, _suffix in (("/v2", ""), ("", "Short")):
    _route(f"{_prefix}/check", "POST", f"checkTextByForm{_suffix}", _check, CHECK, requestBody=form())
    _route(f"{_prefix}/check", "GET", f"checkTextByQuery{_suffix}", _check, CHECK, parameters=query_parameters())
    _route(f"{_prefix}/languages", "GET", f"listLanguages{_suffix}", _languages, LANGUAGE_LIST)
_route("/v2/info", "GET", "readSoftware", _info, INFO)
_route("/v2/maxtextlength", "GET", "readTextLimit", _length, _TEXT)
_route("/v2/healthcheck", "GET", "readLanguageToolHealth", _health, _TEXT)
