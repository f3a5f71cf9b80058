"""The web page: `/` to check, `/checks/{id}` a check's own address, `/corpus` the archive. All else it asks of the API."""

from flask import Blueprint, Response, current_app, render_template

from service.middleware.security_headers import HEADERS

_CSP = "Content-Security-Policy"
# Only the reader of dropped files may hand markup to the browser, and only to its inert parser.
_STRICTER = f"{HEADERS[_CSP]}; require-trusted-types-for 'script'; trusted-types factcheck-reader"

blueprint = Blueprint(
    "page", __name__, template_folder="templates", static_folder="static", static_url_path="/page/static"
)


@blueprint.route("/", methods=["GET"])
def desk() -> Response:
    """An empty desk."""
    return _shown("page/check.html")


@blueprint.route("/checks/<check_id:check_id>", methods=["GET"])
def check(check_id: str) -> Response:
    """A check's permanent address. Whether there is such a check, the page asks with the reader's key."""
    return _shown("page/check.html")


@blueprint.route("/corpus", methods=["GET"])
def corpus() -> Response:
    """The archive."""
    return _shown("page/corpus.html")


@blueprint.after_request
def _revalidated(response: Response) -> Response:
    """Static files are asked for again each time and mostly answered 304, so that an upgrade shows at once."""
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _shown(template: str) -> Response:
    response = Response(
        render_template(template, version=current_app.config["API_VERSION"]), content_type="text/html; charset=utf-8"
    )
    response.headers[_CSP] = _STRICTER
    return response
