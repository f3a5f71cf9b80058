"""POST /v1/drafts: the article in a file, the same as on the command line."""

import io
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from factcheck.errors import FactcheckError
from factcheck_cli.input_files import read_article_file
from tests.fakes import InMemoryChecks
from tests.unit.ingest.drafts import BODY, CASES, FileCase


def send(client: FlaskClient, name: str, content: bytes, query: str = ""):
    return client.post(f"/v1/drafts{query}", data={"file": (io.BytesIO(content), name)})


def told(name: str, content: bytes) -> str:
    """Of the command line."""
    Path(name).write_bytes(content)
    with pytest.raises(FactcheckError) as refused:
        read_article_file(name, None, 1_000)
    return str(refused.value)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_file_is_the_same_article_over_http_as_on_the_command_line(
    client: FlaskClient, room: InMemoryChecks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: FileCase
):
    monkeypatch.chdir(tmp_path)
    answer = send(client, case.name, case.content)
    if case.refused:
        assert answer.status_code == 422
        assert answer.json["detail"] == told(case.name, case.content)
        return
    assert answer.status_code == 200
    client.post("/v1/checks", json={"article": answer.json["article"]})
    [stored] = room.stored.values()
    Path(case.name).write_bytes(case.content)
    assert stored.request.article == read_article_file(case.name, None, 1_000)


def test_the_date_is_proposed_with_the_place_it_was_found_at(client: FlaskClient):
    found = send(client, "a.md", f"---\ndate: 2031-03-07\n---\n{BODY}".encode()).json
    assert (found["article"]["published_at"], found["dated_by"]) == ("2031-03-07", "front matter, date")
    bare = send(client, "a.md", BODY.encode()).json
    assert (bare["article"]["published_at"], bare["dated_by"]) == (None, None)


def test_words_of_a_page_for_people_to_edit(client: FlaskClient):
    page = f"<html><body><nav>Menu</nav><h1>Ferry</h1><p>{BODY}</p></body></html>"
    article = send(client, "a.html", page.encode(), "?words=true").json["article"]
    assert (article["text"], article["title"], article["format"]) == (BODY, "Ferry", "text")


def test_what_is_no_file_is_refused_with_what_to_send(client: FlaskClient):
    bare = client.post("/v1/drafts", data=b"text", content_type="text/plain")
    assert (bare.status_code, "part `file`" in bare.json["detail"]) == (415, True)
    nothing = client.post("/v1/drafts", data={"other": "x"}, content_type="multipart/form-data")
    assert nothing.status_code == 422
    assert nothing.json["errors"][0]["pointer"] == "/file"
    long = send(client, "a.txt", b"x" * 2_000)
    assert (long.status_code, "2,000 characters" in long.json["detail"]) == (413, True)


def test_front_matter_in_a_submitted_text_gives_title_and_date(client: FlaskClient, room: InMemoryChecks):
    text = f"---\ntitle: Ferry\ndate: 2031-03-07\n---\n{BODY}"
    client.post("/v1/checks", json={"article": {"text": text, "format": "markdown"}})
    [stored] = room.stored.values()
    article = stored.request.article
    assert (article.text, article.title, article.published_at) == (text, "Ferry", "2031-03-07")
