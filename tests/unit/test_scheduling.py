from pathlib import Path

from tests.scheduling import TOGETHER

ROOT = Path(__file__).parents[2]


def test_files_that_share_the_whole_service_run_in_one_process():
    users = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tests" / "e2e").glob("test_*.py")
        if "whole_service: Service" in path.read_text(encoding="utf-8")
    }
    assert users == {file for file, shared in TOGETHER.items() if shared == "the whole service"}
