"""The web pages, whose scripts call the HTTP API.

`/` (form), `/checks/{id}` (report), `/desk` (overview), `/articles` (history), `/rechecks` (articles checked
again), `/corpus` (archive), `/disagreements` (archive against itself).
"""

from flask import Blueprint, Response, current_app, render_template

from factcheck.ingest.formats import FORMATS, SUFFIXES
from service.context import services
from service.middleware.security_headers import HEADERS

_CSP = "Content-Security-Policy"
# Trusted Types: no script may pass markup to the browser.
_STRICTER = f"{HEADERS[_CSP]}; require-trusted-types-for 'script'; trusted-types 'none'"

page = Blueprint("page", __name__, template_folder="templates", static_folder="static", static_url_path="/page/static")


@page.route("/", methods=["GET"])
def check_form() -> Response:
    """The form for a new check."""
    return _shown("page/check.html")


@page.route("/checks/<check_id:check_id>", methods=["GET"])
def check(check_id: str) -> Response:
    """The permanent URL of a check. The page's script reads the check with the user's key."""
    return _shown("page/check.html")


@page.route("/articles", methods=["GET"])
@page.route("/articles/<article_id:article_id>", methods=["GET"])
def articles(article_id: str | None = None) -> Response:
    """The articles under work; with an id, one of them with its versions."""
    return _shown("page/articles.html")


@page.route("/desk", methods=["GET"])
def desk() -> Response:
    """The state of the desk."""
    return _shown("page/desk.html")


@page.route("/corpus", methods=["GET"])
def corpus() -> Response:
    """The archive."""
    settings = services().settings
    return _shown(
        "page/corpus.html",
        endings=SUFFIXES,
        formats=[*FORMATS],
        zone=settings.newsroom_zone,
        limit_bytes=settings.upload_limit_bytes,
    )


@page.route("/rechecks", methods=["GET"])
def rechecks() -> Response:
    """Kept articles checked again."""
    return _shown("page/rechecks.html")


@page.route("/disagreements", methods=["GET"])
def disagreements() -> Response:
    """The archive read against itself."""
    return _shown("page/disagreements.html")


@page.after_request
def _revalidated(response: Response) -> Response:
    """Browsers revalidate static files each time (mostly 304), so that an upgrade is visible at once."""
    response.headers.setdefault("Cache-Control", "no-cache")
    return response


def _shown(template: str, **values: object) -> Response:
    shown = render_template(template, version=current_app.config["API_VERSION"], **values)
    response = Response(shown, content_type="text/html; charset=utf-8")
    response.headers[_CSP] = _STRICTER
    return response
