"""What all bulk jobs share: how they are started, shown, paused, resumed and cancelled."""

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask import Response
from marshmallow import Schema, fields
from werkzeug.exceptions import NotFound

from factcheck.bulk_job import BulkJob, JobKind, JobProgress, JobStatus
from factcheck.ports import BulkJobRepository
from service.api.request_mapping import new_check
from service.api.response_fields import a_count, a_text, a_word, an_object, an_object_of_texts
from service.context import actor_name, services
from service.http.request_body import json_response
from service.http.urls import job_path


class JobProgressAnswer(Schema):
    """How far a job is. `done`, `skipped` and `failed` together reach about `total`, which is counted at the start."""

    total = a_count("Items that are looked at.")
    done = a_count("Checked.")
    skipped = a_count("Left out: not in the selection, being checked by somebody, or without a text.")
    failed = a_count("Could not be checked in three tries.")
    in_flight = a_count("Being checked now.")


class JobAnswer(Schema):
    """One bulk job, without its selection."""

    id = a_text()
    status = a_word(JobStatus, "State of the job.")
    created_at = a_text("ISO 8601, UTC.")
    started_by = a_text("A person, the name of an API key, or `local`.")
    finished_at = a_text(null=True)
    progress = an_object(JobProgressAnswer)
    found = fields.Dict(
        keys=fields.String(),
        values=fields.Integer(),
        required=True,
        metadata={"description": "Number of findings by kind."},
    )
    links = an_object_of_texts("Paths: `self`, `findings`, `pause`, `resume`, `cancel`.")


def book() -> BulkJobRepository:
    """The bulk jobs. Raises `NotFound` if the service keeps none."""
    bulk = services().bulk
    if bulk is None:
        raise NotFound("This service runs no bulk jobs.")
    return bulk


def begin(kind: JobKind, owner: str, selection: Mapping[str, Any], total: int, collection: str) -> Response:
    """Records a new job. 202 with its path.

    Raises: `JobUnderWay`.
    """
    created = new_check(owner).created_at
    state = (kind, JobStatus.RUNNING, selection, created, actor_name(), None, JobProgress(total, 0, 0, 0))
    job = BulkJob(uuid4().hex, owner, *state, counts={}, cursor="", in_flight=0)
    book().start(job)
    response = json_response(job_to_json(job, collection), 202)
    response.headers["Location"] = job_path(collection, job.id)
    return response


def moved(kind: JobKind, owner: str, job_id: str, status: JobStatus, collection: str) -> Response:
    """The job in its new state.

    Raises: `UnknownJob`, `JobEnded`.
    """
    return json_response(job_to_json(book().move(kind, owner, job_id, status), collection))


def job_to_json(job: BulkJob, collection: str) -> dict[str, Any]:
    """A job as clients see it."""
    path, progress = job_path(collection, job.id), job.progress
    return {
        "id": job.id,
        "status": job.status.value,
        "selection": job.selection,
        "created_at": job.created_at,
        "started_by": job.started_by,
        "finished_at": job.finished_at,
        "progress": {
            "total": max(progress.total, progress.done + progress.skipped + progress.failed + job.in_flight),
            "done": progress.done,
            "skipped": progress.skipped,
            "failed": progress.failed,
            "in_flight": job.in_flight,
        },
        "found": dict(job.counts),
        "links": {
            "self": path,
            "findings": f"{path}/findings",
            **{verb: f"{path}/{verb}" for verb in ("pause", "resume", "cancel")},
        },
    }
