from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from factcheck.evidence import Document
from factcheck.ingest.folder_watch import FolderWatch
from factcheck.ingest.import_outcome import ImportOutcome
from factcheck.ingest.importer import DryTarget, Importer, ImportTarget
from factcheck.ingest.raw_documents import Outcome, PublishingStatus, RejectedDocument
from factcheck_cli.import_progress import import_line
from tests.fakes import InMemoryDocuments
from tests.unit.ingest.archives import outcomes

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:n:{id}" version="{version}"><itemMeta>
<firstCreated>2019-06-03T08:00:00Z</firstCreated><pubStatus qcode="stat:{status}"/></itemMeta>
<contentSet><inlineData>{text}</inlineData></contentSet></newsItem>"""


def item(number: int = 1, version: int = 1, text: str = "It sank.", status: str = "usable") -> str:
    return ITEM.format(id=number, version=version, text=text, status=status)


def run(found: Sequence[Outcome], target: ImportTarget) -> tuple[ImportOutcome, list[RejectedDocument]]:
    tally, told = ImportOutcome(), list[RejectedDocument]()
    for _ in Importer(target, 1_000, None, told.append).run(found, tally):
        pass
    return tally, told


def test_a_second_run_writes_nothing(tmp_path: Path):
    found, shelf = outcomes(tmp_path, {f"{n}.xml": item(n) for n in range(5)}), InMemoryDocuments()
    first, _ = run(found, shelf)
    second, _ = run(found, shelf)
    assert (first.new, first.replaced, first.same) == (5, 0, 0)
    assert (second.new, second.replaced, second.same) == (0, 0, 5)


@pytest.mark.parametrize(
    ("files", "text", "status"),
    [
        ({"a.xml": item(version=1, text="One."), "b.xml": item(version=2, text="Two.")}, "Two.", None),
        (
            {"a.xml": item(version=2, text="Two."), "b.xml": item(version=1, text="One.")},
            "Two.",
            PublishingStatus.OLDER,
        ),
        (
            {"a.xml": item(version=1, text="One."), "b.xml": item(version=1, text="One.")},
            "One.",
            PublishingStatus.DUPLICATE,
        ),
        (
            {"a.xml": item(version=1, text="One."), "b.xml": item(version=1, text="Other.")},
            "One.",
            PublishingStatus.OLDER,
        ),
        (
            {"a.json": '{"id": "urn:n:1", "text": "One."}', "b.xml": item(text="Other.")},
            "One.",
            PublishingStatus.OLDER,
        ),
    ],
)
def test_versions_duplicates_and_other_texts_of_one_id_are_told_apart(
    tmp_path: Path, files: dict[str, str | bytes], text: str, status: PublishingStatus | None
):
    shelf = InMemoryDocuments()
    _, told = run(outcomes(tmp_path, files), shelf)
    assert shelf.get("urn:n:1").text == text
    assert [o.status for o in told if o.status is not PublishingStatus.NOTED] == ([status] if status else [])


def test_an_older_version_never_replaces_what_is_stored(tmp_path: Path):
    shelf = InMemoryDocuments()
    run(outcomes(tmp_path, {"a.xml": item(version=3, text="Three.")}), shelf)
    run(outcomes(tmp_path, {"a.xml": item(version=2, text="Two.")}), shelf)
    assert shelf.get("urn:n:1").text == "Three."


def test_a_kill_notice_retracts_what_was_published(tmp_path: Path):
    shelf = InMemoryDocuments()
    run(outcomes(tmp_path, {"a.xml": item(version=1)}), shelf)
    run(outcomes(tmp_path, {"a.xml": item(version=2, text="", status="canceled")}), shelf)
    assert shelf.get("urn:n:1").retracted


def test_a_dry_run_counts_as_the_import_does(tmp_path: Path):
    files: dict[str, str | bytes] = {"a.xml": item(1), "b.xml": item(2), "c.xml": item(1)}
    found = outcomes(tmp_path, files)
    shelf = InMemoryDocuments()
    dry, _ = run(found, DryTarget(shelf))
    assert shelf.count() == 0
    wet, _ = run(found, shelf)
    assert (dry.new, dry.replaced, dry.same, dry.left_out) == (wet.new, wet.replaced, wet.same, wet.left_out)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "%s", "text": "x"}' % ("a" * 600), "bytes of UTF-8"),
        ('{"id": "a", "text": "%s"}' % ("x" * 1_001), "limit"),
    ],
)
def test_what_the_store_would_refuse_is_told(tmp_path: Path, line: str, says: str):
    tally, told = run(outcomes(tmp_path, {"a.jsonl": line}), InMemoryDocuments())
    fault = told[-1]
    assert tally.refused == 1
    assert says in fault.reason


def test_reports_without_a_date_are_listed(tmp_path: Path):
    tally, _ = run(outcomes(tmp_path, {"a.txt": "One."}), InMemoryDocuments())
    assert "1  without a date of publication: a.txt" in "\n".join(tally.lines())


def test_samples_say_where_their_dates_come_from(tmp_path: Path):
    tally, _ = run(outcomes(tmp_path, {"a.xml": item()}), InMemoryDocuments())
    (line,) = tally.sample_lines()
    assert "from firstCreated" in line


def test_a_watched_folder_gives_a_file_once_it_is_whole(tmp_path: Path):
    watch, path = FolderWatch(tmp_path), tmp_path / "a.txt"
    assert list(watch.settled()) == []
    path.write_text("One")
    assert list(watch.settled()) == []
    path.write_text("One and more")
    assert list(watch.settled()) == []
    assert list(watch.settled()) == [path]
    assert list(watch.settled()) == []


def test_the_progress_names_share_rate_and_time_left():
    assert import_line(50, 200, 1_200, 10.0).endswith("25 % · 1,200 documents · 120/s · 30 s left")
    assert import_line(0, 200, 0, 0.0).endswith("0 documents · - · …")


def test_get_many_of_the_fake_is_as_the_store_s():
    shelf = InMemoryDocuments()
    found: list[Document | None] = shelf.get_many(["a"])
    assert found == [None]


def test_what_the_desk_changed_by_hand_is_left_alone_until_a_newer_version_comes(tmp_path: Path):
    shelf = InMemoryDocuments()
    run(outcomes(tmp_path, {"a.xml": item(version=1, text="It sank at noon.")}), shelf)
    shelf.put(replace(shelf.get("urn:n:1"), retracted=True, note="Wrong ship."))
    tally, told = run(outcomes(tmp_path, {"a.xml": item(version=1, text="It sank at noon.")}), shelf)
    assert (tally.replaced, [line.reason for line in told]) == (
        0,
        ["the desk has changed the stored report: Wrong ship."],
    )
    assert shelf.get("urn:n:1").retracted
    run(outcomes(tmp_path, {"a.xml": item(version=2, text="It sank at one.")}), shelf)
    assert (shelf.get("urn:n:1").retracted, shelf.get("urn:n:1").note) == (False, None)
