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


def test_the_way_of_a_document_in_and_out(corpus: Run, tmp_path: Path):
    assert corpus("add", str(SEEDS)).stdout == "2 new, 0 replaced, 0 refused\n"
    again = corpus("add", str(SEEDS))
    assert (again.stdout, again.stderr, again.returncode) == ("0 new, 2 replaced, 0 refused\n", "", 0)
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
    assert corpus("import", str(tmp_path / "export.jsonl")).stdout == "2 new, 0 replaced, 0 refused\n"
    assert corpus("export").stdout == exported


def test_good_lines_are_kept_and_bad_ones_named(corpus: Run, tmp_path: Path):
    path = tmp_path / "c.jsonl"
    path.write_text('{"id": "a", "text": "One."}\n{\n{"id": "b", "text": "Two.", "published_at": "2018-02-30"}\n')
    done = corpus("add", str(path))
    assert (done.stdout, done.returncode) == ("1 new, 0 replaced, 2 refused\n", 2)
    assert "line 2: not JSON" in done.stderr
    assert "line 3: published_at: '2018-02-30' is no date" in done.stderr


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
    assert (done.stdout, done.returncode) == ("1 new, 0 replaced, 1 refused\n", 2)
    assert "large: " in done.stderr
    assert "the limit is 1,000,000" in done.stderr
    assert json.loads(corpus("show", "small/\u00e9 \U0001f600").stdout)["text"] == "One."
