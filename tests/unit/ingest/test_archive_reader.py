"""Bad input: each fault gives one line with file, entry and reason, and nothing else is lost."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from bench.ingest.samples.office import zipped
from factcheck.ingest import archive_file
from factcheck.ingest.archive_file import ByteMeter
from factcheck.ingest.archive_reader import ArchiveReader, walk
from factcheck.ingest.raw_documents import AcceptedDocument, NewsroomClock, RejectedDocument
from tests.unit.ingest.archives import NOW, outcomes

GOOD = {"good.txt": "The ferry sank."}


def faults(folder: Path, files: dict[str, str | bytes]) -> list[tuple[str, str | None, str]]:
    """Of a folder in which `good.txt` must be taken whatever else is there."""
    found = outcomes(folder, {**files, **GOOD})
    assert "good.txt" in [o.document.id for o in found if isinstance(o, AcceptedDocument)]
    return [(o.file, o.entry, o.reason) for o in found if isinstance(o, RejectedDocument)]


def bomb() -> bytes:
    return zipped({"a.txt": b"0" * 50_000_000})


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.jsonl", '{"id": "a", "text": "One."', "not JSON"),
        ("a.json", "{", "not JSON"),
        ("a.json", "7", "not a document"),
        ("a.json", "[" * 100_000, "not JSON"),
        ("a.txt", " \n", "no text"),
        ("a.txt", b"caf\xe9", "not UTF-8"),
        ("a.html", "<html></html>", "no text"),
        ("a.xml", "<rss><channel>", "not XML"),
        ("a.xml", "<newsItem/><newsItem/>", "not XML"),
        ("a.docx", b"\xd0\xcf\x11\xe0", "old binary office file"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "old binary office file"),
        ("a.rtf", b"{\\rtf1 x}", "RTF"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF"),
        ("a.zip", b"PK\x03\x04 broken", "no whole ZIP"),
        ("a.zip", zipped({"picture.png": b"x"}), "holds no report"),
        ("a.jsonl.gz", gzip.compress(b'{"id": "a", "text": "One."}' * 99, mtime=0)[:40], "gzip"),
        ("a.md", "---\ntitle: [\n---\nx", "not YAML"),
    ],
)
def test_a_fault_is_told_and_nothing_else_is_lost(tmp_path: Path, name: str, content: str | bytes, says: str):
    ((file, _, reason),) = faults(tmp_path, {name: content})
    assert file == name
    assert says in reason


def test_a_zip_holds_files_of_any_format(tmp_path: Path):
    inner = zipped({"b.txt": "Two."})
    (first, second, third) = outcomes(
        tmp_path, {"a.zip": zipped({"a.txt": "One.", "b.zip": inner, "c.html": "<p>Three.</p>", "d.png": b"x"})}
    )
    assert [o.document.id for o in (first, second, third) if isinstance(o, AcceptedDocument)] == [
        "a.zip!a.txt",
        "a.zip!b.zip!b.txt",
        "a.zip!c.html",
    ]


def test_a_bomb_is_not_unpacked(tmp_path: Path):
    ((file, _, reason),) = faults(tmp_path, {"a.zip": bomb()})
    assert (file, "not unpacked" in reason) == ("a.zip!a.txt", True)


def test_zips_in_zips_end_somewhere(tmp_path: Path):
    raw = zipped({"a.txt": "Deep."})
    for depth in range(5):
        raw = zipped({f"{depth}.zip": raw, f"{depth}.txt": f"Level {depth}."})
    found = faults(tmp_path, {"a.zip": raw})
    assert len(found) == 1
    assert "inside of 2 others" in found[0][2]


def test_a_member_with_a_password_is_told(tmp_path: Path):
    raw = bytearray(zipped({"a.txt": "One.", "b.txt": "Two."}))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + at] |= 1
    ((file, _, reason),) = faults(tmp_path, {"a.zip": bytes(raw)})
    assert (file, reason) == ("a.zip!a.txt", "has a password")


def test_names_in_a_zip_reach_no_other_folder(tmp_path: Path):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../outside.txt", "One.")
    (found,) = outcomes(tmp_path / "in", {"a.zip": target.getvalue()})
    assert isinstance(found, AcceptedDocument)
    assert not list(tmp_path.glob("*.txt"))


def test_a_file_beyond_the_limit_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(archive_file, "LARGEST_WHOLE_BYTES", 1 << 20)
    ((file, _, reason),) = faults(tmp_path, {"big.html": "x" * (1 << 20) + "y"})
    assert (file, "is larger than 1 MB" in reason) == ("big.html", True)


def test_folders_nested_too_deep_are_told_and_links_are_not_followed(tmp_path: Path):
    deep = tmp_path / "/".join(["d"] * 70)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("One.")
    (tmp_path / "loop").symlink_to(tmp_path)
    ((_, _, reason),) = faults(tmp_path, {})
    assert "nested deeper" in reason


def test_a_file_that_changes_while_it_is_read_is_told(tmp_path: Path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n')
    reading = ArchiveReader(path, NewsroomClock(None, NOW), None, ByteMeter()).outcomes()
    assert isinstance(next(reading), AcceptedDocument)
    with path.open("a") as file:
        file.write('{"id": "b", "te')
    rest = [o.reason for o in reading if isinstance(o, RejectedDocument)]
    assert rest[-1].startswith("changed while it was read")


def test_a_folder_of_very_many_files_is_walked_in_order(tmp_path: Path):
    for number in range(2_000):
        (tmp_path / f"{number:05}.txt").write_text("x")
    (tmp_path / ".hidden.txt").write_text("x")
    (tmp_path / "picture.png").write_text("x")
    assert [path.name for path in walk(tmp_path)] == [f"{number:05}.txt" for number in range(2_000)]


def test_a_format_can_be_forced(tmp_path: Path):
    (found,) = outcomes(tmp_path, {"a.txt": '{"id": "x", "text": "One."}'}, format_name="jsonl")
    assert isinstance(found, AcceptedDocument)
    assert found.document.id == "x"


@pytest.mark.parametrize(
    ("content", "reader"),
    [
        ("<!doctype html><p>One.</p>", "html"),
        ('{"id": "a", "text": "One."}\n{"id": "b", "text": "Two."}', "jsonl"),
        ('[{"id": "a", "text": "One."}]', "json"),
        ("From a Mon Jun 3\nFrom: a@b\nDate: Mon, 3 Jun 2019 10:00:00 +0000\n\nOne.\n", "mbox"),
        ("From: a@b\nDate: Mon, 3 Jun 2019 10:00:00 +0000\n\nOne.\n", "eml"),
    ],
)
def test_a_file_without_a_telling_name_is_known_by_what_it_holds(tmp_path: Path, content: str, reader: str):
    path = tmp_path / "export"
    path.write_text(content)
    found = next(iter(ArchiveReader(path, NewsroomClock(None, NOW), None, ByteMeter()).outcomes()))
    assert isinstance(found, AcceptedDocument)
    assert found.document.origin
    assert found.document.origin.reader == reader
