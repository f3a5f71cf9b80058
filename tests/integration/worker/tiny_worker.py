"""A worker whose checker does what the article says, instead of checking it: `python tiny_worker.py REDIS_URL [BYTES]`."""

import ctypes
import os
import signal
import sys
import time
from functools import partial
from pathlib import Path

from factcheck.check import CheckRequest
from factcheck.ports import PassageSearch, VerdictSink
from factcheck.redis_connection import connect_patiently
from factcheck.search.memory import MemorySearch
from factcheck.settings import Settings
from factcheck.store.executions import RedisCheckExecution, RedisCheckReaper
from factcheck.verdict import Report
from tests.builders import a_report, a_verdict
from worker.process.job_recovery import JobRecovery, failure_listener
from worker.process.jobs import JOB_GONE, WorkerContext, configure, record_failed_try
from worker.process.rq_worker import open_queue, open_worker
from worker.process.watchdog import Watchdog


def checker(order: CheckRequest, corpus: PassageSearch, sink: VerdictSink) -> Report:
    what, _, argument = order.article.text.partition(" ")
    verdicts = [a_verdict(f"c{number}") for number in range(3)]
    sink(None, len(verdicts))
    for verdict in verdicts:
        sink(verdict, len(verdicts))
        if what == "pause":
            time.sleep(float(argument))
        elif what == "wait":
            wait_for_file(Path(argument), verdict.claim.id)
        elif what == "raise":
            raise ValueError(order.article.text)
        elif what == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        elif what == "native":
            never_return(ctypes.CDLL(None))
        elif what == "hold":
            never_return(ctypes.PyDLL(None))
    return a_report(*verdicts)


def wait_for_file(path: Path, claim_id: str) -> None:
    """Waits until `path` exists; notes beside it that this claim was done."""
    with path.with_name(f"{path.name}.claims").open("a", encoding="utf-8") as done:
        done.write(f"{claim_id} ")
    while not path.exists():
        time.sleep(0.01)


def never_return(libc: ctypes.CDLL) -> None:
    """Locks a mutex twice: no signal interrupts that. With `PyDLL` the interpreter lock is held meanwhile."""
    mutex = ctypes.create_string_buffer(64)
    libc.pthread_mutex_lock(mutex)
    libc.pthread_mutex_lock(mutex)


def main(url: str, memory_limit_bytes: int = 0, stuck_s: int = 60) -> None:
    settings = Settings(redis_url=url)
    connection = connect_patiently(url)
    ledger = RedisCheckExecution(connection, settings)
    on_failure = failure_listener(partial(record_failed_try, ledger))
    watchdog = Watchdog(tick_s=0.2, stuck_s=stuck_s)
    watchdog.start()
    JobRecovery(
        open_queue(connection), on_failure, partial(RedisCheckReaper(connection, settings).reap, JOB_GONE)
    ).start()
    configure(WorkerContext(ledger, MemorySearch([]), MemorySearch, checker, watchdog, grace_s=0.5))
    open_worker(connection, on_failure, memory_limit_bytes).work()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
