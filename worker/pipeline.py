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
from worker.evidence.reader import read_evidence, read_variants
from worker.evidence.retrieve import RetrievalScope, Retrieved, retrieve_passages
from worker.models.ports import Models
from worker.report import make_report
from worker.text.claim_in_context import ClaimInContext
from worker.text.claims import find_claims
from worker.text.sentences import find_sentences
from worker.verdict.judge import Judge, not_checkable, silent
from worker.verdict.packaged import packaged_judge
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
    judge: Judge | None = None,
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
    judge = judge or packaged_judge()
    cache = VerdictCache(memory, order, corpus, models, judge.name(), candidates)
    verdicts = []
    with closing(_verdicts(statements, order, scope, models, judge, deadline, cache)) as found:
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
    judge: Judge,
    deadline: float,
    cache: VerdictCache,
) -> Generator[Verdict]:
    known = cache.known(statements)
    groups = [statements[at : at + _TOGETHER] for at in range(0, len(statements), _TOGETHER)]
    asked = [[s for s in group if s.checkable and s.claim.id not in known] for group in groups]
    with closing(_retrieved(asked, order.article.title or "", scope, models)) as retrieved:
        for group in groups:
            if time.monotonic() > deadline:
                return
            found = next(retrieved)
            for statement in group:
                with step("judge"):
                    retrieved_passages = found.get(statement.claim.id, Retrieved((), ()))
                    verdict = known.get(statement.claim.id) or _judged(
                        statement, retrieved_passages, models, judge, order.options.max_evidence
                    )
                if statement.claim.id not in known:
                    cache.keep([(statement, verdict)])
                yield verdict


def _judged(
    statement: ClaimInContext,
    retrieved: Retrieved,
    models: Models,
    judge: Judge,
    max_evidence: int,
) -> Verdict:
    if not statement.checkable:
        return not_checkable(statement)
    if not retrieved.ranked:
        return silent(statement)
    evidence = read_evidence(statement, retrieved, models)
    return judge.judge(evidence, lambda texts, ranked: read_variants(texts, ranked, models), max_evidence)


def _retrieved(
    groups: Sequence[Sequence[ClaimInContext]], title: str, scope: RetrievalScope, models: Models
) -> Generator[dict[str, Retrieved]]:
    """For each group, claim id → witnesses; a thread is one group ahead of whoever judges them.

    Left early, it waits for nothing: what the thread has begun it ends alone.
    """

    def witnesses_of(group: Sequence[ClaimInContext]) -> dict[str, Retrieved]:
        with step("retrieve"):
            found = retrieve_passages(group, title, scope, models)
        return dict(zip((s.claim.id for s in group), found, strict=True))

    ahead = ThreadPoolExecutor(1, "retrieve")
    try:
        coming: list[Future[dict[str, Retrieved]]] = []
        for group in groups:
            coming.append(ahead.submit(copy_context().run, witnesses_of, group))
            if len(coming) > 1:
                yield coming.pop(0).result()
        yield from (future.result() for future in coming)
    finally:
        ahead.shutdown(wait=False, cancel_futures=True)
