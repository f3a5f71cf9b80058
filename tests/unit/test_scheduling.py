from pathlib import Path

import pytest

from tests.scheduling import TOGETHER

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("shared", "fixture"), [("the whole service", "whole_service: Service"), ("the models", "(models: Models")]
)
def test_files_that_share_what_is_slow_to_start_run_in_one_process(shared: str, fixture: str):
    users = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests").rglob("test_*.py")
        if path != Path(__file__) and fixture in path.read_text(encoding="utf-8")
    }
    assert users == {file for file, what in TOGETHER.items() if what == shared}
