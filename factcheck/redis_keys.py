"""Every Redis key: its type, how long it lives, who owns (writes) it. Nobody else spells a key.

A check's keys live without end while it is queued or running, then for `check_lifetime_s`. Its grave outlives it by
`tombstone_lifetime_s`, so that readers can tell what expired from what never was. The queue's keys (`rq:…`) are RQ's.
"""

QUEUE = "checks"
"""Name of the RQ queue. Its jobs have the id of their check."""

JOB = "worker.jobs.run_check"
"""Dotted name of what a job runs, with the check's id as its only argument."""

LANES = "factcheck:lanes:"
"""Before a priority. Sorted set, no end: owners who have checks waiting → their turn. Owner: the lanes."""

LANE = "factcheck:lane:"
"""Before a priority, a colon and an owner. List, no end: ids of checks that wait, oldest first. Owner: the lanes."""

LANE_TURN = "factcheck:lanes-turn"
"""String, no end: counts the checks that were let through, so that owners take turns. Owner: the lanes."""

LANE_STREAK = "factcheck:lanes-streak"
"""String, no end: interactive checks that workers took in a row. Owner: the lanes."""

ACTIVE_CHECKS = "factcheck:checks:active"
"""Sorted set of equal scores, no end: ids of checks that are queued or running. Owner: the check desk and ledger."""

CALLBACKS = "factcheck:callbacks"
"""Sorted set, no end: ids of checks that are over and whose callback is due at that time in ms. Owner: the ledger, then
the callback box."""

WATCHES = "factcheck:watches"
"""Sorted set, no end: ids of watched checks → end of the watch in ms. Owner: desk and ledger, then the watch book."""

WATCH_ROUNDS = "factcheck:watches:rounds"
"""Hash, no end: id of a watched check → where it stands, as JSON. Owner: the watch rounds."""

WATCH_POSITION = "factcheck:watches:position"
"""String, no end: up to which change of the corpus all watched checks were looked at. Owner: the watch rounds."""

WATCH_LEASE = "factcheck:watches:lease"
"""String, seconds: which process follows the corpus for the watched checks. Owner: the watch book."""

DOCUMENT_IDS = "factcheck:corpus:ids"
"""Sorted set of equal scores, no end: ids of all documents, in the order of their UTF-8. Owner: the document store."""

CORPUS_CHANGES = "factcheck:corpus:changes"
"""Stream, trimmed past the slowest index: one entry (`id`) a write or removal. Owner: the document store."""

CORPUS_EPOCH = "factcheck:corpus:epoch"
"""String, no end: names this corpus, so that an index notices when it is fed from another. Owner: the changelog."""

CORPUS_READERS = "factcheck:corpus:readers"
"""Hash, no end: index host → `position seen_at` it has committed. Owner: the changelog."""

CORPUS_TRIMMED = "factcheck:corpus:trimmed"
"""String, no end: entries up to this position are gone from the changes. Owner: the changelog."""

CORPUS_BANDS = "factcheck:corpus:bands:1"
"""Hash, no end: band of a sketch → story. The number is that of the sketches' kind. Owner: the document store."""

CORPUS_STORIES = "factcheck:corpus:stories:1"
"""Hash, no end: story → sketch of its first document, and how many documents it has. Owner: the document store."""

CORPUS_STORY = "factcheck:corpus:story"
"""String, no end: number of the newest story. Owner: the document store."""

REPLICATED = "factcheck:replicated"
"""String, no end: written to learn that all before it has come to the replicas. Owner: whoever waits for them."""

ENGINE_STATE = "factcheck:engine:state"
"""Hash on the search engine's own server, no end: layout, generation and position of the index. Owner: the engine."""

ENGINE_LEASE = "factcheck:engine:lease"
"""String on the search engine's server, seconds: which indexer feeds it. Owner: the engine."""


API_KEYS = "factcheck:keys"
"""Hash, no end: SHA-256 of an API key → its id, name and scopes as JSON. Owner: the key ring."""

WORK_DONE = "factcheck:work:done"
"""Hash, no end: name of a time series → sum over all workers. Owner: the work log."""

WORKER_MEMORY = "factcheck:work:memory"
"""Hash, no end: worker → `resident bytes, seconds since 1970`; rows older than half a minute go. Owner: the work log."""

PROBE = "factcheck:probe"
"""String, a minute: written to see whether Redis takes writes. Owner: the presence."""

AUDIT = "factcheck:audit"
"""Stream, bounded by `audit_entries`: who changed what of corpus and keys, and when. Owner: the audit log."""


def rate(key_digest: str) -> str:
    """String, a minute at most: when the requests of an API key will be used up no more, in µs. Owner: the key ring."""
    return f"factcheck:rate:{key_digest}"


def lane(priority: str, owner: str) -> str:
    """See `LANE`."""
    return f"{LANE}{priority}:{owner}"


def check(check_id: str) -> str:
    """Hash: the record that clients read. Owner: desk (birth, cancellation), then the ledger."""
    return f"factcheck:check:{check_id}"


def check_order(check_id: str) -> str:
    """String, deleted when the check ends: the order as JSON. Owner: the desk."""
    return f"factcheck:check:{check_id}:order"


def check_article(check_id: str) -> str:
    """String, deleted when the check is cancelled: the article as JSON, for shapes that show it. Owner: the desk."""
    return f"factcheck:check:{check_id}:article"


def check_verdicts(check_id: str) -> str:
    """Hash: claim id → verdict as JSON, so that writing one twice is the same as once. Owner: the ledger."""
    return f"factcheck:check:{check_id}:verdicts"


def check_events(check_id: str) -> str:
    """Stream: what changed, in order, for long polls and server-sent events. Owner: the ledger."""
    return f"factcheck:check:{check_id}:events"


def check_grave(check_id: str) -> str:
    """String: the owner of a check, kept longer than the check. Owner: the desk."""
    return f"factcheck:check:{check_id}:grave"


def owner_checks(owner: str) -> str:
    """Sorted set of equal scores, as long as the youngest grave: `creation in ms:check id`. Owner: the desk."""
    return f"factcheck:owner:{owner}:checks"


def idempotency(owner: str, key: str) -> str:
    """String, `check_lifetime_s` from submission: `check id SHA-256 of the body`. Owner: the desk."""
    return f"factcheck:owner:{owner}:idempotency:{key}"


def document(document_id: str) -> str:
    """String, no end: a document as JSON. Owner: the document store."""
    return f"factcheck:corpus:document:{document_id}"


def remembered_verdict(name: str) -> str:
    """String, `verdict_memory_s` from its last use: a verdict as JSON. Owner: the verdict memory."""
    return f"factcheck:verdict:{name}"


def engine_index(generation: str) -> str:
    """Name of a search index on the engine's server."""
    return f"factcheck:engine:index:{generation}"


def engine_passages(generation: str) -> str:
    """Prefix of a generation's passages: what the search index takes in. Short, since there are millions of them."""
    return f"fc:p:{generation}:"


def engine_versions(generation: str) -> str:
    """Prefix of a generation's versions."""
    return f"fc:v:{generation}:"


def engine_document(generation: str, tag: str) -> str:
    """Prefix of one document's passages, hashes numbered from 0. `{tag}` keeps them on one node of a cluster."""
    return f"{engine_passages(generation)}{{{tag}}}:"


def engine_version(generation: str, tag: str) -> str:
    """Hash, an hour once the document is gone: position and number of passages of a document. Owner: the engine."""
    return f"{engine_versions(generation)}{{{tag}}}"
