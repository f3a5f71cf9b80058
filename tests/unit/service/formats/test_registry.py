import json
from dataclasses import replace

import pytest
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from factcheck.check import Check, CheckStatus
from factcheck.watch import Watch
from service.formats.negotiation import JSON, chosen
from service.formats.registry import RENDERERS, REPORT_FORMATS, report_of
from tests.builders import a_check, a_report, a_verdict, an_article
from tests.unit.service.formats.samples import sample_article, sample_report


def finished(**changes: object) -> Check:
    article = sample_article()
    given = {
        "status": CheckStatus.FINISHED,
        "report": sample_report(article),
        "finished_at": "2018-02-01T09:00:00.000Z",
    }
    return a_check(**{**given, **changes})


def accepting(header: str) -> str:
    return chosen(parse_accept_header(header, MIMEAccept), REPORT_FORMATS)


@pytest.mark.parametrize("name", RENDERERS)
def test_the_command_line_gets_every_format_as_text(name: str):
    article = sample_article()
    assert RENDERERS[name](sample_report(article), article).endswith("\n")


@pytest.mark.parametrize("media_type", REPORT_FORMATS)
def test_the_service_gets_every_format_as_bytes_with_a_content_type(media_type: str):
    body, content_type = REPORT_FORMATS[media_type](finished(), sample_article())
    assert body
    assert content_type.partition(";")[0] == media_type.partition(";")[0]


@pytest.mark.parametrize("media_type", REPORT_FORMATS)
@pytest.mark.parametrize("status", [CheckStatus.QUEUED, CheckStatus.RUNNING, CheckStatus.FAILED, CheckStatus.CANCELLED])
def test_a_check_without_a_report_is_never_shown_as_complete(media_type: str, status: CheckStatus):
    check = a_check(status=status)
    article = an_article("\ud800 One. Two.")
    body, _ = REPORT_FORMATS[media_type](check, article)
    assert body
    assert not report_of(check, article).coverage.complete


def test_a_running_check_is_never_complete_even_where_all_its_claims_are_done():
    check = a_check(status=CheckStatus.RUNNING, report=a_report(a_verdict()))
    assert not report_of(check, an_article()).coverage.complete
    done = replace(check, status=CheckStatus.FINISHED)
    assert report_of(done, an_article()).coverage.complete


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/json", JSON),
        ("*/*", JSON),
        ("application/sarif+json", "application/sarif+json"),
        ("text/csv, application/json;q=0.5", "text/csv"),
        ("application/ld+json; profile=claimreview", "application/ld+json; profile=claimreview"),
        ("application/ld+json; profile=annotation", "application/ld+json; profile=annotation"),
        ("application/json; profile=grounding", "application/json; profile=grounding"),
    ],
)
def test_an_accept_header_selects_its_format(header: str, wanted: str):
    assert accepting(header) == wanted


def test_the_annotation_profile_is_found_by_its_official_address():
    offer = accepting('application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"')
    body, _ = REPORT_FORMATS[offer](finished(), sample_article())
    assert json.loads(body)["type"] == "AnnotationPage"


def test_a_review_of_a_watched_article_is_dated_by_its_last_recheck():
    def dates(check: Check) -> set[str]:
        body, _ = REPORT_FORMATS["application/ld+json; profile=claimreview"](check, sample_article())
        return {review["datePublished"] for review in json.loads(body)["@graph"]}

    watch = Watch("2018-03-01T09:00:00.000Z", 0, None, ())
    assert dates(finished(watch=watch)) == {"2018-02-01"}
    assert dates(finished(watch=replace(watch, rechecks=1, checked_at="2018-02-07T09:00:00.000Z"))) == {"2018-02-07"}
