"""Index of the claims of watched articles. Given a document, finds the articles whose claims it may affect.

A search index maps a claim's words to passages. This index maps the terms of a new passage to the claims whose search
would have returned it. Held in memory, for the articles that are currently watched.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from factcheck.article import Field
from factcheck.evidence import Document
from factcheck.search.passages import split_passages
from factcheck.search.text_analysis import query_terms, terms
from factcheck.verdict import Label, Report

AT_LEAST = 2
"""Minimum number of terms that claim and passage share. One term ("Monday", "police") occurs in half of an archive."""

SHARE = 0.25
"""Share of a claim's terms that a passage with its neighbours must contain.

Source: bench/RESULTS.md, "Watched articles".
"""


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """Terms of a claim, and how many of them a passage must contain. Compared by identity, which makes counting fast."""

    article_id: str
    terms: frozenset[str]
    needed: float


def _claim(article_id: str, text: str) -> _Claim:
    """Requires no more shared terms than the claim has."""
    claim_terms = frozenset(query_terms(text))
    return _Claim(article_id, claim_terms, min(len(claim_terms), max(AT_LEAST, SHARE * len(claim_terms))))


@dataclass(frozen=True, slots=True)
class _Article:
    claims: tuple[_Claim, ...]
    documents: frozenset[str]


class ClaimIndex:
    """Articles by the terms of their claims and by the documents cited as evidence."""

    def __init__(self) -> None:
        self._articles: dict[str, _Article] = {}
        self._claims: dict[str, set[_Claim]] = defaultdict(set)
        self._citing_articles: dict[str, set[str]] = defaultdict(set)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._articles

    def put(self, article_id: str, report: Report) -> None:
        """Adds the claims of a report, in place of the article's earlier ones."""
        self.remove(article_id)
        texts = [v.claim.text for v in report.verdicts if v.label is not Label.NOT_CHECKABLE]
        shown = frozenset(piece.document.id for verdict in report.verdicts for piece in verdict.evidence)
        article = _Article(tuple(_claim(article_id, text) for text in texts), shown)
        self._articles[article_id] = article
        for claim in article.claims:
            for term in claim.terms:
                self._claims[term].add(claim)
        for document_id in shown:
            self._citing_articles[document_id].add(article_id)

    def remove(self, article_id: str) -> None:
        """Removes an article. No-op where it is not in the index."""
        article = self._articles.pop(article_id, None)
        if article is None:
            return
        for claim in article.claims:
            for term in claim.terms:
                _discard(self._claims, term, claim)
        for document_id in article.documents:
            _discard(self._citing_articles, document_id, article_id)

    def touched_by(self, document_id: str, document: Document | None) -> set[str]:
        """Ids of the articles whose claims a changed document may affect. `document` is its current state, None if removed.

        A document cited as evidence affects its articles whatever its new text: it may now say something else, or nothing.
        """
        touched = set(self._citing_articles.get(document_id, ()))
        if document is None or document.retracted:
            return touched
        if document.corrects is not None:
            touched |= self._citing_articles.get(document.corrects, set())
        return touched | self._sharing_terms(document, touched)

    def _sharing_terms(self, document: Document, touched: set[str]) -> set[str]:
        """Ids of further articles. Filters claims by the whole document first, since most claims share nothing with it."""
        headline, passages = set(terms(document.title)), _terms_of_passages(document)
        windows, found = list(_windows(headline, passages)), set(touched)
        for claim in self._candidates(headline.union(*passages)):
            if claim.article_id not in found and any(len(claim.terms & window) >= claim.needed for window in windows):
                found.add(claim.article_id)
        return found

    def _candidates(self, words: set[str]) -> list[_Claim]:
        """Claims that share enough terms with `words`."""
        shared = Counter(chain.from_iterable(self._claims[word] for word in words & self._claims.keys()))
        return [claim for claim, count in shared.items() if count >= claim.needed]


def _terms_of_passages(document: Document) -> list[set[str]]:
    return [set(terms(passage.text)) for passage in split_passages(document) if passage.span.field is Field.TEXT]


def _windows(headline: set[str], passages: list[set[str]]) -> Iterator[set[str]]:
    """Each passage with its neighbours and the headline, which names the event."""
    for at in range(len(passages)):
        yield headline.union(*passages[max(0, at - 1) : at + 2])


def _discard(index: dict[str, set[_Claim]] | dict[str, set[str]], key: str, entry: object) -> None:
    entries: set[object] = index[key]  # type: ignore[assignment]
    entries.discard(entry)
    if not entries:
        del index[key]
