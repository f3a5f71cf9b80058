"""gunicorn's settings, from ours: `gunicorn --config python:service.gunicorn_conf service.wsgi:app`.

Threads outnumber the requests that may wait (`long_polls`), so that short requests always find one.
"""

import os

from factcheck import logs
from factcheck.settings import read_settings

_settings = read_settings(os.environ)

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
}  # gunicorn has loggers of its own
