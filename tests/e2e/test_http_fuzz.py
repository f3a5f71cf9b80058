"""Requests that nobody thought of, made up from openapi.yaml: no 5xx, no answer other than described, none without a key."""

import atexit
import os
import shutil
import tempfile
import time
from pathlib import Path

import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from factcheck.ingest.uploads import UploadArea
from factcheck.settings import Settings
from service.app import create_app
from service.http.request_body import NDJSON
from tests.builders import a_document
from tests.e2e.each_operation import EachOperation, labels
from tests.fakes import InMemoryAuditLog, InMemoryChecks, InMemoryDocuments, InMemorySearch, SingleApiKey

EXAMPLES = int(os.environ.get("FACTCHECK_FUZZ_EXAMPLES", "8"))  # of each call; more for a long run
KEY = "fck_one"
# Rules that JSON Schema cannot say: one of two form fields, one of three members, an id that is the address's, days in their order,
# zones' names, what a file must hold, versions that there are.
UNSAID = {
    *("/v1/checks", "/v1/imports", "/check", "/v2/check", "/v1/documents/{document_id}", "/v1/documents/search"),
    *("/v1/checks/{check_id}/claims/{claim_id}/decisions", "/v1/drafts", "/v1/articles/{article_id}"),
    *("/v1/documents", "/v1/rechecks", "/v1/corpus-audits"),
}

LISTS = ("source",)
"""Parameters of a query that are lists. A bare value is a list of one in an address; where the key is left out as well (which this
test adds again), Schemathesis 4.32 expects it to be refused."""


def furnished_app() -> Flask:
    """An app on fakes that hold two documents. Limits are such that only what is described refuses a request."""
    uploads = Path(tempfile.mkdtemp(prefix="fc-fuzz-"))
    atexit.register(shutil.rmtree, uploads, ignore_errors=True)
    UploadArea(uploads).beat()
    os.utime(UploadArea(uploads).root / "importer", (time.time() + 3_600,) * 2)  # alive throughout a long run
    room, shelf = InMemoryChecks(), InMemoryDocuments(a_document("0"), a_document("a/b"))
    return create_app(
        Settings(wait_limit_s=0.02, data_dir=uploads),
        room,
        room,
        shelf,
        InMemorySearch(shelf),
        articles=room,
        api_keys=SingleApiKey(KEY),
        audit_log=InMemoryAuditLog(),
    )


@schemathesis.serializer(NDJSON)
def as_it_is(ctx: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode(errors="replace")


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def is_as_described(case: schemathesis.Case) -> None:
    unfit = ["positive_data_acceptance"] if case.path in UNSAID else []
    if case.media_type == NDJSON:  # bad lines are told as such, in an answer that is a success
        unfit.append("negative_data_rejection")
    if any(isinstance(value, str | int | float) for name, value in (case.query or {}).items() if name in LISTS):
        unfit.append("negative_data_rejection")
    case.call_and_validate(headers={"Authorization": f"Bearer {KEY}"}, excluded_checks=CHECKS.get_by_names(unfit))


test_every_answer_is_as_described = EachOperation(
    is_as_described, lambda: schemathesis.openapi.from_wsgi("/openapi.yaml", furnished_app())
)


def test_no_operation_of_the_service_is_left_out():
    assert sorted(labels()) == sorted(test_every_answer_is_as_described.operations)
