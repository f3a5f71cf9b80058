"""/v1/me: who is signed in, with which role."""

from typing import Any

from flask import Response, current_app
from marshmallow import Schema, fields, validate

from factcheck.people import Role
from service.api.resource import Resource
from service.api.response_fields import a_text
from service.http.request_body import json_response
from service.middleware.person_authentication import SignInConfig, csrf_token, current_person

people = Resource("people", __name__, url_prefix="/v1/me", description="Who is signed in.")


class MeAnswer(Schema):
    """Who sends the request in the browser."""

    sign_in = fields.String(
        required=True,
        validate=validate.OneOf(["none", "oidc", "proxy"]),
        metadata={"description": "How people sign in; `none`: they do not, programs use keys."},
    )
    name = a_text("Null if nobody is signed in.", null=True)
    role = fields.String(required=True, allow_none=True, validate=validate.OneOf([role.name.lower() for role in Role]))
    csrf_token = a_text("To be sent as X-CSRF-Token with each change; null if none is needed.", null=True)


@people.route("", methods=["GET"])
@people.response(200, MeAnswer, description="The person.")
@people.refuses(403, 503)
@people.doc(operationId="readMe")
def me() -> Response:
    """Read who is signed in."""
    sign_in: SignInConfig | None = current_app.extensions.get("factcheck_sign_in")
    answer: dict[str, Any] = {"sign_in": "none", "name": None, "role": None, "csrf_token": None}
    if sign_in is not None:
        person = current_person(sign_in)
        answer["sign_in"] = "oidc" if sign_in.with_oidc else "proxy"
        if person is not None:
            answer |= {"name": person.name, "role": person.role.name.lower()}
            answer["csrf_token"] = csrf_token() if sign_in.with_oidc else None
    response = json_response(answer)
    response.headers["Cache-Control"] = "private, no-store"
    return response
