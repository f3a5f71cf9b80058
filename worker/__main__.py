"""One worker process: loads models and index once, then takes one check after the other until it is told to stop."""

import atexit
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from logging.config import dictConfig

from factcheck.article import Article, Format
from factcheck.check import Options, Order
from factcheck.errors import InvalidSetting, ModelUnusable
from factcheck.evidence import Document
from factcheck.logs import config
from factcheck.ports import PassageSearch, VerdictMemory, VerdictSink
from factcheck.search.fresh import FreshSearch
from factcheck.search.memory import MemorySearch
from factcheck.search.opening import open_search
from factcheck.settings import Settings, read_settings
from factcheck.steps import Stopwatch
from factcheck.store.callbacks import RedisCallbackBox
from factcheck.store.changelog import RedisChangelog
from factcheck.store.checks import RedisCheckDesk
from factcheck.store.connection import connect_briefly, connect_patiently
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.ledger import RedisCheckLedger, RedisCheckReaper
from factcheck.store.verdicts import RedisVerdictMemory
from factcheck.store.watches import RedisWatchBook, RedisWatchRounds
from factcheck.store.worklog import RedisWorkLog
from factcheck.telemetry.traces import open_traces
from factcheck.verdict import Report
from factcheck.webhooks import parse_reach, parse_secret
from worker.callbacks import Courier, poster
from worker.janitor import Janitor, failure_listener
from worker.jobs import JOB_GONE, Checker, Workshop, furnish, record_failed_try
from worker.kit import Kit
from worker.metering import Meter, tell_memory
from worker.pipeline import check_article
from worker.queue import open_queue, open_worker
from worker.watchdog import Watchdog
from worker.watcher import Desks, Watcher, holder
from worker.wiring import build_kit

EXIT_UNUSABLE = 2
_INDEX_PATIENCE_S = 2.0  # for a change that was acknowledged before the check began


def main(environ: Mapping[str, str]) -> int:
    """The exit code: 0 after a stop that was asked for, 2 where settings or models are unusable."""
    try:
        settings = read_settings(environ)
        dictConfig(config(settings.log_level, settings.log_format))
        run_worker(settings)
    except (InvalidSetting, ModelUnusable) as error:
        print(f"factcheck worker: {error}", file=sys.stderr)
        return EXIT_UNUSABLE
    return 0


def run_worker(settings: Settings) -> None:
    """Blocks until SIGTERM or SIGINT; the check at hand is finished first."""
    connection = connect_patiently(settings.redis_url)
    checker = load_checker(settings, RedisVerdictMemory(connect_briefly(settings.redis_url), settings.verdict_memory_s))
    ledger = RedisCheckLedger(connection, settings)
    work = RedisWorkLog(connect_briefly(settings.redis_url))
    meter = Meter(work)
    on_failure = failure_listener(partial(record_failed_try, ledger, meter=meter))
    watchdog = Watchdog()
    corpus = FreshSearch(
        open_search(settings), RedisChangelog(connection), RedisDocumentStore(connection), _INDEX_PATIENCE_S
    )
    workshop = Workshop(ledger, corpus, MemorySearch, checker, watchdog, meter=meter)
    traces = open_traces(settings.traces_url, "worker")
    if traces:
        workshop = replace(workshop, steps=partial(Stopwatch, traces.step), around=traces.check)
        atexit.register(traces.close)
    furnish(workshop)
    reap = partial(RedisCheckReaper(connection, settings).reap, JOB_GONE)
    Janitor(open_queue(connection), on_failure, reap).start()
    watchdog.start()
    post = poster(parse_reach(settings.callback_hosts))
    Courier(RedisCallbackBox(connect_briefly(settings.redis_url)), parse_secret(settings.callback_secret), post).start()
    open_watcher(settings).start()
    worker = open_worker(connection, on_failure, settings.worker_memory_mb * 1_000_000)
    tell_memory(work, worker.name)
    worker.work(logging_level="WARNING")


def open_watcher(settings: Settings) -> Watcher:
    """What has watched articles checked again; on a connection of its own."""
    client = connect_briefly(settings.redis_url)
    desk = RedisCheckDesk(client, settings)
    desks = Desks(RedisWatchBook(client, holder()), RedisWatchRounds(client), RedisChangelog(client), desk)
    return Watcher(desks, settings.watch_quiet_s)


def load_checker(settings: Settings, memory: VerdictMemory | None = None) -> Checker:
    """The pipeline with its models, warmed up; takes about three seconds."""
    kit = build_kit(settings)
    _warm_up(kit)

    def checker(order: Order, corpus: PassageSearch, sink: VerdictSink) -> Report:
        limits = {"candidates": settings.candidates, "sentence_limit": settings.sentence_limit}
        return check_article(order, corpus, kit, sink, **limits, memory=memory)

    return checker


def _warm_up(kit: Kit) -> None:
    """One made-up check, so that the first real one finds every table built and every library loaded."""
    text = "The council voted on Monday, Feb. 5, to spend 3 million dollars, the mayor said."
    article = Article(text, None, "2018-02-06", None, None, None, Format.TEXT)
    options = Options(max_evidence=1, sources_include=(), sources_exclude=(), time_limit_s=10.0)
    report = Document("warm-up", "Council", text, None, "2018-02-06", None, None, (), False, None, None)
    check_article(Order(article, None, None, None, options), MemorySearch([report]), kit, lambda verdict, total: None)


if __name__ == "__main__":
    sys.exit(main(os.environ))
