"""Finds the documents on the article's own events: those that match it as a whole, not a single claim.

A claim seldom names its event ("Nobody was hurt"), and often shares no word with the sentence that decides it. So all sentences of
these documents are candidates for every claim, and count as more similar than others.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from heapq import nlargest

from factcheck.evidence import Candidate, Passage
from worker.evidence.retrieval_scope import RetrievalScope, search_passages

# Most reports, and how well each must match in comparison with the best: with these, the decisive passage was read for 73 % of
# the claims of 47 drafts in a corpus of all their reports, without for 51 % (bench/RESULTS.md).
_REPORTS = 6
_LEAST = 0.4
# Words of the article that make one query, most queries, and passages of a report that count in each.
_WORDS = 100
_QUERIES = 8
_PASSAGES = 3
_FOUND = 60
# Most sentences of a report.
_SENTENCES = 80


def with_event_reports(scope: RetrievalScope, title: str, sentences: Sequence[str]) -> RetrievalScope:
    """The scope with the sentences of the event's reports, best report first."""
    reports = _matching(scope, title, sentences)
    return replace(scope, event=tuple(p for report in reports for p in _sentences_of(report, scope)))


def _matching(scope: RetrievalScope, title: str, sentences: Sequence[str]) -> list[Passage]:
    """One passage of each report that matches the article, best first."""
    scores: dict[str, float] = defaultdict(float)
    seen: dict[str, Passage] = {}
    for words in _queries(title, sentences):
        by_report: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in search_passages(words, scope, _FOUND):
            by_report[candidate.passage.document.id].append(candidate)
        for report, found in by_report.items():
            seen.setdefault(report, found[0].passage)
            scores[report] += sum(nlargest(_PASSAGES, (candidate.score for candidate in found)))
    best = nlargest(_REPORTS, scores, key=lambda report: scores[report])
    return [seen[report] for report in best if scores[report] >= _LEAST * scores[best[0]]]


def _queries(title: str, sentences: Sequence[str]) -> Iterator[str]:
    """The title with about `_WORDS` words of the article each; of a long article, the beginning."""
    part: list[str] = []
    asked = 0
    for sentence in sentences:
        part.append(sentence)
        if sum(len(text.split()) for text in part) >= _WORDS:
            yield f"{title} {' '.join(part)}"
            part, asked = [], asked + 1
            if asked == _QUERIES:
                return
    if part:
        yield f"{title} {' '.join(part)}"


def _sentences_of(report: Passage, scope: RetrievalScope) -> list[Passage]:
    """The report's passages: the index knows each by the words of the headline, too."""
    found = search_passages(report.document.title, scope, _SENTENCES)
    return [candidate.passage for candidate in found if candidate.passage.document.id == report.document.id]
