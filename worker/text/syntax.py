"""Syntax trees, independent of the parser. Dependency labels are spaCy's (ClearNLP)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

_SENTENCES = 1_000


@dataclass(frozen=True, slots=True)
class Token:
    """One word. `head` is the index of its governor (its own index at a root); `start`/`end` are offsets in the text."""

    index: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    entity_starts: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class ParsedText:
    """A text and its tokens in order. Offsets are those of `text`. Compared by identity, so that cache look-ups are cheap."""

    text: str
    tokens: tuple[Token, ...]

    def children(self, index: int) -> list[Token]:
        """Tokens governed by token `index`."""
        return [self.tokens[i] for i in _governed(self).get(index, ())]

    def subtree(self, index: int) -> list[Token]:
        """Token `index` and all its descendants, in text order."""
        below = _governed(self)
        members, waiting = {index}, [index]
        while waiting:
            more = [i for i in below.get(waiting.pop(), ()) if i not in members]
            members.update(more)
            waiting += more
        return [self.tokens[i] for i in sorted(members)]

    def within(self, start: int, end: int) -> list[Token]:
        """Tokens completely within `text[start:end]`."""
        return [t for t in self.tokens if t.start >= start and t.end <= end]

    def head(self, start: int, end: int) -> Token | None:
        """The head of `text[start:end]`: its first token whose governor is outside."""
        inside = self.within(start, end)
        indices = {t.index for t in inside}
        return next((t for t in inside if t.head not in indices or t.head == t.index), None)


@lru_cache(_SENTENCES)
def _governed(parsed: ParsedText) -> Mapping[int, Sequence[int]]:
    """Index of a token → indices of the tokens that it governs, in text order. Several rules ask for each sentence."""
    below: dict[int, list[int]] = {}
    for token in parsed.tokens:
        if token.head != token.index:
            below.setdefault(token.head, []).append(token.index)
    return below


class Parser(Protocol):
    """Parses texts."""

    def parse(self, texts: Sequence[str]) -> list[ParsedText]:
        """One result per text, in order."""
