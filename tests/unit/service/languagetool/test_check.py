import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from factcheck.article import Article, Field, OffsetConverter
from factcheck.verdict import ClaimSide, ConflictKind, Coverage, InternalConflict, Label, Report
from service.languagetool.openapi_description import CHECK
from tests.builders import a_report
from tests.unit.service.formats.samples import TEXT, evidence, sample_report, verdict_on, wrong_day

ServiceOf = Callable[..., FlaskClient]


def sample(article: Article) -> Report:
    """Findings on the text alone."""
    whole = sample_report(replace(article, title="Feb. 10 😀 Gala opens on Feb. 10"))
    return replace(whole, verdicts=tuple(v for v in whole.verdicts if v.claim.span.field is Field.TEXT))


def day_only(article: Article) -> Report:
    return a_report(wrong_day(article))


def utf16(text: str, offset: int, length: int) -> str:
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def marked(answer: dict[str, Any], text: str) -> list[str]:
    return [utf16(text, match["offset"], match["length"]) for match in answer["matches"]]


@pytest.fixture
def client(service_of: ServiceOf) -> FlaskClient:
    return service_of(sample)


def check(client: FlaskClient, path: str = "/v2/check", **fields: str) -> dict[str, Any]:
    response = client.post(path, data={"language": "en-US", "text": TEXT, **fields})
    assert response.status_code == 200, response.text
    return response.json


def test_what_is_wrong_is_marked_in_utf16_units_and_the_rest_is_not(client: FlaskClient):
    assert marked(check(client), TEXT) == ["Feb. 10", "Tickets cost <b>$40</b> & more", "Ann Lee"]


def test_a_match_has_every_member_that_clients_read(client: FlaskClient):
    answer = check(client)
    assert [e.message for e in Draft202012Validator(CHECK).iter_errors(answer)] == []
    match = answer["matches"][0]
    context = match["context"]
    assert match["replacements"] == [{"value": "Feb. 9"}]
    assert utf16(context["text"], context["offset"], context["length"]) == "Feb. 10"
    assert match["sentence"] == "The 🏟 ceremony is on Feb. 10, officials said."
    assert match["rule"]["id"] == "FACTCHECK_CONTRADICTED_DATE"
    assert match["rule"]["category"]["id"] == "FACTCHECK_CONTRADICTED"
    assert match["rule"]["issueType"] == "grammar"


def test_sentence_ranges_are_utf16_units_too(client: FlaskClient):
    ranges = check(client)["sentenceRanges"]
    sentences = [utf16(TEXT, start, end - start) for start, end in ranges]
    assert sentences[0] == "🎭 The gala 𝒪pened with “Ó mar” 👩‍🚀."
    assert sentences[-1] == "What a night!"


@pytest.mark.parametrize("path", ["/v2/check", "/check"])
def test_forms_and_queries_are_answered_alike(client: FlaskClient, path: str):
    fields = {"language": "en-US", "text": TEXT}
    by_form = client.post(path, data=fields).json
    assert client.get(path, query_string=fields).json == by_form
    assert client.post(path, data=fields, content_type="multipart/form-data").json == by_form
    assert by_form["matches"]


@pytest.mark.parametrize("label", ["application/json", "application/json; charset=utf-8", "text/plain", ""])
def test_a_form_is_read_as_one_whatever_it_calls_itself(client: FlaskClient, label: str):
    body = urlencode({"language": "en-US", "text": TEXT})
    assert marked(client.post("/v2/check", data=body, content_type=label).json, TEXT)[0] == "Feb. 10"


def test_a_json_object_is_read_as_the_form_it_stands_for(client: FlaskClient):
    body = {"language": "en-US", "data": {"annotation": [{"text": TEXT}]}, "enabledOnly": False, "disabledRules": []}
    assert marked(client.post("/v2/check", json=body).json, TEXT)[0] == "Feb. 10"


def test_markup_is_not_checked_but_counts_in_offsets(service_of: ServiceOf):
    client = service_of(day_only)
    pieces = [
        {"markup": "<p>😀", "interpretAs": ""},
        {"text": "The 🏟 ceremony is "},
        {"markup": "<b class='x'>"},
        {"text": "on Feb. 10"},
        {"markup": "</b></p>", "interpretAs": "\n\n"},
    ]
    sent = "".join(piece.get("text", "") + piece.get("markup", "") for piece in pieces)
    answer = client.post("/v2/check", data={"data": json.dumps({"annotation": pieces}), "language": "auto"}).json
    assert client.room.articles[0].text == "The 🏟 ceremony is on Feb. 10\n\n"
    assert marked(answer, sent) == ["Feb. 10"]


def test_a_mark_that_spans_markup_covers_it(service_of: ServiceOf):
    client = service_of(lambda article: a_report(verdict_on("on Feb. 10", article, Label.CONTRADICTED)))
    pieces = [{"text": "It is on "}, {"markup": "<b>"}, {"text": "Feb. 10"}, {"markup": "</b>"}, {"text": "."}]
    answer = client.post("/v2/check", data={"data": json.dumps({"annotation": pieces})}).json
    assert marked(answer, "It is on <b>Feb. 10</b>.") == ["on <b>Feb. 10"]


@pytest.mark.parametrize(
    ("fields", "kept"),
    [
        ({"disabledRules": "FACTCHECK_CONTRADICTED_DATE"}, 2),
        ({"disabledCategories": "FACTCHECK_DISPUTED,TYPOS"}, 2),
        ({"disabledCategories": "FACTCHECK_DISPUTED", "enabledRules": "FACTCHECK_DISPUTED_STANCES"}, 3),
        ({"enabledOnly": "true", "enabledCategories": "FACTCHECK_CONTRADICTED"}, 1),
        ({"enabledOnly": "yes", "enabledRules": "FACTCHECK_INTERNAL_CONFLICT_NAME"}, 1),
        ({"enabledOnly": "true"}, 0),
        ({"enabledRules": "COMMA_RULE", "level": "picky", "username": "u", "apiKey": "k", "motherTongue": "de"}, 3),
    ],
)
def test_rules_and_categories_can_be_switched(client: FlaskClient, fields: dict[str, str], kept: int):
    assert len(check(client, **fields)["matches"]) == kept


@pytest.mark.parametrize(
    ("language", "code", "source"),
    [
        ("auto", "en-US", "assumed"),
        ("en-gb", "en-GB", "request"),
        ("en_AU", "en-AU", "request"),
        ("en-IE", "en", "request"),
    ],
)
def test_the_response_names_the_language(client: FlaskClient, language: str, code: str, source: str):
    said = check(client, language=language)["language"]
    assert (said["code"], said["detectedLanguage"]["source"]) == (code, source)


def test_the_preferred_variant_is_taken_where_the_language_is_left_open(client: FlaskClient):
    assert check(client, language="auto", preferredVariants="de-AT,en-GB")["language"]["code"] == "en-GB"


@pytest.mark.parametrize(
    "fields",
    [
        {"language": "en-US"},
        {"language": "de-DE", "text": "Guten Tag."},
        {"data": "{", "language": "en-US"},
        {"data": "[]", "language": "en-US"},
        {"data": '{"annotation": [{"text": "a", "markup": "b"}]}'},
        {"data": '{"annotation": [1]}'},
        {"data": '{"annotation": [{"markup": "b", "interpretAs": 7}]}'},
    ],
)
def test_what_cannot_be_read_is_a_400(client: FlaskClient, fields: dict[str, str]):
    response = client.post("/v2/check", data=fields)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")


def test_a_text_that_is_too_long_is_a_413(client: FlaskClient):
    assert client.post("/v2/check", data={"text": "a" * 1_001}).status_code == 413


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_is_whole_and_clean_at_once(service_of: ServiceOf, text: str):
    client = service_of(None)
    answer = client.post("/v2/check", data={"text": text, "language": "en-US"}).json
    assert (answer["matches"], answer["warnings"]) == ([], {"incompleteResults": False})
    assert client.room.articles == []


def test_sentences_beyond_the_deadline_are_reported(service_of: ServiceOf):
    client = service_of(None, languagetool_deadline_s=0.1)
    answer = client.post("/v2/check", data={"text": TEXT, "language": "en-US"}).json
    assert answer["matches"] == []
    assert answer["warnings"]["incompleteResults"]
    assert "not reached" in answer["warnings"]["incompleteResultsReason"]


def test_sentences_that_the_worker_did_not_reach_are_reported(service_of: ServiceOf):
    def half(article: Article) -> Report:
        report = day_only(article)
        return Report(report.verdicts, (), Coverage(5, 1, 0, 4), report.corpus, report.engine)

    answer = service_of(half).post("/v2/check", data={"text": TEXT}).json
    assert len(answer["matches"]) == 1
    assert answer["warnings"] == {
        "incompleteResults": True,
        "incompleteResultsReason": "4 of 5 sentences were not reached",
    }


def test_no_check_is_left_behind(client: FlaskClient):
    check(client)
    assert client.get("/v1/checks").json["items"] == []


def test_the_dateline_goes_with_the_text_where_the_address_has_one(client: FlaskClient):
    client.post("/v2/check?published_at=2018-02-01", data={"text": TEXT})
    assert client.room.articles[0].published_at == "2018-02-01"
    assert client.post("/v2/check?published_at=soon", data={"text": TEXT}).status_code == 422


def test_the_issue_type_is_a_setting(service_of: ServiceOf):
    client = service_of(day_only, languagetool_issue_type="misspelling")
    assert check(client)["matches"][0]["rule"]["issueType"] == "misspelling"


def test_only_web_addresses_of_documents_become_links(service_of: ServiceOf):
    def linked(article: Article) -> Report:
        urls = ("https://example.org/9", "javascript:alert(1)", None)
        pieces = tuple(evidence(document_id=f"d-{n}", url=url) for n, url in enumerate(urls))
        return a_report(verdict_on("What a night!", article, Label.CONTRADICTED, evidence=pieces))

    assert check(service_of(linked))["matches"][0]["rule"]["urls"] == [{"value": "https://example.org/9"}]


def test_an_internal_conflict_is_marked_at_its_first_place(service_of: ServiceOf):
    def inner(article: Article) -> Report:
        span = OffsetConverter(Field.TEXT, article.text).span(0, 1)
        conflict = InternalConflict(ConflictKind.WEEKDAY, ClaimSide(span, "🎭", None), None, "Not a Friday.", ())
        report = a_report()
        return Report((), (conflict,), report.coverage, report.corpus, report.engine)

    [match] = check(service_of(inner))["matches"]
    assert (match["offset"], match["length"], match["rule"]["id"]) == (0, 2, "FACTCHECK_INTERNAL_CONFLICT_WEEKDAY")
