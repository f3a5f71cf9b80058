"""The whole checker, as a table of contents."""

import time
from collections.abc import Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from contextvars import copy_context

from factcheck.check import Order
from factcheck.ports import PassageSearch, VerdictMemory, VerdictSink
from factcheck.steps import step
from factcheck.verdict import Report, Verdict
from worker.kit import Kit
from worker.recall import Recollection
from worker.report import make_report
from worker.statement import Statement, Witness
from worker.steps.claims import find_claims
from worker.steps.compare import compare
from worker.steps.inside import compare_inside
from worker.steps.judge import judge
from worker.steps.retrieve import Scope, find_witnesses
from worker.steps.sentences import find_lines
from worker.thresholds import Thresholds

# Statements read together: enough to fill a batch of the models, few enough for a first verdict at once.
_TOGETHER = 2
# Of the time limit, what reading may take; a longer article is judged as far as it was read.
_READING = 0.5


def check_article(
    order: Order,
    corpus: PassageSearch,
    kit: Kit,
    sink: VerdictSink,
    candidates: int = 30,
    sentence_limit: int = 2_000,
    memory: VerdictMemory | None = None,
) -> Report:
    """Check every claim; `sink` hears each verdict at once. What time or size cut off is told in the report's coverage."""
    began, limit_s = time.monotonic(), order.options.time_limit_s
    deadline = began + limit_s
    with step("read"):
        lines = find_lines(order.article, kit.parser, sentence_limit, began + limit_s * _READING)
    with step("claims"):
        statements = find_claims(lines.read, lines.anchor)
    sink(None, len(statements))
    scope = Scope(corpus, order.options, order.as_of, candidates)
    recollection = Recollection(memory, order, corpus, kit, candidates)
    verdicts = []
    with closing(_verdicts(statements, order, scope, kit, deadline, recollection)) as found:
        for verdict in found:
            verdicts.append(verdict)
            sink(verdict, len(statements))
    with step("inside"):
        inside = compare_inside(lines.read, statements)
    return make_report(order, corpus, kit, lines, statements, verdicts, inside)


def _verdicts(
    statements: Sequence[Statement], order: Order, scope: Scope, kit: Kit, deadline: float, recollection: Recollection
) -> Generator[Verdict]:
    limits, known = Thresholds(), recollection.known(statements)
    groups = [statements[at : at + _TOGETHER] for at in range(0, len(statements), _TOGETHER)]
    asked = [[s for s in group if s.checkable and s.claim.id not in known] for group in groups]
    with closing(_retrieved(asked, order.article.title or "", scope, kit)) as retrieved:
        for group in groups:
            if time.monotonic() > deadline:
                return
            found = next(retrieved)
            for statement in group:
                with step("judge"):
                    witnesses = found.get(statement.claim.id, [])
                    verdict = known.get(statement.claim.id) or judge(
                        statement, witnesses, compare(statement, witnesses, kit), limits, order.options.max_evidence
                    )
                if statement.claim.id not in known:
                    recollection.keep([(statement, verdict)])
                yield verdict


def _retrieved(
    groups: Sequence[Sequence[Statement]], title: str, scope: Scope, kit: Kit
) -> Generator[dict[str, list[Witness]]]:
    """For each group, claim id → witnesses; a thread is one group ahead of whoever judges them.

    Left early, it waits for nothing: what the thread has begun it ends alone.
    """

    def witnesses_of(group: Sequence[Statement]) -> dict[str, list[Witness]]:
        with step("retrieve"):
            found = find_witnesses(group, title, scope, kit)
        return dict(zip((s.claim.id for s in group), found, strict=True))

    ahead = ThreadPoolExecutor(1, "retrieve")
    try:
        coming: list[Future[dict[str, list[Witness]]]] = []
        for group in groups:
            coming.append(ahead.submit(copy_context().run, witnesses_of, group))
            if len(coming) > 1:
                yield coming.pop(0).result()
        yield from (future.result() for future in coming)
    finally:
        ahead.shutdown(wait=False, cancel_futures=True)
