"""What an article says is in its own record and nowhere else."""

import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from redis import Redis

from factcheck.logs import JsonFormatter
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from service.app import create_app
from worker.process.jobs import ExecutionFailed, WorkerContext, configure, run_check
from worker.process.watchdog import Watchdog

MARKER = "zq7marker"


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that this process logs, down to DEBUG."""
    sink, root = StringIO(), logging.getLogger()
    handler, level = logging.StreamHandler(sink), root.level
    handler.setFormatter(JsonFormatter())
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield sink
    root.removeHandler(handler)
    root.setLevel(level)


def test_a_marker_in_an_article_reaches_no_log_no_metric_and_no_job(redis_client: Redis, tmp_path: Path, log: StringIO):
    settings = Settings(data_dir=tmp_path, article_limit_chars=5_000)
    desk, store = RedisCheckRepository(redis_client, settings), RedisDocumentStore(redis_client)
    drafts = RedisArticles(redis_client)
    client = create_app(
        settings, desk, RedisCheckEventReader(redis_client), store, MemorySearch([]), articles=drafts
    ).test_client()
    article = {"text": f"The {MARKER} opens on Friday.", "title": MARKER, "source": MARKER}
    check = client.post("/v1/checks", json={"article": article}).json
    assert check
    client.post("/v1/checks", json={"article": {**article, MARKER: 1}})
    client.post("/v1/checks", json={"article": {**article, "text": MARKER * 1_000}})
    client.post("/v1/checks", data=f'{{"{MARKER}', content_type="application/json")
    client.post("/v2/check", data={"text": MARKER, "language": MARKER})

    def fails(order: object, corpus: object, sink: object) -> object:
        raise ValueError(f"cannot read {MARKER}")

    ledger = RedisCheckExecution(redis_client, settings)
    configure(WorkerContext(ledger, MemorySearch([]), MemorySearch, fails, Watchdog()))  # type: ignore[arg-type]
    with pytest.raises(ExecutionFailed) as failed:
        run_check(check["id"])

    assert "check failed this time" in log.getvalue()
    assert MARKER not in log.getvalue()
    assert MARKER not in str(failed.value)
    assert MARKER not in client.get("/metrics").text
    assert MARKER.encode() not in b"".join(redis_client.dump(key) or b"" for key in redis_client.keys("rq:*"))
    assert client.delete(f"/v1/checks/{check['id']}?forget=true").status_code == 204
    left = [key for key in redis_client.keys("*") if MARKER.encode() in (redis_client.dump(key) or b"")]
    assert left == []
    assert not redis_client.exists(f"factcheck:check:{check['id']}:order", f"factcheck:check:{check['id']}:article")
