"""The checker: runs all steps on an article."""

import time
from collections import deque
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context
from dataclasses import replace
from functools import partial
from itertools import pairwise

from factcheck.check import CheckRequest
from factcheck.instrumentation import step
from factcheck.ports import PassageSearch, VerdictCacheStore, VerdictSink
from factcheck.verdict import Report, Verdict
from worker.consistency.internal_conflicts import find_internal_conflicts
from worker.evidence.reader import Settled, never_settled, read_evidence, read_variants
from worker.evidence.retrieval_scope import RetrievalScope
from worker.evidence.retrieve import Retrieved, retrieve_passages
from worker.evidence.same_event_documents import with_event_reports
from worker.models.ports import Models
from worker.report import make_report
from worker.text.claims import find_claims
from worker.text.pipeline_types import ClaimInContext
from worker.text.sentences import find_sentences
from worker.text.syntax import Parser
from worker.verdict.judge import Judge, not_checkable, silent
from worker.verdict.packaged_judge import packaged_judge
from worker.verdict_cache import VerdictCache

# Claims retrieved together: one at first, for an early first verdict; then enough to fill a batch of the parser.
_FIRST_TOGETHER, _TOGETHER = 1, 4
# While one claim's values are compared, another one's passages are read.
_JUDGED_TOGETHER = 2
# Share of the time limit for reading the article. Of a longer article, only the sentences read by then are judged.
_READING = 0.5


def check_article(
    order: CheckRequest,
    corpus: PassageSearch,
    models: Models,
    sink: VerdictSink,
    candidates: int = 30,
    sentence_limit: int = 2_000,
    memory: VerdictCacheStore | None = None,
    judge: Judge | None = None,
    early_exit: bool = True,
    parser: Parser | None = None,
) -> Report:
    """Checks every claim. `sink` receives each verdict at once. The report's coverage counts what time or size cut off.

    With `early_exit`, the last passage of a claim is not read if the others settle the label. `parser` parses the article, in
    place of the models' own.
    """
    began, limit_s = time.monotonic(), order.options.time_limit_s
    deadline = began + limit_s
    with step("read"):
        sentences = find_sentences(order.article, parser or models.parser, sentence_limit, began + limit_s * _READING)
    with step("claims"):
        statements = find_claims(sentences.read, sentences.anchor)
    sink(None, len(statements))
    scope = RetrievalScope(corpus, order.options, order.evidence_until, candidates)
    with step("event"):
        scope = with_event_reports(scope, order.article.title or "", [s.text for s in sentences.read])
    judge = judge or packaged_judge()
    is_settled = judge.is_settled if early_exit else never_settled
    decided_by = judge.name() if early_exit else f"{judge.name()}, every passage read"
    cache = VerdictCache(memory, order, corpus, models, decided_by, scope)
    verdicts = []
    with closing(_verdicts(statements, order, scope, models, judge, is_settled, deadline, cache)) as found:
        for verdict in found:
            verdicts.append(verdict)
            sink(verdict, len(statements))
    with step("inside"):
        inside = find_internal_conflicts(sentences.read, statements)
    return make_report(order, corpus, models, sentences, statements, verdicts, inside)


def without_opinions(statements: Sequence[ClaimInContext], models: Models) -> list[ClaimInContext]:
    """The claims, marked as not checkable if the classifier finds that their sentence states none."""
    asked = list(dict.fromkeys(s.sentence.text for s in statements if s.checkable))
    opinions = {
        text for text, is_opinion in zip(asked, models.checkworthiness.opinions(asked), strict=True) if is_opinion
    }
    return [replace(s, checkable=False) if s.sentence.text in opinions else s for s in statements]


def _verdicts(
    statements: Sequence[ClaimInContext],
    order: CheckRequest,
    scope: RetrievalScope,
    models: Models,
    judge: Judge,
    is_settled: Settled,
    deadline: float,
    cache: VerdictCache,
) -> Generator[Verdict]:
    known = cache.known(statements)
    starts = [0, *range(_FIRST_TOGETHER, len(statements), _TOGETHER)] if statements else []
    groups = [statements[a:b] for a, b in pairwise([*starts, len(statements)])]
    decide = partial(
        _judged, models=models, judge=judge, is_settled=is_settled, max_evidence=order.options.max_evidence
    )
    asked = [[s for s in group if s.checkable and s.claim.id not in known] for group in groups]
    beside = ThreadPoolExecutor(_JUDGED_TOGETHER, "judge")
    coming: deque[tuple[ClaimInContext, Future[Verdict] | None]] = deque()

    def taken() -> Verdict:
        statement, future = coming.popleft()
        if future is None:
            return known[statement.claim.id]
        with step("judge"):
            verdict = future.result()
        cache.keep([(statement, verdict)])
        return verdict

    try:
        with closing(_retrieved(asked, order.article.title or "", scope, models)) as retrieved:
            for number, group in enumerate(groups):
                if time.monotonic() > deadline:
                    break
                found = next(retrieved)
                for s in group:
                    is_known = s.claim.id in known
                    run = None if is_known else beside.submit(copy_context().run, decide, s, found.get(s.claim.id))
                    coming.append((s, run))
                # The first verdicts at once; later ones while the next group is on its way.
                while len(coming) > (_TOGETHER if number else 0):
                    yield taken()
            while coming:
                yield taken()
    finally:
        beside.shutdown(wait=False, cancel_futures=True)


def _judged(
    statement: ClaimInContext,
    retrieved: Retrieved | None,
    models: Models,
    judge: Judge,
    is_settled: Settled,
    max_evidence: int,
) -> Verdict:
    if retrieved is None:
        return not_checkable(statement)
    if not retrieved.ranked:
        return silent(statement)
    evidence = read_evidence(statement, retrieved, models, is_settled)
    return judge.judge(evidence, lambda texts, ranked: read_variants(texts, ranked, models), max_evidence)


def _retrieved(
    groups: Sequence[Sequence[ClaimInContext]], title: str, scope: RetrievalScope, models: Models
) -> Generator[dict[str, Retrieved]]:
    """For each group: claim id → passages, empty if not checkable. A thread retrieves one group ahead.

    On early exit, does not join the thread; a running retrieval finishes in the background.
    """

    def witnesses_of(group: Sequence[ClaimInContext]) -> dict[str, Retrieved]:
        with step("claims"):
            checkable = [s for s in without_opinions(group, models) if s.checkable]
        with step("retrieve"):
            found = retrieve_passages(checkable, title, scope, models)
        return dict(zip((s.claim.id for s in checkable), found, strict=True))

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
