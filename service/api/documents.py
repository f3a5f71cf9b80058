"""/v1/documents: the stored corpus."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace as replace_members
from sys import maxsize
from typing import Any

from flask import Response, request

from factcheck.errors import InvalidInput, InvalidInputDetail
from factcheck.evidence import Candidate, Document
from factcheck.json_mapping import to_json
from factcheck.ports import DocumentFilter, DocumentSort, PassageQuery
from service.api.bulk_documents import outcomes
from service.api.request_mapping import document_from
from service.api.request_schemas import (
    DOCUMENT,
    REPLACEMENT,
    DocumentInput,
    DocumentPageQuery,
    DocumentPatchInput,
    DocumentReadQuery,
    SearchQuery,
)
from service.api.resource import Resource
from service.api.response_schemas import (
    DocumentAnswer,
    DocumentLineAnswer,
    DocumentPageAnswer,
    PassagesAnswer,
    StoredDocumentAnswer,
)
from service.context import author, services
from service.http.request_body import JSON, NDJSON, is_ndjson, json_response, read_json, require_media_type
from service.http.urls import document_path
from service.http.validation_errors import load

documents = Resource("documents", __name__, url_prefix="/v1/documents", description="The stored corpus.")

_LOOKED_AT = 5
"""Passages looked at for one that is shown, where those of one document are limited."""

_LOCATION = {"Location": {"description": "Address of the document.", "schema": {"type": "string"}}}
_BODIES = {JSON: {"schema": DocumentInput}, NDJSON: {"schema": {"type": "string"}}}


@documents.route("", methods=["POST"])
@documents.response(201, DocumentAnswer, description="Stored.", headers=_LOCATION)
@documents.alt_response(200, schema=DocumentAnswer, description="Replaced.", headers=_LOCATION, success=True)
@documents.alt_response(
    200, schema=DocumentLineAnswer, content_type=NDJSON, description="One outcome a line.", success=True
)
@documents.refuses(400, 413, 415, 422, 503)
@documents.doc(operationId="storeDocuments", requestBody={"required": True, "content": _BODIES})
def store() -> Response:
    """Store one document, or many as NDJSON.

    With NDJSON, each line has its own outcome: valid lines are stored even if others are not.
    """
    if is_ndjson(request):
        return _store_lines()
    context = services()
    return _put(document_from(load(DOCUMENT, read_json(request)), context.settings))


@documents.route("", methods=["GET"])
@documents.arguments(DocumentPageQuery(), location="query")
@documents.response(200, DocumentPageAnswer, description="In the order asked for; by id without one.")
@documents.doc(operationId="listDocuments")
def index(query: dict[str, Any]) -> Response:
    """List documents."""
    corpus = services().documents
    wanted = DocumentFilter(
        query.get("source"), query.get("published_from"), query.get("published_to"), query["undated"]
    )
    order = query["sort"]
    sort, is_descending = DocumentSort(order.lstrip("-")), order.startswith("-")
    page = corpus.sorted_page(wanted, sort, is_descending, query.get("cursor"), query["limit"])
    total = corpus.count() if wanted == DocumentFilter() else corpus.matching(wanted)
    return json_response({"items": [to_json(d) for d in page.items], "cursor": page.cursor, "total": total})


@documents.route("/search", methods=["GET"])
@documents.arguments(SearchQuery(), location="query")
@documents.response(200, PassagesAnswer, description="Passages, best first.")
@documents.refuses(503)
@documents.doc(operationId="searchDocuments")
def search(query: dict[str, Any]) -> Response:
    """Search the corpus."""
    context, limit, most = services(), query["limit"], query.get("per_document")
    found = context.search.search(
        PassageQuery(
            words=query["q"],
            limit=limit if most is None else limit * _LOOKED_AT,
            sources_include=tuple(query.get("source", ())),
            published_from=query.get("published_from"),
            published_to=query.get("published_to"),
        )
    )
    shown = found if most is None else _spread(found, most)[:limit]
    return json_response({"items": [_candidate_to_json(c) for c in shown], "revision": context.search.revision()})


@documents.route("/<document_id:document_id>", methods=["GET"])
@documents.arguments(DocumentReadQuery(), location="query")
@documents.response(200, StoredDocumentAnswer, description="The document.")
@documents.refuses(404, 503)
@documents.doc(operationId="readDocument")
def read(query: dict[str, Any], document_id: str) -> Response:
    """Read a document."""
    corpus = services().documents
    document = to_json(corpus.get(document_id))
    earlier = {"versions": [to_json(v) for v in corpus.versions(document_id)]} if query["versions"] else {}
    return json_response({**document, **earlier})


@documents.route("/<document_id:document_id>", methods=["PUT"])
@documents.arguments(REPLACEMENT, description="The document; its id is optional.")
@documents.response(200, DocumentAnswer, description="Replaced.", headers=_LOCATION)
@documents.alt_response(201, schema=DocumentAnswer, description="Stored.", headers=_LOCATION, success=True)
@documents.refuses(400, 413, 415, 503)
@documents.doc(operationId="replaceDocument")
def replace(document: dict[str, Any], document_id: str) -> Response:
    """Store a document under this id."""
    if document.setdefault("id", document_id) != document_id:
        raise InvalidInput([InvalidInputDetail("/id", "Must be the id in the URL, or absent.")])
    if faults := DOCUMENT.validate({"id": document_id, "text": "-"}):
        raise InvalidInput([InvalidInputDetail("/id", str(fault)) for fault in faults["id"]])
    return _put(document_from(document, services().settings))


@documents.route("/<document_id:document_id>", methods=["PATCH"])
@documents.arguments(DocumentPatchInput(), description="The members that change.")
@documents.response(200, DocumentAnswer, description="Changed.")
@documents.refuses(400, 404, 413, 415, 503)
@documents.doc(operationId="changeDocument")
def change(changed: dict[str, Any], document_id: str) -> Response:
    """Change a document: retract it, correct it, say why in `note`. Where it came from stays known."""
    context = services()
    stored = context.documents.get(document_id)
    document = replace_members(document_from({**to_json(stored), **changed}, context.settings), origin=stored.origin)
    context.documents.put(document, author())
    return json_response(to_json(document))


@documents.route("/<document_id:document_id>", methods=["DELETE"])
@documents.response(204, description="Removed; it is no longer evidence.")
@documents.refuses(404, 503)
@documents.doc(operationId="removeDocument")
def remove(document_id: str) -> Response:
    """Remove a document."""
    services().documents.remove(document_id, author())
    return Response(status=204)


def _put(document: Document) -> Response:
    new = services().documents.put(document, author())
    services().metrics.count("factcheck_documents_stored_total")
    response = json_response(to_json(document), 201 if new else 200)
    response.headers["Location"] = document_path(document.id)
    return response


def _store_lines() -> Response:
    require_media_type(request, True, NDJSON)
    request.max_content_length = maxsize  # each line is bounded, their number is not
    context, actor = services(), author()  # the request context is gone while the answer streams

    def stored(documents: Sequence[Document]) -> list[bool]:
        created = context.documents.put_many(documents, actor)
        context.metrics.count("factcheck_documents_stored_total", len(created))
        return created

    return Response(outcomes(request.stream, stored, context.settings), content_type=NDJSON)


def _spread(found: Sequence[Candidate], most: int) -> list[Candidate]:
    """At most so many passages of one document, in their order."""
    seen: Counter[str] = Counter()
    kept = []
    for candidate in found:
        seen[candidate.passage.document.id] += 1
        if seen[candidate.passage.document.id] <= most:
            kept.append(candidate)
    return kept


def _candidate_to_json(candidate: Candidate) -> dict[str, Any]:
    passage = candidate.passage
    return {
        "document": to_json(passage.document),
        "span": to_json(passage.span),
        "text": passage.text,
        "before": passage.before,
        "after": passage.after,
        "story": passage.story,
        "score": round(candidate.score, 4),
    }
