"""The audit log: who changed the corpus, the API keys or a stored check, and when."""

from dataclasses import dataclass
from enum import StrEnum


class AuditAction(StrEnum):
    """The audited changes. The store writes the entry in the transaction of the change, so neither exists without the other."""

    DOCUMENT_PUT = "document.put"
    DOCUMENT_REMOVED = "document.remove"
    CHECK_DROPPED = "check.drop"
    KEY_CREATED = "key.create"
    KEY_REVOKED = "key.revoke"


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One entry. `at` is ISO 8601 in UTC. `subject` is the id of the object that was changed.

    `actor` is the id of an API key, `local` when the service requires no keys, or `cli:` and a user name.
    """

    id: str
    at: str
    actor: str
    act: AuditAction
    subject: str
