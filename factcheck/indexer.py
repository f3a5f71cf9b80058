"""The indexer process: keeps this host's index, or the distributed engine, up to date. `python -m factcheck.indexer`."""

import logging
import sys
from threading import Event

from factcheck.redis_connection import connect_briefly
from factcheck.run_background_process import run_process
from factcheck.search.factory import open_index_updater
from factcheck.settings import Settings
from factcheck.store.changelog import RedisChangelog

_log = logging.getLogger(__name__)


def run_indexer(settings: Settings, stop: Event) -> None:
    """Runs until `stop` is set. Returns within about two seconds of it, even where Redis is unreachable."""
    changelog = RedisChangelog(connect_briefly(settings.redis_url))
    open_index_updater(settings, changelog, _log_progress).run(stop)


def _log_progress(documents: int) -> None:
    _log.info("index rebuilt so far: %d documents", documents)


if __name__ == "__main__":
    sys.exit(run_process("indexer", run_indexer))
