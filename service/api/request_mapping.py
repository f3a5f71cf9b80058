"""Maps validated request bodies to domain types. Enforces the limits that depend on settings."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

from factcheck.article import Article
from factcheck.check import Check, CheckOptions, CheckRequest, CheckStatus, Priority, Progress
from factcheck.check_history import article_id_of
from factcheck.errors import ArticleTooLong, DocumentTooLong, InvalidInput, InvalidInputDetail
from factcheck.evidence import Document
from factcheck.ingest.drafts import with_front_matter
from factcheck.json_mapping import from_json
from factcheck.ports import IdempotencyKey
from factcheck.settings import Settings
from factcheck.timestamps import iso_utc
from factcheck.watch import Watch
from factcheck.webhook_addresses import parse_reach, unreachable


def new_check(owner: str, watched_s: float | None = None, submitted_by: str | None = None) -> Check:
    """A queued check with a new id, of no article. `watched_s`: seconds it is rechecked when the corpus changes; None: never."""
    now = datetime.now(UTC)
    watch = None if watched_s is None else Watch(iso_utc(now + timedelta(seconds=watched_s)), 0, None, ())
    return Check(
        id=uuid4().hex,
        owner=owner,
        status=CheckStatus.QUEUED,
        created_at=iso_utc(now),
        started_at=None,
        finished_at=None,
        progress=Progress(0, 0),
        report=None,
        error=None,
        revision=1,
        watch=watch,
        submitted_by=submitted_by,
    )


def of_article(check: Check, article_id: str | None, request: CheckRequest) -> Check:
    """The check as a version of its article. `article_id` is the client's name for it."""
    return replace(check, article_id=article_id or article_id_of(request.article, check.id))


def check_request_from(raw: Mapping[str, Any], settings: Settings, priority: Priority) -> CheckRequest:
    """The request in a validated body; `priority` is the default.

    Raises:
        ArticleTooLong: the article exceeds `FACTCHECK_ARTICLE_LIMIT_CHARS`.
        DocumentTooLong: a document exceeds `FACTCHECK_DOCUMENT_LIMIT_CHARS`.
    """
    documents = raw.get("documents")
    return CheckRequest(
        article=_article(raw["article"], settings),
        documents=None if documents is None else tuple(document_from(d, settings) for d in documents),
        as_of=raw.get("as_of"),
        callback_url=_callback(raw.get("callback_url"), settings),
        options=_options(raw.get("options", {}), settings, priority),
    )


def _callback(url: str | None, settings: Settings) -> str | None:
    """Raises `InvalidInput` for an address that no webhook may ever go to."""
    fault = None if url is None else unreachable(url, parse_reach(settings.callback_hosts))
    if fault:
        raise InvalidInput([InvalidInputDetail("/callback_url", fault)])
    return url


def document_from(raw: Mapping[str, Any], settings: Settings) -> Document:
    """The document in a validated object. Raises `DocumentTooLong`."""
    if len(raw["text"]) > settings.document_limit_chars:
        raise DocumentTooLong(settings.document_limit_chars, len(raw["text"]))
    return from_json(Document, {**raw, "origin": None})


def idempotency_from(key: str | None, body: bytes) -> IdempotencyKey | None:
    """The Idempotency-Key with a hash of the body; None without a key."""
    if key is None:
        return None
    return IdempotencyKey(key, sha256(body).hexdigest())


def _article(raw: Mapping[str, Any], settings: Settings) -> Article:
    if len(raw["text"]) > settings.article_limit_chars:
        raise ArticleTooLong(settings.article_limit_chars, len(raw["text"]))
    return with_front_matter(from_json(Article, raw))


def _options(raw: Mapping[str, Any], settings: Settings, priority: Priority) -> CheckOptions:
    sources = raw.get("sources", {})
    return CheckOptions(
        max_evidence=raw.get("max_evidence", settings.max_evidence),
        sources_include=tuple(sources.get("include", ())),
        sources_exclude=tuple(sources.get("excluded", ())),
        time_limit_s=min(raw.get("time_limit_s", settings.check_time_limit_s), settings.check_time_limit_s),
        priority=Priority(raw.get("priority", priority)),
    )
