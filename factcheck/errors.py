"""All errors as types. `service/http/problems.py` maps each type to HTTP, the command line maps it to an exit code."""

from dataclasses import dataclass


class FactcheckError(Exception):
    """Base of all errors that a client or an operator sees."""


@dataclass(frozen=True, slots=True)
class InvalidInputDetail:
    """One fault in a submitted body: a JSON pointer (RFC 6901) and a description."""

    pointer: str
    detail: str


class InvalidInput(FactcheckError):
    """The request parses as JSON (or text), but its content is not acceptable."""

    def __init__(self, details: list[InvalidInputDetail]) -> None:
        super().__init__("; ".join(f"{d.pointer}: {d.detail}" for d in details))
        self.details = details


class ArticleTooLong(FactcheckError):
    """The article has more characters than the limit."""

    def __init__(self, limit_chars: int, actual_chars: int) -> None:
        super().__init__(f"the article has {actual_chars:,} characters; the limit is {limit_chars:,}")
        self.limit_chars = limit_chars
        self.actual_chars = actual_chars


class DocumentTooLong(FactcheckError):
    """A corpus document has more characters than the limit."""

    def __init__(self, limit_chars: int, actual_chars: int) -> None:
        super().__init__(f"the document has {actual_chars:,} characters; the limit is {limit_chars:,}")
        self.limit_chars = limit_chars
        self.actual_chars = actual_chars


class UnknownCheck(FactcheckError):
    """No check with this id has existed, or it belongs to another API key."""

    def __init__(self, check_id: str) -> None:
        super().__init__(f"no check has the id {check_id!r}")
        self.check_id = check_id


class ExpiredCheck(FactcheckError):
    """The check existed, and expired or was deleted."""

    def __init__(self, check_id: str) -> None:
        super().__init__(f"the check {check_id!r} has expired or was deleted")
        self.check_id = check_id


class DamagedCheck(FactcheckError):
    """The stored record of the check cannot be read."""

    def __init__(self, check_id: str) -> None:
        super().__init__(
            f"the stored record of the check {check_id!r} cannot be read; delete the check and submit again"
        )
        self.check_id = check_id


class ProviderUnavailable(FactcheckError):
    """The identity provider does not answer, or not as OpenID Connect wants it."""


class UnknownArticle(FactcheckError):
    """The history holds no article with this id, or it belongs to another API key."""

    def __init__(self, article_id: str) -> None:
        super().__init__(f"the history holds no article with the id {article_id!r}")
        self.article_id = article_id


class UnknownClaim(FactcheckError):
    """The check has no claim with this id."""

    def __init__(self, claim_id: str) -> None:
        super().__init__(f"the check has no claim {claim_id!r}; an edit may have removed it: read the newest check")
        self.claim_id = claim_id


class DecisionConflict(FactcheckError):
    """Somebody else has decided on the claim or pair since the client read it."""

    def __init__(self, by: str, decision: str, comment: str | None) -> None:
        why = f": {comment}" if comment else ""
        super().__init__(f"{by} has decided meanwhile ({decision}{why}); read it again, then decide")


class UnknownPair(FactcheckError):
    """The audit has found no pair with this id, or its sentences do not stand in the archive any more."""

    def __init__(self, pair_id: str) -> None:
        super().__init__(f"no pair {pair_id!r} of this audit stands in the archive; compare the reports again")
        self.pair_id = pair_id


class UnknownDocument(FactcheckError):
    """The corpus holds no document with this id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(f"the corpus holds no document with the id {document_id!r}")
        self.document_id = document_id


class Unauthorized(FactcheckError):
    """The call needs an API key, and the key is missing or unknown."""


class Forbidden(FactcheckError):
    """The API key lacks the scope that the call needs."""


class UnknownKey(FactcheckError):
    """No API key has this id."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"no key has the id {key_id!r}")
        self.key_id = key_id


class IdempotencyConflict(FactcheckError):
    """The Idempotency-Key was used before with another body."""


class StaleExecution(FactcheckError):
    """A worker wrote to a check that it no longer owns: stalled, replaced or cancelled."""


class CheckCancelled(FactcheckError):
    """A client cancelled the check while it ran."""


class TimeLimitReached(FactcheckError):
    """The check's time limit passed before every claim was checked."""


class Busy(FactcheckError):
    """The queue is full; retry after `retry_after_s` seconds."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"too many checks are waiting; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class RateLimited(FactcheckError):
    """This API key exceeded its limit; retry after `retry_after_s` seconds."""

    def __init__(self, limit: str, retry_after_s: int) -> None:
        super().__init__(f"this key may have {limit}; try again in {retry_after_s} s")
        self.retry_after_s = retry_after_s


class TooManyWatched(FactcheckError):
    """The number of watched articles is at its limit. A watch that ends, or whose check is deleted, frees a place."""

    retry_after_s = 3_600

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"{limit:,} articles are watched already; delete a watched check, or wait for its watch to end"
        )
        self.limit = limit


class StoreUnavailable(FactcheckError):
    """Redis does not answer, is read-only, is loading, is out of memory, or refused the password."""


class StoreTooNew(FactcheckError):
    """The records in Redis were written by a newer version, which this one would misread."""

    def __init__(self, stored: int, known: int) -> None:
        super().__init__(
            f"the database holds records of format {stored}, and this version reads formats up to {known}: install the "
            "newer version again, or import an archive that was exported before the upgrade into an empty database"
        )


class ChangelogLost(FactcheckError):
    """The changelog no longer holds the changes that the index needs, or belongs to another corpus. The index must be rebuilt."""


class IndexUnavailable(FactcheckError):
    """The search index cannot be opened, or is being rebuilt."""


class UnreadableSource(FactcheckError):
    """An article or corpus file cannot be read: missing, a folder, not UTF-8, or not in its declared format."""


class UnknownImport(FactcheckError):
    """No import has this id, or it is older than a week."""

    def __init__(self, import_id: str) -> None:
        super().__init__(f"no import has the id {import_id!r}")
        self.import_id = import_id


class ImportNotReady(FactcheckError):
    """An import is in a state that does not allow the call."""

    def __init__(self, import_id: str, status: str) -> None:
        super().__init__(f"the import {import_id!r} is {status}")
        self.status = status


class UploadTooLarge(FactcheckError):
    """The files of an import have more bytes, or are more, than the limit."""


class UploadUnavailable(FactcheckError):
    """No importer runs on this host, or its disk is full."""


class UnknownJob(FactcheckError):
    """No bulk job has this id, or it belongs to another API key, or it is no longer kept."""

    def __init__(self, job_id: str) -> None:
        super().__init__(f"no job has the id {job_id!r}")
        self.job_id = job_id


class JobUnderWay(FactcheckError):
    """Another bulk job of the kind has not ended."""

    def __init__(self, job_id: str) -> None:
        super().__init__(f"the job {job_id} has not ended; wait for it, or cancel it")
        self.job_id = job_id


class JobEnded(FactcheckError):
    """A bulk job that has ended can be neither paused nor resumed nor cancelled."""

    def __init__(self, job_id: str, status: str) -> None:
        super().__init__(f"the job {job_id} is {status}; start a new one")
        self.status = status


class InvalidSetting(FactcheckError):
    """A setting is out of range or cannot be parsed; the message names the variable and the value."""


class ModelUnusable(FactcheckError):
    """A model folder lacks a file, or a file has the wrong checksum or interface."""
