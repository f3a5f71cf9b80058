"""The corpus search turned round: given a document, whose claims would it bear on?

A search index goes from a claim's words to passages. This one goes from the words of a new passage to the claims that a
search would have brought it for: term → claims. In memory, for as many articles as are watched at a time.
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
"""Terms that claim and passage share: one alone ("Monday", "police") is in half of an archive."""

SHARE = 0.25
"""Of a claim's terms, what a passage with its neighbours must hold (bench/RESULTS.md, "Watched articles")."""


@dataclass(frozen=True, slots=True, eq=False)
class _Claim:
    """The terms of a claim, and how many of them a passage must hold. Each one is itself alone, and quick to count."""

    article_id: str
    wanted: frozenset[str]
    needed: float


def _claim(article_id: str, text: str) -> _Claim:
    """A claim of one term can share no more than that."""
    wanted = frozenset(query_terms(text))
    return _Claim(article_id, wanted, min(len(wanted), max(AT_LEAST, SHARE * len(wanted))))


@dataclass(frozen=True, slots=True)
class _Article:
    claims: tuple[_Claim, ...]
    documents: frozenset[str]


class ReverseIndex:
    """Articles by the terms of their claims and by the documents that bear on them."""

    def __init__(self) -> None:
        self._articles: dict[str, _Article] = {}
        self._claims: dict[str, set[_Claim]] = defaultdict(set)
        self._witnesses: dict[str, set[str]] = defaultdict(set)

    def __contains__(self, article_id: str) -> bool:
        return article_id in self._articles

    def put(self, article_id: str, report: Report) -> None:
        """Take in the claims of a report, in place of those that the article had."""
        self.remove(article_id)
        texts = [v.claim.text for v in report.verdicts if v.label is not Label.NOT_CHECKABLE]
        shown = frozenset(piece.document.id for verdict in report.verdicts for piece in verdict.evidence)
        article = _Article(tuple(_claim(article_id, text) for text in texts), shown)
        self._articles[article_id] = article
        for claim in article.claims:
            for term in claim.wanted:
                self._claims[term].add(claim)
        for document_id in shown:
            self._witnesses[document_id].add(article_id)

    def remove(self, article_id: str) -> None:
        """Forget an article; one that is not there is forgotten already."""
        article = self._articles.pop(article_id, None)
        if article is None:
            return
        for claim in article.claims:
            for term in claim.wanted:
                _discard(self._claims, term, claim)
        for document_id in article.documents:
            _discard(self._witnesses, document_id, article_id)

    def touched_by(self, document_id: str, document: Document | None) -> set[str]:
        """Ids of articles on whose claims a document bears, as it is now; None: it is gone.

        What was evidence touches by its id, whatever became of it: it may say something else now, or nothing.
        """
        touched = set(self._witnesses.get(document_id, ()))
        if document is None or document.retracted:
            return touched
        if document.corrects is not None:
            touched |= self._witnesses.get(document.corrects, set())
        return touched | self._wanting(document, touched)

    def _wanting(self, document: Document, touched: set[str]) -> set[str]:
        """Ids of further articles. The whole document first, as a sieve: it has nothing to do with most claims."""
        headline, passages = set(terms(document.title)), _terms_of_passages(document)
        windows, found = list(_windows(headline, passages)), set(touched)
        for claim in self._sharing(headline.union(*passages)):
            if claim.article_id not in found and any(len(claim.wanted & window) >= claim.needed for window in windows):
                found.add(claim.article_id)
        return found

    def _sharing(self, words: set[str]) -> list[_Claim]:
        """Claims of which the words hold enough."""
        shared = Counter(chain.from_iterable(self._claims[word] for word in words & self._claims.keys()))
        return [claim for claim, count in shared.items() if count >= claim.needed]


def _terms_of_passages(document: Document) -> list[set[str]]:
    return [set(terms(passage.text)) for passage in split_passages(document) if passage.span.field is Field.TEXT]


def _windows(headline: set[str], passages: list[set[str]]) -> Iterator[set[str]]:
    """Each passage with its neighbours; the headline counts with each, since it names the event."""
    for at in range(len(passages)):
        yield headline.union(*passages[max(0, at - 1) : at + 2])


def _discard(index: dict[str, set[_Claim]] | dict[str, set[str]], key: str, entry: object) -> None:
    entries: set[object] = index[key]  # type: ignore[assignment]
    entries.discard(entry)
    if not entries:
        del index[key]
