"""/v1/checks/{id}/article: the draft under check, so that its verdicts can be shown in its text."""

from flask import Response
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound

from factcheck.codec import article_to_json
from service.api.resource import Resource
from service.context import owner, services
from service.http.request_body import json_response

drafts = Resource("drafts", __name__, url_prefix="/v1/checks", description="Articles under check.")


class ArticleAnswer(Schema):
    """The draft, as it was submitted."""

    text = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    published_at = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True)
    format = fields.String(required=True)


@drafts.route("/<check_id:check_id>/article", methods=["GET"])
@drafts.response(200, ArticleAnswer, description="The draft.")
@drafts.refuses(404, 410, 503)
@drafts.doc(operationId="readDraft")
def read_draft(check_id: str) -> Response:
    """Read the article under check."""
    house = services()
    if house.drafts is None:
        raise NotFound("This service keeps no drafts to show.")
    response = json_response(article_to_json(house.drafts.article(check_id, owner())))
    response.headers["Cache-Control"] = "private, no-store"
    return response
