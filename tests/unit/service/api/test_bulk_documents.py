"""POST /v1/documents with many lines."""

import io
import json
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.exceptions import ClientDisconnected

from factcheck.errors import StoreUnavailable
from factcheck.evidence import Document
from factcheck.settings import Settings
from service.api.bulk_documents import EAGER_BYTES, outcomes
from tests.fakes import InMemoryDocuments


def line(number: int, **changes: Any) -> bytes:
    return json.dumps({"id": f"d{number}", "text": f"Report {number}.", **changes}).encode()


def post(client: FlaskClient, body: bytes, content_type: str = "application/x-ndjson") -> Any:
    return client.post("/v1/documents", data=body, content_type=content_type)


def told(answer: bytes) -> list[Any]:
    return [json.loads(row) for row in answer.splitlines()]


def test_each_line_has_an_outcome_of_its_own(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    lines = [line(n) for n in range(1, 11)]
    lines[6] = b'{"id": "d7", "text":'
    answer = post(client, b"\n".join(lines))
    assert answer.status_code == 200
    assert answer.mimetype == "application/x-ndjson"
    rows = told(answer.data)
    assert [row["line"] for row in rows] == list(range(1, 11))
    assert [row["status"] for row in rows] == [201] * 6 + [422] + [201] * 3
    assert rows[6]["error"]["errors"][0]["pointer"] == ""
    assert len(shelf.documents) == 9


def test_a_line_that_breaks_the_schema_says_where(client: FlaskClient) -> None:
    [row] = told(post(client, line(1, published_at="2018-02-30")).data)
    assert (row["id"], row["status"]) == ("d1", 422)
    assert row["error"]["errors"][0]["pointer"] == "/published_at"


def test_the_same_document_twice_is_stored_once(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    rows = told(post(client, line(1) + b"\n" + line(1, text="Newer.") + b"\n").data)
    assert [row["status"] for row in rows] == [201, 200]
    assert shelf.documents["d1"].text == "Newer."


def test_byte_order_mark_carriage_returns_and_blank_lines_do_no_harm(client: FlaskClient) -> None:
    body = b"\xef\xbb\xbf" + line(1) + b"\r\n\r\n  \n" + line(2) + b"\r\n"
    rows = told(post(client, body).data)
    assert [(row["line"], row["status"]) for row in rows] == [(1, 201), (4, 201)]


@pytest.mark.parametrize(
    "bad", [b"\xff\xfe", b"5", b"[]", b"null", b"{}", b"[" * 5_000, b'{"id": "\\ud800", "text": "a"}']
)
def test_a_bad_line_harms_no_other(client: FlaskClient, bad: bytes) -> None:
    rows = told(post(client, b"\n".join([line(1), bad, line(2)])).data)
    assert [row["status"] for row in rows] == [201, 422, 201]


def test_a_line_that_is_too_long_is_skipped(client: FlaskClient) -> None:
    body = b"\n".join([line(1), line(2, text="a" * 150_000), line(3)])
    rows = told(post(client, body).data)
    assert [(row["line"], row["status"]) for row in rows] == [(1, 201), (2, 422), (3, 201)]


def test_a_document_that_is_too_long_gets_an_error(client: FlaskClient) -> None:
    [row] = told(post(client, line(1, text="a" * 2_001)).data)
    assert row["status"] == 413


def test_many_more_lines_than_a_body_may_have_bytes_are_fine(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    rows = told(post(client, b"\n".join(line(n) for n in range(3_000))).data)
    assert [row["line"] for row in rows] == list(range(1, 3_001))
    assert len(shelf.documents) == 3_000


def test_no_line_at_all_is_no_outcome(client: FlaskClient) -> None:
    answer = post(client, b"")
    assert (answer.status_code, answer.data) == (200, b"")


def test_another_character_set_is_a_415(client: FlaskClient) -> None:
    assert post(client, line(1), "application/x-ndjson; charset=utf-16").status_code == 415


def test_after_an_outage_each_line_gets_an_error(settings: Settings) -> None:
    calls: list[int] = []

    def store(documents: list[Document]) -> list[bool]:
        calls.append(len(documents))
        raise StoreUnavailable

    body = io.BytesIO(b"\n".join(line(n) for n in range(2_000)))
    rows = told(b"".join(outcomes(body, store, settings)))  # type: ignore[arg-type]
    assert {row["status"] for row in rows} == {503}
    assert len(rows) == 2_000
    assert len(calls) == 1


def test_a_client_that_leaves_in_mid_line_stores_what_came_whole(settings: Settings, shelf: InMemoryDocuments) -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            if not found:
                raise ClientDisconnected
            return found

    body = Broken(line(1) + b"\n" + line(2) + b"\n" + line(3)[:10])
    rows = told(b"".join(outcomes(body, shelf.put_many, settings)))  # type: ignore[arg-type]
    assert [row["id"] for row in rows] == ["d1", "d2"]


def test_answers_go_out_while_the_body_comes_in_but_never_more_than_a_buffer_holds(
    settings: Settings, shelf: InMemoryDocuments
) -> None:
    taken = 0

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            nonlocal taken
            taken += 1
            return super().read(size)

    body = Counted(b"\n".join(line(n) for n in range(20_000)))
    answers = outcomes(body, shelf.put_many, settings)  # type: ignore[arg-type]
    next(answers)
    assert taken == 1
    sent_early = 0
    for answer in answers:
        if body.tell() == len(body.getvalue()):
            break
        sent_early += len(answer)
    assert sent_early <= EAGER_BYTES
    assert sum(1 for _ in answers) > 10_000
