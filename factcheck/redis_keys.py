"""All Redis keys: type, lifetime and owner (the only writer). Every other module takes its keys from here.

A check's keys have no expiry while it is queued or running, then `check_lifetime_s`. Its tombstone (`grave`) outlives
it by `tombstone_lifetime_s`, so that readers can distinguish expired from unknown checks. RQ owns the keys `rq:…`.
"""

QUEUE = "checks"
"""Name of the RQ queue. A job has the id of its check."""

JOB = "worker.jobs.run_check"
"""Dotted name of the job function. Its only argument is the check's id."""

FORMAT = "factcheck:format"
"""String, no expiry: version of all records. Owner: the store's format."""

WAITING_OWNERS = "factcheck:lanes:"
"""Prefix, before a priority. Sorted set, no expiry: owners with waiting checks → turn. Owner: the fair queue."""

OWNER_QUEUE = "factcheck:lane:"
"""Prefix, before a priority, a colon and an owner. List, no expiry: ids of waiting checks, oldest first.
Owner: the fair queue.
"""

QUEUE_TURN = "factcheck:lanes-turn"
"""String, no expiry: counter from which owners get their turns. Owner: the fair queue."""

INTERACTIVE_STREAK = "factcheck:lanes-streak"
"""String, no expiry: interactive checks that workers took in a row. Owner: the fair queue."""

ACTIVE_CHECKS = "factcheck:checks:active"
"""Sorted set of equal scores, no expiry: ids of queued and running checks. Owner: check repository and execution."""

CALLBACKS = "factcheck:callbacks"
"""Sorted set, no expiry: ids of ended checks → time in ms at which the webhook is due. Owner: the check execution, then
the webhook outbox.
"""

WATCHES = "factcheck:watches"
"""Sorted set, no expiry: ids of watched checks → end of the watch in ms. Owner: check repository and execution, then the
watch list.
"""

WATCH_ROUNDS = "factcheck:watches:rounds"
"""Hash, no expiry: id of a watched check → its recheck state as JSON. Owner: the recheck states."""

WATCH_POSITION = "factcheck:watches:position"
"""String, no expiry: corpus version up to which all watched checks were examined. Owner: the recheck states."""

WATCH_LEASE = "factcheck:watches:lease"
"""String, seconds: the process that schedules rechecks. Owner: the watch list."""

DOCUMENT_IDS = "factcheck:corpus:ids"
"""Sorted set of equal scores, no expiry: all document ids, in UTF-8 order. Owner: the document store."""

CORPUS_BY_DATE = "factcheck:corpus:by:date"
"""Sorted set of equal scores, no expiry: `date NUL id` of all documents; no date comes first. Owner: the document store."""

CORPUS_BY_SOURCE = "factcheck:corpus:by:source"
"""Sorted set of equal scores, no expiry: `source SOH date NUL id` of all documents, in lower case. Owner: the document store."""

CORPUS_BY_TITLE = "factcheck:corpus:by:title"
"""Sorted set of equal scores, no expiry: `title NUL id` of all documents, in lower case. Owner: the document store."""

CORPUS_ORDERING = "factcheck:corpus:by:lease"
"""String, seconds: the process that fills the three sets above for documents of an older version. Owner: the document store."""

CORPUS_CHANGES = "factcheck:corpus:changes"
"""Stream, trimmed past the slowest index: one entry (`id`) per write or removal. Owner: the document store."""

CORPUS_EPOCH = "factcheck:corpus:epoch"
"""String, no expiry: names this corpus, so that an index detects that it is fed from another one. Owner: the changelog."""

CORPUS_READERS = "factcheck:corpus:readers"
"""Hash, no expiry: index host → `position seen_at` of its last commit. Owner: the changelog."""

CORPUS_TRIMMED = "factcheck:corpus:trimmed"
"""String, no expiry: the changelog has dropped entries up to this position. Owner: the changelog."""

CORPUS_BANDS = "factcheck:corpus:bands:1"
"""Hash, no expiry: band of a sketch → story. The number is the version of the sketch. Owner: the document store."""

CORPUS_STORIES = "factcheck:corpus:stories:1"
"""Hash, no expiry: story → sketch of its first document, and number of documents. Owner: the document store."""

CORPUS_STORY = "factcheck:corpus:story"
"""String, no expiry: number of the newest story. Owner: the document store."""

REPLICATED = "factcheck:replicated"
"""String, no expiry: written to verify that replicas hold all earlier writes. Owner: `await_replicas`."""

ENGINE_STATE = "factcheck:engine:state"
"""Hash on the search engine's server, no expiry: layout, generation and position of the index. Owner: the engine."""

ENGINE_LEASE = "factcheck:engine:lease"
"""String on the search engine's server, seconds: the indexer that feeds it. Owner: the engine."""


API_KEYS = "factcheck:keys"
"""Hash, no expiry: SHA-256 of an API key → id, name and scopes as JSON. Owner: the API keys."""

WORK_DONE = "factcheck:work:done"
"""Hash, no expiry: name of a time series → sum over all workers. Owner: the metric sink."""

WORKER_MEMORY = "factcheck:work:memory"
"""Hash, no expiry: worker → `resident bytes, seconds since 1970`. Rows expire after 30 s. Owner: the metric sink."""

PROBE = "factcheck:probe"
"""String, one minute: written to test whether Redis accepts writes. Owner: the health check."""

BULK_ACTIVE = "factcheck:bulk:active"
"""Sorted set, no expiry: ids of bulk jobs that workers have to do with → creation in ms. Owner: the bulk jobs."""

PAIR_DECISIONS = "factcheck:archive:pair-decisions"
"""Hash, no expiry: digest of two passages that disagree → decision as JSON. Owner: the pair decisions."""

AUDIT = "factcheck:audit"
"""Stream, bounded by `audit_entries`: who changed corpus and API keys, and when. Owner: the audit log."""


def rate(key_digest: str) -> str:
    """String, one minute at most: the rate limiter's theoretical arrival time of an API key, in µs. Owner: the API keys."""
    return f"factcheck:rate:{key_digest}"


def owner_queue(priority: str, owner: str) -> str:
    """See `OWNER_QUEUE`."""
    return f"{OWNER_QUEUE}{priority}:{owner}"


def check(check_id: str) -> str:
    """Hash: the record that clients read. Owner: check repository (creation, cancellation), then the check execution."""
    return f"factcheck:check:{check_id}"


def check_order(check_id: str) -> str:
    """String, deleted when the check ends: the check request as JSON. Owner: the check repository."""
    return f"factcheck:check:{check_id}:order"


def check_article(check_id: str) -> str:
    """String, deleted when the check is cancelled: the article as JSON, for formats that show it. Owner: the check repository."""
    return f"factcheck:check:{check_id}:article"


def check_verdicts(check_id: str) -> str:
    """Hash: claim id → verdict as JSON, so that a repeated write has no effect. Owner: the check execution."""
    return f"factcheck:check:{check_id}:verdicts"


def check_events(check_id: str) -> str:
    """Stream: changes in order, for long polls and server-sent events. Owner: the check execution."""
    return f"factcheck:check:{check_id}:events"


def check_grave(check_id: str) -> str:
    """String: the owner of a check, kept longer than the check. Owner: the check repository."""
    return f"factcheck:check:{check_id}:grave"


def owner_checks(owner: str) -> str:
    """Sorted set of equal scores, as long as the newest tombstone: `creation in ms:check id`. Owner: the check repository."""
    return f"factcheck:owner:{owner}:checks"


ARTICLE = "factcheck:article:"
"""Prefix, before an owner, a colon and an article's id. Hash, as long as its newest check: the article as listed, and the
ids of its newest check and of the newest one that has finished. Owner: check repository and execution, then the history.
"""

ARTICLE_CHECKS = "factcheck:article-checks:"
"""Prefix as above. Sorted set, as long as the article: id of a check → version number. Owner as above."""


def article(owner: str, article_id: str) -> str:
    """See `ARTICLE`."""
    return f"{ARTICLE}{owner}:{article_id}"


def article_checks(owner: str, article_id: str) -> str:
    """See `ARTICLE_CHECKS`."""
    return f"{ARTICLE_CHECKS}{owner}:{article_id}"


def article_decisions(owner: str, article_id: str) -> str:
    """Hash, as long as the article: id of a decision → decision as JSON. Owner: the decision book."""
    return f"factcheck:article-decisions:{owner}:{article_id}"


def session(digest: str) -> str:
    """String, `session_lifetime_s` from sign-in: SHA-256 of a session's id → its content as JSON. Owner: the sessions."""
    return f"factcheck:session:{digest}"


def owner_articles(owner: str) -> str:
    """Sorted set, as long as its newest article: article id → time of its newest check in ms. Owner: check repository, then
    the history.
    """
    return f"factcheck:owner:{owner}:articles"


def owner_dismissed(owner: str) -> str:
    """Sorted set, as long as the history: `claim id label` of dismissed claims → time in ms. Owner: the decision book."""
    return f"factcheck:owner:{owner}:dismissed"


def bulk_job(job_id: str) -> str:
    """Hash, no expiry until the job ends, then as long as the history: a bulk job. Owner: the bulk jobs."""
    return f"factcheck:bulk:{job_id}"


def bulk_flight(job_id: str) -> str:
    """Hash, until the job ends: item → `check id tries` of the check on it. Owner: the bulk jobs."""
    return f"factcheck:bulk:{job_id}:flight"


def bulk_findings(job_id: str) -> str:
    """Hash, as long as the job: key of a finding → finding as JSON. Owner: the bulk jobs."""
    return f"factcheck:bulk:{job_id}:findings"


def bulk_order(job_id: str) -> str:
    """List, as long as the job: keys of the findings, oldest first. Owner: the bulk jobs."""
    return f"factcheck:bulk:{job_id}:order"


def bulk_notes(job_id: str) -> str:
    """Set, as long as the job: what it has noted, such as ids of reports that have a correction. Owner: the bulk jobs."""
    return f"factcheck:bulk:{job_id}:notes"


def bulk_ranked(job_id: str) -> str:
    """Sorted set, as long as the job: keys of the findings that have a weight → weight. Owner: the bulk jobs."""
    return f"factcheck:bulk:{job_id}:ranked"


def owner_bulk(kind: str, owner: str) -> str:
    """Sorted set, as long as the newest job: ids of the owner's bulk jobs → creation in ms. Owner: the bulk jobs."""
    return f"factcheck:owner:{owner}:bulk:{kind}"


def idempotency(owner: str, key: str) -> str:
    """String, `check_lifetime_s` from submission: `check id SHA-256 of the body`. Owner: the check repository."""
    return f"factcheck:owner:{owner}:idempotency:{key}"


def document(document_id: str) -> str:
    """String, no expiry: a document as JSON. Owner: the document store."""
    return f"factcheck:corpus:document:{document_id}"


def document_versions(document_id: str) -> str:
    """List, as long as the document: what was replaced, newest first, as JSON. Owner: the document store."""
    return f"factcheck:corpus:versions:{document_id}"


def cached_verdict(cache_key: str) -> str:
    """String, `verdict_memory_s` from its last use: a verdict as JSON. Owner: the verdict cache."""
    return f"factcheck:verdict:{cache_key}"


def cached_parse(cache_key: str) -> str:
    """String, `verdict_memory_s` from its last use: a parsed sentence of an article as JSON. Owner: the parse cache."""
    return f"factcheck:parse:{cache_key}"


def engine_index(generation: str) -> str:
    """Name of a search index on the engine's server."""
    return f"factcheck:engine:index:{generation}"


def engine_passages(generation: str) -> str:
    """Prefix of a generation's passages, which the search index covers. Short, since there are millions of them."""
    return f"fc:p:{generation}:"


def engine_versions(generation: str) -> str:
    """Prefix of a generation's document versions."""
    return f"fc:v:{generation}:"


def engine_document(generation: str, tag: str) -> str:
    """Prefix of one document's passages, hashes numbered from 0. `{tag}` keeps them on one node of a cluster."""
    return f"{engine_passages(generation)}{{{tag}}}:"


def engine_version(generation: str, tag: str) -> str:
    """Hash, one hour after the document's removal: position and number of passages of a document. Owner: the engine."""
    return f"{engine_versions(generation)}{{{tag}}}"


def engine_passage_code(name: str, key: int) -> str:
    """String on the search engine's server, no expiry: the code of a passage's vector. Owner: the archive encoder."""
    return f"factcheck:engine:code:{name}:{key & 0xFFFF_FFFF_FFFF_FFFF:016x}"


def engine_codes_position(name: str) -> str:
    """String on the search engine's server, no expiry: up to where all passages have a code. Owner: the archive encoder."""
    return f"factcheck:engine:codes-position:{name}"
