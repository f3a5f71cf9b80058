"""The whole checker, as a table of contents."""

import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context

from factcheck.check import CheckRequest
from factcheck.instrumentation import step
from factcheck.ports import PassageSearch, VerdictSink, VerdictStore
from factcheck.verdict import Report, Verdict
from worker.consistency.article import check_consistency
from worker.evidence.features import align_claim
from worker.evidence.retrieve import RetrievalScope, retrieve_passages
from worker.models.ports import Models
from worker.report import make_report
from worker.text.claim_in_context import ClaimInContext, RankedPassage
from worker.text.claims import find_claims
from worker.text.sentences import find_sentences
from worker.verdict.judge import judge
from worker.verdict.thresholds import Thresholds
from worker.verdict_cache import VerdictCache

# Statements read together: enough to fill a batch of the models, few enough for a first verdict at once.
_TOGETHER = 2
# Of the time limit, what reading may take; a longer article is judged as far as it was read.
_READING = 0.5


def check_article(
    order: CheckRequest,
    corpus: PassageSearch,
    models: Models,
    sink: VerdictSink,
    candidates: int = 30,
    sentence_limit: int = 2_000,
    memory: VerdictStore | None = None,
) -> Report:
    """Check every claim; `sink` hears each verdict at once. What time or size cut off is told in the report's coverage."""
    began, limit_s = time.monotonic(), order.options.time_limit_s
    deadline = began + limit_s
    with step("read"):
        sentences = find_sentences(order.article, models.parser, sentence_limit, began + limit_s * _READING)
    with step("claims"):
        statements = find_claims(sentences.read, sentences.anchor)
    sink(None, len(statements))
    scope = RetrievalScope(corpus, order.options, order.evidence_until, candidates)
    recollection = VerdictCache(memory, order, corpus, models, candidates)
    verdicts = []
    with closing(_verdicts(statements, order, scope, models, deadline, recollection)) as found:
        for verdict in found:
            verdicts.append(verdict)
            sink(verdict, len(statements))
    with step("inside"):
        inside = check_consistency(sentences.read, statements)
    return make_report(order, corpus, models, sentences, statements, verdicts, inside)


def _verdicts(
    statements: Sequence[ClaimInContext],
    order: CheckRequest,
    scope: RetrievalScope,
    models: Models,
    deadline: float,
    recollection: VerdictCache,
) -> Generator[Verdict]:
    limits, known = Thresholds(), recollection.known(statements)
    groups = [statements[at : at + _TOGETHER] for at in range(0, len(statements), _TOGETHER)]
    asked = [[s for s in group if s.checkable and s.claim.id not in known] for group in groups]
    with closing(_retrieved(asked, order.article.title or "", scope, models)) as retrieved:
        for group in groups:
            if time.monotonic() > deadline:
                return
            found = next(retrieved)
            for statement in group:
                with step("judge"):
                    ranked_passages = found.get(statement.claim.id, [])
                    verdict = known.get(statement.claim.id) or judge(
                        statement,
                        ranked_passages,
                        align_claim(statement, ranked_passages, models),
                        limits,
                        order.options.max_evidence,
                    )
                if statement.claim.id not in known:
                    recollection.keep([(statement, verdict)])
                yield verdict


def _retrieved(
    groups: Sequence[Sequence[ClaimInContext]], title: str, scope: RetrievalScope, models: Models
) -> Generator[dict[str, list[RankedPassage]]]:
    """For each group, claim id → witnesses; a thread is one group ahead of whoever judges them.

    Left early, it waits for nothing: what the thread has begun it ends alone.
    """

    def witnesses_of(group: Sequence[ClaimInContext]) -> dict[str, list[RankedPassage]]:
        with step("retrieve"):
            found = retrieve_passages(group, title, scope, models)
        return dict(zip((s.claim.id for s in group), found, strict=True))

    ahead = ThreadPoolExecutor(1, "retrieve")
    try:
        coming: list[Future[dict[str, list[RankedPassage]]]] = []
        for group in groups:
            coming.append(ahead.submit(copy_context().run, witnesses_of, group))
            if len(coming) > 1:
                yield coming.pop(0).result()
        yield from (future.result() for future in coming)
    finally:
        ahead.shutdown(wait=False, cancel_futures=True)
