"""The indexer process: keeps this host's index, or the distributed engine, up to date. `python -m factcheck.indexer`."""

import logging
import os
import signal
import sys
from threading import Event

from factcheck.errors import InvalidSetting, StoreTooNew
from factcheck.redis_connection import connect_briefly, require_address
from factcheck.search.factory import open_index_updater
from factcheck.settings import Settings, read_settings
from factcheck.store.changelog import RedisChangelog
from factcheck.store.format import await_format

_log = logging.getLogger(__name__)


def run_indexer(settings: Settings, stop: Event) -> None:
    """Runs until `stop` is set. Returns within about two seconds of it, even where Redis is unreachable."""
    changelog = RedisChangelog(connect_briefly(settings.redis_url))
    open_index_updater(settings, changelog, _log_progress).run(stop)


def main() -> int:
    """Exit code: 0 after SIGTERM or SIGINT, 2 where a setting is invalid."""
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    try:
        settings = read_settings(os.environ)
        require_address(os.environ.get("REDIS_URL"), settings.redis_url)
        logging.basicConfig(level=settings.log_level, format="%(levelname)s %(name)s %(message)s")
        await_format(connect_briefly(settings.redis_url), stop)
        run_indexer(settings, stop)
    except (InvalidSetting, StoreTooNew) as error:
        print(f"factcheck indexer: {error}", file=sys.stderr)
        return 2
    return 0


def _log_progress(documents: int) -> None:
    _log.info("index rebuilt so far: %d documents", documents)


if __name__ == "__main__":
    sys.exit(main())
