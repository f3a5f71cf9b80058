import json
from typing import Any

from service.formats.check_grounding import render_grounding
from tests.builders import a_report
from tests.unit.service.formats.samples import sample_article, sample_report


def the_answer() -> dict[str, Any]:
    article = sample_article()
    return json.loads(render_grounding(sample_report(article), article))


def test_positions_are_bytes_of_the_utf8_text():
    article = sample_article()
    texts = {"text": article.text.encode(), "title": (article.title or "").encode()}
    for claim in the_answer()["claims"]:
        assert texts[claim["field"]][claim["startPos"] : claim["endPos"]].decode() == claim["claimText"]


def test_indices_name_the_chunks_that_support_or_contradict():
    answer = the_answer()
    chunks = answer["citedChunks"]
    assert [chunk["index"] for chunk in chunks] == list(range(len(chunks)))
    contradicted, supported = answer["claims"][0], answer["claims"][1]
    assert [chunks[i]["source"] for i in contradicted["antiCitationIndices"]] == ["d-9"]
    assert [chunks[i]["source"] for i in supported["citationIndices"]] == ["d-1"]


def test_the_score_is_the_share_of_checkable_claims_that_are_supported():
    article = sample_article()
    assert the_answer()["supportScore"] == 0.2
    assert json.loads(render_grounding(a_report(), article))["supportScore"] is None


def test_only_what_is_checkable_needs_grounding():
    assert [claim["groundingCheckRequired"] for claim in the_answer()["claims"]] == [True] * 5 + [False]
