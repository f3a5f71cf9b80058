"""What every `PassageSearch` does alike."""

from collections.abc import Callable

import pytest

from factcheck.article import Field
from factcheck.evidence import Document
from factcheck.ports import PassageQuery, PassageSearch
from tests.builders import a_document

Building = Callable[[list[Document]], PassageSearch]

CEREMONY = a_document(
    "nk/1",
    "Talks went on 😀 in Seoul. The opening ceremony is scheduled for Feb. 9. Athletes will march together.",
    title="North Korea Cancels Concert",
    source="Wire",
    published_at="2018-01-30",
    url="https://example.org/1",
)
HARVEST = a_document(
    "farm",
    "Showers continued in the cocoa zone. The harvest ended late.",
    source="Farm Daily",
    published_at="1987-02-26",
)
UNDATED = a_document("undated", "Nobody knows when the ceremony in the village was.")
CORPUS = [CEREMONY, HARVEST, UNDATED]


def found(search: PassageSearch, words: str, limit: int = 10, **filters: object) -> list[str]:
    candidates = search.search(PassageQuery(words, limit, **filters))  # type: ignore[arg-type]
    return [candidate.passage.text for candidate in candidates]


def ids(search: PassageSearch, words: str, **filters: object) -> set[str]:
    candidates = search.search(PassageQuery(words, 10, **filters))  # type: ignore[arg-type]
    return {candidate.passage.document.id for candidate in candidates}


def test_the_best_passage_comes_first_whole_and_with_its_context(build: Building):
    candidates = build(CORPUS).search(PassageQuery("When are the opening ceremonies scheduled?", 5))
    passage = candidates[0].passage
    assert passage.text == "The opening ceremony is scheduled for Feb. 9."
    assert (passage.before, passage.after) == ("Talks went on 😀 in Seoul.", "Athletes will march together.")
    assert CEREMONY.text[passage.span.start : passage.span.end] == passage.text
    utf16 = CEREMONY.text.encode("utf-16-le")[passage.span.utf16_start * 2 : passage.span.utf16_end * 2]
    assert utf16.decode("utf-16-le") == passage.text
    ref = passage.document
    assert (ref.id, ref.title, ref.source) == ("nk/1", "North Korea Cancels Concert", "Wire")
    assert (ref.published_at, ref.url) == ("2018-01-30", "https://example.org/1")
    scores = [candidate.score for candidate in candidates]
    assert scores == sorted(scores, reverse=True)


def test_a_headline_is_a_passage_of_its_own(build: Building):
    best = build(CORPUS).search(PassageQuery("concert cancelled", 1))[0].passage
    assert (best.span.field, best.text) == (Field.TITLE, "North Korea Cancels Concert")


def test_a_headline_helps_to_find_the_sentences_under_it(build: Building):
    assert "Athletes will march together." in found(build(CORPUS), "concert cancelled")


def test_words_are_found_by_stem_and_without_regard_to_case_and_accents(build: Building):
    assert found(build(CORPUS), "HARVÉSTS", 1) == ["The harvest ended late."]


@pytest.mark.parametrize(
    "words", ["", "   ", "?!", "quetzalcoatl", '"', "a AND (b OR", "title:x", "\ud800", "x" * 5000]
)
def test_words_that_say_nothing_find_nothing_and_do_no_harm(build: Building, words: str):
    assert found(build(CORPUS), words) == []


def test_stop_words_are_looked_for_only_where_there_is_nothing_else(build: Building):
    search = build(CORPUS)
    assert found(search, "the harvest", 10) == ["The harvest ended late."]
    assert found(search, "who was the", 1) == [UNDATED.text]


def test_no_more_are_found_than_were_asked_for(build: Building):
    search = build(CORPUS)
    assert len(found(search, "ceremony", 1)) == 1
    assert found(search, "ceremony", 0) == []


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, {"nk/1", "undated"}),
        ({"sources_include": ("wire",)}, {"nk/1"}),
        ({"sources_include": ("WIRE", "Farm Daily")}, {"nk/1"}),
        ({"sources_include": ("Elsewhere",)}, set()),
        ({"sources_exclude": (" Wire ",)}, {"undated"}),
        ({"sources_include": ("Wire",), "sources_exclude": ("Wire",)}, set()),
        ({"published_from": "2018-01-30"}, {"nk/1"}),
        ({"published_from": "2018-01-31"}, set()),
        ({"published_to": "2018-01-30"}, {"nk/1"}),
        ({"published_to": "2018-01-29"}, set()),
        ({"not_after": "2018-01-30"}, {"nk/1", "undated"}),
        ({"not_after": "2018-01-29"}, {"undated"}),
        ({"not_after": "9999-12-31"}, {"nk/1", "undated"}),
        ({"published_from": "2018-01-01", "published_to": "2018-12-31"}, {"nk/1"}),
    ],
)
def test_sources_and_dates_narrow_the_search(build: Building, filters: dict[str, object], expected: set[str]):
    assert ids(build(CORPUS), "ceremony", **filters) == expected


OLD = [a_document(f"old{n}", f"The harvest toll rose to {n}.", published_at="2018-01-01") for n in range(15)]
LATEST = a_document(
    "latest", "Later on, the ministry put the toll of this year's harvest lower.", published_at="2018-03-01"
)


def test_some_places_are_for_the_newest_reports_that_match(build: Building):
    search = build([*OLD, LATEST, a_document("other", "It rained.", published_at="2018-04-01")])
    assert "latest" not in ids(search, "harvest toll rose")
    newest = search.search(PassageQuery("harvest toll rose", 10, newest=2))
    assert [c.passage.document.id for c in newest][-1] == "latest"
    assert len(newest) == 10
    scores = [c.score for c in newest]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("newest", [0, 1, 10, 50])
def test_the_newest_take_places_and_never_add_any(build: Building, newest: int):
    search = build([*OLD, LATEST, UNDATED])
    found = search.search(PassageQuery("harvest toll rose", 10, newest=newest))
    assert len({c.passage.document.id for c in found}) == 10
    assert search.search(PassageQuery("harvest toll rose", 0, newest=newest)) == []


def test_the_newest_are_taken_from_what_the_filters_leave(build: Building):
    found = build([*OLD, LATEST]).search(PassageQuery("harvest toll rose", 10, newest=2, published_to="2018-02-01"))
    assert {c.passage.document.published_at for c in found} == {"2018-01-01"}


def test_filters_do_not_change_scores(build: Building):
    search = build(CORPUS)
    free = search.search(PassageQuery("opening ceremony scheduled", 1))
    narrowed = search.search(
        PassageQuery("opening ceremony scheduled", 1, ("Wire",), (), "2018-01-01", "2018-12-31"),
    )
    assert [c.score for c in free] == pytest.approx([c.score for c in narrowed])


def test_a_retracted_document_is_never_found_and_does_not_count(build: Building):
    search = build([*CORPUS, a_document("wrong", "The ceremony was yesterday.", retracted=True)])
    assert "wrong" not in ids(search, "ceremony yesterday")
    assert search.documents() == 3


def test_of_two_documents_with_one_id_the_later_counts(build: Building):
    search = build([a_document("d", "Old harvest."), a_document("d", "New harvest.")])
    assert found(search, "harvest") == ["New harvest."]
    assert search.documents() == 1


def test_the_revision_names_the_corpus(build: Building):
    search = build(CORPUS)
    assert search.revision() == search.revision()
    assert search.revision() != build([a_document("more", "More.")]).revision()


def test_an_empty_corpus_is_searched_in_vain(build: Building):
    search = build([])
    assert (found(search, "ceremony"), search.documents()) == ([], 0)


def test_lone_surrogates_in_a_document_keep_every_offset(build: Building):
    document = a_document("d", "A \ud800 broken first sentence. The harvest ended \udfff late.", source="\ud800")
    passage = build([document]).search(PassageQuery("harvest", 1))[0].passage
    assert document.text[passage.span.start : passage.span.end] == passage.text == "The harvest ended \udfff late."


def test_a_text_without_sentence_marks_is_cut_into_passages_of_a_readable_size(build: Building):
    document = a_document("long", "word " * 4000 + "harvest")
    passages = [c.passage for c in build([document]).search(PassageQuery("harvest word", 50))]
    assert max(len(passage.text) for passage in passages) <= 2000
    assert all(document.text[p.span.start : p.span.end] == p.text for p in passages)


def test_a_text_that_is_one_endless_word_does_no_harm(build: Building):
    search = build([a_document("long", "x" * 50_000), HARVEST])
    assert found(search, "harvest", 1) == ["The harvest ended late."]


def test_passages_of_copies_have_one_story(build: Building):
    report = "The harvest ended late in the northern valleys, where rain fell on nearly every day of the month."
    search = build([a_document("a", report), a_document("b", f"VALE (Wire) - {report}"), HARVEST])
    stories = {c.passage.document.id: c.passage.story for c in search.search(PassageQuery("harvest", 10))}
    assert stories["a"] == stories["b"] != stories["farm"]
