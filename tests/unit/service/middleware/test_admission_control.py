"""A full queue: refused at the door, and looked at again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from factcheck.errors import StoreUnavailable
from factcheck.settings import Settings
from service.app import create_app
from service.http.wait_slots import FifoSemaphore, QueueFullFlag
from tests.fakes import InMemoryChecks, InMemoryDocuments, InMemorySearch, SingleApiKey
from tests.integration.service.conftest import eventually

ARTICLE = {"article": {"text": "The ceremony opens on Friday."}}


class Queue:
    """Full or not, and how often it was looked at."""

    def __init__(self, full: bool = True) -> None:
        self.full, self.looks = full, 0

    def is_full(self) -> bool:
        self.looks += 1
        return self.full


def test_a_look_is_believed_for_a_while():
    queue = Queue()
    queue_full = QueueFullFlag(60.0, queue.is_full)
    assert [queue_full.is_set() for _ in range(3)] == [True] * 3
    assert queue.looks == 1


def test_a_flag_that_is_not_set_is_refreshed_after_idle_s():
    queue = Queue(full=False)
    queue_full = QueueFullFlag(60.0, queue.is_full, idle_s=0.0)
    assert not queue_full.is_set()
    queue.full = True
    assert queue_full.is_set()


def test_what_a_refused_submission_found_needs_no_look():
    queue = Queue(full=False)
    queue_full = QueueFullFlag(60.0, queue.is_full)
    queue_full.set()
    assert queue_full.is_set()
    assert queue.looks == 0


def test_a_set_flag_is_refreshed_until_the_queue_has_room():
    queue = Queue()
    queue_full = QueueFullFlag(0.0, queue.is_full, idle_s=60.0)
    assert queue_full.is_set()
    queue.full = False
    assert not queue_full.is_set()
    queue.full = True
    assert not queue_full.is_set()
    assert queue.looks == 2


def test_while_one_looks_the_others_go_by_the_last_look():
    def is_full() -> bool:
        inner.append(queue_full.is_set())
        return False

    inner: list[bool] = []
    queue_full = QueueFullFlag(0.0, is_full)
    queue_full.set()
    assert not queue_full.is_set()
    assert inner == [True]


def test_a_store_that_is_away_is_for_others_to_tell():
    def is_full() -> bool:
        raise StoreUnavailable("away")

    queue_full = QueueFullFlag(0.0, is_full)
    queue_full.set()
    assert not queue_full.is_set()


def test_without_a_lookup_the_flag_clears_itself():
    queue_full = QueueFullFlag(0.0)
    queue_full.set()
    assert not queue_full.is_set()


def test_a_gate_lets_so_many_in_and_the_others_in_their_order():
    gate, entered, waiting = FifoSemaphore(1, 60.0), [], []
    with ThreadPoolExecutor(5) as pool:
        with gate.slot() as acquired:
            assert acquired
            for number in range(5):
                waiting.append(pool.submit(pass_through, gate, entered, number))
                assert eventually(lambda: gate.waiting() == len(waiting))
            assert entered == []
        assert all(future.result(10) for future in waiting)
    assert entered == [0, 1, 2, 3, 4]
    with gate.slot() as acquired:
        assert acquired


def test_a_gate_keeps_nobody_for_long():
    gate = FifoSemaphore(1, 0.01)
    with gate.slot(), gate.slot() as acquired:
        assert not acquired
    with gate.slot() as acquired:
        assert acquired


def pass_through(gate: FifoSemaphore, entered: list[int], number: int) -> bool:
    with gate.slot() as acquired:
        entered.append(number)
        return acquired


@pytest.fixture
def queue() -> Queue:
    return Queue(full=False)


@pytest.fixture
def room() -> InMemoryChecks:
    return InMemoryChecks(queue_limit=0)


@pytest.fixture
def client(room: InMemoryChecks, queue: Queue) -> FlaskClient:
    shelf = InMemoryDocuments()
    app = create_app(
        Settings(), room, room, shelf, InMemorySearch(shelf), api_keys=SingleApiKey("fck_one"), is_full=queue.is_full
    )
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = "Bearer fck_one"
    return client


def test_the_middleware_refuses_with_the_same_answer_as_the_app(client: FlaskClient, queue: Queue):
    first = client.post("/v1/checks", json=ARTICLE)
    queue.full = True
    second = client.post("/v1/checks", data=b"{", headers={"Authorization": ""})
    assert (first.status_code, second.status_code) == (503, 503)
    assert first.json == second.json
    unsaid = {"RateLimit", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "RateLimit-Policy"}
    assert {k: v for k, v in first.headers if k not in unsaid} == dict(second.headers)


def test_all_that_hands_in_checks_is_refused_and_nothing_else(client: FlaskClient):
    client.post("/v1/checks", json=ARTICLE)
    assert client.post("/v2/check", data={"text": "It rained."}).status_code == 503
    assert client.get("/check?text=It+rained.").status_code == 503
    assert client.get("/v1/checks").status_code == 200
    assert client.get("/v2/languages").status_code == 200


def test_a_repeated_submission_still_returns_its_check(client: FlaskClient, room: InMemoryChecks):
    room.queue_limit = 1
    headers = {"Idempotency-Key": "k"}
    made = client.post("/v1/checks", json=ARTICLE, headers=headers)
    assert client.post("/v1/checks", json=ARTICLE).status_code == 503
    assert client.post("/v1/checks", json=ARTICLE, headers=headers).json["id"] == made.json["id"]


def test_refusals_are_counted(client: FlaskClient):
    for _ in range(3):
        client.post("/v1/checks", json=ARTICLE)
    line = 'factcheck_http_requests_total{method="POST",route="/v1/checks",status="503"} 3'
    assert line in client.get("/metrics").text


def test_once_there_is_room_checks_are_taken_in_again(
    client: FlaskClient, room: InMemoryChecks, queue: Queue, monkeypatch: pytest.MonkeyPatch
):
    assert client.post("/v1/checks", json=ARTICLE).status_code == 503
    room.queue_limit, queue.full = 5, False
    monkeypatch.setattr("service.http.wait_slots.monotonic", lambda: float("inf"))
    assert client.post("/v1/checks", json=ARTICLE).status_code == 202


def test_the_wait_for_admission_counts_as_time_of_the_request(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("service.middleware.admission_control.perf_counter", lambda: 10.0)
    monkeypatch.setattr("service.middleware.access_log.perf_counter", lambda: 13.0)
    app = create_app(Settings(), InMemoryChecks(), None, InMemoryDocuments(), InMemorySearch(InMemoryDocuments()))
    client = app.test_client()
    client.post("/v1/checks", json=ARTICLE)
    assert 'factcheck_http_request_seconds_sum{route="/v1/checks"} 3' in client.get("/metrics").text.splitlines()
