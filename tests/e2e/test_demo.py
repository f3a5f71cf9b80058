"""`make demo`, as a newcomer runs it."""

import subprocess
import sys

import pytest

from factcheck_cli.demo import ROOT, SHOWN_LABELS


@pytest.mark.timeout(300)
def test_the_demo_shows_every_label_and_stops_cleanly():
    answer = subprocess.run([sys.executable, "-m", "factcheck_cli.demo"], cwd=ROOT, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    for label in SHOWN_LABELS:
        assert f" {label.replace('_', ' ').upper()}\n" in answer.stdout
    assert "Service stopped, temporary data removed." in answer.stdout
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for block in readme.partition("rewrites this block -->\n```\n")[2].partition("\n```\n")[0].split("\n\n"):
        assert f"{block}\n" in answer.stdout
