"""The importer process: takes the archives that were uploaded to this host. `python -m factcheck.import_process`.

A process of its own, because it parses files from outside: a file that ends it leaves checks and web pages alone.
"""

import sys
import tempfile
from threading import Event

from factcheck.ingest.import_runner import ImportRunner
from factcheck.ingest.time_zones import require_zone
from factcheck.ingest.uploads import UploadArea
from factcheck.redis_connection import connect_briefly
from factcheck.run_background_process import run_process
from factcheck.settings import Settings
from factcheck.store.documents import RedisDocumentStore


def run_importer(settings: Settings, stop: Event) -> None:
    """Runs until `stop` is set; the batch at hand is stored first."""
    store = RedisDocumentStore(connect_briefly(settings.redis_url), settings.replicas, settings.audit_entries)
    zone = require_zone(settings.newsroom_zone, "FACTCHECK_NEWSROOM_ZONE") if settings.newsroom_zone else None
    area = UploadArea(settings.data_dir)
    tempfile.tempdir = str(area.scratch())
    ImportRunner(area, store, settings.document_limit_chars, zone).run(stop)


if __name__ == "__main__":
    sys.exit(run_process("importer", run_importer))
