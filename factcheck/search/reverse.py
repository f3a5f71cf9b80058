"""The corpus search turned round: given a document, whose claims would it bear on?

A search index goes from a claim's words to passages. This one goes from the words of a new passage to the claims that a
search would have brought it for: term → claims. In memory, for as many articles as are watched at a time.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from factcheck.evidence import Document
from factcheck.search.analysis import query_terms, terms
from factcheck.search.passages import split_passages
from factcheck.verdict import Label, Report

AT_LEAST = 2
"""Terms that claim and passage share: one alone ("Monday", "police") is in half of an archive."""

SHARE = 0.25
"""Of a claim's terms, what a passage with its neighbours must hold (bench/RESULTS.md, "Watched articles")."""

_Claim = tuple[str, int]


@dataclass(frozen=True, slots=True)
class _Article:
    wanted: tuple[frozenset[str], ...]
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
        claims = [v.claim.text for v in report.verdicts if v.label is not Label.NOT_CHECKABLE]
        shown = {piece.document.id for verdict in report.verdicts for piece in verdict.evidence}
        article = _Article(tuple(frozenset(query_terms(text)) for text in claims), frozenset(shown))
        self._articles[article_id] = article
        for number, wanted in enumerate(article.wanted):
            for term in wanted:
                self._claims[term].add((article_id, number))
        for document_id in shown:
            self._witnesses[document_id].add(article_id)

    def remove(self, article_id: str) -> None:
        """Forget an article; one that is not there is forgotten already."""
        article = self._articles.pop(article_id, None)
        if article is None:
            return
        for number, wanted in enumerate(article.wanted):
            for term in wanted:
                _discard(self._claims, term, (article_id, number))
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
        return touched | {article_id for article_id, _ in self._wanting(document)}

    def _wanting(self, document: Document) -> set[_Claim]:
        """The whole document first, as a sieve: most documents have nothing to do with any claim."""
        words = set(terms(document.title)) | set(terms(document.text))
        likely = self._sharing(words)
        if not likely:
            return set()
        found: set[_Claim] = set()
        for window in _windows(document):
            found |= self._sharing(window & words, likely - found)
        return found

    def _sharing(self, words: Iterable[str], among: set[_Claim] | None = None) -> set[_Claim]:
        shared = Counter(chain.from_iterable(self._claims.get(word, ()) for word in words))
        return {
            claim
            for claim, count in shared.items()
            if (among is None or claim in among) and count >= self._needed(claim)
        }

    def _needed(self, claim: _Claim) -> float:
        """A claim of one term can share no more than that."""
        article_id, number = claim
        size = len(self._articles[article_id].wanted[number])
        return min(size, max(AT_LEAST, SHARE * size))


def _windows(document: Document) -> Iterable[set[str]]:
    """The terms of each passage with its neighbours; the headline counts with each, since it names the event."""
    headline = set(terms(document.title))
    for passage in split_passages(document):
        yield headline | set(terms(f"{passage.before} {passage.text} {passage.after}"))


def _discard(index: dict[str, set[_Claim]] | dict[str, set[str]], key: str, entry: object) -> None:
    entries: set[object] = index[key]  # type: ignore[assignment]
    entries.discard(entry)
    if not entries:
        del index[key]
