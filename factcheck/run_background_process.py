"""The main function of the background processes (indexer, importer, archive encoder): settings, logging, signals, exit code."""

import os
import signal
import sys
from collections.abc import Callable
from logging.config import dictConfig
from threading import Event

from factcheck.errors import FactcheckError
from factcheck.logs import config
from factcheck.redis_connection import connect_briefly, require_address
from factcheck.settings import Settings, read_settings
from factcheck.store.record_format import await_format

EXIT_UNUSABLE = 2


def run_process(name: str, run: Callable[[Settings, Event], None]) -> int:
    """Calls `run` with an event that SIGTERM and SIGINT set. Exit code: 0 then, 2 where settings, model or records are unusable."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    try:
        settings = read_settings(os.environ)
        require_address(os.environ.get("REDIS_URL"), settings.redis_url)
        dictConfig(config(settings.log_level, settings.log_format))
        await_format(connect_briefly(settings.redis_url), stop)
        run(settings, stop)
    except FactcheckError as error:
        print(f"factcheck {name}: {error}", file=sys.stderr)
        return EXIT_UNUSABLE
    return 0
