"""The Python client against the real app over HTTP, and once against the whole service with its models."""

import time
from dataclasses import replace
from itertools import takewhile
from threading import Thread

import pytest

from bench.serving import Service
from factcheck.article import Article, Format
from factcheck.check import CheckOptions, CheckStatus, Problem
from factcheck.client import (
    CheckEnded,
    ClaimEvent,
    Client,
    Conflict,
    DoneEvent,
    Gone,
    InvalidRequest,
    NotAllowed,
    NotFound,
    ProgressEvent,
    StillRunning,
    TooBusy,
    Unreachable,
)
from factcheck.verdict import Label
from tests.builders import a_document, an_article
from tests.e2e.fake_service import ARTICLE, LETTER, Stage, playing

LABELS = [Label.CONTRADICTED, Label.DISPUTED, Label.SUPPORTED, Label.UNVERIFIED, Label.NOT_CHECKABLE]


@pytest.fixture
def client(stage: Stage) -> Client:
    return Client(stage.url)


def article(**changes: object) -> Article:
    return an_article(**{**ARTICLE, **changes})


def test_an_article_is_checked_in_one_call(client: Client):
    report = client.check(article())
    assert [verdict.label for verdict in report.verdicts] == LABELS
    claim = report.verdicts[0].claim
    assert ARTICLE["text"][claim.span.start : claim.span.end] == claim.text


def test_a_text_is_an_article_too(client: Client):
    check = client.submit(ARTICLE["text"], title="Bridge", published_at="2031-03-07", format=Format.MARKDOWN, wait_s=10)
    assert check.status is CheckStatus.FINISHED
    assert check.report is not None


def test_a_check_is_handed_in_waited_for_read_listed_and_dropped(client: Client, stage: Stage):
    stage.player.hold_after = 2
    check = client.submit(article())
    with pytest.raises(StillRunning) as caught:
        client.wait(check.id, timeout_s=0.2)
    assert caught.value.check.status in {CheckStatus.QUEUED, CheckStatus.RUNNING}
    stage.player.hold.set()
    assert client.wait(check.id).status is CheckStatus.FINISHED
    assert client.read(check.id).progress.claims_done == len(LABELS)
    assert [listed.id for listed in client.checks(CheckStatus.FINISHED)] == [check.id]
    client.drop(check.id)
    with pytest.raises(Gone):
        client.read(check.id)


def test_listings_are_followed_to_their_end(client: Client):
    handed_in = [client.submit(article()).id for _ in range(103)]
    assert [check.id for check in client.checks()] == handed_in[::-1]


def test_verdicts_come_as_events_one_by_one(client: Client, stage: Stage):
    stage.player.hold_after = 1
    events = client.events(client.submit(article()).id)
    first = list(takewhile(lambda event: not isinstance(event, ClaimEvent), events))
    assert all(isinstance(event, ProgressEvent) for event in first)
    assert first
    stage.player.hold.set()
    rest = list(events)
    assert [event.verdict.label for event in rest if isinstance(event, ClaimEvent)] == LABELS[1:]
    assert isinstance(rest[-1], DoneEvent)
    assert rest[-1].status is CheckStatus.FINISHED


def test_a_stream_that_breaks_off_goes_on_where_it_was(client: Client, stage: Stage):
    stage.cut_streams = True
    events = list(client.events(client.submit(article()).id))
    assert [event.verdict.label for event in events if isinstance(event, ClaimEvent)] == LABELS
    assert stage.streams[0] is None
    assert all(stage.streams[1:])


def test_a_check_that_failed_has_no_report(client: Client, stage: Stage):
    stage.player.fail = Problem("urn:x", "It failed", "three tries")
    with pytest.raises(CheckEnded, match="three tries"):
        client.check(article())


def test_the_gate_says_why(client: Client):
    check = client.submit(article(), wait_s=10)
    gate = client.gate(check.id)
    assert (gate.outcome, gate.passed) == ("fail", False)
    assert [reason.kind for reason in gate.reasons] == ["contradicted", "disputed"]
    assert gate.reasons[0].span is not None
    assert client.gate(check.id, ["supported"]).reasons[0].message == "Morning Post says the same."


def test_options_documents_and_watch_reach_the_service(client: Client, stage: Stage):
    options = CheckOptions(2, ("Courier",), ("Post",), 5.0)
    check = client.submit(
        article(), documents=[replace(LETTER, corrects="x", tags=("a",))], as_of="2031-03-06", options=options
    )
    order = stage.room.stored[check.id].request
    assert order.documents is not None
    assert (order.documents[0].id, order.as_of, order.options) == (LETTER.id, "2031-03-06", options)
    assert client.submit(article(), watch=True).watch is not None


def test_the_same_idempotency_key_is_the_same_check(client: Client):
    first = client.submit(article(), idempotency_key="v1")
    assert client.submit(article(), idempotency_key="v1").id == first.id
    with pytest.raises(Conflict):
        client.submit(article(title="Another"), idempotency_key="v1")


def test_the_archive_is_filled_and_searched(client: Client):
    client.store(a_document("d/1", "The lighthouse was lit.", published_at="2031-01-02", source="Courier"))
    [found] = client.search("lighthouse", limit=3, source="Courier", from_="2031-01-01", to="2031-12-31")
    assert (found.document.id, found.text) == ("d/1", "The lighthouse was lit.")


def test_refusals_are_typed(client: Client, stage: Stage):
    with pytest.raises(NotFound):
        client.read("nowhere")
    with pytest.raises(InvalidRequest) as caught:
        client.submit(" ")
    assert [fault.pointer for fault in caught.value.faults] == ["/article/text"]
    stage.key = "fck_secret"
    with pytest.raises(NotAllowed):
        client.submit(article())
    assert Client(stage.url, "fck_secret").check(article()).verdicts
    stage.refuse = lambda method, path: (503, {"detail": "later"})
    with pytest.raises(TooBusy, match="later"):
        Client(stage.url, "fck_secret").submit(article())


def test_waiting_lives_through_a_busy_service(client: Client, stage: Stage):
    check, refusals = client.submit(article()), iter([(503, {"detail": "later"})])
    stage.refuse = lambda method, path: next(refusals, None)
    assert client.wait(check.id).status is CheckStatus.FINISHED


def test_waiting_lives_through_a_restart_and_not_for_ever():
    with playing() as gone:
        port = int(gone.url.rpartition(":")[2])
    client = Client(gone.url, timeout_s=5)
    with pytest.raises(Unreachable):
        client.wait("k1", timeout_s=0.1)
    answers: list[object] = []

    def wait() -> None:
        try:
            client.wait("k1", timeout_s=20)
        except NotFound as error:
            answers.append(error)

    waiting = Thread(target=wait)
    waiting.start()
    with playing(port):
        waiting.join(20)
    assert len(answers) == 1


def test_the_whole_service_answers_its_own_client(whole_service: Service):
    client = Client(whole_service.url)
    began = time.monotonic()
    report = client.check("The opening ceremony of the Winter Olympics is on Feb. 10.", published_at="2018-02-01")
    assert [verdict.label for verdict in report.verdicts] == [Label.CONTRADICTED]
    assert report.verdicts[0].suggestions[0].replacement == "Feb. 9"
    assert time.monotonic() - began < 60
    assert client.search("opening ceremony")
