"""Which shape a client gets."""

import pytest
from flask import Flask
from werkzeug.datastructures import MIMEAccept
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header

from factcheck.article import Article
from factcheck.check import Check
from factcheck.settings import Settings
from service.app import create_app
from service.formats.negotiation import JSON, chosen
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch


def shape(check: Check, article: Article) -> tuple[bytes, str]:
    return b"", "text/plain"


OFFERS = dict.fromkeys(
    ["text/html", "text/csv", "application/ld+json; profile=claimreview", "application/ld+json; profile=annotation"],
    shape,
)


@pytest.mark.parametrize(
    ("accept", "offer"),
    [
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("text/csv;q=0.5, application/json;q=0.4", "text/csv"),
        ("application/ld+json; profile=annotation", "application/ld+json; profile=annotation"),
        ('application/ld+json;profile="annotation"', "application/ld+json; profile=annotation"),
        ("application/ld+json", "application/ld+json; profile=claimreview"),
        ("text/*", "text/html"),
    ],
)
def test_the_client_chooses(accept: str, offer: str) -> None:
    assert chosen(parse_accept_header(accept, MIMEAccept), OFFERS) == offer


@pytest.mark.parametrize("accept", ["image/png", "application/ld+json; profile=other", "application/json;q=0"])
def test_what_nobody_offers_is_a_406(accept: str) -> None:
    with pytest.raises(NotAcceptable):
        chosen(parse_accept_header(accept, MIMEAccept), OFFERS)


@pytest.fixture
def app_with_drafts(settings: Settings, room: InMemoryChecks) -> Flask:
    shelf = InMemoryDocuments()
    return create_app(settings, room, room, shelf, InMemorySearch(shelf), articles=room)


def test_each_format_has_its_own_etag(app_with_drafts: Flask) -> None:
    client = app_with_drafts.test_client()
    path = client.post("/v1/checks", json={"article": {"text": "It opens."}}).headers["Location"]
    page, plain = client.get(path, headers={"Accept": "text/csv"}), client.get(path)
    assert page.mimetype == "text/csv"
    assert page.headers["Vary"] == "Accept"
    assert page.headers["ETag"] != plain.headers["ETag"]
