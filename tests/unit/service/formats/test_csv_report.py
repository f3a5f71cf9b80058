import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factcheck.verdict import Label
from service.formats.csv_report import guarded, render_csv
from tests.builders import a_report
from tests.unit.service.formats.samples import sample_article, sample_report, unfinished, verdict_on


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_each_claim_is_a_row_and_each_internal_conflict_another():
    article = sample_article()
    rows = rows_of(render_csv(sample_report(article), article))
    labels = [row["label"] for row in rows]
    assert labels == [
        *("contradicted", "supported", "contradicted", "disputed", "unverified", "not_checkable", "internal_conflict"),
    ]
    wrong = rows[2]
    assert wrong["conflicts"] == "date: Feb. 10 ≠ Feb. 9"
    assert wrong["suggestions"] == "Feb. 10 → Feb. 9"
    assert article.text[int(wrong["start"]) : int(wrong["end"])] == wrong["text"]
    units = article.text.encode("utf-16-le")[int(wrong["utf16_start"]) * 2 : int(wrong["utf16_end"]) * 2]
    assert units.decode("utf-16-le") == wrong["text"]


def test_what_was_not_reached_has_a_row():
    article = sample_article()
    assert rows_of(render_csv(unfinished(sample_report(article)), article))[-1]["label"] == "not_reached"


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(cell: str):
    assert guarded(cell) == f"'{cell}"


def test_a_claim_that_begins_like_a_formula_is_guarded_in_the_table():
    article = sample_article(text="=HYPERLINK(1) opened.")
    report = a_report(verdict_on("=HYPERLINK(1) opened", article, Label.UNVERIFIED))
    assert rows_of(render_csv(report, article))[0]["text"] == "'=HYPERLINK(1) opened"


@given(st.text())
def test_any_text_comes_back_from_the_table(text: str):
    sink = io.StringIO(newline="")
    csv.writer(sink).writerow([guarded(text), "x"])
    [[cell, _]] = csv.reader(io.StringIO(sink.getvalue(), newline=""))
    assert cell in (text, f"'{text}")
