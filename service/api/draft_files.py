"""/v1/drafts: a file → the article in it, as `POST /v1/checks` takes it. Nothing is stored or checked."""

from typing import Any

from flask import Response, request
from flask_smorest.fields import Upload
from marshmallow import fields
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import UnsupportedMediaType

from factcheck.ingest.sandboxed_drafts import read_draft_apart
from factcheck.json_mapping import to_json
from service.api.request_schemas import Input
from service.api.resource import Resource
from service.api.response_schemas import DraftAnswer
from service.context import services
from service.http.request_body import json_response

drafts = Resource("draft_files", __name__, url_prefix="/v1/drafts", description="Files with an article in them.")


def take_large_files() -> None:
    """Raises `UnsupportedMediaType`. A Word file with pictures may be larger than a JSON body."""
    request.max_content_length = request.max_form_memory_size = services().settings.file_limit_bytes
    if request.mimetype != "multipart/form-data":
        raise UnsupportedMediaType("Send the file as multipart/form-data, in the part `file`.")


class DraftFile(Input):
    """A file with one article in it."""

    file = Upload(
        required=True,
        metadata={
            "description": "Text, Markdown, HTML, Word (.docx), OpenDocument (.odt), PDF, e-mail (.eml) or an article in JSON."
        },
    )


class DraftFileQuery(Input):
    """How an article is wanted."""

    words = fields.Boolean(
        load_default=False,
        metadata={"description": "Of HTML the words, for people to edit, instead of the markup."},
    )


drafts.before_request(take_large_files)


@drafts.route("", methods=["POST"])
@drafts.arguments(DraftFile, location="files")
@drafts.arguments(DraftFileQuery, location="query")
@drafts.response(200, DraftAnswer, description="The article in the file.")
@drafts.refuses(413, 415)
@drafts.doc(operationId="readDraftFile")
def read_file(files: dict[str, FileStorage], query: dict[str, Any]) -> Response:
    """Read the article in a file."""
    file = files["file"]
    limit_chars = services().settings.article_limit_chars
    draft = read_draft_apart(file.filename or "file", file.stream.read(), limit_chars, as_words=query["words"])
    body = {"article": to_json(draft.article), "dated_by": draft.dated_by, "notes": list(draft.notes)}
    response = json_response(body)
    response.headers["Cache-Control"] = "no-store"
    return response
