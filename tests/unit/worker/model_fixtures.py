"""Statements and witnesses from plain sentences: the real parser, loaded once, and tiny models that count words."""

import re
from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np
import numpy.typing as npt

from factcheck.article import Field, Format, OffsetConverter
from factcheck.evidence import Document, DocumentRef, Passage
from factcheck.ports import EntailmentScores
from tests.builders import a_document, an_article
from worker.dimensions.alignment import Alignment
from worker.dimensions.quantities.numbers import SMALL
from worker.models.ports import Models
from worker.text.claims import find_claims
from worker.text.pipeline_types import ClaimInContext, RankedPassage, Sentence
from worker.text.sentences import find_sentences
from worker.text.syntax import ParsedText, Parser, Token

_WIDTH = 256


@cache
def parser() -> Parser:
    from worker.models.spacy_parser import SpacyParser  # here, so that a run without models need not import spaCy

    return SpacyParser()


def parsed(text: str) -> ParsedText:
    return parser().parse([text])[0]


def token(text: str, word: str) -> Token:
    return next(t for t in parsed(text).tokens if t.text == word)


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


class WordCounts:
    """An encoder: texts with the same words lie close to each other."""

    def vectors(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
        rows = np.full((len(texts), _WIDTH), 1e-6, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words_of(text):
                row[sum(word.encode()) % _WIDTH] += 1.0
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)


class AllClaims:
    """A classifier that finds no opinions."""

    def opinions(self, texts: Sequence[str]) -> list[bool]:
        return [False] * len(texts)


class SharedWords:
    """Entailment by the share of the claim's words that the passage has."""

    def name(self) -> str:
        return "shared-words"

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[EntailmentScores]:
        return [_scores(claim, passage) for passage, claim in pairs]


def _scores(claim: str, passage: str) -> EntailmentScores:
    """A figure that the passage lacks is a contradiction as sure as the other words are shared."""
    share = _share(claim, passage)
    if _figures(claim) - _figures(passage) and _figures(passage):
        return EntailmentScores(supported=0.0, unverified=1.0 - share, contradicted=share)
    return EntailmentScores(supported=share, unverified=1.0 - share, contradicted=0.0)


def _figures(text: str) -> set[str]:
    return {word for word in words_of(text) if word in SMALL}


def _share(claim: str, passage: str) -> float:
    wanted = set(words_of(claim))
    return len(wanted & set(words_of(passage))) / len(wanted) if wanted else 0.0


@cache
def a_kit() -> Models:
    return Models(parser(), WordCounts(), WordCounts(), SharedWords(), AllClaims(), "words")


def sentences(
    text: str, title: str | None = None, dateline: str | None = None, form: Format = Format.TEXT
) -> list[Sentence]:
    article = an_article(text, title=title, published_at=dateline, format=form)
    return list(find_sentences(article, parser(), 2_000).read)


def statements(text: str, dateline: str | None = None) -> list[ClaimInContext]:
    anchor = date.fromisoformat(dateline) if dateline else None
    return find_claims(sentences(text, dateline=dateline), anchor)


def a_statement(text: str, dateline: str | None = None) -> ClaimInContext:
    """The first claim of a text: give one sentence with one statement."""
    return statements(text, dateline)[0]


def a_witness(text: str, rank: int = 0, similarity: float = 0.9, document: Document | None = None) -> RankedPassage:
    """A passage of its own document; `document` gives source and day."""
    of = document or a_document(f"d{rank}")
    ref = DocumentRef(of.id, of.title, of.source, of.published_at, of.url)
    passage = Passage(ref, 0, OffsetConverter(Field.TEXT, text).span(0, len(text)), text, "", "", of.story or of.id)
    anchor = date.fromisoformat(of.published_at) if of.published_at else None
    return RankedPassage(passage, parsed(text), anchor, similarity, rank)


Told = tuple[str, str, str, str]


def told(statement: ClaimInContext, findings: Sequence[Alignment]) -> set[Told]:
    """Findings as a table shows them: (relation, rule, the claim's words, the passage's words)."""
    return {
        (
            f.relation.value,
            f.rule,
            statement.sentence.text[f.claim.start : f.claim.end],
            f.ranked.passage.text[f.evidence.start : f.evidence.end],
        )
        for f in findings
    }
