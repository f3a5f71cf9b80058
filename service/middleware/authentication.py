"""API keys: scopes and rate limits. While no key exists, only this machine has access, without a key."""

from math import ceil
from time import monotonic
from typing import Protocol

from flask import Flask, Response, g, request
from flask_smorest import Api

from factcheck.api_keys import ApiKey, RateLimitState, Scope, is_loopback
from factcheck.errors import Forbidden, RateLimited, Unauthorized
from factcheck.settings import Settings
from service.middleware.person_authentication import SignInConfig, require_person
from service.middleware.scopes import scope_of

_CACHE_S = 0.1


class ApiKeyStore(Protocol):
    """The stored API keys."""

    def use(self, secret: str, per_minute: int) -> tuple[ApiKey, RateLimitState | None] | None:
        """The key and its rate limit after this request; None for an unknown or revoked key."""

    def is_empty(self) -> bool:
        """True if no key exists."""


def install(app: Flask, settings: Settings, api_keys: ApiKeyStore, sign_in: SignInConfig | None = None) -> None:
    """Requires a key with the right scope for checks, corpus and audit log; web page, health and docs need none.

    Where people sign in, a person whose role permits the operation needs no key, and nothing is open without one.
    """
    on_loopback, no_keys = is_loopback(settings.host), _NoKeysCache(api_keys)

    def authenticate() -> None:
        scope = _required_scope()
        if scope is None:
            return
        secret = _sent_key()
        if secret is None and sign_in is not None:
            require_person(sign_in, scope)
            return
        if secret is None:
            if not on_loopback or not no_keys.confirmed():
                raise Unauthorized("send a key as `Authorization: Bearer ...`")
            _require_local_name()
            return
        used = api_keys.use(secret, settings.requests_per_minute)
        if used is None:
            if sign_in is None and on_loopback and no_keys.confirmed():
                _require_local_name()
                return
            raise Unauthorized("unknown or revoked key")
        key, g.rate_limit = used
        if g.rate_limit and g.rate_limit.wait_s:
            raise RateLimited(f"{g.rate_limit.limit} requests a minute", ceil(g.rate_limit.wait_s))
        if not key.allows(scope):
            raise Forbidden(f"the key lacks the scope {scope}")
        g.owner, g.actor, g.actor_name = key.owner, key.id, key.name or key.id

    app.before_request(authenticate)
    app.after_request(_add_rate_limit_headers)


class _NoKeysCache:
    """Caches that no key exists, because without keys every request would look it up. "A key exists" is not cached."""

    def __init__(self, api_keys: ApiKeyStore) -> None:
        self._api_keys = api_keys
        self._valid_until = 0.0

    def confirmed(self) -> bool:
        """True if no key exists. Raises `StoreUnavailable`."""
        if monotonic() < self._valid_until:
            return True
        if not self._api_keys.is_empty():
            return False
        self._valid_until = monotonic() + _CACHE_S
        return True


def describe(api: Api) -> None:
    """Describes the security scheme for openapi.yaml."""
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})


def _require_local_name() -> None:
    """Without keys, accepts requests only if the Host header is a loopback name.

    Prevents DNS rebinding: a web page could otherwise let its own name resolve to 127.0.0.1 and read the archive from a
    reader's browser. A proxy in front would otherwise open the service to everybody.

    Raises:
        Unauthorized: another Host header.
    """
    name = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdecimal() else request.host
    if not is_loopback(name.strip("[]")):
        raise Unauthorized("without a key, call this service by the name localhost or 127.0.0.1")


def _add_rate_limit_headers(response: Response) -> Response:
    """Sets the rate limit headers of the IETF drafts: three fields (up to draft 6) and two fields (since draft 8).

    Source: draft-ietf-httpapi-ratelimit-headers.
    """
    rate_limit: RateLimitState | None = g.get("rate_limit")
    if rate_limit:
        left, reset_s = rate_limit.remaining, ceil(rate_limit.reset_s)
        response.headers["RateLimit-Limit"] = str(rate_limit.limit)
        response.headers["RateLimit-Remaining"] = str(left)
        response.headers["RateLimit-Reset"] = str(reset_s)
        response.headers["RateLimit-Policy"] = f'"key";q={rate_limit.limit};w=60'
        response.headers["RateLimit"] = f'"key";r={left};t={reset_s}'
    return response


def _required_scope() -> Scope | None:
    """The scope of the current endpoint; None if it is public."""
    if request.method == "OPTIONS" or not request.endpoint:
        return None
    blueprint, _, view = request.endpoint.rpartition(".")
    return scope_of(blueprint, view, request.method)


def _sent_key() -> str | None:
    """The key from `Authorization`, `X-API-Key`, or the field `apiKey` of LanguageTool clients."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and secret.strip():
        return secret.strip()
    if request.blueprint == "languagetool":
        # Cache the body first: parsing the form would consume the stream that the view reads.
        request.get_data(cache=True)
        return request.values.get("apiKey") or None
    return request.headers.get("X-API-Key") or None
