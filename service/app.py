"""Flask application factory: blueprints, error handlers, middleware. Adapters are injected; nothing connects here."""

from collections.abc import Callable
from importlib.metadata import version
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask

from factcheck.ports import (
    AuditLog,
    BulkJobRepository,
    CheckEventReader,
    CheckHistory,
    CheckRepository,
    DecisionStore,
    DisagreementDecisionStore,
    PassageSearch,
)
from factcheck.settings import Settings
from factcheck.telemetry.traces import Traces
from service.api.annotated_word_file import word
from service.api.articles import articles as article_resource
from service.api.audit_log import audit
from service.api.checks import checks
from service.api.corpus_audits import corpus_audits
from service.api.decisions import decisions as claim_decisions
from service.api.desk_overview import desk
from service.api.disagreement_decisions import pairs
from service.api.documents import documents
from service.api.draft_files import drafts
from service.api.events import events
from service.api.health import health
from service.api.imports import imports
from service.api.me import people as signed_in
from service.api.openapi import docs
from service.api.publish_gate import gate
from service.api.rechecks import rechecks
from service.api.resource import ProblemApi, schema_name
from service.api.submitted_article import article_under_check
from service.context import Corpus, GaugeReaders, Gauges, Probes, ServiceContext, SubmittedArticleReader
from service.http import urls
from service.http.wait_slots import QueueFullFlag, WaitSlots
from service.languagetool.resource import languagetool
from service.middleware import (
    access_log,
    admission_control,
    authentication,
    person_authentication,
    security_headers,
    tracing,
)
from service.middleware.flask_sessions import SessionStore
from service.middleware.metrics import Metrics
from service.middleware.person_authentication import read_sign_in
from service.middleware.process_counters import ProcessCounters
from service.web.routes import page
from service.web.sign_in import install as install_sign_in

_DESCRIPTION = (
    "Checks every claim of a draft article against a newsroom's own archive. "
    "Errors are problem details (RFC 9457). Offsets are half-open, in Unicode code points and in UTF-16 code units."
)


_RESOURCES = (
    *(
        checks,
        article_under_check,
        events,
        gate,
        word,
        claim_decisions,
        article_resource,
        desk,
        rechecks,
        drafts,
        documents,
        corpus_audits,
        pairs,
        imports,
        audit,
    ),
    *(languagetool, signed_in, health, docs),
)

_FULL_S = 0.05
"""How long the answer "the queue is full" is cached."""


def create_app(
    settings: Settings,
    check_repository: CheckRepository,
    check_events: CheckEventReader,
    corpus: Corpus,
    search: PassageSearch,
    *,
    articles: SubmittedArticleReader | None = None,
    probes: Probes | None = None,
    gauges: Gauges | None = None,
    gauge_readers: GaugeReaders = (),
    metrics: Metrics | None = None,
    api_keys: authentication.ApiKeyStore | None = None,
    audit_log: AuditLog | None = None,
    traces: Traces | None = None,
    is_full: Callable[[], bool] | None = None,
    history: CheckHistory | None = None,
    decisions: DecisionStore | None = None,
    sessions: SessionStore | None = None,
    bulk: BulkJobRepository | None = None,
    disagreement_decisions: DisagreementDecisionStore | None = None,
) -> Flask:
    """An app on these adapters.

    Without `articles` a check is available as JSON only. Without `api_keys` no key is required. Without `audit_log`
    changes are not recorded. Without `history`, `decisions`, `bulk` or `disagreement_decisions` their calls answer 404.
    `is_full` tells whether the queue or the store accepts no more checks; without it only a refused submission tells.
    Without `sessions` nobody signs in.
    """
    app = Flask("service")
    app.config.update(_config(settings))
    metrics = metrics or Metrics(ProcessCounters(None))
    queue_full = QueueFullFlag(_FULL_S, is_full)
    app.extensions["factcheck"] = ServiceContext(
        settings=settings,
        checks=check_repository,
        events=check_events,
        documents=corpus,
        search=search,
        articles=articles,
        probes=probes or {},
        gauges=gauges or {},
        gauge_readers=gauge_readers,
        metrics=metrics,
        audit=audit_log,
        history=history,
        decisions=decisions,
        bulk=bulk,
        disagreement_decisions=disagreement_decisions,
        queue_full=queue_full,
        slots=WaitSlots(max(1, min(settings.long_polls, settings.web_threads - 4))),
    )
    urls.install(app)
    security_headers.install(app)
    access_log.install(app)
    if traces is not None:
        tracing.install(app, traces)
    sign_in = read_sign_in(settings) if sessions is not None else None
    if sign_in is not None and sessions is not None:
        person_authentication.install(app, sign_in, sessions)
    if api_keys is not None:
        authentication.install(app, settings, api_keys, sign_in)
    _add_resources(app)
    if sign_in is not None and sign_in.with_oidc:
        install_sign_in(app, settings, sign_in)
    admission_control.install(app, queue_full, metrics)
    return app


def _add_resources(app: Flask) -> None:
    names = MarshmallowPlugin(schema_name_resolver=schema_name)
    api = ProblemApi(app, spec_kwargs={"marshmallow_plugin": names})
    urls.describe(api)
    authentication.describe(api)
    for resource in _RESOURCES:
        api.register_blueprint(resource)
    app.register_blueprint(page)


def _config(settings: Settings) -> dict[str, Any]:
    return {
        "MAX_CONTENT_LENGTH": settings.body_limit_bytes,
        "MAX_FORM_MEMORY_SIZE": settings.body_limit_bytes,
        "API_TITLE": "factcheck",
        "API_VERSION": version("factcheck"),
        "OPENAPI_VERSION": "3.1.0",
        "API_SPEC_OPTIONS": {"info": {"description": _DESCRIPTION, "license": {"name": "Apache-2.0"}}},
    }
