import pytest

from worker.models.answer_cache import AnswerCache


def test_what_is_known_is_not_asked_again():
    required_values: list[str] = []

    def lengths(keys: list[str]) -> list[int]:
        required_values.extend(keys)
        return [len(key) for key in keys]

    memory: AnswerCache[str, int] = AnswerCache(10)
    assert memory.answers(["ice", "snow", "ice"], lengths) == [3, 4, 3]
    assert memory.answers(["thaw", "snow"], lengths) == [4, 4]
    assert required_values == ["ice", "snow", "thaw"]


def test_the_longest_unasked_is_forgotten_first():
    required_values: list[str] = []

    def lengths(keys: list[str]) -> list[int]:
        required_values.extend(keys)
        return [len(key) for key in keys]

    memory: AnswerCache[str, int] = AnswerCache(2)
    for key in ("a", "b", "a", "c"):
        memory.answers([key], lengths)
    assert memory.answers(["a"], lengths) == [1]
    assert required_values == ["a", "b", "c"]


def test_more_than_fits_is_answered_all_the_same():
    memory: AnswerCache[int, int] = AnswerCache(1)
    assert memory.answers([1, 2, 3], lambda keys: [-key for key in keys]) == [-1, -2, -3]


def test_an_answer_too_few_is_noticed():
    memory: AnswerCache[int, int] = AnswerCache(5)
    with pytest.raises(ValueError, match="shorter"):
        memory.answers([1, 2], lambda keys: keys[:1])
