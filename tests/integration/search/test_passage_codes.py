"""Both stores of passage codes keep one contract; the archive encoder fills them from a real changelog."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from redis import Redis

from factcheck.corpus_version import CorpusVersion
from factcheck.ports import PassageEmbeddingCodes
from factcheck.search.factory import open_passage_codes
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore
from tests.builders import a_document
from tests.integration.search.conftest import search_url
from worker.archive_encoder import ArchiveEncoder

LIMIT_S = 20
SOME = {-(2**63): b"\x00" * 192, 7: b"\xff" * 192}


@pytest.fixture(params=["embedded", "distributed", "cluster"])
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], PassageEmbeddingCodes]:
    url = search_url(request)
    return lambda: open_passage_codes(Settings(data_dir=tmp_path, search_url=url), "a-model")


def test_codes_are_found_again_by_another_process(reopen: Callable[[], PassageEmbeddingCodes]):
    reopen().write(SOME)
    assert reopen().read([7, 8, -(2**63)]) == SOME


def test_many_keys_are_read_at_once(reopen: Callable[[], PassageEmbeddingCodes]):
    many = {key: str(key).encode() for key in range(2_000)}
    codes = reopen()
    codes.write(many)
    assert codes.read(list(many)) == many


def test_nothing_is_known_before_the_first_write(reopen: Callable[[], PassageEmbeddingCodes]):
    assert (reopen().read([7]), reopen().read([]), reopen().position()) == ({}, {}, None)


def test_a_reader_opened_before_the_first_write_sees_it(reopen: Callable[[], PassageEmbeddingCodes]):
    reader = reopen()
    assert reader.read([7]) == {}
    reopen().write(SOME)
    assert reader.read([7]) == {7: SOME[7]}


def test_the_position_is_kept_with_the_codes(reopen: Callable[[], PassageEmbeddingCodes]):
    position = CorpusVersion("abc", 5, 1)
    reopen().write({}, CorpusVersion("abc", 4, 0))
    reopen().write(SOME, position)
    assert reopen().position() == position


def test_a_damaged_file_counts_as_empty(tmp_path: Path):
    codes = open_passage_codes(Settings(data_dir=tmp_path), "a-model")
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "codes-a-model.sqlite").write_bytes(b"no database" * 100)
    assert (codes.read([7]), codes.position()) == ({}, None)


def test_the_encoder_takes_the_archive_first_and_then_each_change(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis
):
    codes = open_passage_codes(Settings(data_dir=tmp_path), "a-model")
    seen: list[str] = []

    def remember(texts: list[str]) -> int:
        seen.extend(texts)
        return len(texts)

    store.put(a_document("a", "The harvest ended. Rain fell."))
    store.put(a_document("b", "Never published.", retracted=True))
    stop = threading.Event()
    encoder = threading.Thread(target=ArchiveEncoder(changelog, codes, lambda: remember).run, args=[stop])
    encoder.start()
    try:
        _wait_for(lambda: codes.position() == changelog.position())
        store.put(a_document("c", "The mayor resigned."))
        _wait_for(lambda: codes.position() == changelog.position())
    finally:
        stop.set()
        encoder.join()
    assert seen == ["The harvest ended.", "Rain fell.", "The mayor resigned."]


def _wait_for(reached: Callable[[], bool]) -> None:
    deadline = time.monotonic() + LIMIT_S
    while not reached():
        assert time.monotonic() < deadline
        time.sleep(0.02)
