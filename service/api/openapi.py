"""/openapi.yaml and /docs, the API reference. The page loads nothing from other hosts."""

from flask import Response, current_app, render_template

from service.api.reference_page import calls, description, kind_of
from service.api.resource import Resource
from service.http.problems import TABLE, urn
from service.http.yaml_text import to_yaml

docs = Resource(
    "docs",
    __name__,
    description="The API description.",
    template_folder="templates",
    static_folder="static",
    static_url_path="/docs/static",
)


@docs.route("/openapi.yaml", methods=["GET"])
@docs.response(200, {"type": "string"}, content_type="application/yaml", description="OpenAPI 3.1.")
@docs.doc(operationId="readContract")
def contract() -> Response:
    """The OpenAPI description."""
    return Response(to_yaml(description(current_app)), content_type="application/yaml; charset=utf-8")


@docs.route("/docs", methods=["GET"])
@docs.response(200, {"type": "string"}, content_type="text/html", description="The reference.")
@docs.doc(operationId="readReference")
def reference() -> Response:
    """The API reference as a web page."""
    page = render_template(
        "reference.html", spec=description(current_app), calls=calls, kind_of=kind_of, problems=TABLE.values(), urn=urn
    )
    return Response(page, content_type="text/html; charset=utf-8")
