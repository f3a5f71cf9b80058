"""Which tests of a parallel run share a process: `--dist loadfile`, and files that need the same service go together."""

from xdist.scheduler import LoadFileScheduling

TOGETHER = {
    "tests/e2e/test_bad_input.py": "the whole service",
    "tests/e2e/test_cli.py": "the models",
    "tests/e2e/test_client.py": "the whole service",
    "tests/e2e/test_languagetool_clients.py": "the whole service",
    "tests/e2e/test_mcp.py": "the whole service",
    "tests/e2e/test_page_live.py": "the whole service",
    "tests/e2e/test_watch.py": "the whole service",
    "tests/golden/test_golden.py": "the models",
    "tests/unit/worker/verdict/test_verify_with_given_evidence.py": "the models",
}
"""File → what it shares with others. A fixture lives in one process: another one would start the service again."""


class FileScheduling(LoadFileScheduling):
    """Hands out file after file."""

    def _split_scope(self, nodeid: str) -> str:
        file = super()._split_scope(nodeid)
        return TOGETHER.get(file, file)
