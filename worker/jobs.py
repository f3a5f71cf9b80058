"""Stable import path of the queued job. Redis stores `worker.jobs.run_check` by name, so it must stay importable."""

from worker.process.jobs import run_check

__all__ = ["run_check"]
