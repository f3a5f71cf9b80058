"""gunicorn configuration from `Settings`: `gunicorn --config python:service.gunicorn_conf service.wsgi:app`.

There are more threads than long polls, so that short requests always find a free thread.
"""

import os
from contextlib import suppress

from factcheck import logs
from factcheck.errors import StoreUnavailable
from factcheck.redis_connection import connect_briefly, require_address
from factcheck.settings import read_settings
from factcheck.store.record_format import require_format

_settings = read_settings(os.environ)
require_address(os.environ.get("REDIS_URL"), _settings.redis_url)
with suppress(StoreUnavailable):  # Redis may come up later; readiness then tells it
    require_format(connect_briefly(_settings.redis_url))

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.web_processes
worker_class = "service.gunicorn_worker.ProblemThreadWorker"
threads = _settings.web_threads
timeout = 60
graceful_timeout = 5
keepalive = 5
limit_request_line = 8190
logconfig_dict = {
    **logs.config(_settings.log_level, _settings.log_format),
    "loggers": {},
}  # gunicorn defines its own loggers
