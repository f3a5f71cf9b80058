from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from factcheck.settings import Settings
from service.app import create_app
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch, UnreachableStore


@pytest.fixture
def room() -> InMemoryChecks:
    return InMemoryChecks()


@pytest.fixture
def shelf() -> InMemoryDocuments:
    return InMemoryDocuments()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path,
        article_limit_chars=1_000,
        document_limit_chars=2_000,
        body_limit_bytes=20_000,
        wait_limit_s=2.0,
        long_polls=2,
    )


@pytest.fixture
def app(settings: Settings, room: InMemoryChecks, shelf: InMemoryDocuments) -> Flask:
    return create_app(settings, room, room, shelf, InMemorySearch(shelf))


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


@pytest.fixture
def client_without_store(settings: Settings) -> FlaskClient:
    away = UnreachableStore()
    return create_app(settings, away, away, away, away).test_client()
