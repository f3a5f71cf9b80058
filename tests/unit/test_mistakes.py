"""The thirty commonest mistakes of people who begin, and what they are told: each message says what to do."""

import io
import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from factcheck.settings import Settings
from factcheck_cli.main import main
from service.app import create_app
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch

TEXT = {"text": "It rained."}
A_CORPUS = '{"id": "a", "text": "It rained."}\n'

# Method, path, body (JSON, or bytes with their media type) → status, words of the answer.
OVER_HTTP = {
    "an address that is not there": ("GET", "/v1/check", None, 404, "listed at /docs"),
    "a check that never was": ("GET", f"/v1/checks/{'0' * 32}", None, 404, "no check has the id"),
    "a method that is not there": ("PUT", "/v1/checks", TEXT, 405, "not allowed"),
    "a form instead of JSON": ("POST", "/v1/checks", (b"text=x", "application/x-www-form-urlencoded"), 415, "Send the body as application/json"),
    "no media type": ("POST", "/v1/checks", (b"{}", ""), 415, "Send the body as application/json"),
    "broken JSON": ("POST", "/v1/checks", (b'{"article": ', "application/json"), 400, "line 1, column"),
    "another encoding": ("POST", "/v1/checks", (b'{"article": {"text": "\xe9"}}', "application/json"), 400, "is not UTF-8"),
    "the article without its wrapping": ("POST", "/v1/checks", TEXT, 422, "/text: Unknown field. Known are: article, documents"),
    "no text": ("POST", "/v1/checks", {"article": {"title": "Rain"}}, 422, "/article/text: Missing data for required field."),
    "an empty text": ("POST", "/v1/checks", {"article": {"text": " "}}, 422, "other than white space"),
    "a text that is too long": ("POST", "/v1/checks", {"article": {"text": "x" * 2_000}}, 413, "2,000 characters; the limit is 1,000"),
    "a date in words": ("POST", "/v1/checks", {"article": {**TEXT, "published_at": "1 Feb 2018"}}, 422, "such as 2018-01-30"),
    "a misspelt member": ("POST", "/v1/checks", {"article": {**TEXT, "publishedAt": "2018-02-01"}}, 422, "Known are: text, title, published_at"),
    "a format that is none": ("POST", "/v1/checks", {"article": {**TEXT, "format": "docx"}}, 422, "Must be one of: text, html, markdown"),
    "a callback to this machine": ("POST", "/v1/checks", {"article": TEXT, "callback_url": "http://localhost:9/x"}, 422, "list it in FACTCHECK_CALLBACK_HOSTS"),
    "a callback to a private address": ("POST", "/v1/checks", {"article": TEXT, "callback_url": "http://10.0.0.7/x"}, 422, "list it in FACTCHECK_CALLBACK_HOSTS"),
    "a callback that is no address": ("POST", "/v1/checks", {"article": TEXT, "callback_url": "cms.example.org/hook"}, 422, "absolute http or https URL"),
    "a misspelt query": ("GET", "/v1/documents/search?q=rain&since=2018-01-01", None, 422, "Known are: q, source, from, to"),
    "a wait in words": ("GET", "/v1/checks?limit=many", None, 422, "/query/limit"),
    "a shape that is none": ("GET", "/v1/checks?status=done", None, 422, "Must be one of: queued"),
    "a file as JSON": ("POST", "/v1/drafts", {"file": "draft.docx"}, 415, "multipart/form-data, in the part `file`"),
}  # fmt: skip

# Arguments → words on standard error. Files: see `folder`.
ON_THE_COMMAND_LINE = {
    "no such file": (["check", "none.md", "--corpus", "corpus.jsonl"], "none.md cannot be read: No such file"),
    "no corpus": (["check", "draft.md"], "give --corpus PATH, or a running service by --url SERVER"),
    "an old Word file": (["check", "old.doc", "--corpus", "corpus.jsonl"], "save it as DOCX"),
    "a picture": (["check", "photo.png", "--corpus", "corpus.jsonl"], "a draft is text, Markdown"),
    "a date in words": (["check", "draft.md", "--corpus", "corpus.jsonl", "--published", "1 Feb"], "such as 2018-01-30"),
    "a label that is none": (["check", "draft.md", "--corpus", "corpus.jsonl", "--fail-on", "wrong"], "labels are supported"),
    "corpus and service": (["check", "draft.md", "--corpus", "corpus.jsonl", "--url", "http://127.0.0.1:9"], "cannot be combined with --corpus"),
    "a service that is away": (["check", "draft.md", "--url", "http://127.0.0.1:1"], "does not answer"),
    "an address without its scheme": (["check", "draft.md", "--url", "127.0.0.1:8080"], "http"),
}  # fmt: skip


def test_they_are_thirty():
    assert len(OVER_HTTP) + len(ON_THE_COMMAND_LINE) == 30


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    settings = Settings(data_dir=tmp_path, article_limit_chars=1_000)
    room, shelf = InMemoryChecks(), InMemoryDocuments()
    return create_app(settings, room, room, shelf, InMemorySearch(shelf)).test_client()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, content in {
        "draft.md": b"It rained.",
        "corpus.jsonl": A_CORPUS.encode(),
        "old.doc": b"\xd0\xcf\x11\xe0" + bytes(600),
        "photo.png": b"\x89PNG\r\n\x1a\n",
    }.items():
        Path(name).write_bytes(content)


@pytest.mark.parametrize(("method", "path", "body", "status", "words"), OVER_HTTP.values(), ids=OVER_HTTP)
def test_a_mistake_over_http_is_told_with_what_to_do(
    client: FlaskClient, method: str, path: str, body: object, status: int, words: str
):
    if isinstance(body, tuple):
        answer = client.open(
            path,
            method=method,
            input_stream=io.BytesIO(body[0]),
            headers={"Content-Type": body[1], "Content-Length": str(len(body[0]))},
        )
    else:
        answer = client.open(path, method=method, json=body)
    told = json.loads(answer.data)
    assert (answer.status_code, answer.content_type) == (status, "application/problem+json")
    assert words in "\n".join([told["detail"], *(f"{e['pointer']}: {e['detail']}" for e in told.get("errors", ()))])


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("argv", "words"), ON_THE_COMMAND_LINE.values(), ids=ON_THE_COMMAND_LINE)
def test_a_mistake_on_the_command_line_is_one_line_that_says_what_to_do(
    argv: list[str], words: str, capsys: pytest.CaptureFixture[str]
):
    code = main(argv)
    told = capsys.readouterr().err
    assert code in (2, 3)
    assert told.startswith(f"factcheck {argv[0]}: ")
    assert words in told
