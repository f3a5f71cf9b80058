"""/v1/checks/{id}/word: the draft's own Word file with the verdicts in it. The file is not stored."""

from flask import Response
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import NotFound

from service.api.draft_files import DraftFile, take_large_files
from service.api.resource import Resource
from service.context import owner, services
from service.formats.registry import WORD, report_of

word = Resource("word_files", __name__, url_prefix="/v1/checks", description="Word files with verdicts.")
word.before_request(take_large_files)


@word.route("/<check_id:check_id>/word", methods=["POST"])
@word.arguments(DraftFile, location="files")
@word.response(
    200,
    {"type": "string", "format": "binary"},
    content_type=WORD,
    description="The file with a comment at each verdict and a tracked change for each suggestion.",
)
@word.refuses(404, 410, 413, 415, 503)
@word.doc(operationId="annotateWord")
def annotate(files: dict[str, FileStorage], check_id: str) -> Response:
    """Put the verdicts into the Word file that was checked."""
    from service.formats.word_document import annotate_word

    context, file = services(), files["file"]
    check = context.checks.get(check_id, owner())
    if context.articles is None:
        raise NotFound("This service stores no articles.")
    article = context.articles.article(check_id, owner())
    body = annotate_word(file.stream.read(), file.filename or "file", report_of(check, article), article)
    response = Response(body, content_type=file.content_type or WORD)
    response.headers["Cache-Control"] = "private, no-store"
    return response
