import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
import tantivy
from redis import Redis

from factcheck import redis_keys
from factcheck.errors import IndexUnavailable
from factcheck.ports import PassageQuery
from factcheck.search.embedded.index_folder import IndexFolder
from factcheck.search.embedded.search import EmbeddedSearch, open_index
from factcheck.search.factory import open_search
from factcheck.search.read_your_writes import ReadYourWritesSearch
from factcheck.search.schema import STATE
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.documents import RedisDocumentStore, in_batches
from tests.builders import a_document
from tests.integration.search.conftest import following, indexing

PATIENCE_S = 20


def ids(search: EmbeddedSearch, words: str = "harvest") -> set[str]:
    return {candidate.passage.document.id for candidate in search.search(PassageQuery(words, 1000))}


def the_generation(data_dir: Path) -> Path:
    current = IndexFolder(data_dir).current()
    assert current is not None
    return current


def test_an_index_that_was_never_built_is_unavailable(tmp_path: Path, changelog: RedisChangelog):
    search = EmbeddedSearch(tmp_path)
    with pytest.raises(IndexUnavailable):
        search.search(PassageQuery("harvest", 1))
    assert not search.wait_for(changelog.position(), 0)


def test_writes_replacements_and_removals_show_in_an_open_reader(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = EmbeddedSearch(tmp_path)
    with following(tmp_path, changelog):
        store.put(a_document("a", "The harvest ended."))
        store.put(a_document("b", "The harvest began."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert (ids(search), search.documents()) == ({"a", "b"}, 2)
        before = search.revision()
        store.put(a_document("a", "Something else."))
        store.put(a_document("b", "The harvest began.", retracted=True))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert (ids(search), search.documents()) == (set(), 1)
        assert search.revision() != before
        store.remove("a")
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert search.documents() == 0


def test_ten_thousand_writes_of_one_id_leave_one_document(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    with following(tmp_path, changelog):
        for batch in in_batches((a_document("d", f"Harvest {number}.") for number in range(10_000)), 1000):
            store.put_many(batch)
        search = EmbeddedSearch(tmp_path)
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert [c.passage.text for c in search.search(PassageQuery("harvest", 10))] == ["Harvest 9999."]


def test_an_indexer_that_starts_again_goes_on_where_it_was(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = EmbeddedSearch(tmp_path)
    with following(tmp_path, changelog):
        store.put(a_document("a", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
    generation = the_generation(tmp_path)
    store.put(a_document("b", "Harvest."))
    assert ids(search) == {"a"}
    with following(tmp_path, changelog):
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids(search) == {"a", "b"}
    assert the_generation(tmp_path) == generation


def test_an_index_whose_changes_were_trimmed_is_rebuilt_from_the_record(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis
):
    search = EmbeddedSearch(tmp_path)
    with following(tmp_path, changelog):
        store.put(a_document("gone", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
    store.remove("gone")
    store.put(a_document("new", "Harvest."))
    redis_client.delete(redis_keys.CORPUS_READERS)
    changelog.commit("another host", changelog.position())
    with following(tmp_path, changelog):
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids(search) == {"new"}


def test_an_index_of_another_corpus_is_rebuilt(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog, redis_client: Redis
):
    search = EmbeddedSearch(tmp_path)
    with following(tmp_path, changelog):
        store.put(a_document("old", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        redis_client.flushall()
        store.put(a_document("new", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids(search) == {"new"}


def _truncate_segments(generation: Path) -> None:
    for path in generation.glob("*.store"):
        path.write_bytes(b"")


def _garble_meta(generation: Path) -> None:
    (generation / "meta.json").write_text("{")


def _lose_meta(generation: Path) -> None:
    (generation / "meta.json").unlink()


def _lose_generation(generation: Path) -> None:
    shutil.rmtree(generation)


def _other_schema(generation: Path) -> None:
    shutil.rmtree(generation)
    generation.mkdir()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", stored=True)
    tantivy.Index(builder.build(), path=str(generation)).writer(15_000_000, 1).commit()


def _other_layout(generation: Path) -> None:
    index = open_index(generation)
    writer = index.writer(15_000_000, 1)
    writer.delete_documents_by_term("kind", STATE)
    entry = tantivy.Document()
    entry.add_text("kind", STATE)
    entry.add_bytes("record", json.dumps({"layout": 0, "position": "e:1-0"}).encode())
    writer.add_document(entry)
    writer.commit()


def _other_pointer(generation: Path) -> None:
    (generation.parent / "current").write_text("../../etc")


@pytest.mark.parametrize(
    "damage",
    [_truncate_segments, _garble_meta, _lose_meta, _lose_generation, _other_schema, _other_layout, _other_pointer],
)
def test_a_damaged_or_foreign_index_is_rebuilt(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog, damage
):
    with following(tmp_path, changelog):
        store.put(a_document("a", "Harvest."))
        assert EmbeddedSearch(tmp_path).wait_for(changelog.position(), PATIENCE_S)
    damage(the_generation(tmp_path))
    with following(tmp_path, changelog):
        search = EmbeddedSearch(tmp_path)
        store.put(a_document("b", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert ids(search) == {"a", "b"}


def test_the_index_may_lie_apart_from_the_data(tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog):
    settings = Settings(data_dir=tmp_path / "data", index_dir=str(tmp_path / "memory"))
    with indexing(settings, changelog):
        store.put(a_document("a", "Harvest."))
        assert open_search(settings).wait_for(changelog.position(), PATIENCE_S)
    assert (tmp_path / "memory" / "index").is_dir()
    assert not (tmp_path / "data").exists()


def test_a_rebuild_tells_how_far_it_is(tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog):
    for batch in in_batches((a_document(f"d{number}") for number in range(2100)), 700):
        store.put_many(batch)
    with following(tmp_path, changelog) as told:
        assert EmbeddedSearch(tmp_path).wait_for(changelog.position(), PATIENCE_S)
    assert told == [1000, 2000]


def test_of_two_indexers_on_one_folder_one_waits_and_takes_over(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = EmbeddedSearch(tmp_path)
    with following(tmp_path, changelog):
        with following(tmp_path, changelog):
            store.put(a_document("a", "Harvest."))
            assert search.wait_for(changelog.position(), PATIENCE_S)
        store.put(a_document("b", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
    assert ids(search) == {"a", "b"}


def test_readers_in_threads_see_every_commit_and_never_half_a_document(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search, wrong, done = EmbeddedSearch(tmp_path), [], threading.Event()

    def read() -> None:
        while not done.is_set():
            hits = search.search(PassageQuery("harvest", 50))
            by_id: dict[str, int] = {}
            for hit in hits:
                by_id[hit.passage.document.id] = by_id.get(hit.passage.document.id, 0) + 1
            wrong.extend(count for count in by_id.values() if count != 3)

    with following(tmp_path, changelog):
        assert search.wait_for(changelog.position(), PATIENCE_S)
        readers = [threading.Thread(target=read) for _ in range(3)]
        for reader in readers:
            reader.start()
        for number in range(60):
            store.put(a_document(f"d{number % 7}", f"Harvest {number}. Harvest again. The harvest ended."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        done.set()
        for reader in readers:
            reader.join()
    assert wrong == []
    assert len(ids(search)) == 7


def test_the_indexer_process_killed_at_any_moment_loses_and_doubles_nothing(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog, redis_url: str
):
    environ = {**os.environ, "REDIS_URL": redis_url, "FACTCHECK_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "factcheck.indexer"]
    for round_number in range(3):
        process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
        for number in range(100):
            store.put(a_document(f"d{round_number}-{number}", f"Harvest {number}. Nothing."))
            if number % 10 == 0:
                store.remove(f"d{round_number}-{number}")
            time.sleep(0.002)
        time.sleep(0.3 * round_number)
        process.kill()
        process.wait()
    process = subprocess.Popen(command, env=environ, stderr=subprocess.DEVNULL)
    store.remove("d0-1")
    search = EmbeddedSearch(tmp_path)
    assert search.wait_for(changelog.position(), PATIENCE_S)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) == 0
    assert len(search.search(PassageQuery("harvest", 1000))) == 269
    assert ids(search) == {f"d{r}-{n}" for r in range(3) for n in range(100) if n % 10} - {"d0-1"}
    assert search.documents() == 269


def test_a_check_that_begins_after_a_deletion_was_acknowledged_does_not_see_the_document(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = ReadYourWritesSearch(EmbeddedSearch(tmp_path), changelog, store, PATIENCE_S)
    with following(tmp_path, changelog):
        for number in range(10):
            store.put(a_document("d", f"Harvest {number}."))
            assert search.revision() == str(changelog.position())
            assert [c.passage.text for c in search.search(PassageQuery("harvest", 5))] == [f"Harvest {number}."]
            store.remove("d")
            assert search.revision() == str(changelog.position())
            assert search.search(PassageQuery("harvest", 5)) == []
            assert search.documents() == 0


def test_a_check_goes_on_with_an_index_that_does_not_catch_up(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = ReadYourWritesSearch(EmbeddedSearch(tmp_path), changelog, store, 0.05)
    with following(tmp_path, changelog):
        assert EmbeddedSearch(tmp_path).wait_for(changelog.position(), PATIENCE_S)
    before = search.revision()
    store.put(a_document())
    assert search.revision() == before


def test_a_check_that_begins_behind_a_long_backlog_still_sees_nothing_that_was_deleted_retracted_or_rewritten(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog
):
    search = ReadYourWritesSearch(EmbeddedSearch(tmp_path), changelog, store, 0.05)
    with following(tmp_path, changelog):
        for name in ("gone", "retracted", "rewritten", "stays"):
            store.put(a_document(name, f"The harvest of {name} ended.", title="Harvest"))
        assert EmbeddedSearch(tmp_path).wait_for(changelog.position(), PATIENCE_S)
    store.remove("gone")
    store.put(a_document("retracted", "The harvest of retracted ended.", title="Harvest", retracted=True))
    store.put(a_document("rewritten", "The harvest of rewritten goes on.", title="Something else"))
    search.revision()
    found = {c.passage.document.id for c in search.search(PassageQuery("harvest ended", 50))}
    assert found == {"stays"}


def test_a_full_disk_stops_the_indexer_but_not_its_readers_and_it_goes_on_when_there_is_room(
    tmp_path: Path, store: RedisDocumentStore, changelog: RedisChangelog, redis_url: str
):
    environ = {**os.environ, "REDIS_URL": redis_url, "FACTCHECK_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "-m", "factcheck.indexer"]
    process = subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True)
    try:
        search = EmbeddedSearch(tmp_path)
        store.put(a_document("before", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        _, most = resource.prlimit(process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (64, most))  # no file can grow: as a full disk does
        store.put(a_document("during", "Harvest."))
        assert process.stderr is not None
        assert next(line for line in process.stderr if "indexing interrupted" in line)
        assert ids(search) == {"before"}
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (most, most))
        store.put(a_document("after", "Harvest."))
        assert search.wait_for(changelog.position(), PATIENCE_S)
        assert ids(search) == {"before", "during", "after"}
        assert process.poll() is None
    finally:
        process.kill()
        process.wait()
        if process.stderr:
            process.stderr.close()
