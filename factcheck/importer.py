"""The importer process: takes the archives that were uploaded to this host. `python -m factcheck.importer`.

A process of its own, because it parses files from outside: a file that ends it leaves checks and web pages alone.
"""

import logging
import os
import signal
import sys
import tempfile
from threading import Event

from factcheck.errors import FactcheckError
from factcheck.ingest.import_runner import ImportRunner
from factcheck.ingest.uploads import UploadArea
from factcheck.ingest.zones import require_zone
from factcheck.redis_connection import connect_briefly, require_address
from factcheck.settings import Settings, read_settings
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.format import await_format


def run_importer(settings: Settings, stop: Event) -> None:
    """Runs until `stop` is set; the batch at hand is stored first."""
    store = RedisDocumentStore(connect_briefly(settings.redis_url), settings.replicas, settings.audit_entries)
    zone = require_zone(settings.newsroom_zone, "FACTCHECK_NEWSROOM_ZONE") if settings.newsroom_zone else None
    area = UploadArea(settings.data_dir)
    tempfile.tempdir = str(area.scratch())
    ImportRunner(area, store, settings.document_limit_chars, zone).run(stop)


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
        run_importer(settings, stop)
    except FactcheckError as error:
        print(f"factcheck importer: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
