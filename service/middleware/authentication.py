"""Who may do what, and how often. Without any key the house is open, but to this machine only."""

from math import ceil
from time import monotonic
from typing import Protocol

from flask import Flask, Response, g, request
from flask_smorest import Api

from factcheck.api_keys import ApiKey, RateLimit, Scope, is_loopback
from factcheck.errors import Forbidden, RateLimited, Unauthorized
from factcheck.settings import Settings
from service.middleware.scopes import scope_of

_BELIEVED_S = 0.1


class ApiKeyStore(Protocol):
    """The keys that were given out."""

    def use(self, secret: str, per_minute: int) -> tuple[ApiKey, RateLimit | None] | None:
        """The key, and what it may still ask, this request counted. None for what is no key, or a revoked one."""

    def is_empty(self) -> bool:
        """True where none was given out."""


def install(app: Flask, settings: Settings, ring: ApiKeyStore) -> None:
    """From now on calls on checks and corpus need a key with the right scope; pages, health and description need none."""
    on_loopback, emptiness = is_loopback(settings.host), _Emptiness(ring)

    def admit() -> None:
        scope = _needed()
        if scope is None:
            return
        secret = _presented()
        if secret is None:
            if not on_loopback or not emptiness.known():
                raise Unauthorized("send a key as `Authorization: Bearer ...`")
            _require_local_name()
            return
        used = ring.use(secret, settings.requests_per_minute)
        if used is None:
            if on_loopback and emptiness.known():
                _require_local_name()
                return
            raise Unauthorized("this key is not known; it may have been revoked")
        key, g.allowance = used
        if g.allowance and g.allowance.wait_s:
            raise RateLimited(f"{g.allowance.limit} requests a minute", ceil(g.allowance.wait_s))
        if not key.allows(scope):
            raise Forbidden(f"this key may not do that; it needs the scope {scope}")
        g.owner = key.id

    app.before_request(admit)
    app.after_request(_tell_allowance)


class _Emptiness:
    """Whether no key was given out. A yes is believed for a moment: where there are no keys, each request asks."""

    def __init__(self, ring: ApiKeyStore) -> None:
        self._ring = ring
        self._believed_until = 0.0

    def known(self) -> bool:
        """Raises `StoreUnavailable`."""
        if monotonic() < self._believed_until:
            return True
        if not self._ring.is_empty():
            return False
        self._believed_until = monotonic() + _BELIEVED_S
        return True


def describe(api: Api) -> None:
    """Say in openapi.yaml how a key is sent."""
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})


def _require_local_name() -> None:
    """Without keys the house answers to this machine's own names only.

    Else any web page could have its name point to 127.0.0.1 and read the archive from its reader's browser; and a proxy
    in front would open the house to everybody.
    """
    name = request.host.rpartition(":")[0] if request.host.rpartition(":")[2].isdecimal() else request.host
    if not is_loopback(name.strip("[]")):
        raise Unauthorized("without a key, call this service by the name localhost or 127.0.0.1")


def _tell_allowance(response: Response) -> Response:
    """What is left, as the drafts of the IETF say it: in three numbers (up to the sixth), in two fields (since the eighth)."""
    allowance: RateLimit | None = g.get("allowance")
    if allowance:
        left, reset_s = allowance.remaining, ceil(allowance.reset_s)
        response.headers["RateLimit-Limit"] = str(allowance.limit)
        response.headers["RateLimit-Remaining"] = str(left)
        response.headers["RateLimit-Reset"] = str(reset_s)
        response.headers["RateLimit-Policy"] = f'"key";q={allowance.limit};w=60'
        response.headers["RateLimit"] = f'"key";r={left};t={reset_s}'
    return response


def _needed() -> Scope | None:
    """None where everybody may."""
    if request.method == "OPTIONS" or not request.endpoint:
        return None
    blueprint, _, view = request.endpoint.rpartition(".")
    return scope_of(blueprint, view, request.method)


def _presented() -> str | None:
    """The key as most clients send it, or as editors that know LanguageTool do: as `apiKey`."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and secret.strip():
        return secret.strip()
    if request.blueprint == "languagetool":
        # Reading the form first would leave nothing for the resource, which reads the body itself.
        request.get_data(cache=True)
        return request.values.get("apiKey") or None
    return request.headers.get("X-API-Key") or None
