"""The types of the TypeScript client name nothing that openapi.yaml does not (`npm run generate` in clients/typescript)."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TYPES = (ROOT / "clients/typescript/schema.d.ts").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def contract() -> dict[str, Any]:
    return dict(yaml.load((ROOT / "openapi.yaml").read_text(encoding="utf-8"), LOADER))


def test_every_path_of_the_types_is_in_the_contract(contract: dict[str, Any]):
    paths = set(re.findall(r'^    "(/[^"]*)": \{', TYPES, re.M))
    assert "/v1/checks" in paths
    assert paths <= set(contract["paths"])


def test_every_operation_of_the_types_is_in_the_contract(contract: dict[str, Any]):
    known = {one["operationId"] for path in contract["paths"].values() for one in path.values() if "operationId" in one}
    typed = set(re.findall(r"^    (\w+): \{\n        parameters:", TYPES, re.M))
    assert "submitCheck" in typed
    assert typed <= known


def test_every_member_of_a_report_and_of_an_article_is_in_the_types(contract: dict[str, Any]):
    schemas = TYPES[TYPES.index("    schemas: {") :]
    for name in ("Report", "Verdict", "Span", "ArticleInput", "CheckRequestInput"):
        members = contract["components"]["schemas"][name]["properties"]
        found = re.search(rf"^        {name}: (.*?)^        \}};", schemas, re.M | re.S)
        assert found, name
        typed = set(re.findall(r'^            "?(\w+)"?\??:', found[1], re.M))
        assert typed <= set(members)
        assert {"claims", "label", "start", "text", "article"} & typed
