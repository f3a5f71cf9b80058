"""The audit log: who changed what of the corpus, the keys and the stored checks, and when."""

from dataclasses import dataclass
from enum import StrEnum


class AuditAction(StrEnum):
    """What was done. A line is written in the transaction of its change: there is none without the other."""

    DOCUMENT_PUT = "document.put"
    DOCUMENT_REMOVED = "document.remove"
    CHECK_DROPPED = "check.drop"
    KEY_CREATED = "key.create"
    KEY_REVOKED = "key.revoke"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One line. `at` is ISO 8601 in UTC; `actor` a key's id, `local` where no keys are asked for, or `cli:` and a user's name.

    `subject` is the id of what was changed.
    """

    id: str
    at: str
    actor: str
    act: AuditAction
    subject: str
