"""The worker process: loads models and index, then runs one check at a time until SIGTERM or SIGINT."""

import atexit
import gc
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from logging.config import dictConfig
from threading import Event

from factcheck.article import Article, Format
from factcheck.bulk_job import JobKind
from factcheck.check import CheckOptions, CheckRequest, Priority
from factcheck.errors import InvalidSetting, ModelUnusable, StoreTooNew
from factcheck.evidence import Document
from factcheck.instrumentation import Stopwatch
from factcheck.logs import config
from factcheck.ports import PassageSearch, VerdictCacheStore, VerdictSink
from factcheck.redis_connection import connect_briefly, connect_patiently, require_address
from factcheck.search.factory import open_search
from factcheck.search.memory import MemorySearch
from factcheck.search.read_your_writes import ReadYourWritesSearch
from factcheck.settings import Settings, read_settings
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.changelog import RedisChangelog
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.counters import RedisMetricSink
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.ended_check_requests import RedisEndedCheckRequests
from factcheck.store.executions import RedisCheckExecution, RedisCheckReaper
from factcheck.store.fair_queue import FairQueue
from factcheck.store.parse_cache import RedisParseCacheStore
from factcheck.store.queue_health import RedisQueueHealth
from factcheck.store.record_format import await_format
from factcheck.store.verdict_cache import RedisVerdictCacheStore
from factcheck.store.watch_list import RedisRecheckStates, RedisWatchList
from factcheck.store.webhook_outbox import RedisWebhookOutbox
from factcheck.telemetry.traces import open_traces
from factcheck.verdict import EngineInfo, Report
from factcheck.webhook_addresses import parse_reach
from factcheck.webhook_signatures import parse_secret
from worker.models.load import load_models
from worker.models.ports import Models
from worker.parse_cache import CachedParser
from worker.pipeline import check_article
from worker.process import bulk_rechecks
from worker.process.archive_audit import ArchiveAuditTask
from worker.process.bulk_runner import BulkRunner, BulkTask
from worker.process.job_recovery import JobRecovery, failure_listener
from worker.process.jobs import JOB_GONE, Checker, WorkerContext, configure, record_failed_try
from worker.process.metrics import WorkerMetrics, report_memory
from worker.process.recheck_scheduler import RecheckPorts, RecheckScheduler, process_name
from worker.process.rq_worker import open_queue, open_worker
from worker.process.watchdog import Watchdog
from worker.process.webhook_delivery import WebhookDelivery, poster
from worker.report import engine_of
from worker.text.syntax import Parser

EXIT_UNUSABLE = 2
_INDEX_PATIENCE_S = 2.0  # wait for changes that were acknowledged before the check began


def main(environ: Mapping[str, str]) -> int:
    """Exit code: 0 after a requested stop, 2 if settings, models or stored records are unusable."""
    try:
        settings = read_settings(environ)
        require_address(environ.get("REDIS_URL"), settings.redis_url)
        dictConfig(config(settings.log_level, settings.log_format))
        run_worker(settings)
    except (InvalidSetting, ModelUnusable, StoreTooNew) as error:
        print(f"factcheck worker: {error}", file=sys.stderr)
        return EXIT_UNUSABLE
    return 0


def run_worker(settings: Settings) -> None:
    """Blocks until SIGTERM or SIGINT. Finishes the current check first."""
    connection = connect_patiently(settings.redis_url)
    await_format(connection, Event())
    models = load_models(settings, with_stored_codes=True)
    gc.freeze()  # garbage collections that scan the loaded models take 2 % of a check
    memory = RedisVerdictCacheStore(connect_briefly(settings.redis_url), settings.verdict_memory_s)
    parses = RedisParseCacheStore(connect_briefly(settings.redis_url), settings.verdict_memory_s)
    checker = make_checker(settings, models, memory, CachedParser(models.parser, parses))
    executions = RedisCheckExecution(connection, settings)
    work = RedisMetricSink(connect_briefly(settings.redis_url))
    meter = WorkerMetrics(work)
    on_failure = failure_listener(partial(record_failed_try, executions, meter=meter))
    watchdog = Watchdog()
    corpus = ReadYourWritesSearch(
        open_search(settings), RedisChangelog(connection), RedisDocumentStore(connection), _INDEX_PATIENCE_S
    )
    context = WorkerContext(executions, corpus, MemorySearch, checker, watchdog, meter=meter)
    traces = open_traces(settings.traces_url, "worker")
    if traces:
        context = replace(context, steps=partial(Stopwatch, traces.step), around=traces.check)
        atexit.register(traces.close)
    configure(context)
    reap = partial(RedisCheckReaper(connection, settings).reap, JOB_GONE)
    JobRecovery(open_queue(connection), on_failure, reap).start()
    watchdog.start()
    post = poster(parse_reach(settings.callback_hosts))
    WebhookDelivery(
        RedisWebhookOutbox(connect_briefly(settings.redis_url)), parse_secret(settings.callback_secret), post
    ).start()
    scheduler = open_recheck_scheduler(settings)
    scheduler.add_companion(open_bulk_runner(settings, scheduler, engine_of(models)).step)
    scheduler.start()
    worker = open_worker(connection, on_failure, settings.worker_memory_mb * 1_000_000)
    report_memory(work, worker.name)
    worker.work(logging_level="WARNING")


def open_recheck_scheduler(settings: Settings) -> RecheckScheduler:
    """The scheduler of rechecks, on its own connection."""
    client = connect_briefly(settings.redis_url)
    checks = RedisCheckRepository(client, settings)
    ports = RecheckPorts(
        RedisWatchList(client, process_name()), RedisRecheckStates(client), RedisChangelog(client), checks
    )
    return RecheckScheduler(ports, settings.watch_quiet_s)


def open_bulk_runner(settings: Settings, scheduler: RecheckScheduler, engine: EngineInfo) -> BulkRunner:
    """The runner of bulk jobs, on its own connection. Works in the scheduler's thread."""
    client = connect_briefly(settings.redis_url)
    checks, health, queue = RedisCheckRepository(client, settings), RedisQueueHealth(client), FairQueue(client)
    kept = bulk_rechecks.BulkRecheckPorts(
        history=RedisCheckHistory(client, checks),
        checks=checks,
        requests=RedisEndedCheckRequests(client, settings),
        watches=RedisWatchList(client, process_name()),
        changelog=RedisChangelog(client),
        renewed=scheduler.note_renewed,
    )
    options = CheckOptions(settings.max_evidence, (), (), settings.check_time_limit_s)
    tasks: dict[JobKind, BulkTask] = {
        JobKind.RECHECK: bulk_rechecks.BulkRecheckTask(kept, engine, bulk_rechecks.utc_now),
        JobKind.AUDIT: ArchiveAuditTask(RedisDocumentStore(client), options, bulk_rechecks.utc_now),
    }
    work = RedisBulkJobs(client, settings)
    return BulkRunner(work, checks, tasks, health.live_workers, lambda: bool(queue.depths()[Priority.INTERACTIVE]))


def make_checker(
    settings: Settings, models: Models, memory: VerdictCacheStore | None = None, parser: Parser | None = None
) -> Checker:
    """The pipeline with these models; `parser` parses the articles. Runs one check to warm up."""
    _warm_up(models)

    def checker(order: CheckRequest, corpus: PassageSearch, sink: VerdictSink) -> Report:
        limits = (settings.candidates, settings.sentence_limit)
        early_exit = bool(settings.early_exit)
        return check_article(order, corpus, models, sink, *limits, memory=memory, early_exit=early_exit, parser=parser)

    return checker


def _warm_up(models: Models) -> None:
    """Runs a small check, so that the first real one does not wait for lazy tables and libraries."""
    text = "The council voted on Monday, Feb. 5, to spend 3 million dollars, the mayor said."
    article = Article(text, None, "2018-02-06", None, None, None, Format.TEXT)
    options = CheckOptions(max_evidence=1, sources_include=(), sources_exclude=(), time_limit_s=10.0)
    report = Document("warm-up", "Council", text, None, "2018-02-06", None, None, (), False, None, None)
    check_article(
        CheckRequest(article, None, None, None, options), MemorySearch([report]), models, lambda verdict, total: None
    )


if __name__ == "__main__":
    sys.exit(main(os.environ))
