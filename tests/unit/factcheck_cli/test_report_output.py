import json

import pytest

from factcheck_cli.report_output import render
from tests.unit.service.formats.samples import sample_article, sample_report


@pytest.mark.parametrize(
    ("uri", "expected"),
    [("my%20drafts/a.md", "my%20drafts/a.md"), ("file:///srv/a.md", "file:///srv/a.md")],
)
def test_sarif_names_the_file_that_was_checked(uri: str, expected: str):
    article = sample_article()
    [run] = json.loads(render(sample_report(article), article, "sarif", uri))["runs"]
    assert run["artifacts"][0]["location"]["uri"] == expected


@pytest.mark.parametrize("form", ["json", "csv", "claimreview", "annotation"])
def test_other_formats_do_not_show_the_path(form: str):
    article = sample_article()
    assert "drafts/a.md" not in render(sample_report(article), article, form, "drafts/a.md")
