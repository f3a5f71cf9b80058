"""Ids in addresses: what they look like, and how they are written."""

from urllib.parse import quote

from flask import Flask, request
from flask_smorest import Api
from werkzeug.routing import BaseConverter

from factcheck.check import Check

CHECK_ID = r"[A-Za-z0-9_-]{1,64}"


class CheckId(BaseConverter):
    """A check's id. Anything else is nowhere, and reaches no store."""

    regex = CHECK_ID


class DocumentId(BaseConverter):
    """A document's id: any text, slashes included, but for the word that is another call's address."""

    regex = "(?!search$).+"
    part_isolating = False
    weight = 300


def install(app: Flask) -> None:
    """Teach the app these ids. Slashes are never merged: `a//b` is not `a/b`."""
    app.url_map.converters.update(check_id=CheckId, document_id=DocumentId)
    app.url_map.merge_slashes = False


def describe(api: Api) -> None:
    """Say in openapi.yaml what the ids look like."""
    api.register_converter(CheckId, lambda _: {"type": "string", "pattern": f"^{CHECK_ID}$"})
    api.register_converter(DocumentId, lambda _: {"type": "string", "minLength": 1, "maxLength": 512})


def check_path(check_id: str) -> str:
    """Where a check is found, below the prefix that the service is mounted at."""
    return f"{request.script_root}/v1/checks/{quote(check_id, safe='')}"


def document_path(document_id: str) -> str:
    """Where a document is found."""
    return f"{request.script_root}/v1/documents/{quote(document_id, safe='')}"


def check_links(check: Check) -> dict[str, str]:
    """What belongs to a check."""
    path = check_path(check.id)
    return {"self": path, "events": f"{path}/events", "gate": f"{path}/gate"}
