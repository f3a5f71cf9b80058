"""Ids in URL paths: converters that match them, and builders that quote them."""

from urllib.parse import quote

from flask import Flask, request
from flask_smorest import Api
from werkzeug.routing import BaseConverter

from factcheck.check import Check
from factcheck.check_history import ARTICLE_ID
from factcheck.ingest.uploads import IMPORT_ID

JOB_ID = "[0-9a-f]{32}"
CHECK_ID = r"[A-Za-z0-9_-]{1,64}"


class CheckIdConverter(BaseConverter):
    """A check's id. Anything else is 404 without a store lookup."""

    regex = CHECK_ID


class ImportIdConverter(BaseConverter):
    """An import's id."""

    regex = IMPORT_ID


class JobIdConverter(BaseConverter):
    """A bulk job's id."""

    regex = JOB_ID


class DisagreementIdConverter(JobIdConverter):
    """The id of two reports that disagree, in an audit."""


class DocumentIdConverter(BaseConverter):
    """A document's id: any text, slashes included, except `search`, which is another route."""

    regex = "(?!search$).+"
    part_isolating = False
    weight = 300


class ArticleIdConverter(BaseConverter):
    """An article's id in the history."""

    regex = ARTICLE_ID


class ClaimIdConverter(BaseConverter):
    """A claim's id in a check."""

    regex = CHECK_ID


def install(app: Flask) -> None:
    """Registers the converters. Slashes are not merged: `a//b` is not `a/b`."""
    converters = {
        "check_id": CheckIdConverter,
        "claim_id": ClaimIdConverter,
        "article_id": ArticleIdConverter,
        "import_id": ImportIdConverter,
    }
    app.url_map.converters.update({"job_id": JobIdConverter, "pair_id": DisagreementIdConverter})
    app.url_map.converters.update(converters, document_id=DocumentIdConverter)
    app.url_map.merge_slashes = False


def describe(api: Api) -> None:
    """Describes the converters for openapi.yaml."""
    api.register_converter(CheckIdConverter, lambda _: {"type": "string", "pattern": f"^{CHECK_ID}$"})
    api.register_converter(ClaimIdConverter, lambda _: {"type": "string", "pattern": f"^{CHECK_ID}$"})
    api.register_converter(ArticleIdConverter, lambda _: {"type": "string", "minLength": 1, "maxLength": 200})
    api.register_converter(ImportIdConverter, lambda _: {"type": "string", "pattern": f"^{IMPORT_ID}$"})
    api.register_converter(JobIdConverter, lambda _: {"type": "string", "pattern": f"^{JOB_ID}$"})
    api.register_converter(DisagreementIdConverter, lambda _: {"type": "string", "pattern": f"^{JOB_ID}$"})
    api.register_converter(DocumentIdConverter, lambda _: {"type": "string", "minLength": 1, "maxLength": 512})


def check_path(check_id: str) -> str:
    """Path of a check, including the prefix the service is mounted at."""
    return f"{request.script_root}/v1/checks/{quote(check_id, safe='')}"


def document_path(document_id: str) -> str:
    """Path of a document."""
    return f"{request.script_root}/v1/documents/{quote(document_id, safe='')}"


def article_path(article_id: str) -> str:
    """Path of an article in the history."""
    return f"{request.script_root}/v1/articles/{quote(article_id, safe='')}"


def import_path(import_id: str) -> str:
    """Path of an import."""
    return f"{request.script_root}/v1/imports/{import_id}"


def job_path(collection: str, job_id: str) -> str:
    """Path of a bulk job in its collection, such as `rechecks`."""
    return f"{request.script_root}/v1/{collection}/{job_id}"


def check_links(check: Check) -> dict[str, str]:
    """The `links` member of a check."""
    path = check_path(check.id)
    article = {} if check.article_id is None else {"article": article_path(check.article_id)}
    return {"self": path, "events": f"{path}/events", "gate": f"{path}/gate", **article}
