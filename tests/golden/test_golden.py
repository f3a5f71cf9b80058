"""Whole verdicts, case by case. `make golden` writes the expectations anew; review reads the diff.

A case is an article, a corpus and what the checker is to say of them. Scores, confidence and messages' dates are left
out: they move with the models. Every span of the report is checked against the submission.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from factcheck.article import Article
from factcheck.check import CheckOptions, CheckRequest
from factcheck.check_json import report_to_json
from factcheck.evidence import Document
from factcheck.json_mapping import from_json
from factcheck.search.memory import MemorySearch
from factcheck_cli.demo import print_report
from worker.models.ports import Models
from worker.pipeline import check_article

CASES = sorted(Path(__file__).parent.glob("*.json"))
REWRITE = os.environ.get("FACTCHECK_GOLDEN") == "rewrite"


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_checker_says_what_is_expected_of_it(path: Path, models: Models):
    case = json.loads(path.read_text(encoding="utf-8"))
    report = check(case, models)
    assert_spans_slice_back(case["article"], report)
    said = in_short(report)
    if REWRITE:
        path.write_text(json.dumps({**case, "expected": said}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    else:
        assert said == case["expected"], case["about"]


def test_every_case_is_told_in_a_sentence_and_has_an_expectation():
    for path in CASES:
        case = json.loads(path.read_text(encoding="utf-8"))
        assert case["about"].endswith("."), path.name
        assert case["expected"].keys() == {"claims", "internal_conflicts"}, path.name


@pytest.mark.parametrize(
    ("sentence", "label", "instead"),
    [
        ("North Korea has cancelled the joint concert", "supported", None),
        ("will be held on Feb. 10", "contradicted", "Feb. 9"),
        ("after three years of no direct communication", "contradicted", "two years"),
        ("a military parade on the day before the Winter Olympics", "supported", None),
        ("form a joint women's hockey team", "supported", None),
        ("A ticket for the concert cost 55 dollars", "unverified", None),
        ("It is a sad day", "not_checkable", None),
    ],
)
def test_the_sample_draft_comes_out_right(sentence: str, label: str, instead: str | None, seeds: dict[str, Any]):
    claim = next(claim for claim in seeds["claims"] if sentence in claim["text"])
    assert (claim["label"], [s["replacement"] for s in claim["suggestions"]]) == (label, [instead] if instead else [])


def test_the_readme_shows_what_the_demo_prints(seeds: dict[str, Any], capsys: pytest.CaptureFixture[str]):
    """The contradicted claim and the summary. `make golden` rewrites the block."""
    shown = [claim for claim in seeds["claims"] if "The opening ceremony" in claim["text"]]
    print_report({**seeds, "claims": shown})
    printed = capsys.readouterr().out.strip()
    readme = Path(__file__).parents[2] / "README.md"
    before, marker, rest = readme.read_text(encoding="utf-8").partition("rewrites this block -->\n```\n")
    block, fence, after = rest.partition("\n```\n")
    if REWRITE:
        readme.write_text(before + marker + printed + fence + after, encoding="utf-8")
    else:
        assert block == printed


def test_the_life_of_a_claim_ends_as_its_page_says(seeds: dict[str, Any]):
    page = (Path(__file__).parents[2] / "docs/life-of-a-claim.md").read_text(encoding="utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    claim = next(claim for claim in seeds["claims"] if claim["text"] == shown["text"])
    assert _members_of(claim, shown) == shown
    assert f"span `[{claim['span']['start']}, {claim['span']['end']})`" in page


def _members_of(value: Any, shown: Any) -> Any:
    """`value`, reduced to the members that `shown` has."""
    if isinstance(shown, dict):
        return {name: _members_of(value[name], inner) for name, inner in shown.items()}
    if isinstance(shown, list):
        return [_members_of(a, b) for a, b in zip(value, shown, strict=True)]
    return value


@pytest.fixture(scope="module")
def seeds(models: Models) -> dict[str, Any]:
    """The report on the sample draft against the two seed reports."""
    folder = Path(__file__).parents[2] / "seeds"
    sentences = (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()
    draft = json.loads((folder / "sample_draft.json").read_text(encoding="utf-8"))
    return check({"article": draft, "corpus": [json.loads(sentence) for sentence in sentences]}, models)


def check(case: dict[str, Any], models: Models) -> dict[str, Any]:
    corpus = MemorySearch([from_json(Document, document) for document in case["corpus"]])
    options = CheckOptions(max_evidence=5, sources_include=(), sources_exclude=(), time_limit_s=100.0)
    order = CheckRequest(from_json(Article, case["article"]), None, None, None, options)
    return report_to_json(check_article(order, corpus, models, lambda verdict, total: None))


def in_short(report: dict[str, Any]) -> dict[str, Any]:
    """The report without scores and offsets."""
    return {
        "claims": [_claim(claim) for claim in report["claims"]],
        "internal_conflicts": [_inside(conflict) for conflict in report["internal_conflicts"]],
    }


def _claim(claim: dict[str, Any]) -> dict[str, Any]:
    conflicts = [
        {
            "kind": c["kind"],
            "claim": c["claim"]["text"],
            "evidence": c["evidence"]["text"],
            "of": c["evidence"]["document_id"],
        }
        for c in claim["conflicts"]
    ]
    short = {"text": claim["text"], "label": claim["label"], "rule": claim["rule"]}
    return short | {"conflicts": conflicts, "suggestions": [s["replacement"] for s in claim["suggestions"]]}


def _inside(conflict: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": conflict["kind"],
        "a": conflict["a"]["text"],
        "b": conflict["b"]["text"] if conflict["b"] else None,
        "message": conflict["message"],
        "suggestions": [s["replacement"] for s in conflict["suggestions"]],
    }


def assert_spans_slice_back(article: dict[str, Any], report: dict[str, Any]) -> None:
    for side in _sides(report):
        span, source = side["span"], article[side["span"]["field"]]
        assert source[span["start"] : span["end"]] == side["text"]
        wide = source.encode("utf-16-le")
        assert wide[2 * span["utf16"]["start"] : 2 * span["utf16"]["end"]].decode("utf-16-le") == side["text"]


def _sides(report: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from report["claims"]
    for claim in report["claims"]:
        yield from (conflict["claim"] for conflict in claim["conflicts"])
    for conflict in report["internal_conflicts"]:
        yield from (side for side in (conflict["a"], conflict["b"]) if side)
