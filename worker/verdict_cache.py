"""Cache of verdicts: in an edited article, only changed claims are judged again.

The cache key covers all that a verdict depends on: the claim, its sentence, the referents of "he" and "it", the previous
sentence, title and dateline, the reports on the article's event, the options, the version of the corpus and the engine. It
excludes the position in the article.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, fields, replace
from hashlib import sha256
from importlib.metadata import version

from factcheck.article import Span
from factcheck.check import CheckRequest
from factcheck.ports import PassageSearch, VerdictCacheStore
from factcheck.verdict import Verdict
from worker.evidence.retrieval_scope import RetrievalScope
from worker.models.ports import Models
from worker.text.pipeline_types import ClaimInContext


class VerdictCache:
    """The cache of one check. Without a store, it is empty and keeps nothing."""

    def __init__(
        self,
        memory: VerdictCacheStore | None,
        order: CheckRequest,
        corpus: PassageSearch,
        models: Models,
        judge: str,
        scope: RetrievalScope,
    ) -> None:
        self._memory = memory
        self._circumstances = _circumstances(order, corpus, models, judge, scope) if memory else ""

    def known(self, statements: Sequence[ClaimInContext]) -> dict[str, Verdict]:
        """Claim id → verdict, with spans moved to the claim's current position."""
        if self._memory is None or not statements:
            return {}
        found = self._memory.recall([self._name(statement) for statement in statements])
        pairs = zip(statements, found, strict=True)
        return {s.claim.id: _moved(verdict, s) for s, verdict in pairs if verdict is not None}

    def keep(self, judged: Iterable[tuple[ClaimInContext, Verdict]]) -> None:
        """Stores new verdicts. Skips those with spans outside their sentence, which cannot be moved."""
        if self._memory is not None:
            self._memory.keep({self._name(s): verdict for s, verdict in judged if _is_movable(verdict, s)})

    def _name(self, statement: ClaimInContext) -> str:
        sentence, claim = _source(statement), statement.claim.span
        own = [repr(getattr(statement, field.name)) for field in fields(statement) if field.name not in _PLACED]
        decisive = [
            *(self._circumstances, claim.field.value, statement.sentence.ruler.slice(sentence)),
            *(claim.start - sentence.start, claim.end - sentence.start, *own),
        ]
        return sha256(json.dumps(decisive).encode()).hexdigest()


# Fields excluded from the cache key because they only encode position. New fields are included by default.
_PLACED = frozenset({"claim", "sentence"})


def _circumstances(
    order: CheckRequest, corpus: PassageSearch, models: Models, judge: str, scope: RetrievalScope
) -> str:
    """The part of the cache key that all claims of one check share."""
    options = order.options
    shared = [
        *(version("factcheck"), models.entailment.name(), judge, models.retrieval, scope.candidates),
        sorted({passage.document.id for passage in scope.event}),
        *(corpus.revision(), order.evidence_until, order.article.title, order.article.format.value),
        *(options.max_evidence, sorted(options.sources_include), sorted(options.sources_exclude)),
        *(() if order.others is None else astuple(order.others)),
    ]
    return sha256(json.dumps(shared).encode()).hexdigest()


def _source(statement: ClaimInContext) -> Span:
    """The span of the whole sentence in the submission."""
    return statement.sentence.span(0, len(statement.sentence.text))


def _moved(verdict: Verdict, statement: ClaimInContext) -> Verdict:
    """The verdict with all spans of the article moved along with its claim."""
    old, new = verdict.claim.span, statement.claim.span
    by, by_utf16 = new.start - old.start, new.utf16_start - old.utf16_start

    def moved(span: Span) -> Span:
        return Span(span.field, span.start + by, span.end + by, span.utf16_start + by_utf16, span.utf16_end + by_utf16)

    return replace(
        verdict,
        claim=statement.claim,
        conflicts=tuple(replace(c, claim=replace(c.claim, span=moved(c.claim.span))) for c in verdict.conflicts),
        suggestions=tuple(replace(s, span=moved(s.span)) for s in verdict.suggestions),
    )


def _is_movable(verdict: Verdict, statement: ClaimInContext) -> bool:
    sentence = _source(statement)
    spans = [*(c.claim.span for c in verdict.conflicts), *(s.span for s in verdict.suggestions)]
    return all(s.field is sentence.field and sentence.start <= s.start and s.end <= sentence.end for s in spans)
