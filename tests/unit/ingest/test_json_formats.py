import json
from pathlib import Path
from typing import Any

import pytest

from factcheck.ingest.raw_documents import AcceptedDocument, PublishingStatus, RejectedDocument
from tests.unit.ingest.archives import document, left_out, outcomes

NITF = '<?xml version="1.0"?><nitf><head><title>x</title></head><body><body.content><p>The ferry sank.</p></body.content></body></nitf>'


def ninjs(**members: Any) -> str:
    return json.dumps({"uri": "urn:j:1", "type": "text", "versioncreated": "2019-06-03T08:00:00+02:00", **members})


@pytest.mark.parametrize(
    ("members", "title", "text"),
    [
        ({"headline": "Ferry", "body_text": "The ferry sank."}, "Ferry", "The ferry sank."),
        ({"headline": "Ferry", "body_xhtml": "<div>The ferry <del>swam</del> sank.</div>"}, "Ferry", "The ferry sank."),
        (
            {
                "headlines": [{"role": "short", "value": "Ferry"}, {"role": "main", "value": "Ferry sinks off Lysvik"}],
                "bodies": [
                    {
                        "role": "teaser",
                        "contenttype": "text/plain",
                        "value": "A long teaser that says what one will read in it.",
                    },
                    {"role": "main", "contenttype": "text/html", "value": "<p>The ferry sank.</p>"},
                ],
            },
            "Ferry sinks off Lysvik",
            "The ferry sank.",
        ),
        (
            {
                "headlines": [
                    {"role": "x:web", "value": "Ferry sinks off Lysvik"},
                    {"role": "x:print", "value": "Ferry"},
                ],
                "bodies": [
                    {"role": "x:a", "contentType": "text/plain", "value": "Short."},
                    {"role": "x:b", "contentType": "text/html", "value": "<p>The ferry sank off Lysvik.</p>"},
                ],
            },
            "Ferry sinks off Lysvik",
            "The ferry sank off Lysvik.",
        ),
        ({"bodies": [{"role": "nitf", "contentType": "text/vnd.IPTC.NITF", "value": NITF}]}, "", "The ferry sank."),
        ({"bodies": [{"role": "nitf", "value": NITF}]}, "", "The ferry sank."),
        ({"bodies": [{"role": "summary", "contentType": "text/plain", "value": "Only this."}]}, "", "Only this."),
    ],
)
def test_ninjs_bodies_and_headlines_are_chosen_by_role_and_length(
    tmp_path: Path, members: dict[str, Any], title: str, text: str
):
    found = document(tmp_path, "a.json", ninjs(**members))
    assert (found.title, found.text) == (title, text)
    assert found.origin
    assert found.origin.reader == "ninjs"


@pytest.mark.parametrize(
    ("members", "source", "published", "corrects"),
    [
        ({"source": "Wire"}, "Wire", "2019-06-03T08:00:00+02:00", None),
        ({"infosources": [{"name": "Wire", "role": "x"}]}, "Wire", "2019-06-03T08:00:00+02:00", None),
        ({"copyrightholder": "Wire"}, "Wire", "2019-06-03T08:00:00+02:00", None),
        ({"firstcreated": "2019-06-01T08:00:00+02:00"}, None, "2019-06-01T08:00:00+02:00", None),
        ({"contentCreated": "2019-06-01T08:00:00+02:00"}, None, "2019-06-01T08:00:00+02:00", None),
        ({"evolvedfrom": "urn:j:0"}, None, "2019-06-03T08:00:00+02:00", "urn:j:0"),
        ({"embargoed": "2019-06-02T08:00:00Z"}, None, "2019-06-03T08:00:00+02:00", None),
        ({"embargoed": "2019-06-04T08:00:00Z"}, None, "2019-06-04T08:00:00+00:00", None),
    ],
)
def test_ninjs_names_source_date_and_what_it_corrects(
    tmp_path: Path, members: dict[str, Any], source: str | None, published: str, corrects: str | None
):
    found = document(tmp_path, "a.json", ninjs(body_text="The ferry sank.", **members))
    assert (found.source, found.published_at, found.corrects) == (source, published, corrects)


@pytest.mark.parametrize("status", ["canceled", "withheld", "cancelled"])
def test_withdrawn_ninjs_is_retracted_even_without_a_body(tmp_path: Path, status: str):
    assert document(tmp_path, "a.json", ninjs(pubstatus=status, headline="Ferry")).retracted


@pytest.mark.parametrize(
    ("members", "left"),
    [
        ({"embargoed": "2031-01-01T00:00:00Z", "body_text": "x"}, PublishingStatus.EMBARGOED),
        ({"embargoed": "until further notice", "body_text": "x"}, PublishingStatus.EMBARGOED),
        ({"type": "picture", "body_text": "x"}, PublishingStatus.NOT_A_REPORT),
        ({"type": "composite", "headline": "x"}, PublishingStatus.NOT_A_REPORT),
        ({"body_html": ""}, None),
    ],
)
def test_what_is_no_published_report_is_left_out(
    tmp_path: Path, members: dict[str, Any], left: PublishingStatus | None
):
    assert left_out(tmp_path, "a.json", ninjs(**members)).status == left


def test_reports_among_the_associations_are_taken_and_pictures_are_not(tmp_path: Path):
    related = {"uri": "urn:j:2", "type": "text", "headline": "Rescue", "body_html": "<p>All were saved.</p>"}
    picture = {"uri": "urn:j:3", "type": "picture", "headline": "Ferry"}
    found = outcomes(
        tmp_path, {"a.json": ninjs(body_text="The ferry sank.", associations={"b": related, "p": picture})}
    )
    assert [o.document.id for o in found if isinstance(o, AcceptedDocument)] == ["urn:j:1", "urn:j:2"]


def story(**members: Any) -> str:
    given = {
        "_id": "ABC7", "type": "story", "version": "0.10.7", "headlines": {"basic": "Ferry sinks"}, "language": "en",
        "content_elements": [
            {"type": "text", "content": "The ferry <i>sank</i>."},
            {"type": "list", "items": [{"type": "text", "content": "Nine dead"}]},
            {"type": "image", "caption": "The quay.", "credits": {"by": [{"name": "P. Foto"}]}},
            {"type": "quote", "content_elements": [{"type": "text", "content": "We swam."}], "citation": {"content": "A sailor"}},
            {"type": "interstitial_link", "content": "Read more"},
            {"type": "table", "header": [{"type": "text", "content": "Year"}], "rows": [[{"type": "text", "content": "2019"}]]},
        ],
        "first_publish_date": "2019-06-03T18:00:00Z", "display_date": "2019-06-03T18:05:00Z", "publish_date": "2019-06-05T08:00:00Z",
        "last_updated_date": "2019-06-05T08:00:00Z", "source": {"name": "Harbor Post"}, "canonical_url": "/sea/ferry/",
        "website_url": "https://post.example/sea/ferry/", "taxonomy": {"tags": [{"text": "ferries"}]},
        "credits": {"by": [{"name": "Kari Dahl"}]}, "revision": {"published": True},
    }  # fmt: skip
    return json.dumps({**given, **members})


def test_an_ans_story_is_a_document(tmp_path: Path):
    found = document(tmp_path, "a.json", story())
    assert (found.id, found.title, found.source) == ("ABC7", "Ferry sinks", "Harbor Post")
    assert found.text == "The ferry sank.\n\nNine dead\n\nThe quay.\n\nWe swam.\n\nA sailor\n\nYear\n\n2019"
    assert (found.published_at, found.tags) == ("2019-06-03T18:00:00+00:00", ("ferries",))
    assert found.origin
    assert (found.origin.reader, found.origin.byline, found.origin.modified_at) == (
        "ans",
        "Kari Dahl",
        "2019-06-05T08:00:00+00:00",
    )


def test_the_day_a_story_was_moved_in_is_not_its_date(tmp_path: Path):
    assert (
        document(tmp_path, "a.json", story(display_date="1998-05-01T10:00:00Z")).published_at
        == "1998-05-01T10:00:00+00:00"
    )


@pytest.mark.parametrize(
    ("members", "left"),
    [
        ({"revision": {"published": False}}, PublishingStatus.DRAFT),
        ({"additional_properties": {"is_published": False}}, PublishingStatus.DRAFT),
        ({"workflow": {"status_code": "Draft"}}, PublishingStatus.DRAFT),
        ({"type": "video"}, PublishingStatus.NOT_A_REPORT),
        ({"first_publish_date": "2031-01-01T00:00:00Z", "display_date": ""}, PublishingStatus.SCHEDULED),
        ({"content_elements": []}, None),
    ],
)
def test_ans_that_is_no_published_story_is_left_out(
    tmp_path: Path, members: dict[str, Any], left: PublishingStatus | None
):
    assert left_out(tmp_path, "a.json", story(**members)).status == left


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
def test_formats_of_json_are_known_by_their_members(tmp_path: Path, name: str):
    lines = [ninjs(body_text="One."), story(), '{"id": "own", "text": "Two."}']
    found = outcomes(tmp_path, {name: "\n".join(lines) if name == "a.jsonl" else f"[{','.join(lines)}]"})
    readers = [o.document.origin.reader for o in found if isinstance(o, AcceptedDocument) and o.document.origin]
    assert readers == ["ninjs", "ans", name.removeprefix("a.")]


def test_an_own_document_with_a_date_in_2031_is_kept_with_a_note(tmp_path: Path):
    (found,) = outcomes(tmp_path, {"a.jsonl": '{"id": "a", "text": "One.", "published_at": "2031-01-01"}'})
    assert isinstance(found, AcceptedDocument)
    assert "yet to come" in found.notes[0]


def test_words_of_a_document_of_our_own_are_kept_to_the_letter(tmp_path: Path):
    given = {"id": "a", "text": " El\u00adeven ﬁres,\u00a05 km.\n", "title": "A  b", "source": "", "tags": ["a", "a"]}
    found = document(tmp_path, "a.jsonl", json.dumps(given))
    assert (found.text, found.title, found.source, found.tags) == (given["text"], "A  b", "", ("a", "a"))


def test_a_date_of_1895_is_kept_with_a_note(tmp_path: Path):
    (found,) = outcomes(tmp_path, {"a.jsonl": '{"id": "a", "text": "One.", "published_at": "1895-01-01"}'})
    assert isinstance(found, AcceptedDocument)
    assert "before 1900" in found.notes[0]
    assert not isinstance(found, RejectedDocument)
