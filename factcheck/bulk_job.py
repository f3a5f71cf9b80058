"""Bulk jobs: one after another, many checks in the background. They can be paused, resumed and cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class JobKind(StrEnum):
    """What a bulk job does: checks kept articles again, or compares the reports of the archive."""

    RECHECK = "recheck"
    AUDIT = "audit"


class JobStatus(StrEnum):
    """State of a bulk job."""

    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """True if the state cannot change again."""
        return self in {JobStatus.FINISHED, JobStatus.CANCELLED}


@dataclass(frozen=True, slots=True)
class JobProgress:
    """Number of items: all, checked, left out, failed. `total` is the number at the start; a job may end above or below it."""

    total: int
    done: int
    skipped: int
    failed: int


@dataclass(frozen=True, slots=True)
class BulkJob:
    """One bulk job. Times are ISO 8601 in UTC. `started_by` names a person or an API key.

    `selection` says which items, as JSON. `cursor` is where the next item is looked for, "" at the start. `counts` are
    numbers of findings by name. `in_flight` is the number of items being checked now.
    """

    id: str
    owner: str
    kind: JobKind
    status: JobStatus
    selection: Mapping[str, Any]
    created_at: str
    started_by: str
    finished_at: str | None
    progress: JobProgress
    counts: Mapping[str, int]
    cursor: str
    in_flight: int


@dataclass(frozen=True, slots=True)
class JobFinding:
    """What a bulk job found. `key` is unique in the job, `count` is the name under which it is counted.

    `weight` is from 0 to 1: how far in front it is listed; None where the job lists by time alone.
    """

    key: str
    count: str
    content: Mapping[str, Any]
    weight: float | None = None
