"""/v1/checks/{id}/article: the article under check, for clients that show the verdicts in its text."""

from typing import ClassVar

from flask import Response
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound

from factcheck.json_mapping import to_json
from service.api.resource import Resource
from service.context import owner, services
from service.http.request_body import json_response

article_under_check = Resource("drafts", __name__, url_prefix="/v1/checks", description="Articles under check.")


class SubmittedArticleAnswer(Schema):
    """The draft as submitted."""

    component_name: ClassVar = "Article"

    text = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    published_at = fields.String(required=True, allow_none=True)
    source = fields.String(required=True, allow_none=True)
    url = fields.String(required=True, allow_none=True)
    language = fields.String(required=True, allow_none=True)
    format = fields.String(required=True)


@article_under_check.route("/<check_id:check_id>/article", methods=["GET"])
@article_under_check.response(200, SubmittedArticleAnswer, description="The draft.")
@article_under_check.refuses(404, 410, 503)
@article_under_check.doc(operationId="readDraft")
def read_draft(check_id: str) -> Response:
    """Read the article under check."""
    context = services()
    if context.articles is None:
        raise NotFound("This service stores no articles.")
    response = json_response(to_json(context.articles.article(check_id, owner())))
    response.headers["Cache-Control"] = "private, no-store"
    return response
