"""The index of the attack list is whole."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def test_the_index_names_every_attack():
    index = (HERE / "README.md").read_text(encoding="utf-8")
    for path in sorted(HERE.glob("test_*.py")):
        if path.name != Path(__file__).name:
            tests = re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.M)
            assert tests
            assert [name for name in tests if f"`{name}`" not in index or f"`{path.name}`" not in index] == []
