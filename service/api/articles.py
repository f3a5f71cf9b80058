"""/v1/articles: articles under work, their checks as versions, and what changed between two of them."""

from collections.abc import Sequence
from typing import Any

from flask import Response
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound

from factcheck.check import CheckStatus
from factcheck.check_history import ArticleFilter, ArticleState, CheckedVersion, VersionChanges, compare
from factcheck.claim_tracking import TrackedClaim
from factcheck.decision import Decision
from factcheck.errors import InvalidInput, InvalidInputDetail
from factcheck.ports import CheckHistory
from factcheck.verdict import Label
from service.api.check_report_schemas import ClaimCountsAnswer, DecisionCountsAnswer
from service.api.request_schemas import ArticlePageQuery, PageQuery, VersionComparisonQuery
from service.api.resource import Resource
from service.api.response_fields import a_count, a_list, a_list_of_texts, a_text, a_word, an_object
from service.context import actor_name, author, owner, services
from service.http.request_body import json_response
from service.http.urls import article_path, check_path

articles = Resource("articles", __name__, url_prefix="/v1/articles", description="Articles and their versions.")

_SCANNED = 200
"""Versions that are read at once to find one by its number."""


class FindingAnswer(Schema):
    """A contradicted or disputed claim of a version."""

    claim_id = a_text()
    label = a_word(Label, "The verdict.")
    text = a_text("The words of the claim.")


class ChangesAnswer(Schema):
    """What changed from one version to another, in findings."""

    earlier = a_count("Number of the earlier version.", data_key="from")
    later = a_count("Number of the later version.", data_key="to")
    new = a_list(FindingAnswer)
    mended = a_list(FindingAnswer)
    dismissed = a_list(FindingAnswer)


class ChangeCountsAnswer(Schema):
    """The same as numbers, against the version before."""

    new = a_count()
    mended = a_count()
    dismissed = a_count()


class VersionAnswer(Schema):
    """One check of an article."""

    version = a_count("From 1.")
    check_id = a_text()
    status = a_word(CheckStatus, "State of the check.")
    created_at = a_text("ISO 8601, UTC.")
    finished_at = a_text(null=True)
    submitted_by = a_text("A person, the name of an API key, or `local`.", null=True)
    watched = fields.Boolean(required=True)
    flips = a_count("Verdicts that rechecks of the watched article have flipped.")
    summary = an_object(ClaimCountsAnswer, null=True)
    changes = fields.Nested(
        ChangeCountsAnswer,
        allow_none=True,
        metadata={"description": "In the list of versions: against the version before; null for the first."},
    )
    check = a_text("Path of the check.")


class ArticleLinksAnswer(Schema):
    """Paths of the article."""

    self = a_text()
    checks = a_text()


class ArticleStateAnswer(Schema):
    """An article as its newest check has it."""

    id = a_text()
    title = a_text(null=True)
    url = a_text(null=True)
    source = a_text(null=True)
    created_at = a_text("Its first check. ISO 8601, UTC.")
    updated_at = a_text("Its newest check.")
    versions = a_count("Number of checks, deleted ones included.")
    latest = an_object(VersionAnswer)
    decisions = fields.Nested(
        DecisionCountsAnswer,
        required=True,
        allow_none=True,
        metadata={"description": "Of the newest check that has finished; null before that."},
    )
    assignees = a_list_of_texts("People who are to look at claims of it.")
    changes = fields.Nested(
        ChangesAnswer,
        allow_none=True,
        metadata={"description": "Of a single article: what changed; null while fewer than two checks have finished."},
    )
    links = an_object(ArticleLinksAnswer)


class ArticlesAnswer(Schema):
    """One page of articles, last checked first. A page may be short although more follow: see `cursor`."""

    items = a_list(ArticleStateAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)


class VersionsAnswer(Schema):
    """One page of an article's checks, newest first."""

    items = a_list(VersionAnswer)
    cursor = a_text("For the next page; null on the last.", null=True)


@articles.route("", methods=["GET"])
@articles.arguments(ArticlePageQuery(), location="query")
@articles.response(200, ArticlesAnswer, description="Last checked first.")
@articles.refuses(404, 503)
@articles.doc(operationId="listArticles")
def index(query: dict[str, Any]) -> Response:
    """List articles."""
    wanted = ArticleFilter(
        words=tuple(query.get("q", "").split()),
        only_open=query.get("open", False),
        only_watched=query.get("watched", False),
        only_flipped=query.get("flipped", False),
        person=actor_name() if query.get("mine") else query.get("person"),
        since=query.get("since"),
    )
    page = read_history().page(owner(), wanted, query.get("cursor"), query["limit"])
    return json_response({"items": [article_to_json(article) for article in page.items], "cursor": page.cursor})


@articles.route("/<article_id:article_id>", methods=["GET"])
@articles.arguments(VersionComparisonQuery(), location="query")
@articles.response(200, ArticleStateAnswer, description="The article, and what changed between two of its versions.")
@articles.refuses(404, 503)
@articles.doc(operationId="readArticle")
def read(query: dict[str, Any], article_id: str) -> Response:
    """Read an article."""
    history = read_history()
    article = history.get(owner(), article_id)
    pair = _pair(history, article, query.get("earlier"), query.get("later"))
    changes = None if pair is None else _changes(*pair, decisions_on(article_id))
    return json_response({**article_to_json(article), "changes": changes})


@articles.route("/<article_id:article_id>", methods=["DELETE"])
@articles.response(204, description="Its checks are deleted with their texts, and the decisions on them.")
@articles.refuses(404, 503)
@articles.doc(operationId="forgetArticle")
def forget(article_id: str) -> Response:
    """Delete an article at once."""
    read_history().forget(owner(), article_id, author())
    return Response(status=204)


@articles.route("/<article_id:article_id>/checks", methods=["GET"])
@articles.arguments(PageQuery(), location="query")
@articles.response(200, VersionsAnswer, description="Newest first.")
@articles.refuses(404, 503)
@articles.doc(operationId="listVersions")
def versions(query: dict[str, Any], article_id: str) -> Response:
    """List the checks of an article."""
    history, limit = read_history(), query["limit"]
    page = history.versions(owner(), article_id, query.get("cursor"), limit)
    behind = history.versions(owner(), article_id, page.cursor, 1).items if page.cursor else ()
    decisions = decisions_on(article_id)
    return json_response(
        {"items": _with_changes([*page.items, *behind], decisions)[: len(page.items)], "cursor": page.cursor}
    )


def read_history() -> CheckHistory:
    """The history of this service. Raises: `NotFound` where it keeps none."""
    history = services().history
    if history is None:
        raise NotFound("This service keeps no history.")
    return history


def decisions_on(article_id: str) -> tuple[Decision, ...]:
    """The decisions on an article's claims; () if the service keeps none."""
    book = services().decisions
    return () if book is None else book.read(owner(), article_id)


def _pair(
    history: CheckHistory, article: ArticleState, earlier: int | None, later: int | None
) -> tuple[CheckedVersion, CheckedVersion] | None:
    """The versions to compare. None if none were named and fewer than two have finished.

    Raises: `InvalidInput` for a version that is not there or has not finished.
    """
    newer = article.finished if later is None else _numbered(history, article.id, later, "to")
    if newer is None:
        return None
    if earlier is not None:
        return _numbered(history, article.id, earlier, "from"), newer
    older = history.versions(owner(), article.id, str(newer.number), _SCANNED).items
    before = next((version for version in older if version.findings is not None), None)
    return None if before is None else (before, newer)


def _numbered(history: CheckHistory, article_id: str, number: int, name: str) -> CheckedVersion:
    found = history.versions(owner(), article_id, str(number + 1), 1).items
    if not found or found[0].number != number or found[0].findings is None:
        raise InvalidInput(
            [InvalidInputDetail(f"/query/{name}", "no version of this article that has finished has this number")]
        )
    return found[0]


def _with_changes(newest_first: Sequence[CheckedVersion], decisions: Sequence[Decision]) -> list[dict[str, Any]]:
    """Versions, each with what changed since the finished one before it."""
    shown = []
    for at, version in enumerate(newest_first):
        before = next((v for v in newest_first[at + 1 :] if v.findings is not None), None)
        counts = None
        if before is not None and before.findings is not None and version.findings is not None:
            changes = compare(before.findings, version.findings, decisions)
            counts = {"new": len(changes.new), "mended": len(changes.mended), "dismissed": len(changes.dismissed)}
        shown.append({**_version(version), "changes": counts})
    return shown


def _changes(before: CheckedVersion, after: CheckedVersion, decisions: Sequence[Decision]) -> dict[str, Any]:
    changes: VersionChanges = compare(before.findings or (), after.findings or (), decisions)
    return {
        "from": before.number,
        "to": after.number,
        "new": [_finding(finding) for finding in changes.new],
        "mended": [_finding(finding) for finding in changes.mended],
        "dismissed": [_finding(finding) for finding in changes.dismissed],
    }


def _finding(finding: TrackedClaim) -> dict[str, str]:
    return {"claim_id": finding.id, "label": finding.label.value, "text": finding.text}


def _version(version: CheckedVersion) -> dict[str, Any]:
    return {
        "version": version.number,
        "check_id": version.check_id,
        "status": version.status.value,
        "created_at": version.created_at,
        "finished_at": version.finished_at,
        "submitted_by": version.submitted_by,
        "watched": version.is_watched,
        "flips": version.flips,
        "summary": version.summary,
        "check": check_path(version.check_id),
    }


def article_to_json(article: ArticleState) -> dict[str, Any]:
    """The members of `ArticleStateAnswer`."""
    path = article_path(article.id)
    return {
        "id": article.id,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "created_at": article.created_at,
        "updated_at": article.updated_at,
        "versions": article.versions,
        "latest": _version(article.latest),
        "decisions": article.counts,
        "assignees": list(article.assignees),
        "links": {"self": path, "checks": f"{path}/checks"},
    }
