import subprocess
import sys
from pathlib import Path

import pytest

from factcheck_cli.doctor import clock_diagnosis
from factcheck_cli.main import COMMANDS, main

ROOT = Path(__file__).parents[3]


def test_every_command_explains_itself(capsys: pytest.CaptureFixture[str]):
    for command in COMMANDS:
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert f"factcheck {command}" in capsys.readouterr().out


def test_all_commands_are_listed(capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit):
        main(["--help"])
    out = capsys.readouterr().out
    assert all(f"    {command} " in out for command in COMMANDS)


@pytest.mark.parametrize("arguments", [[], ["nonsense"], ["serve", "--port", "x"]])
def test_a_wrong_command_line_is_bad_input(arguments: list[str], capsys: pytest.CaptureFixture[str]):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_a_bad_setting_is_told_in_one_line_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("FACTCHECK_PORT", "none")
    assert main(["serve"]) == 2
    assert capsys.readouterr().err == "factcheck serve: FACTCHECK_PORT='none' is not a valid int\n"


def test_a_reader_that_leaves_ends_the_command_quietly(tmp_path: Path):
    command = f"'{sys.executable}' -m factcheck_cli.main doctor --data '{tmp_path}' | true"
    ended = subprocess.run(command, shell=True, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ended.stderr == ""


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
):
    monkeypatch.setenv("FACTCHECK_MODEL_DIR", str(tmp_path / "models" / "entailment"))
    monkeypatch.delenv("REDIS_URL", raising=False)
    assert main(["doctor", "--data", str(tmp_path)]) == 1
    out = capsys.readouterr().out
    assert "WRONG model entailment" in out
    assert "FACTCHECK_MODEL_DIR" in out


@pytest.mark.parametrize(
    ("ours_s", "detail", "ok"),
    [
        (1_000.2, "as the database's", True),
        (4_600.0, "3,600 s ahead of the database's", False),
        (990.0, "10 s behind the database's", False),
    ],
)
def test_the_doctor_compares_the_clock_with_the_databases(ours_s: float, detail: str, ok: bool):
    diagnosis = clock_diagnosis(ours_s, 1_000.0)
    assert (diagnosis.detail, diagnosis.ok) == (detail, ok)
