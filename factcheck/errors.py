"""Everything that can go wrong, as types. `service/http/problems.py` maps each one to HTTP; the command line to an exit code."""

from dataclasses import dataclass


class FactcheckError(Exception):
    """Base of all errors that a client or an operator is told about."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One fault in a submitted body: a JSON pointer (RFC 6901) and what is wrong there."""

    pointer: str
    detail: str


class InvalidInput(FactcheckError):
    """The request was understood as JSON (or text) but its content is not acceptable."""

    def __init__(self, details: list[Detail]) -> None:
        super().__init__("; ".join(f"{d.pointer}: {d.detail}" for d in details))
        self.details = details


class ArticleTooLong(FactcheckError):
    """The article has more characters than the service accepts."""

    def __init__(self, limit_chars: int, actual_chars: int) -> None:
        super().__init__(f"the article has {actual_chars:,} characters; the limit is {limit_chars:,}")
        self.limit_chars = limit_chars
        self.actual_chars = actual_chars


class DocumentTooLong(FactcheckError):
    """A corpus document has more characters than the service accepts."""

    def __init__(self, limit_chars: int, actual_chars: int) -> None:
        super().__init__(f"the document has {actual_chars:,} characters; the limit is {limit_chars:,}")
        self.limit_chars = limit_chars
        self.actual_chars = actual_chars


class UnknownCheck(FactcheckError):
    """No check was ever known by this id (to this key)."""

    def __init__(self, check_id: str) -> None:
        super().__init__(f"no check has the id {check_id!r}")
        self.check_id = check_id


class ExpiredCheck(FactcheckError):
    """The check existed; its lifetime is over or it was deleted."""

    def __init__(self, check_id: str) -> None:
        super().__init__(f"the check {check_id!r} has expired or was deleted")
        self.check_id = check_id


class UnknownDocument(FactcheckError):
    """The corpus holds no document with this id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"the corpus holds no document with the id {document_id!r}")
        self.document_id = document_id


class Unauthorized(FactcheckError):
    """The call needs an API key, and came with none, or with one that is not known."""


class Forbidden(FactcheckError):
    """The API key does not have the scope that the call needs."""


class UnknownKey(FactcheckError):
    """No API key has this id."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"no key has the id {key_id!r}")
        self.key_id = key_id


class IdempotencyConflict(FactcheckError):
    """The same Idempotency-Key came with another body."""


class StaleExecution(FactcheckError):
    """A worker that lost its check (stalled, replaced, cancelled) tried to write to it."""


class CheckCancelled(FactcheckError):
    """The check was cancelled while it ran."""


class TimeLimitReached(FactcheckError):
    """The check's time limit passed before every claim was looked at."""


class Busy(FactcheckError):
    """The queue is full; come back after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many checks are waiting; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class RateLimited(FactcheckError):
    """This API key asks too much; come back after `retry_after_s` seconds."""

    def __init__(self, limit: str, retry_after_s: int) -> None:
        super().__init__(f"this key may have {limit}; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class TooManyWatched(FactcheckError):
    """As many articles are watched as may be; a place is free when a watch ends or its check is deleted."""

    retry_after_s = 3_600

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"{limit:,} articles are watched already; delete a watched check, or wait for its watch to end"
        )
        self.limit = limit


class StoreUnavailable(FactcheckError):
    """Redis does not answer, is read-only, loading, out of memory, or refused the password."""


class ChangelogLost(FactcheckError):
    """The changes that an index still needs are gone, or are another corpus's: it must be rebuilt from the record."""


class IndexUnavailable(FactcheckError):
    """The search index cannot be opened or is being rebuilt."""


class UnreadableSource(FactcheckError):
    """A file given as article or corpus cannot be read: missing, a folder, not UTF-8, not the format it claims."""


class InvalidSetting(FactcheckError):
    """A setting is out of range or unreadable; the message names the variable and the bad value."""


class ModelUnusable(FactcheckError):
    """A model folder lacks a file, has the wrong checksum or the wrong interface."""
