"""/v1/documents, one by one."""

from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from factcheck.import_origin import ImportOrigin
from service.api.response_schemas import DocumentAnswer
from tests.builders import a_document
from tests.fakes import InMemoryDocuments

REPORT = {"id": "r-17", "text": "The ceremony opens on Friday.", "published_at": "2018-01-30", "source": "Courier"}
ODD_IDS = ["a/b/c", "a//b", "/a", "a/", "naïve 北 id", "a?b#c", "100%", "a%2Fb", "a&b=c", "..a", "a/../b"]


def store(client: FlaskClient, **document: Any) -> Any:
    return client.post("/v1/documents", json={"text": "Words.", **document})


def test_a_new_document_is_a_201_and_a_known_one_a_200(client: FlaskClient) -> None:
    assert client.post("/v1/documents", json=REPORT).status_code == 201
    again = client.post("/v1/documents", json={**REPORT, "text": "It opens on Saturday."})
    assert again.status_code == 200
    assert client.get("/v1/documents/r-17").json["text"] == "It opens on Saturday."


def test_a_document_comes_back_as_it_was_stored(client: FlaskClient) -> None:
    sent = {
        **REPORT,
        "title": "Opening",
        "url": "https://courier.example/r-17",
        "language": "en-GB",
        "tags": ["games"],
        "retracted": False,
        "corrects": "r-16",
    }
    stored = client.post("/v1/documents", json=sent)
    assert stored.json == sent
    assert client.get(stored.headers["Location"]).json == sent


def test_an_imported_document_shows_where_it_came_from(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    origin = ImportOrigin(
        "a.xml", "item 1", "wordpress", (("title", "title"),), "wp:post_date", None, (), "Kari", None, None
    )
    shelf.put(a_document("d", origin=origin))
    shown = client.get("/v1/documents/d").json
    assert (shown["origin"]["file"], shown["origin"]["reader"]) == ("a.xml", "wordpress")
    assert shown["origin"]["fields"] == {"title": "title"}
    assert DocumentAnswer().validate(shown) == {}
    again = client.put("/v1/documents/d", json=shown)
    assert again.status_code == 200
    assert "origin" not in again.json


def test_absence_is_null(client: FlaskClient) -> None:
    stored = store(client, id="d", title=None, source=None, published_at=None, url=None, tags=None)
    assert stored.json["title"] == ""
    assert stored.json["tags"] == []
    assert stored.json["published_at"] is None


@pytest.mark.parametrize("document_id", ODD_IDS)
def test_ids_of_any_script_and_with_slashes_are_found_again(client: FlaskClient, document_id: str) -> None:
    location = store(client, id=document_id).headers["Location"]
    assert location == f"/v1/documents/{quote(document_id, safe='')}"
    assert client.get(location).json["id"] == document_id
    assert client.put(location, json={"text": "New words."}).status_code == 200
    assert client.delete(location).status_code == 204
    assert client.get(location).status_code == 404


def test_slashes_in_an_address_need_no_escape(client: FlaskClient) -> None:
    store(client, id="2018/01/30/opening")
    assert client.get("/v1/documents/2018/01/30/opening").status_code == 200


@pytest.mark.parametrize(
    ("document", "pointer"),
    [
        ({"text": "a"}, "/id"),
        ({"id": "", "text": "a"}, "/id"),
        ({"id": "search", "text": "a"}, "/id"),
        ({"id": "..", "text": "a"}, "/id"),
        ({"id": " a", "text": "a"}, "/id"),
        ({"id": "a\nb", "text": "a"}, "/id"),
        ({"id": "a\u0000b", "text": "a"}, "/id"),
        ({"id": "\ud800", "text": "a"}, "/id"),
        ({"id": "é" * 257, "text": "a"}, "/id"),
        ({"id": "a"}, "/text"),
        ({"id": "a", "text": " "}, "/text"),
        ({"id": "a", "text": "a", "published_at": "30 January"}, "/published_at"),
        ({"id": "a", "text": "a", "retracted": 1}, "/retracted"),
        ({"id": "a", "text": "a", "tags": "games"}, "/tags"),
        ({"id": "a", "text": "a", "tags": [""]}, "/tags/0"),
        ({"id": "a", "text": "a", "url": "//host/path"}, "/url"),
        ({"id": "a", "text": "a", "url": "http://[::1"}, "/url"),
        ({"id": "a", "text": "a", "author": "me"}, "/author"),
    ],
)
def test_what_is_wrong_with_a_document_is_said_by_pointer(client: FlaskClient, document: Any, pointer: str) -> None:
    answer = client.post("/v1/documents", json=document)
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


def test_a_document_that_is_too_long_is_a_413(client: FlaskClient) -> None:
    answer = store(client, id="d", text="a" * 2_001)
    assert answer.status_code == 413
    assert answer.json["type"].endswith("document-too-long")


def test_putting_makes_or_replaces(client: FlaskClient) -> None:
    assert client.put("/v1/documents/a/b", json={"text": "One."}).status_code == 201
    assert client.put("/v1/documents/a/b", json={"id": "a/b", "text": "Two."}).status_code == 200
    assert client.get("/v1/documents/a/b").json["text"] == "Two."


@pytest.mark.parametrize(("path", "document_id"), [("a", "b"), ("a%20", None), ("x" * 513, None)])
def test_putting_under_an_id_that_cannot_be_is_a_422(client: FlaskClient, path: str, document_id: str | None) -> None:
    body = {"text": "One."} if document_id is None else {"id": document_id, "text": "One."}
    answer = client.put(f"/v1/documents/{path}", json=body)
    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/id"


def test_what_is_not_there_is_a_404(client: FlaskClient) -> None:
    for call in (client.get, client.delete):
        answer = call("/v1/documents/none")
        assert answer.status_code == 404
        assert answer.json["type"].endswith("unknown-document")


def test_documents_are_listed_by_id_page_by_page(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    for name in ("c", "a", "b"):
        shelf.put(a_document(name))
    first = client.get("/v1/documents?limit=2").json
    second = client.get("/v1/documents", query_string={"limit": 2, "cursor": first["cursor"]}).json
    assert [d["id"] for d in first["items"] + second["items"]] == ["a", "b", "c"]
    assert second["cursor"] is None


def test_documents_are_sorted_and_filtered(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    for name, source, day in (("a", "B", "2018-02-01"), ("b", "A", None), ("c", "b", "2018-03-01")):
        shelf.put(a_document(name, title=name, source=source, published_at=day))

    def ids(query: str) -> str:
        answer = client.get(f"/v1/documents?{query}").json
        assert answer["total"] == len(answer["items"])
        return "".join(d["id"] for d in answer["items"])

    assert ids("sort=-published_at") == "cab"
    assert ids("sort=-title") == "cba"
    assert ids("sort=published_at&source=b") == "ac"
    assert ids("sort=published_at&from=2018-02-02") == "c"
    assert ids("sort=published_at&undated=true") == "b"


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("sort=size", "/query/sort"),
        ("source=A", "/query/sort"),
        ("sort=title&undated=true", "/query/sort"),
        ("sort=published_at&from=2019-01-01&to=2018-01-01", "/query/from"),
        ("sort=published_at&undated=true&to=2018-01-01", "/query/undated"),
        ("sort=published_at&undated=perhaps", "/query/undated"),
    ],
)
def test_a_list_that_cannot_be_is_a_422(client: FlaskClient, query: str, pointer: str) -> None:
    answer = client.get(f"/v1/documents?{query}")
    assert answer.status_code == 422
    assert pointer in [fault["pointer"] for fault in answer.json["errors"]]


def test_a_document_says_what_it_was_before(client: FlaskClient) -> None:
    store(client, id="d", text="One.")
    assert client.get("/v1/documents/d?versions=true").json["versions"] == []
    client.patch("/v1/documents/d", json={"text": "Two.", "note": "A slip."})
    [earlier] = client.get("/v1/documents/d?versions=true").json["versions"]
    assert earlier["document"]["text"] == "One."
    assert "versions" not in client.get("/v1/documents/d").json


def test_of_one_document_only_so_many_passages_are_hits(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    shelf.put(a_document("long", " ".join(f"The ceremony of day {n} opens." for n in range(30))))
    shelf.put(a_document("short", "A ceremony was held."))
    found = client.get("/v1/documents/search?q=the+ceremony+opens&limit=10&per_document=2").json["items"]
    assert [item["document"]["id"] for item in found] == ["long", "long", "short"]


def test_search_answers_passages_with_their_spans(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    shelf.put(a_document("d", "It rained. The ceremony opens on Friday. All went home."))
    [found] = client.get("/v1/documents/search?q=ceremony").json["items"]
    assert found["document"]["id"] == "d"
    assert found["text"] == "The ceremony opens on Friday."
    assert (found["span"]["start"], found["span"]["end"]) == (11, 40)
    assert (found["before"], found["after"]) == ("It rained.", "All went home.")


def test_search_is_narrowed_by_source_and_days(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    for name, source, day in (("a", "A", "2018-01-01"), ("b", "B", "2018-02-01"), ("c", "C", "2018-03-01")):
        shelf.put(a_document(name, source=source, published_at=day))

    def ids(query: str) -> list[str]:
        return [i["document"]["id"] for i in client.get(f"/v1/documents/search?q=ceremony&{query}").json["items"]]

    assert ids("source=A&source=B") == ["a", "b"]
    assert ids("from=2018-02-01") == ["b", "c"]
    assert ids("from=2018-01-15&to=2018-02-15T10:00") == ["b"]
    assert ids("limit=1") == ["a"]


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ("", "/query/q"),
        ("q=%20", "/query/q"),
        ("q=a&from=2018-02-30", "/query/from"),
        ("q=a&from=2018-02-02&to=2018-02-01", "/query/from"),
        ("q=a&limit=0", "/query/limit"),
        ("q=a&colour=red", "/query/colour"),
    ],
)
def test_a_search_that_cannot_be_is_a_422(client: FlaskClient, query: str, pointer: str) -> None:
    answer = client.get(f"/v1/documents/search?{query}")
    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json["errors"]] == [pointer]


@pytest.mark.parametrize("query", ["q=%00", "q=%ff", "q=%22%28AND", "q=a&source=%00"])
def test_odd_words_find_nothing_and_break_nothing(client: FlaskClient, query: str) -> None:
    assert client.get(f"/v1/documents/search?{query}").status_code == 200


def test_a_report_is_retracted_and_corrected_with_a_reason(client: FlaskClient, shelf: InMemoryDocuments) -> None:
    origin = ImportOrigin("a.xml", "item 1", "wordpress", (), "wp:post_date", None, (), None, None, None)
    shelf.put(a_document("a/b", text="It opens on Friday.", source="Courier", origin=origin))
    retracted = client.patch("/v1/documents/a/b", json={"retracted": True, "note": "The date was wrong."})
    assert (retracted.status_code, retracted.json["note"]) == (200, "The date was wrong.")
    assert DocumentAnswer().validate(retracted.json) == {}
    client.patch(
        "/v1/documents/a/b", json={"retracted": False, "text": "It opens on Saturday.", "note": "Day corrected."}
    )
    stored = shelf.get("a/b")
    assert (stored.text, stored.retracted, stored.source, stored.origin) == (
        "It opens on Saturday.",
        False,
        "Courier",
        origin,
    )
    assert client.patch("/v1/documents/nowhere", json={"retracted": True}).status_code == 404
    assert client.patch("/v1/documents/a/b", json={"id": "c"}).status_code == 422
    assert client.patch("/v1/documents/a/b", json={"text": " "}).status_code == 422


def test_a_list_says_how_many_there_are(client: FlaskClient) -> None:
    for n in range(3):
        store(client, id=f"d{n}")
    assert client.get("/v1/documents?limit=2").json["total"] == 3
