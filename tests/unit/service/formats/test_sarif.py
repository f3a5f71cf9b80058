import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator

from factcheck.article import Format
from factcheck.verdict import Report
from service.formats.sarif import render_sarif
from tests.builders import a_report, an_article
from tests.unit.service.formats.samples import sample_article, sample_report, unfinished

SCHEMA = json.loads((Path(__file__).parent / "schemas" / "sarif-2.1.0.json").read_text(encoding="utf-8"))


def the_run(report: Report | None = None, **changes: object) -> dict[str, Any]:
    article = sample_article(**changes)
    [run] = json.loads(render_sarif(report or sample_report(article), article))["runs"]
    return run


@pytest.mark.parametrize("changes", [{}, {"url": None}, {"format": Format.HTML}, {"source": None}])
def test_a_report_is_valid_by_the_published_schema(changes: dict[str, Any]):
    article = sample_article(**changes)
    log = json.loads(render_sarif(sample_report(article), article))
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []


def test_a_report_without_findings_is_valid_by_the_published_schema():
    log = json.loads(render_sarif(a_report(), an_article()))
    assert [error.message for error in Draft4Validator(SCHEMA).iter_errors(log)] == []


def test_regions_point_at_the_wrong_words_in_every_unit():
    run = the_run()
    contents = [artifact["contents"]["text"] for artifact in run["artifacts"]]
    for result in run["results"]:
        place = result["locations"][0]["physicalLocation"]
        text, region = contents[place["artifactLocation"]["index"]], place["region"]
        units = text.encode("utf-16-le")
        start, end = region["charOffset"] * 2, (region["charOffset"] + region["charLength"]) * 2
        words = units[start:end].decode("utf-16-le")
        at = region["byteOffset"]
        assert text.encode()[at : at + region["byteLength"]].decode() == words
        line = text.split("\n")[region["startLine"] - 1].encode("utf-16-le")
        assert line[(region["startColumn"] - 1) * 2 : (region["endColumn"] - 1) * 2].decode("utf-16-le") == words
    assert {result["ruleId"] for result in run["results"]} == {
        "contradicted/date",
        "disputed/stances",
        "internal_conflict/name",
    }


def test_a_date_conflict_marks_the_date_and_carries_its_correction():
    [_, result] = [r for r in the_run()["results"] if r["ruleId"] == "contradicted/date"]
    region = result["locations"][0]["physicalLocation"]["region"]
    change = result["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert (result["level"], region["charLength"], region["startLine"]) == ("error", len("Feb. 10"), 2)
    assert change == {"deletedRegion": region, "insertedContent": {"text": "Feb. 9"}}
    assert [place["logicalLocations"][0]["fullyQualifiedName"] for place in result["relatedLocations"]] == ["d-9"]


def test_each_result_names_its_rule_by_id_and_index():
    run = the_run()
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])


def test_sentences_that_were_not_reached_are_reported():
    run = the_run(unfinished(sample_report(sample_article())))
    [invocation] = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert "2 of 8 sentences" in invocation["toolExecutionNotifications"][0]["message"]["text"]
