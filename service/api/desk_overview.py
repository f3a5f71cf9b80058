"""/v1/desk: the state of a newsroom's desk in one answer."""

from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from flask import Response
from marshmallow import Schema, fields

from factcheck.check_history import ArticleState
from factcheck.timestamps import iso_utc
from service.api.articles import ArticleStateAnswer, article_to_json, read_history
from service.api.request_schemas import DeskQuery
from service.api.resource import Resource
from service.api.response_fields import a_count, a_list, a_text, an_object
from service.context import owner, services
from service.http.request_body import json_response

desk = Resource("desk", __name__, url_prefix="/v1/desk", description="The desk at a glance.")

_BACK_DAYS = 7
_LOOKED_AT = 500
_SHOWN = 20


class DeskArticlesAnswer(Schema):
    """Articles of the desk. The counts are of all that were looked at; each list holds the first twenty."""

    today = a_count("Articles checked since `since`.")
    open = a_count("Articles of the last seven days with open errors.")
    open_errors = a_count("Their open errors.")
    flipped = a_count("Watched articles with a verdict that has changed.")
    complete = fields.Boolean(
        required=True,
        metadata={
            "description": "false: more than 500 articles were checked in seven days, and only the newest were looked at."
        },
    )
    checked_today = a_list(ArticleStateAnswer)
    with_open_errors = a_list(ArticleStateAnswer)
    with_changed_verdicts = a_list(ArticleStateAnswer)


class DayCountAnswer(Schema):
    """Reports of a day."""

    component_name: ClassVar = "Day"

    day = a_text("ISO 8601.")
    reports = a_count()


class ArchiveRecencyAnswer(Schema):
    """How recent the archive is."""

    component_name: ClassVar = "Archive"

    documents = a_count("Reports, retracted ones included.")
    undated = a_count("Reports without a date.")
    newest = a_text("Date of the latest report.", null=True)
    days = a_list(DayCountAnswer)


class DeskAnswer(Schema):
    """The desk."""

    since = a_text("From when on articles count as of today. ISO 8601, UTC.")
    articles = an_object(DeskArticlesAnswer)
    archive = an_object(ArchiveRecencyAnswer)


@desk.route("", methods=["GET"])
@desk.arguments(DeskQuery(), location="query")
@desk.response(
    200, DeskAnswer, description="Articles of today, open errors, changed verdicts, and how recent the archive is."
)
@desk.refuses(404, 503)
@desk.doc(operationId="readDesk")
def read(query: dict[str, Any]) -> Response:
    """Read the state of the desk."""
    now = datetime.now(UTC)
    since = query.get("since") or now.replace(hour=0, minute=0, second=0, microsecond=0)
    today = iso_utc(since.astimezone(UTC))
    history = read_history()
    recent = history.recent(owner(), min(today, iso_utc(now - timedelta(days=_BACK_DAYS))), _LOOKED_AT)
    checked_today = [a for a in recent.items if a.updated_at >= today]
    with_open = [a for a in recent.items if _open(a)]
    changed = history.flipped(owner())
    articles = {
        "today": len(checked_today),
        "open": len(with_open),
        "open_errors": sum(map(_open, with_open)),
        "flipped": len(changed),
        "complete": recent.cursor is None,
        "checked_today": _shown(checked_today),
        "with_open_errors": _shown(sorted(with_open, key=_open, reverse=True)),
        "with_changed_verdicts": _shown(changed),
    }
    return json_response({"since": today, "articles": articles, "archive": _archive(now, query["days"])})


def _archive(now: datetime, days: int) -> dict[str, Any]:
    fresh = services().documents.freshness(now.date().isoformat(), days)
    counted = [{"day": day, "reports": reports} for day, reports in fresh.days]
    return {"documents": fresh.documents, "undated": fresh.undated, "newest": fresh.newest, "days": counted}


def _open(article: ArticleState) -> int:
    return article.counts["open"] if article.counts else 0


def _shown(articles: list[ArticleState] | tuple[ArticleState, ...]) -> list[dict[str, Any]]:
    return [article_to_json(article) for article in articles[:_SHOWN]]
