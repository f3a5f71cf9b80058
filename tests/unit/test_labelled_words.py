"""No line of the project repeats a labelled file: rules and examples in them must be fitted to language, not to those files."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
CASES = ROOT.parent / "shared" / "cases"
SEEDS = ROOT / "seeds"
RUN = 7
"""So many words in a row are no coincidence."""
READ = re.compile(r"\.(?:py|md|json|jsonl|tsv|toml|js|html|txt)$")
# The seed reports are handed to everybody; written stories and model cards were checked when they were made.
LEFT_OUT = ("seeds/", "training/data/", "requirements/", "worker/models/")


def runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    return {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def labelled() -> set[tuple[str, ...]]:
    found: set[tuple[str, ...]] = set()
    for file in sorted(CASES.glob("*.jsonl")):
        if "reported" not in file.name:
            for line in file.read_text(encoding="utf-8").splitlines():
                case = json.loads(line)
                for text in (case["article"]["text"], *(report["text"] for report in case["corpus"])):
                    found |= runs(text)
    for seed in (path for path in SEEDS.rglob("*") if path.is_file()):
        found -= runs(seed.read_text(encoding="utf-8"))
    return found


def tracked() -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return (ROOT / name for name in listed.split("\n") if READ.search(name) and not name.startswith(LEFT_OUT))


@pytest.mark.skipif(not CASES.is_dir(), reason="the labelled files are not at hand")
def test_no_line_has_seven_words_in_a_row_of_a_labelled_file():
    known = labelled()
    repeated = [
        f"{file.relative_to(ROOT)}:{number}"
        for file in tracked()
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        if runs(line) & known
    ]
    assert repeated == []
