"""The command line with its real models, loaded once for all of these tests."""

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from factcheck_cli.main import main
from worker.models import load
from worker.models.ports import Models

ROOT = Path(__file__).parents[2]
SEEDS = str(ROOT / "seeds" / "documents.jsonl")
WRONG = "The opening ceremony of the Winter Olympics will be held on Feb. 10.\n"
RIGHT = "The opening ceremony of the Winter Olympics is scheduled for Feb. 9.\n"


class Ended(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(models: Models, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """A command in this process, in an empty folder."""
    monkeypatch.setattr(load, "load_models", lambda settings: models)
    monkeypatch.setattr(load, "load_parser", lambda: models.parser)
    monkeypatch.chdir(tmp_path)

    def run(*argv: str, stdin: str = "") -> Ended:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main(argv)
        return Ended(code, *capsys.readouterr())

    return run


def answers(ended: Ended) -> list[dict[str, Any]]:
    return [json.loads(line) for line in ended.out.splitlines()]


def test_a_draft_is_checked_against_a_file_of_reports(run: Run):
    Path("draft.txt").write_text(WRONG)
    ended = run("check", "draft.txt", "--corpus", SEEDS, "--published", "2018-02-01")
    assert ended.code == 0
    assert "contradicted" in ended.out
    assert "Feb. 9" in ended.out


def test_a_folder_of_reports_is_a_corpus_and_a_label_can_fail_the_command(run: Run):
    Path("reports").mkdir()
    Path("reports/a.md").write_text("# Olympics\n\nThe opening ceremony is scheduled for Feb. 9.\n")
    Path("reports/b.html").write_text("<title>Rain</title><p>It rained in Seoul.</p>")
    found = run("check", "-", "--corpus", "reports", "--fail-on", "contradicted,disputed", stdin=WRONG)
    assert found.code == 1
    assert run("check", "-", "--corpus", "reports", "--fail-on", "contradicted", stdin=RIGHT).code == 0


@pytest.mark.parametrize("form", ["json", "html", "csv", "sarif", "claimreview", "annotation", "grounding"])
def test_each_format_stands_alone_on_standard_output(run: Run, form: str):
    ended = run("check", "-", "--corpus", SEEDS, "--published", "2018-02-01", "--format", form, stdin=WRONG)
    assert ended.code == 0
    assert ended.err == ""
    assert "Feb. 9" in ended.out
    if form == "json":
        report = json.loads(ended.out)
        [claim] = report["claims"]
        span = claim["span"]
        assert (claim["label"], WRONG[span["start"] : span["end"]]) == ("contradicted", claim["text"])
        assert report["coverage"]["complete"]


def test_markup_is_checked_and_places_count_in_it(run: Run):
    page = f"<html><script>alert('It rained.')</script><h1>Games</h1><p>{WRONG}</p></html>"
    Path("draft.html").write_text(page)
    report = json.loads(run("check", "draft.html", "--corpus", SEEDS, "--format", "json").out)
    claim = next(c for c in report["claims"] if c["label"] == "contradicted")
    assert page[claim["span"]["start"] : claim["span"]["end"]] in WRONG
    assert not any("rained" in c["text"] for c in report["claims"])


def test_cases_are_answered_one_line_each_alone_and_pooled(run: Run):
    corpus = [{"id": "a", "text": RIGHT, "published_at": "2018-01-30"}]
    cases = [
        {"id": "one", "corpus": corpus, "article": {"text": WRONG, "published_at": "2018-02-01"}},
        {"id": "two", "corpus": [{"id": "b", "text": "It rained."}], "article": {"text": RIGHT}},
    ]
    Path("cases.jsonl").write_text("".join(json.dumps(case) + "\n" for case in cases))
    alone, pooled = (run("check", "--cases", "cases.jsonl", *flags) for flags in ([], ["--pooled"]))
    labels = [[row["report"]["claims"][0]["label"] for row in answers(ended)] for ended in (alone, pooled)]
    assert labels == [["contradicted", "unverified"], ["contradicted", "supported"]]
    assert [row["id"] for row in answers(alone)] == ["one", "two"]
    assert alone.err == ""


def test_bare_claims_are_answered_with_their_best_evidence(run: Run):
    claims = f'{json.dumps({"id": 1, "claim": WRONG, "published_at": "2018-02-01"})}\n{{"id": 2, "claim": "?"}}'
    ended = run("check", "--claims", "-", "--corpus", SEEDS, stdin=claims)
    first, second = answers(ended)
    assert (first["id"], first["label"], second["label"]) == (1, "contradicted", "not_checkable")
    assert first["evidence"][0].keys() == {"document_id", "text", "stance", "score"}


def test_claims_are_verified_against_given_evidence_in_order(run: Run):
    lines = [
        {"id": "a", "claim": "The ceremony is on Feb. 9.", "evidence": RIGHT},
        {"id": "b", "claim": "The minister resigned.", "evidence": ["The harvest ended late.", "It rained."]},
        {"id": "c", "claim": "Nobody knows.", "evidence": []},
    ]
    ended = run("verify", "-", stdin="\n".join(map(json.dumps, lines)))
    rows = answers(ended)
    assert [(row["id"], row["label"]) for row in rows] == [("a", "supported"), ("b", "unverified"), ("c", "unverified")]
    assert all(sum(row["scores"].values()) == pytest.approx(1) for row in rows)


def test_what_the_checker_sees_is_explained(run: Run):
    seen = json.loads(run("explain", "-", "--published", "2018-02-01", stdin=WRONG).out)
    assert [claim["text"] for claim in seen["claims"]] == [WRONG.strip()]
    assert ("date", "2018-02-10") in [(value["kind"], value["value"]) for value in seen["values"]]


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (["check", "none.txt", "--corpus", SEEDS], "none.txt cannot be read: No such file or directory"),
        (["check", "empty", "--corpus", SEEDS], "empty holds no draft"),
        (["check", "*.none", "--corpus", SEEDS], "*.none holds no draft"),
        (["check", ".", "--corpus", SEEDS, "--format", "csv"], "--format is one of text, json, sarif"),
        (["check", "-"], "no corpus"),
        (["check", "-", "--corpus", "none"], "none cannot be read"),
        (["check", "-", "--corpus", "empty"], "empty is a folder without any"),
        (["check", "-", "--corpus", "blank.jsonl"], "holds no report"),
        (["check", "-", "--corpus", "broken.jsonl"], "broken.jsonl, line 7: not JSON"),
        (["check", "-", "--corpus", "types.jsonl"], "types.jsonl, line 1: `text`"),
        (["check", "-", "--corpus", SEEDS, "--published", "2018-02-30"], "--published: '2018-02-30' is no date"),
        (["check", "-", "--corpus", SEEDS, "--fail-on", "wrong"], "--fail-on"),
        (["check", "--corpus", SEEDS], "give exactly one of"),
        (["check", "-", "--pooled", "--corpus", SEEDS], "--pooled requires --cases"),
        (["check", "-", "--corpus", SEEDS, "--url", "http://127.0.0.1:1"], "combined with --corpus"),
        (["check", "--cases", "broken.jsonl"], "broken.jsonl, line 7"),
        (["check", "--cases", "types.jsonl"], "types.jsonl, line 1: `corpus`"),
        (["check", "--claims", "types.jsonl", "--corpus", SEEDS], "types.jsonl, line 1: `claim`"),
        (["verify", "none.jsonl"], "none.jsonl cannot be read"),
        (["verify", "types.jsonl"], "types.jsonl, line 1: `claim`"),
        (["explain", "noise.txt"], "noise.txt is no text"),
    ],
)
def test_bad_input_ends_in_one_line_and_code_2(run: Run, argv: list[str], told: str):
    Path("empty").mkdir()
    Path("blank.jsonl").write_text("\n")
    Path("broken.jsonl").write_text("".join(f'{{"id": "d{n}", "text": "x", "corpus": []}}\n' for n in range(6)) + '{"')
    Path("types.jsonl").write_text('{"id": "d", "text": 7}\n')
    Path("noise.txt").write_bytes(bytes(range(256)))
    ended = run(*argv, stdin=RIGHT)
    assert (ended.code, ended.out, ended.err.count("\n")) == (2, "", 1)
    assert told in ended.err


def test_an_article_that_was_not_read_to_its_end_is_not_passed_off_as_checked(
    run: Run, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("FACTCHECK_SENTENCE_LIMIT", "1")
    ended = run("check", "-", "--corpus", SEEDS, "--format", "json", stdin=RIGHT + WRONG)
    assert (ended.code, json.loads(ended.out)["coverage"]["not_reached"]) == (3, 1)


def test_a_service_that_does_not_answer_is_not_completed(run: Run):
    ended = run("check", "-", "--url", "http://127.0.0.1:1", stdin=RIGHT)
    assert (ended.code, ended.err.count("\n")) == (3, 1)


def test_a_word_file_is_checked_and_written_again_with_comments_and_tracked_changes(run: Run):
    import docx

    document = docx.Document()
    document.add_paragraph(WRONG.strip())
    document.save("draft.docx")
    ended = run("check", "draft.docx", "--corpus", SEEDS, "--published", "2018-02-01", "--out", "checked.docx")
    assert ended.code == 0
    checked = docx.Document("checked.docx")
    assert [comment.text.split("\n")[0] for comment in checked.comments] == ["Contradicted"]
    marks = [
        "".join(words.text for words in mark)
        for mark in checked.element.body.iter("{*}del", "{*}ins")
        for mark in mark.iter("{*}r")
    ]
    assert "".join(marks).startswith("Feb. 10")
    assert "9" in "".join(marks)


@pytest.mark.parametrize(
    ("out", "told"),
    [("draft.docx", "overwrite the draft"), ("draft.pdf", "end in .docx"), ("none/a.docx", "none/a.docx")],
)
def test_a_word_file_is_not_written_where_it_would_harm(run: Run, out: str, told: str):
    Path("draft.docx").write_bytes(b"PK")
    Path("draft.txt").write_text(WRONG)
    name = "draft.docx" if out == "draft.docx" else "draft.txt"
    ended = run("check", name, "--corpus", SEEDS, "--out", out)
    assert ended.code in (2, 3)
    assert told in ended.err


@pytest.fixture
def drafts(run: Run) -> None:
    """In the folder that `run` works in."""
    Path("drafts/deep").mkdir(parents=True)
    Path("drafts/a.md").write_text(RIGHT)
    Path("drafts/b.txt").write_text(RIGHT)
    Path("drafts/deep/c.md").write_text(WRONG)
    Path("drafts/config.json").write_text("{}")


@pytest.mark.usefixtures("drafts")
def test_a_folder_is_checked_with_one_model_load_and_a_summary(
    run: Run, models: Models, monkeypatch: pytest.MonkeyPatch
):
    loads = []
    monkeypatch.setattr(load, "load_models", lambda settings: loads.append(1) or models)
    found = run("check", "drafts", "--corpus", SEEDS, "--fail-on", "contradicted")
    assert (found.code, len(loads)) == (1, 1)
    heads = [line for line in found.out.splitlines() if line.startswith("── ")]
    assert heads == ["── drafts/a.md", "── drafts/b.txt", "── drafts/deep/c.md"]
    assert found.out.splitlines()[-2].startswith("3 drafts: 2 supported, 1 contradicted")
    assert found.out.splitlines()[-1] == "1 with a label of --fail-on: drafts/deep/c.md"


@pytest.mark.usefixtures("drafts")
def test_a_broken_file_among_many_ends_nothing_but_itself(run: Run):
    Path("drafts/aa.txt").write_bytes(bytes(range(256)))
    ended = run("check", "drafts/*", "--corpus", SEEDS, "--format", "json")
    assert ended.code == 2
    rows = answers(ended)
    assert [row["file"] for row in rows] == ["drafts/a.md", "drafts/aa.txt", "drafts/b.txt", "drafts/config.json"]
    assert [row["file"] for row in rows if "error" in row] == ["drafts/aa.txt", "drafts/config.json"]
    assert "drafts/aa.txt is no text" in ended.err
    assert run("check", "drafts/a.md", "drafts/b.txt", "--corpus", SEEDS).code == 0


@pytest.mark.usefixtures("drafts")
def test_sarif_of_many_drafts_is_one_log(run: Run):
    log = json.loads(run("check", "drafts", "--corpus", SEEDS, "--format", "sarif").out)
    uris = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for one in log["runs"] for r in one["results"]
    ]
    assert (len(log["runs"]), uris) == (3, ["drafts/deep/c.md"])


OSTRA = str(ROOT / "tests" / "data" / "ostra.jsonl")


def test_an_archive_in_files_is_read_against_itself(run: Run):
    ended = run("corpus", "audit", "--corpus", OSTRA, "--format", "ndjson", "--all")
    assert ended.code == 1
    pairs = {(p["earlier"]["document"]["id"], p["later"]["document"]["id"]): p for p in answers(ended)}
    found = {("sluice-1", "sluice-2"), ("school-1", "school-2"), ("school-0", "school-3"), ("bridge-1", "bridge-2")}
    assert {tuple(sorted(pair)) for pair in pairs} == found  # no copies, no retracted report, no toll that rose
    assert pairs["bridge-1", "bridge-2"]["state"] == "corrected"
    for pair in pairs.values():
        assert all(side["words"] for side in (pair["earlier"], pair["later"]))


def test_the_table_of_an_audit_shows_both_sides_of_what_is_open(run: Run):
    table = run("corpus", "audit", "--corpus", OSTRA, "--id", "sluice-1", "--id", "bridge-1").out
    assert "date: “1964” ≠ “1967”" in table
    assert "2019-04-02  “The reservoir was built in 1964.”" in table
    assert "Valley Post · Brenn reservoir repaired · sluice-2" in table
    assert "310" not in table


def test_reports_that_agree_are_clean(run: Run):
    assert run("corpus", "audit", "--corpus", OSTRA, "--source", "Agency").code == 0
    assert json.loads(run("corpus", "audit", "--corpus", OSTRA, "--from", "2025-01-01", "--format", "json").out) == {
        "items": []
    }
