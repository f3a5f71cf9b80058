"""/v1/imports: archives from a browser or a program into the corpus: upload, dry run, import, report."""

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from flask import Response, request
from marshmallow import Schema, ValidationError, fields, validate

from factcheck.errors import ImportNotReady, InvalidInput, UploadTooLarge, UploadUnavailable
from factcheck.ingest.formats import FORMATS
from factcheck.ingest.time_zones import require_zone
from factcheck.ingest.uploads import (
    ImportOptions,
    ImportRecord,
    ImportStatus,
    UploadArea,
    plain_name,
)
from service.api.request_schemas import Input
from service.api.resource import Resource
from service.api.response_fields import a_count, a_list, a_list_of_texts, a_text, a_word, an_object, an_object_of_texts
from service.context import author, services
from service.http.json_fields import PRINTABLE, JsonDay, JsonString, printable
from service.http.multipart import MULTIPART, receive_files
from service.http.request_body import NDJSON, json_response
from service.http.urls import import_path

imports = Resource("imports", __name__, url_prefix="/v1/imports", description="Archives on their way into the corpus.")

MOST_FILES = 200_000
_SHOWN = 20
_CHUNK_BYTES = 65_536


def _is_zone(name: str) -> None:
    try:
        require_zone(name, "")
    except InvalidInput as error:
        raise ValidationError(error.details[0].detail) from None


class ImportInput(Input):
    """How the files of an import are read. All members are optional."""

    format = JsonString(
        allow_none=True,
        validate=validate.OneOf([*FORMATS]),
        metadata={"description": "Read every file as this format; null: found out.", "enum": [*FORMATS, None]},
    )
    zone = JsonString(
        allow_none=True,
        validate=_is_zone,
        metadata={"description": "The newsroom's time zone, such as Europe/Oslo; null: that of the settings."},
    )
    source = JsonString(
        allow_none=True,
        validate=[validate.Length(max=500), printable],
        metadata={"description": "Source of reports that name none.", "pattern": PRINTABLE},
    )
    published_at = JsonDay(
        allow_none=True,
        metadata={
            "description": "Date of publication of reports without one.",
            "anyOf": [{"format": "date"}, {"type": "null"}],
        },
    )


class ImportOptionsAnswer(Schema):
    """As sent."""

    format = a_text(null=True)
    zone = a_text(null=True)
    source = a_text(null=True)
    published_at = a_text(null=True)


class ImportProgressAnswer(Schema):
    """How far the importer is."""

    bytes_done = a_count("Read so far.")
    bytes_total = a_count()
    documents = a_count("Reports taken so far.")
    elapsed_s = fields.Float(required=True)
    file = a_text("The file at hand.")


class ImportSampleAnswer(Schema):
    """One of up to ten reports, drawn evenly from all."""

    id = a_text()
    title = a_text()
    source = a_text(null=True)
    published_at = a_text(null=True)
    date_source = a_text("The field that gave `published_at`.", null=True)
    file = a_text(null=True)
    entry = a_text(null=True)


class NotTakenAnswer(Schema):
    """One line of the report of what was not taken, or was taken with a doubt."""

    file = a_text()
    entry = a_text(null=True)
    id = a_text(null=True)
    outcome = a_text("`refused`, the status it was left out for, or `stored with a note`.")
    reason = a_text()


def _counts(description: str) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(), values=fields.Integer(), required=True, metadata={"description": description}
    )


class ImportOutcomeAnswer(Schema):
    """What an import did; of a dry run: what it would do."""

    new = a_count()
    replaced = a_count()
    unchanged = a_count("Stored already, word for word.")
    retracted = a_count("Stored before, and no longer published.")
    refused = a_count("Files and entries that could not be read.")
    undated = a_count("Reports without a date of publication.")
    formats = _counts("Format → reports.")
    left_out = _counts("Status → reports that are no evidence.")
    refusals = _counts("Reason → files and entries; the ten most frequent.")
    undated_first = a_list_of_texts("Ids of the first 20 undated reports.")
    samples = a_list(ImportSampleAnswer)
    not_taken = a_count("Lines of the report.")
    first_not_taken = a_list(NotTakenAnswer)


class ImportAnswer(Schema):
    """One import."""

    id = a_text()
    status = a_word(ImportStatus, "`receiving` files, `checking` (dry run), `ready`, `importing`, or ended.")
    created_at = a_text("ISO 8601, UTC.")
    options = an_object(ImportOptionsAnswer)
    files = a_count("Files received.")
    bytes = a_count("Bytes received.")
    progress = an_object(ImportProgressAnswer, null=True)
    dry_run = an_object(ImportOutcomeAnswer, null=True)
    result = an_object(ImportOutcomeAnswer, null=True)
    error = a_text("Why it failed.", null=True)
    links = an_object_of_texts("Addresses of the import: `self`, `files`, `dry_run`, `start`, `report`.")


class ImportListAnswer(Schema):
    """The newest imports of this host."""

    items = a_list(ImportAnswer)


_PARTS = {"type": "object", "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}}}}
_UPLOAD = {"required": True, "content": {MULTIPART: {"schema": _PARTS}}}


@imports.route("", methods=["POST"])
@imports.arguments(ImportInput())
@imports.response(
    201,
    ImportAnswer,
    description="It receives files.",
    headers={"Location": {"description": "Address of the import.", "schema": {"type": "string"}}},
)
@imports.refuses(400, 413, 415, 503)
@imports.doc(operationId="createImport")
def create(options: dict[str, Any]) -> Response:
    """Begin an import."""
    if not _area().has_importer():
        raise UploadUnavailable("no importer runs on this host; `factcheck serve` starts one")
    chosen = {name: options.get(name) for name in ("format", "zone", "source", "published_at")}
    import_id = _area().create(ImportOptions(**chosen), author())
    response = _answer(import_id, 201)
    response.headers["Location"] = import_path(import_id)
    return response


@imports.route("", methods=["GET"])
@imports.response(200, ImportListAnswer, description="The newest 20, newest first.")
@imports.doc(operationId="listImports")
def index() -> Response:
    """List imports."""
    area = _area()
    return json_response({"items": [_json(area.read(import_id)) for import_id in area.ids()[:_SHOWN]]})


@imports.route("/<import_id:import_id>", methods=["GET"])
@imports.response(200, ImportAnswer, description="The import.")
@imports.refuses(404)
@imports.doc(operationId="readImport")
def read(import_id: str) -> Response:
    """Read an import: progress, dry run, result."""
    return _answer(import_id)


@imports.route("/<import_id:import_id>/files", methods=["POST"])
@imports.response(200, ImportAnswer, description="The files are received.")
@imports.refuses(400, 404, 409, 413, 415, 422, 503)
@imports.doc(operationId="uploadFiles", requestBody=_UPLOAD)
def upload(import_id: str) -> Response:
    """Upload files, in one request or many.

    The file name of a part may be a path relative to the archive's folder. Of an interrupted request nothing is kept; a file of the
    same name takes the place of the one before it. So a request may be repeated.
    """
    area, record = _area(), _require(import_id, ImportStatus.RECEIVING)
    left_bytes = services().settings.upload_limit_bytes - record.bytes
    if record.files >= MOST_FILES:
        raise UploadTooLarge(f"an import takes {MOST_FILES:,} files; send a ZIP, or use `factcheck corpus import`")
    try:
        received = receive_files(request, lambda: area.open_file(import_id), left_bytes, MOST_FILES - record.files)
    except OSError as error:
        raise UploadUnavailable(f"the files cannot be written: {error.strerror or error}") from None
    named = [(plain_name(name), path) for name, path in received]
    for name, path in named:
        area.add(import_id, name, path)
    return _answer(import_id)


@imports.route("/<import_id:import_id>/dry-run", methods=["POST"])
@imports.response(202, ImportAnswer, description="The dry run begins.")
@imports.refuses(404, 409)
@imports.doc(operationId="dryRunImport")
def dry_run(import_id: str) -> Response:
    """End the upload, and find out what the import would do. Nothing is stored."""
    if _require(import_id, ImportStatus.RECEIVING, ImportStatus.CHECKING).files == 0:
        raise ImportNotReady(import_id, "without files")
    _area().complete(import_id)
    return _answer(import_id, 202)


@imports.route("/<import_id:import_id>/start", methods=["POST"])
@imports.response(202, ImportAnswer, description="The import begins.")
@imports.refuses(404, 409)
@imports.doc(operationId="startImport")
def start(import_id: str) -> Response:
    """Import, after the dry run."""
    _area().start(import_id)
    return _answer(import_id, 202)


@imports.route("/<import_id:import_id>/report", methods=["GET"])
@imports.response(
    200,
    {"type": "string"},
    content_type=NDJSON,
    description="One line (`NotTaken`) a report or file; empty for none.",
)
@imports.refuses(404)
@imports.doc(operationId="readImportReport")
def report(import_id: str) -> Response:
    """Download what was not taken, and why; of the dry run as long as nothing is imported."""
    path = _area().report(import_id)
    name = f"not-taken-{import_id[:8]}.jsonl"
    response = Response(_lines(path), content_type=NDJSON)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@imports.route("/<import_id:import_id>", methods=["DELETE"])
@imports.response(204, description="Ended; its files are removed. Reports that were stored stay.")
@imports.refuses(404)
@imports.doc(operationId="cancelImport")
def cancel(import_id: str) -> Response:
    """End an import."""
    _area().cancel(import_id)
    return Response(status=204)


def _area() -> UploadArea:
    return UploadArea(services().settings.data_dir)


def _require(import_id: str, *wanted: ImportStatus) -> ImportRecord:
    record = _area().read(import_id)
    if record.status not in wanted:
        raise ImportNotReady(import_id, record.status)
    return record


def _answer(import_id: str, status: int = 200) -> Response:
    return json_response(_json(_area().read(import_id)), status)


def _json(record: ImportRecord) -> dict[str, Any]:
    path = import_path(record.id)
    return {
        "id": record.id,
        "status": record.status,
        "created_at": record.created_at,
        "options": asdict(record.options),
        "files": record.files,
        "bytes": record.bytes,
        "progress": record.progress,
        "dry_run": record.dry_run,
        "result": record.result,
        "error": record.error,
        "links": {
            "self": path,
            "files": f"{path}/files",
            "dry_run": f"{path}/dry-run",
            "start": f"{path}/start",
            "report": f"{path}/report",
        },
    }


def _lines(path: Path | None) -> Iterator[bytes]:
    if path is None:
        return
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk
