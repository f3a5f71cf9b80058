"""What ClaimReview and Web Annotation say; that they say it in their vocabularies' words is in test_vocabularies."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from factcheck.article import Format
from factcheck.verdict import Label
from service.formats.claimreview import render_claimreview
from service.formats.web_annotation import render_annotation
from tests.builders import a_report
from tests.unit.service.formats.samples import evidence, sample_article, sample_report, verdict_on


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def reviews(**changes: object) -> list[dict[str, Any]]:
    article = sample_article(**changes)
    return json.loads(render_claimreview(sample_report(article), article, "2018-02-01T09:00:00.000Z"))["@graph"]


def page(**changes: object) -> dict[str, Any]:
    article = sample_article(**changes)
    return json.loads(render_annotation(sample_report(article), article, "2018-02-01T09:00:00.000Z"))


def test_a_review_has_what_its_readers_require():
    for review in reviews():
        assert {"claimReviewed", "reviewRating", "url", "author", "itemReviewed", "datePublished"} <= set(review)
        assert review["reviewRating"]["alternateName"]


def test_each_label_has_its_rating_and_what_is_not_checkable_is_no_claim():
    ratings = [review["reviewRating"].get("ratingValue") for review in reviews()]
    assert ratings == [1, 5, 1, 3, None]


def test_reviews_of_one_article_have_addresses_of_their_own():
    addresses = [review["url"] for review in reviews()]
    assert len(set(addresses)) == len(addresses)
    assert all(address.startswith("https://example.org/gala#") for address in addresses)


def test_annotations_have_each_an_id_a_body_and_a_target():
    whole = page()
    assert len({item["id"] for item in whole["items"]}) == len(whole["items"]) == whole["partOf"]["total"]
    assert all(item["body"] and item["target"] for item in whole["items"])


def test_position_and_quote_selectors_name_the_same_words():
    article = sample_article()
    texts = {article.url: article.text, f"{article.url}#title": article.title or ""}
    targets = [node for node in nodes(page()) if isinstance(node.get("selector"), list)]
    assert targets
    for target in targets:
        quote, position = target["selector"]
        text = texts[target["source"]]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text[: position["start"]].endswith(quote["prefix"])
        assert text[position["end"] :].startswith(quote["suffix"])


def test_an_internal_conflict_has_both_places_as_targets():
    [item] = [i for i in page()["items"] if isinstance(i["target"], list)]
    assert [target["selector"][0]["exact"] for target in item["target"]] == ["Ann Lee", "The gala"]


def test_of_html_both_selectors_speak_of_the_text_content():
    article = sample_article(text="<p>😀 Caf&eacute; <b>opens</b></p><p>at nine &amp; ten.</p>", format=Format.HTML)
    report = a_report(verdict_on("at nine &amp; ten", article, Label.UNVERIFIED, evidence=(evidence(),)))
    [item] = json.loads(render_annotation(report, article))["items"]
    quote, position = item["target"]["selector"]
    content = "😀 Café opensat nine & ten."
    assert quote["exact"] == "at nine & ten"
    assert content[position["start"] : position["end"]] == quote["exact"]


@pytest.mark.parametrize("render", [render_claimreview, render_annotation])
def test_without_url_title_and_source_the_output_is_complete(render: Any):
    article = sample_article(url=None, source=None, published_at=None)
    assert json.loads(render(sample_report(article), article))["@context"]
