"""Traces, gathered in memory instead of sent."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from redis import Redis

from factcheck.instrumentation import Stopwatch, step
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.telemetry.traces import Traces, open_traces
from service.app import create_app
from tests.builders import a_report
from worker.process.jobs import ExecutionFailed, WorkerContext, configure, run_check
from worker.process.watchdog import Watchdog

MARKER = "zq7marker"


@pytest.fixture
def memory() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def traces(memory: InMemorySpanExporter) -> Traces:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(memory))
    return Traces(provider)


@pytest.fixture
def client(redis_client: Redis, traces: Traces) -> FlaskClient:
    desk, events = RedisCheckRepository(redis_client, Settings()), RedisCheckEventReader(redis_client)
    return create_app(
        Settings(), desk, events, RedisDocumentStore(redis_client), MemorySearch([]), traces=traces
    ).test_client()


def work(redis_client: Redis, traces: Traces, checker: Callable[..., Any]) -> None:
    ledger = RedisCheckExecution(redis_client, Settings())
    steps = partial(Stopwatch, traces.step)
    configure(
        WorkerContext(ledger, MemorySearch([]), MemorySearch, checker, Watchdog(), steps=steps, around=traces.check)
    )


def submitted(client: FlaskClient, text: str = "It rained.", **headers: str) -> str:
    answer: Any = client.post("/v1/checks", json={"article": {"text": text}}, headers=headers).json
    return str(answer["id"])


def test_the_work_on_a_check_is_one_trace_under_the_check_s_own_id(
    client: FlaskClient, redis_client: Redis, traces: Traces, memory: InMemorySpanExporter
):
    def checker(*_: object) -> Any:
        with step("read"):
            return a_report()

    work(redis_client, traces, checker)
    check_id = submitted(client)
    run_check(check_id)
    request, read, check = memory.get_finished_spans()
    assert [f"{span.context.trace_id:032x}" for span in (read, check)] == [check_id, check_id]
    assert read.parent
    assert read.parent.span_id == check.context.span_id
    assert request.name == "POST /v1/checks"
    assert [f"{link.context.trace_id:032x}" for link in request.links] == [check_id]


def test_a_request_belongs_to_its_caller_s_trace(client: FlaskClient, memory: InMemorySpanExporter):
    caller = "4bf92f3577b34da6a3ce929d0e0e4736"
    submitted(client, traceparent=f"00-{caller}-00f067aa0ba902b7-01")
    client.get("/v1/checks/unknown")
    first, second = memory.get_finished_spans()
    assert f"{first.context.trace_id:032x}" == caller
    assert second.attributes
    assert second.attributes["http.response.status_code"] == 404


def test_no_span_quotes_a_draft_not_even_in_an_error(
    client: FlaskClient, redis_client: Redis, traces: Traces, memory: InMemorySpanExporter
):
    def fails(*_: object) -> Any:
        with step("read"):
            raise ValueError(f"cannot read {MARKER}")

    work(redis_client, traces, fails)
    check_id = submitted(client, f"The {MARKER} opens.")
    client.post("/v1/checks", json={"article": {MARKER: 1}})
    with pytest.raises(ExecutionFailed):
        run_check(check_id)
    spans = memory.get_finished_spans()
    assert len(spans) == 4
    assert MARKER not in "".join(span.to_json() for span in spans)


def test_without_an_address_there_are_no_traces():
    assert open_traces("", "web") is None
