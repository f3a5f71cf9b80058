import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[3] / "seeds" / "documents.jsonl"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def corpus(redis_url: str, tmp_path: Path) -> Run:
    environ = {**os.environ, "REDIS_URL": redis_url}

    def run(*argv: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "factcheck_cli.main", "corpus", "--data", str(tmp_path), *argv]
        return subprocess.run(command, env=environ, capture_output=True, text=True, timeout=60, check=False)

    return run


def counts(done: subprocess.CompletedProcess[str]) -> str:
    """The line of counts."""
    return next(line for line in done.stdout.splitlines() if " new, " in line)


def last_line(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout.splitlines()[-1]


def test_the_way_of_a_document_in_and_out(corpus: Run, tmp_path: Path):
    assert last_line(corpus("add", str(SEEDS))) == "2 new, 0 replaced, 0 unchanged, 0 left out, 0 refused"
    again = corpus("add", str(SEEDS))
    assert last_line(again) == "0 new, 0 replaced, 2 unchanged, 0 left out, 0 refused"
    assert (again.stderr, again.returncode) == ("", 0)
    assert [line.split("\t")[:2] for line in corpus("list").stdout.splitlines()] == [
        *(["seed-000", "2018-01-31"], ["seed-001", "2018-01-30"]),
    ]
    assert json.loads(corpus("show", "seed-001").stdout)["id"] == "seed-001"
    found = corpus("search", "when is the opening ceremony scheduled", "--limit", "1", "--json").stdout
    assert json.loads(found)["text"] == "The 2018 Winter Olympics opening ceremony is scheduled for Feb. 9."
    exported = corpus("export").stdout
    (tmp_path / "export.jsonl").write_text(exported)
    assert corpus("remove", "seed-000", "seed-001").returncode == 0
    assert corpus("search", "opening ceremony").stdout == ""
    assert last_line(corpus("import", str(tmp_path / "export.jsonl"))).startswith("2 new")
    assert corpus("export").stdout == exported


def test_good_lines_are_kept_and_bad_ones_named(corpus: Run, tmp_path: Path):
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n{\n{"id": "b", "text": "Two.", "published_at": "2018-02-30"}\n')
    done = corpus("add", str(path))
    assert (counts(done), done.returncode) == ("2 new, 0 replaced, 0 unchanged, 0 left out, 1 refused", 2)
    assert "line 2: not JSON" in done.stderr
    assert "2  without a date of publication: a, b" in done.stdout
    (report,) = (tmp_path / "imports").glob("*.jsonl")
    lines = [json.loads(line) for line in report.read_text().splitlines()]
    (noted,) = (line for line in lines if line["id"] == "b")
    (refused,) = (line for line in lines if line["outcome"] == "refused")
    assert (noted["id"], noted["reason"]) == ("b", "published_at '2018-02-30' is no date that can be read")
    assert (refused["file"], refused["entry"], refused["outcome"]) == ("c.jsonl", "line 2", "refused")


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["add", "/nowhere.jsonl"], "/nowhere.jsonl cannot be read"),
        (["show", "nothing"], "no document with the id 'nothing'"),
        (["remove", "nothing"], "no document with the id 'nothing'"),
        (["search", "x", "--from", "30.1.2018"], "is no date"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(corpus: Run, argv: list[str], says: str):
    done = corpus(*argv)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_document_of_fifty_megabytes_is_refused_and_the_others_are_kept(corpus: Run, tmp_path: Path):
    lines = [{"id": "large", "text": "Word. " * 8_400_000}, {"id": "small/\u00e9 \U0001f600", "text": "One."}]
    path = tmp_path / "c.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    done = corpus("add", str(path))
    assert (counts(done), done.returncode) == ("1 new, 0 replaced, 0 unchanged, 0 left out, 1 refused", 2)
    assert "c.jsonl, line 1: " in done.stderr
    assert "the limit is 1,000,000" in done.stderr
    assert json.loads(corpus("show", "small/\u00e9 \U0001f600").stdout)["text"] == "One."


FEED = """<rss><channel><title>Wire</title>{}</channel></rss>"""
ITEM = (
    "<item><guid>{0}</guid><title>Report {0}</title><description>Report number {0} of the feed.</description>{1}</item>"
)


def test_a_dry_run_says_what_would_happen_and_stores_nothing(corpus: Run, tmp_path: Path):
    path = tmp_path / "a.rss"
    path.write_text(
        FEED.format("".join(ITEM.format(n, "<pubDate>Mon, 3 Jun 2019 23:30:00 GMT</pubDate>") for n in range(3)))
    )
    done = corpus("import", "--dry-run", "--zone", "Europe/Oslo", str(path))
    assert last_line(done) == "dry run, nothing stored: 3 new, 0 replaced, 0 unchanged, 0 left out, 0 refused"
    assert "2019-06-04T01:30:00+02:00" in done.stdout
    assert "3  feed" in done.stdout
    assert corpus("list").stdout == ""


def test_a_post_that_went_to_the_trash_is_retracted_by_the_next_import(corpus: Run, tmp_path: Path):
    item = """<item><guid>p1</guid><title>T</title><content:encoded>The ferry sank.</content:encoded><wp:status>{}</wp:status>
    <wp:post_type>post</wp:post_type></item>"""
    export = """<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
    <channel><title>C</title>{}</channel></rss>"""
    path = tmp_path / "a.xml"
    path.write_text(export.format(item.format("publish")))
    corpus("import", str(path))
    assert json.loads(corpus("show", "p1").stdout)["retracted"] is False
    path.write_text(export.format(item.format("trash")))
    done = corpus("import", str(path))
    assert "1  retracted: stored before, and no longer published" in done.stdout
    assert json.loads(corpus("show", "p1").stdout)["retracted"] is True


def test_where_a_document_came_from_is_shown(corpus: Run, tmp_path: Path):
    path = tmp_path / "a.rss"
    path.write_text(FEED.format(ITEM.format("x", "<pubDate>Mon, 3 Jun 2019 23:30:00 EST</pubDate>")))
    corpus("import", str(path))
    origin = json.loads(corpus("show", "x").stdout)["origin"]
    assert (origin["file"], origin["entry"], origin["reader"], origin["date_source"]) == (
        "a.rss",
        "entry 1",
        "feed",
        "published",
    )


@pytest.mark.parametrize("argv", [["--zone", "Mars/Olympus"], ["--watch"]])
def test_an_option_that_makes_no_sense_is_told(corpus: Run, argv: list[str]):
    done = corpus("import", str(SEEDS), *argv)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
