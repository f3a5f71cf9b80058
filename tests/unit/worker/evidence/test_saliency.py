import pytest

from tests.unit.worker.model_fixtures import parsed
from worker.evidence.saliency import most_salient, phrases


def words(text: str, within: tuple[int, int] | None = None) -> list[str]:
    return [text[a:b] for a, b in phrases(parsed(text), within or (0, len(text)))]


def test_phrases_are_content_words_with_their_close_dependents():
    assert words("The old mayor was not elected by the council.") == ["The old mayor", "was not elected", "the council"]


def test_phrases_stay_within_the_claim():
    text = "The mayor resigned, and the council met."
    assert words(text, (text.index("the council"), len(text))) == ["the council", "met"]


@pytest.mark.parametrize("text", ["", "?", "of the and"])
def test_a_text_without_content_has_no_phrases(text: str):
    assert words(text) == []


def test_the_phrase_whose_absence_helps_most_is_salient():
    text = "The mayor resigned on Monday."
    ranges = phrases(parsed(text), (0, len(text)))
    found = most_salient(text, ranges, lambda texts: [0.9 if "resigned" in t else 0.2 for t in texts])
    assert found is not None
    assert text[slice(*found)] == "resigned"


def test_nothing_is_salient_where_no_absence_helps():
    text = "The mayor resigned."
    assert most_salient(text, phrases(parsed(text), (0, len(text))), lambda texts: [0.5] * len(texts)) is None


@pytest.mark.parametrize(("left", "asked"), [(0.2, ["resigned"]), (0.8, ["resigned", "The mayor", "Monday"])])
def test_no_more_phrases_are_left_out_where_a_favoured_one_cannot_be_beaten(left: float, asked: list[str]):
    text = "The mayor resigned on Monday."
    ranges = phrases(parsed(text), (0, len(text)))
    favoured = [r for r in ranges if text[slice(*r)] == "resigned"]
    seen: list[str] = []

    def contradiction(texts: list[str]) -> list[float]:
        seen.extend(p for t in texts[1:] for p in ("resigned", "The mayor", "Monday") if p not in t)
        return [0.9, *(left if "resigned" not in t else 0.7 for t in texts[1:])]

    assert most_salient(text, ranges, contradiction, favoured) == favoured[0]
    assert seen == asked
