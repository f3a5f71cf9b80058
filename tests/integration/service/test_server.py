"""The service over HTTP, with gunicorn and Redis."""

import http.client
import json
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import quote, urlsplit

import requests

from factcheck.store.executions import RedisCheckExecution
from tests.builders import a_report, a_verdict
from tests.conftest import running_server
from tests.integration.service.conftest import eventually, running_web_server

ARTICLE = {"article": {"text": "The ceremony opens on Friday."}}
LONG_S = 60.0  # far beyond what a busy machine takes


def submit(url: str, **headers: str) -> requests.Response:
    return requests.post(f"{url}/v1/checks", json=ARTICLE, headers=headers, timeout=10)


def finish(ledger: RedisCheckExecution, check_id: str, may_end: Event | None = None) -> None:
    """Records two verdicts, and ends the check once it may."""
    verdicts = [a_verdict("c1"), a_verdict("c2")]
    ledger.start(check_id, "x1")
    for verdict in verdicts:
        ledger.record(check_id, "x1", verdict, 2)
    if may_end is not None:
        may_end.wait(LONG_S)
    ledger.finish(check_id, "x1", a_report(*verdicts))


def test_a_check_is_followed_from_submission_to_its_report(url: str, ledger: RedisCheckExecution) -> None:
    submitted = submit(url)
    assert submitted.status_code == 202
    address = url + submitted.headers["Location"]
    worker = Thread(target=finish, args=(ledger, submitted.json()["id"]))
    worker.start()
    done = requests.get(f"{address}?wait=10", timeout=15)
    worker.join()
    assert done.json()["status"] == "finished"
    assert [claim["id"] for claim in done.json()["report"]["claims"]] == ["c1", "c2"]
    assert requests.get(address, headers={"If-None-Match": done.headers["ETag"]}, timeout=5).status_code == 304
    assert requests.get(f"{address}/gate", timeout=5).json()["pass"] is True
    assert requests.delete(address, timeout=5).status_code == 204
    assert requests.get(address, timeout=5).status_code == 410


def test_claims_arrive_while_the_check_still_runs(url: str, ledger: RedisCheckExecution) -> None:
    check_id = submit(url).json()["id"]
    seen = Event()
    worker = Thread(target=finish, args=(ledger, check_id, seen))
    kinds: list[str] = []
    with requests.get(f"{url}/v1/checks/{check_id}/events", stream=True, timeout=20) as stream:
        worker.start()
        for kind in event_kinds(stream):
            kinds.append(kind)
            if kinds.count("claim") == 2:
                seen.set()  # a check that ended without this would show no claim while it ran
    worker.join()
    assert kinds.count("claim") == 2
    assert kinds[-1] == "done"


def event_kinds(stream: requests.Response) -> Iterator[str]:
    for row in stream.iter_lines(chunk_size=1, decode_unicode=True):
        if row.startswith("event: "):
            yield row.removeprefix("event: ")


def test_the_same_key_makes_one_check(url: str) -> None:
    ids = {submit(url, **{"Idempotency-Key": "k"}).json()["id"] for _ in range(3)}
    assert len(ids) == 1
    assert len(requests.get(f"{url}/v1/checks", timeout=5).json()["items"]) == 1


def test_long_polls_leave_threads_for_others(url: str, ledger: RedisCheckExecution) -> None:
    """They wait for longer than the request beside them may take; the end of the check ends them."""
    submitted = submit(url)
    address = f"{url}{submitted.headers['Location']}?wait=30"
    waiting = [Thread(target=requests.get, args=(address,), kwargs={"timeout": LONG_S}) for _ in range(30)]
    for thread in waiting:
        thread.start()
    assert requests.get(f"{url}/healthz", timeout=20).status_code == 200
    finish(ledger, submitted.json()["id"])
    for thread in waiting:
        thread.join()


def test_documents_are_stored_found_and_removed(url: str, indexer: None) -> None:
    document = {"id": "2018/01 naïve", "text": "The ceremony opens on Friday.", "published_at": "2018-01-30"}
    stored = requests.post(f"{url}/v1/documents", json=document, timeout=10)
    assert stored.status_code == 201
    address = f"{url}/v1/documents/{quote('2018/01 naïve', safe='')}"
    assert url + stored.headers["Location"] == address
    assert requests.get(address, timeout=5).json()["text"] == document["text"]

    def found() -> list[Any]:
        answer = requests.get(f"{url}/v1/documents/search", params={"q": "ceremony"}, timeout=5)
        return list(answer.json()["items"]) if answer.ok else []

    assert eventually(lambda: len(found()) == 1)
    assert found()[0]["document"]["id"] == "2018/01 naïve"
    assert requests.delete(address, timeout=5).status_code == 204
    assert eventually(lambda: not found())


def test_readiness_names_what_is_missing(url: str, indexer: None) -> None:
    def parts() -> Any:
        return requests.get(f"{url}/readyz", timeout=5).json()["parts"]

    assert eventually(lambda: parts()["index"]["ok"])
    assert parts()["redis"]["ok"]
    assert parts()["worker"] == {"ok": False, "detail": "0 alive"}


def test_a_client_that_sends_all_before_it_reads_does_not_hang(url: str) -> None:
    lines = [json.dumps({"id": f"d{n}", "text": f"Report {n}."}) for n in range(20_000)]
    lines[6] = "{"
    answer = requests.post(
        f"{url}/v1/documents",
        data="\n".join(lines).encode(),
        headers={"Content-Type": "application/x-ndjson"},
        timeout=60,
    )
    outcomes = [json.loads(row) for row in answer.text.splitlines()]
    assert [row["line"] for row in outcomes] == list(range(1, 20_001))
    assert [row["line"] for row in outcomes if row["status"] != 201] == [7]


def test_a_body_beyond_the_limit_is_refused_however_it_comes(url: str) -> None:
    headers = {"Content-Type": "application/json"}
    at_once = requests.post(f"{url}/v1/checks", data=b"a" * 5_000_000, headers=headers, timeout=20)
    in_chunks = requests.post(f"{url}/v1/checks", data=iter([b"a" * 100_000] * 50), headers=headers, timeout=20)
    assert (at_once.status_code, in_chunks.status_code) == (413, 413)


def test_an_address_that_is_no_utf8_is_answered(url: str) -> None:
    for path in ("/v1/documents/%ff%fe", "/v1/checks/%00", "/v1/documents/search?q=%ff", "/%2e%2e/%2e%2e/etc/passwd"):
        connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=10)
        connection.request("GET", path)
        assert connection.getresponse().status < 500
        connection.close()


def test_a_redis_outage_is_answered_promptly_and_its_return_is_noticed(tmp_path: Path) -> None:
    with (
        tempfile.TemporaryDirectory(prefix="fc-") as folder,
        running_web_server(f"unix://{folder}/redis.sock", tmp_path) as url,
    ):
        assert_away(url)
        with running_server(Path(folder)):
            kept = submit(url)
            assert kept.status_code == 202
        assert_away(url)
        with running_server(Path(folder)):
            assert requests.get(url + kept.headers["Location"], timeout=10).status_code == 200


def assert_away(url: str) -> None:
    answer = submit(url)  # which waits ten seconds: a server without a bound of its own would take minutes
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["type"].endswith("store-unavailable")
    assert requests.get(f"{url}/healthz", timeout=5).status_code == 200
    assert requests.get(f"{url}/readyz", timeout=5).status_code == 503


def test_what_the_web_server_itself_cannot_read_is_a_problem_too(url: str) -> None:
    parts = urlsplit(url)
    for path, status, kind in (("/" + "a" * 9_000, 414, "uri-too-long"), ("/ b", 400, "malformed-request")):
        with socket.create_connection((str(parts.hostname), int(parts.port or 80)), timeout=10) as connection:
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            response = http.client.HTTPResponse(connection)
            response.begin()
            body = response.read()
        assert (response.status, response.getheader("Content-Type")) == (status, "application/problem+json")
        assert json.loads(body)["type"] == f"urn:factcheck:problem:{kind}"
        assert response.getheader("X-Content-Type-Options") == "nosniff"
