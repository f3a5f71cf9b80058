from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factcheck.article import Article
from factcheck.settings import Settings
from factcheck.verdict import Report
from service.app import create_app
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch

Judge = Callable[[Article], Report]
ServiceOf = Callable[..., FlaskClient]


class QuickRoom(InMemoryChecks):
    """A desk whose worker is done in no time, or never comes where there is no judge."""

    def __init__(self, judge: Judge | None) -> None:
        super().__init__()
        self.judge = judge
        self.articles: list[Article] = []

    def submit(self, check: Any, order: Any, idempotency: Any) -> Any:
        known = super().submit(check, order, idempotency)
        self.articles.append(order.article)
        if self.judge is not None:
            report = self.judge(order.article)
            Thread(target=self.run, args=(check.id,), kwargs={"report": report}).start()
        return known


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path, article_limit_chars=1_000, languagetool_deadline_s=2.0)


@pytest.fixture
def service_of(settings: Settings) -> ServiceOf:
    """A client of a service whose checks end as the judge says."""

    def build(judge: Judge | None, **changes: object) -> FlaskClient:
        room, shelf = QuickRoom(judge), InMemoryDocuments()
        app: Flask = create_app(replace(settings, **changes), room, room, shelf, InMemorySearch(shelf))
        client = app.test_client()
        client.room = room  # type: ignore[attr-defined]
        return client

    return build
