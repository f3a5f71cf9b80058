"""Parsed sentences shared by the workers: the same trees, and no sentence parsed twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from worker.parse_cache import CachedParser
from worker.text.syntax import ParsedText, Token

TEXTS = ["The mayor left.", "Rain fell\nin Leeds."]


@dataclass
class Notebook:
    """A store in a dictionary."""

    kept: dict[str, bytes] = field(default_factory=dict)

    def recall(self, names: Sequence[str]) -> list[bytes | None]:
        return [self.kept.get(name) for name in names]

    def keep(self, parses: Mapping[str, bytes]) -> None:
        self.kept.update(parses)


@dataclass
class WordParser:
    """Each word is a token that hangs on the first one. Notes what it was asked."""

    asked: list[str] = field(default_factory=list)

    def parse(self, texts: Sequence[str]) -> list[ParsedText]:
        self.asked += texts
        return [ParsedText(text, tuple(_tokens(text))) for text in texts]


def _tokens(text: str) -> list[Token]:
    words, found, at = text.replace("\n", " ").split(" "), [], 0
    for index, word in enumerate(words):
        found.append(Token(index, word, word.lower(), "NOUN", "NN", "dep", 0, "GPE", index == 0, at, at + len(word)))
        at += len(word) + 1
    return found


def trees(parsed: Sequence[ParsedText]) -> list[tuple[str, tuple[Token, ...]]]:
    return [(one.text, one.tokens) for one in parsed]


def test_another_worker_parses_nothing_again_and_has_the_same_trees() -> None:
    store, first, second = Notebook(), WordParser(), WordParser()
    parsed = CachedParser(first, store).parse(TEXTS)
    again = CachedParser(second, store).parse(TEXTS)
    assert second.asked == []
    assert trees(again) == trees(parsed) == trees(first.parse(TEXTS))


def test_only_the_edited_sentence_is_parsed() -> None:
    store, second = Notebook(), WordParser()
    CachedParser(WordParser(), store).parse(TEXTS)
    CachedParser(second, store).parse([TEXTS[0], "Snow fell."])
    assert second.asked == ["Snow fell."]


def test_a_worker_remembers_the_very_objects_of_its_last_sentences() -> None:
    parser = CachedParser(WordParser(), Notebook())
    assert parser.parse(TEXTS)[0] is parser.parse(TEXTS)[0]


def test_another_version_of_the_parser_shares_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    store, second = Notebook(), WordParser()
    CachedParser(WordParser(), store).parse(TEXTS)
    monkeypatch.setattr("worker.parse_cache._PARSER", ["another version"])
    CachedParser(second, store).parse(TEXTS)
    assert second.asked == TEXTS
