"""The types of the TypeScript client name nothing that openapi.yaml does not (`npm run generate` in clients/typescript)."""

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
CONTRACT = yaml.safe_load((ROOT / "openapi.yaml").read_text(encoding="utf-8"))
TYPES = (ROOT / "clients/typescript/schema.d.ts").read_text(encoding="utf-8")


def test_every_path_of_the_types_is_in_the_contract():
    paths = set(re.findall(r'^    "(/[^"]*)": \{', TYPES, re.M))
    assert "/v1/checks" in paths
    assert paths <= set(CONTRACT["paths"])


def test_every_operation_of_the_types_is_in_the_contract():
    known = {one["operationId"] for path in CONTRACT["paths"].values() for one in path.values() if "operationId" in one}
    typed = set(re.findall(r"^    (\w+): \{\n        parameters:", TYPES, re.M))
    assert "submitCheck" in typed
    assert typed <= known


def test_every_member_of_a_report_and_of_an_article_is_in_the_types():
    schemas = TYPES[TYPES.index("    schemas: {") :]
    for name in ("Report", "Verdict", "Span", "ArticleInput", "CheckRequestInput"):
        members = CONTRACT["components"]["schemas"][name]["properties"]
        found = re.search(rf"^        {name}: (.*?)^        \}};", schemas, re.M | re.S)
        assert found, name
        typed = set(re.findall(r'^            "?(\w+)"?\??:', found[1], re.M))
        assert typed <= set(members)
        assert {"claims", "label", "start", "text", "article"} & typed
