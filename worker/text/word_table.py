"""Reads word lists kept as tab-separated files beside the code."""

from importlib import resources


def read_table(package: str, name: str) -> list[tuple[str, ...]]:
    """The rows of a TSV file of a package, without comments ("#"), empty lines and the header."""
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    rows = [tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#")]
    return rows[1:]
