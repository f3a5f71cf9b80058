"""Positions in every shape, with characters of one, two, three and four bytes, and of two UTF-16 units, before the error."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factcheck.article import Article, Field, OffsetConverter, Span
from factcheck.check_json import report_to_json
from factcheck.claim import Claim
from factcheck.evidence import Stance
from factcheck.verdict import ClaimSide, Conflict, ConflictKind, EvidenceSide, Label, Report, Suggestion
from service.formats.check_grounding import render_grounding
from service.formats.csv_report import render_csv
from service.formats.html_report import render_html
from service.formats.sarif import render_sarif
from service.formats.web_annotation import render_annotation
from service.languagetool.annotated import plain
from service.languagetool.answer import answer
from service.languagetool.languages import chosen_language
from service.languagetool.request import RuleFilter, TextCheckRequest
from tests.builders import a_report, a_verdict, an_article
from tests.unit.service.formats.samples import ARCHIVE, evidence

SENTENCE, WRONG, RIGHT = "The 🏟 ceremony is on Feb. 10.", "Feb. 10", "Feb. 9"
# A letter, an accent on its own, a wide sign, an astral letter, a flag of two, a family of three joined, a mark of direction.
BEFORE = st.lists(
    st.sampled_from(["a ", "é", "e\u0301", "漢", "𝒪", "🇦🇹", "👩‍👩‍👧", "\u200f", "\n", "﷽ "]), max_size=30
).map("".join)


def utf16(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def sample(before: str) -> tuple[Article, Report]:
    """An article whose one error comes after `before`."""
    article = an_article(text=f"{before}{SENTENCE} 🎭", url="https://example.org/a")
    start = len(before)
    ruler, at = OffsetConverter(Field.TEXT, article.text), start + SENTENCE.index(WRONG)
    claim = Claim("c1", ruler.span(start, start + len(SENTENCE)), SENTENCE, 0)
    place = ruler.span(at, at + len(WRONG))
    side = EvidenceSide("d-9", OffsetConverter(Field.TEXT, ARCHIVE).span(30, 36), "Feb. 9", None)
    verdict = a_verdict(
        claim=claim,
        label=Label.CONTRADICTED,
        conflicts=(Conflict(ConflictKind.DATE, ClaimSide(place, WRONG, None), side),),
        suggestions=(Suggestion(place, RIGHT),),
        evidence=(evidence(Stance.CONTRADICTS),),
    )
    return article, a_report(verdict)


def in_json(article: Article, report: Report) -> Iterator[str]:
    [claim] = report_to_json(report)["claims"]
    for span in (claim["conflicts"][0]["claim"]["span"], claim["suggestions"][0]["span"]):
        yield article.text[span["start"] : span["end"]]
        yield utf16(article.text, span["utf16"]["start"], span["utf16"]["end"])


def in_csv(article: Article, report: Report) -> Iterator[str]:
    [row] = csv.DictReader(io.StringIO(render_csv(report, article), newline=""))
    for words in (
        article.text[int(row["start"]) : int(row["end"])],
        utf16(article.text, int(row["utf16_start"]), int(row["utf16_end"])),
    ):
        assert words == SENTENCE
        yield WRONG


def in_sarif(article: Article, report: Report) -> Iterator[str]:
    [run] = json.loads(render_sarif(report, article))["runs"]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    yield utf16(article.text, region["charOffset"], region["charOffset"] + region["charLength"])
    yield article.text.encode()[region["byteOffset"] : region["byteOffset"] + region["byteLength"]].decode()
    line = article.text.split("\n")[region["startLine"] - 1]
    yield utf16(line, region["startColumn"] - 1, region["endColumn"] - 1)


def in_annotation(article: Article, report: Report) -> Iterator[str]:
    [item] = json.loads(render_annotation(report, article))["items"]
    quote, position = item["target"]["selector"]
    yield quote["exact"]
    yield article.text[position["start"] : position["end"]]


def in_grounding(article: Article, report: Report) -> Iterator[str]:
    [claim] = json.loads(render_grounding(report, article))["claims"]
    assert article.text.encode()[claim["startPos"] : claim["endPos"]].decode() == SENTENCE
    yield WRONG


def in_html(article: Article, report: Report) -> Iterator[str]:
    """The claim is marked as a whole; what is to be replaced stands below it."""
    page = render_html(report, article)
    assert re.findall(r'<mark class="contradicted"><a href="#c1">(.*?)</a></mark>', page) == [SENTENCE]
    yield from re.findall(r"<del>(.*?)</del>", page)


def in_languagetool(article: Article, report: Report) -> Iterator[str]:
    nothing: frozenset[str] = frozenset()
    everything = RuleFilter(nothing, nothing, nothing, nothing, False)
    wanted = TextCheckRequest(plain(article.text), chosen_language("en-US", []), everything, None)
    [match] = answer(report, wanted, "grammar")["matches"]
    yield utf16(article.text, match["offset"], match["offset"] + match["length"])
    context = match["context"]
    yield utf16(context["text"], context["offset"], context["offset"] + context["length"])
    assert match["replacements"] == [{"value": RIGHT}]


SHAPES = [in_json, in_csv, in_sarif, in_annotation, in_grounding, in_html, in_languagetool]


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
@given(before=BEFORE)
@settings(max_examples=60, deadline=None)
def test_every_position_is_exact_whatever_stands_before_the_error(
    shape: Callable[[Article, Report], Iterator[str]], before: str
):
    article, report = sample(before)
    assert set(shape(article, report)) == {WRONG}


@given(before=BEFORE)
def test_a_span_knows_both_counts(before: str):
    article, report = sample(before)
    span: Span = report.verdicts[0].claim.span
    assert article.text[span.start : span.end] == utf16(article.text, span.utf16_start, span.utf16_end) == SENTENCE
