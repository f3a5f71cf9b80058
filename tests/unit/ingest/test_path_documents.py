import gzip
import json
from pathlib import Path

import pytest

from factcheck.errors import UnreadableSource
from factcheck.ingest.path_documents import open_archive, read_corpus
from factcheck.ingest.raw_documents import AcceptedDocument, RejectedDocument

GOOD = '{"id": "a", "text": "One é."}'


def write(path: Path, raw: str | bytes) -> Path:
    path.write_bytes(raw if isinstance(raw, bytes) else raw.encode())
    return path


@pytest.mark.parametrize(
    "raw",
    [
        GOOD,
        f"{GOOD}\n",
        f"\ufeff{GOOD}\r\n\r\n",
        f"\n  \n{GOOD}",
        '{"id": "a", "text": "One \\u00e9.", "title": null, "event": "unknown members are let be"}',
    ],
)
def test_jsonl_is_read_with_bom_crlf_and_blank_lines(tmp_path: Path, raw: str):
    documents = list(read_corpus(write(tmp_path / "corpus.jsonl", raw)))
    assert [(d.id, d.text, d.title) for d in documents] == [("a", "One é.", "")]


def test_a_gzipped_jsonl_is_read(tmp_path: Path):
    path = write(tmp_path / "corpus.jsonl.gz", gzip.compress(GOOD.encode()))
    assert [d.id for d in read_corpus(path)] == ["a"]


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ({"id": "a", "text": "One."}, ["a"]),
        ({"text": "One."}, ["corpus.json"]),
        ([{"id": "a", "text": "One."}, {"id": "b", "text": "Two."}], ["a", "b"]),
        ({"documents": [{"id": "a", "text": "One."}]}, ["a"]),
    ],
)
def test_json_holds_one_document_or_a_list(tmp_path: Path, value: object, ids: list[str]):
    assert [d.id for d in read_corpus(write(tmp_path / "corpus.json", json.dumps(value)))] == ids


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (f"{GOOD}\n{{broken\n", "line 2: not JSON"),
        (f"{GOOD}\n[1]\n", "line 2: not a JSON object"),
        ('{"text": "No id."}', "line 1: `id`"),
        ('{"id": 7, "text": "One."}', "line 1: `id`"),
        ('{"id": "a", "text": "  "}', "line 1: `text`"),
        ('{"id": "a", "text": "One.", "source": 7}', "line 1: `source`"),
        ('{"id": "a", "text": "One.", "tags": "x"}', "line 1: `tags`"),
        ('{"id": "a", "text": "One.", "retracted": "no"}', "line 1: `retracted`"),
        (GOOD.encode("utf-16"), "not UTF-8"),
        (f"{GOOD}\n".encode() + b'{"id": "b", "text": "\xe9"}', "line 2: is not UTF-8"),
        ("[" * 100_000, "line 1: not JSON"),
    ],
)
def test_a_broken_line_is_named_with_its_number(tmp_path: Path, raw: str | bytes, says: str):
    with pytest.raises(UnreadableSource, match=says.replace("[", r"\[")):
        list(read_corpus(write(tmp_path / "corpus.jsonl", raw)))


@pytest.mark.parametrize("date", ["2018-02-30", "3/4/2018", "1/30/18", "yesterday"])
def test_a_date_that_is_none_leaves_the_document_undated_and_is_told(
    tmp_path: Path, date: object, caplog: pytest.LogCaptureFixture
):
    path = write(tmp_path / "c.jsonl", json.dumps({"id": "a", "text": "One.", "published_at": date}))
    assert [(d.id, d.published_at) for d in read_corpus(path)] == [("a", None)]
    assert "line 1: published_at" in caplog.text
    assert "counts as undated" in caplog.text


def test_good_lines_around_a_broken_one_are_kept(tmp_path: Path):
    lines = ['{"id": "a", "text": "One."}', "{", '{"id": "b", "text": "Two."}']
    first, fault, last = open_archive(write(tmp_path / "corpus.jsonl", "\n".join(lines)), None).outcomes()
    assert isinstance(first, AcceptedDocument)
    assert isinstance(last, AcceptedDocument)
    assert isinstance(fault, RejectedDocument)
    assert (first.document.id, fault.entry, last.document.id) == ("a", "line 2", "b")


def test_a_file_of_a_folder_that_cannot_be_read_leaves_the_others(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    write(tmp_path / "a.json", '{"uri": "urn:a", "headline": "Ferry", "body_html": ""}')
    write(tmp_path / "b.json", '{"uri": "urn:b", "headline": "Ferry", "body_html": "<p>It sank.</p>"}')
    assert [document.id for document in read_corpus(tmp_path)] == ["urn:b"]
    assert "a.json holds no text; it is left out" in caplog.text


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(UnreadableSource, match="nothing cannot be read"):
        list(read_corpus(tmp_path / "nothing"))


def test_a_folder_of_nothing_is_no_corpus(tmp_path: Path):
    write(tmp_path / "picture.png", b"")
    with pytest.raises(UnreadableSource, match="without any"):
        list(read_corpus(tmp_path))


def test_half_a_gzip_file_is_no_corpus(tmp_path: Path):
    with pytest.raises(UnreadableSource, match="gzip"):
        list(read_corpus(write(tmp_path / "c.jsonl.gz", gzip.compress(GOOD.encode() * 999)[:40])))
    with pytest.raises(UnreadableSource, match="gzip"):
        list(read_corpus(write(tmp_path / "d.jsonl.gz", GOOD)))


def test_a_folder_is_read_file_by_file_with_paths_as_ids(tmp_path: Path):
    (tmp_path / "2018").mkdir()
    write(tmp_path / "2018" / "a.txt", "Plain text.\r\nSecond line.")
    write(tmp_path / "b.md", "# The Headline\n\nMarkdown text.")
    write(tmp_path / "c.html", "<title>Page</title><p>Hyper text.</p>")
    write(tmp_path / "d.json", '{"text": "JSON text.", "published_at": "2018-01-30"}')
    write(tmp_path / "e.png", b"\xff")
    documents = {d.id: d for d in read_corpus(tmp_path)}
    assert list(documents) == ["2018/a.txt", "b.md", "c.html", "d.json"]
    assert documents["2018/a.txt"].text == "Plain text.\nSecond line."
    assert (documents["b.md"].title, documents["c.html"].title) == ("The Headline", "Page")
    assert documents["d.json"].published_at == "2018-01-30"


def test_front_matter_names_title_source_and_date(tmp_path: Path):
    raw = '---\ntitle: "The Headline: a story"\nsource: Wire\ndate: 2018-01-30\n---\nThe text.\n'
    (document,) = read_corpus(write(tmp_path / "a.md", raw))
    assert (document.title, document.source) == ("The Headline: a story", "Wire")
    assert (document.published_at, document.text) == ("2018-01-30", "The text.")


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_a_file_without_text_is_no_document(tmp_path: Path, name: str):
    with pytest.raises(UnreadableSource, match="no text"):
        list(read_corpus(write(tmp_path / name, "\n \n")))


def test_a_thousand_odd_dates_are_told_in_a_few_lines(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    lines = [json.dumps({"id": f"d{n}", "text": "Rain.", "published_at": "26-FEB-198"}) for n in range(1_000)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    assert len(list(read_corpus(tmp_path / "a.jsonl"))) == 1_000
    assert len(caplog.messages) == 4
    assert "1000 documents in all" in caplog.messages[-1]


def test_an_archive_of_nothing_but_drafts_is_an_empty_corpus(tmp_path: Path, caplog: pytest.LogCaptureFixture):
    write(tmp_path / "a.md", "---\ndraft: true\n---\nThe ferry sank.")
    assert list(read_corpus(tmp_path)) == []
    assert list(read_corpus(tmp_path / "a.md")) == []
    assert "draft: true; it is left out" in caplog.text
