"""Bulk jobs of a running service on the command line: start, follow with a progress bar, pause, resume, cancel, list."""

import argparse
import os
import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from time import monotonic
from typing import Any

from factcheck.bulk_job import JobStatus
from factcheck.bulk_job_client import JobClient
from factcheck.client import Client, ClientError, Refused, RemoteJob, ServerFault, TooBusy, Unreachable
from factcheck.errors import StoreUnavailable, UnreadableSource
from factcheck.settings import Settings
from factcheck_cli.progress import progress_line

_RETRYABLE = (Unreachable, TooBusy, ServerFault)
_VERBS = ("follow", "pause", "resume", "cancel")


def add_job_arguments(parser: argparse.ArgumentParser) -> None:
    """The flags of every command that runs a bulk job."""
    parser.add_argument("--url", metavar="SERVER", help="address of the service (http://127.0.0.1:8080)")
    parser.add_argument(
        "--no-wait", action="store_true", help="start the job, print its id and leave it to the service"
    )
    verbs = parser.add_mutually_exclusive_group()
    verbs.add_argument("--follow", metavar="ID", help="wait for a job that runs, and print what it finds")
    verbs.add_argument("--pause", metavar="ID", help="pause a job")
    verbs.add_argument("--resume", metavar="ID", help="resume a job, and follow it")
    verbs.add_argument("--cancel", metavar="ID", help="cancel a job; what it has found stays")
    verbs.add_argument("--list", action="store_true", help="list the newest jobs")


def open_client(args: argparse.Namespace, settings: Settings) -> Client:
    """The client of the service that the flags name. Reads the API key from `FACTCHECK_API_KEY`.

    Raises: `UnreadableSource` where the address is none.
    """
    try:
        return Client(args.url or f"http://{settings.host}:{settings.port}", os.environ.get("FACTCHECK_API_KEY"))
    except ValueError as error:
        raise UnreadableSource(f"--url {error}") from None


def reach(call: Callable[[], Any]) -> Any:
    """The result of a call to the service.

    Raises: `StoreUnavailable` where a retry may succeed, `UnreadableSource` where the request itself is at fault.
    """
    try:
        return call()
    except _RETRYABLE as error:
        raise StoreUnavailable(str(error)) from error
    except Refused as error:
        raise UnreadableSource(error.detail if error.status in (404, 409) else str(error)) from error
    except ClientError as error:
        raise UnreadableSource(str(error)) from error


def chosen_job(args: argparse.Namespace, jobs: JobClient, selection: Mapping[str, Any], what: str) -> RemoteJob | None:
    """The job to show, as soon as it does not run any more. None if there is nothing to follow.

    Raises: `KeyboardInterrupt` on Ctrl-C; the job goes on.
    """
    if args.list:
        for job in reach(jobs.jobs):
            print(_line(job))
        return None
    verb = next((verb for verb in _VERBS if getattr(args, verb)), None)
    if verb in ("pause", "cancel"):
        print(_line(reach(lambda: getattr(jobs, verb)(getattr(args, verb)))))
        return None
    if verb == "resume":
        reach(lambda: jobs.resume(args.resume))
    job_id = args.follow or args.resume or reach(lambda: jobs.start(**selection)).id
    if args.no_wait:
        print(job_id)
        return None
    return _followed(jobs, job_id, what)


def summary(job: RemoteJob, what: str) -> str:
    """One line: how far the job came."""
    progress = job.progress
    parts = [f"{progress.done:,} {what} checked", f"{progress.skipped:,} left out", f"{progress.failed:,} failed"]
    return f"{job.status.value}: {', '.join(parts)}"


def is_complete(job: RemoteJob) -> bool:
    """True if the job has ended and no item failed."""
    return job.status is JobStatus.FINISHED and job.progress.failed == 0


def _followed(jobs: JobClient, job_id: str, what: str) -> RemoteJob:
    out, began = sys.stderr, monotonic()

    def show(job: RemoteJob) -> None:
        if out.isatty():
            done = job.progress.done + job.progress.skipped + job.progress.failed
            out.write(f"\r{progress_line(what, done, job.progress.total, monotonic() - began)}\033[K")
            out.flush()

    try:
        job: RemoteJob = reach(lambda: jobs.follow(job_id, show))
    except KeyboardInterrupt:
        print(f"\nThe job {job_id} goes on; see it with --follow {job_id}, end it with --cancel {job_id}", file=out)
        raise
    if out.isatty():
        out.write("\n")
    return job


def _line(job: RemoteJob) -> str:
    day = datetime.fromisoformat(job.created_at).strftime("%Y-%m-%d %H:%M")
    done = job.progress.done + job.progress.skipped + job.progress.failed
    return f"{job.id}\t{job.status.value}\t{day}\t{job.started_by}\t{done:,} of {job.progress.total:,}"
