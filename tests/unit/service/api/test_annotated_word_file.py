"""A check as a Word document, and the verdicts in the draft's own file."""

import io
from dataclasses import replace

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from factcheck.article import Article, Format
from factcheck.check import CheckStatus
from factcheck.settings import Settings
from factcheck.verdict import Label
from service.app import create_app
from service.formats.registry import WORD
from tests.builders import a_report
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch
from tests.unit.service.formats.samples import verdict_on

WORDS = "The ferry sank in 1987."


@pytest.fixture
def app(settings: Settings, room: InMemoryChecks, shelf: InMemoryDocuments) -> Flask:
    return create_app(settings, room, room, shelf, InMemorySearch(shelf), articles=room)


@pytest.fixture
def check_id(client: FlaskClient, room: InMemoryChecks) -> str:
    """Of a finished check with one verdict."""
    check_id = client.post("/v1/checks", json={"article": {"text": WORDS}}).json["id"]
    stored = room.stored[check_id]
    article = Article(WORDS, None, None, None, None, None, Format.TEXT)
    report = a_report(verdict_on(WORDS, article, Label.SUPPORTED))
    stored.check = replace(stored.check, status=CheckStatus.FINISHED, report=report)
    return check_id


def a_file(words: str) -> bytes:
    document, target = docx.Document(), io.BytesIO()
    document.add_paragraph(words)
    document.save(target)
    return target.getvalue()


def send(client: FlaskClient, check_id: str, content: bytes):
    return client.post(f"/v1/checks/{check_id}/word", data={"file": (io.BytesIO(content), "a.docx")})


def comments(raw: bytes) -> list[str]:
    return [comment.text.split("\n")[0] for comment in docx.Document(io.BytesIO(raw)).comments]


def test_a_check_is_a_word_document_where_one_is_accepted(client: FlaskClient, check_id: str):
    answer = client.get(f"/v1/checks/{check_id}", headers={"Accept": WORD})
    assert (answer.status_code, answer.content_type) == (200, WORD)
    assert comments(answer.data) == ["Supported"]


def test_the_verdicts_are_put_into_the_draft_s_own_file(client: FlaskClient, check_id: str):
    answer = send(client, check_id, a_file(WORDS))
    assert answer.status_code == 200
    assert comments(answer.data) == ["Supported"]


def test_a_file_with_other_words_is_refused_with_what_to_do(client: FlaskClient, check_id: str):
    answer = send(client, check_id, a_file("It rained."))
    assert answer.status_code == 422
    assert "a.docx does not hold the words that were checked; check the file again" in answer.json["detail"]


def test_a_file_for_an_unknown_check_is_refused(client: FlaskClient):
    assert send(client, "0" * 32, a_file(WORDS)).status_code == 404
