"""Who may do what. Without any key the house is open, but to this machine only."""

from typing import Protocol

from flask import Flask, g, request
from flask_smorest import Api

from factcheck.access import ApiKey, Scope, is_loopback
from factcheck.errors import Forbidden, Unauthorized
from factcheck.settings import Settings

_CHECKING = frozenset({"checks", "drafts", "events", "gate"})
_CORPUS = "documents"
_EDITORS = "languagetool"
_READING = frozenset({"GET", "HEAD", "OPTIONS"})


class KeyRing(Protocol):
    """The keys that were given out."""

    def find(self, secret: str) -> ApiKey | None:
        """None for what is no key, or a revoked one."""

    def is_empty(self) -> bool:
        """True where none was given out."""


def install(app: Flask, settings: Settings, ring: KeyRing) -> None:
    """From now on calls on checks and corpus need a key with the right scope; pages, health and description need none."""
    on_loopback = is_loopback(settings.host)

    def admit() -> None:
        scope = _needed()
        if scope is None:
            return
        secret = _presented()
        if secret is None:
            if not ring.is_empty() or not on_loopback:
                raise Unauthorized("send a key as `Authorization: Bearer ...`")
            return
        key = ring.find(secret)
        if key is None:
            if ring.is_empty() and on_loopback:
                return
            raise Unauthorized("this key is not known; it may have been revoked")
        if not key.allows(scope):
            raise Forbidden(f"this key may not do that; it needs the scope {scope}")
        g.owner = key.id

    app.before_request(admit)


def describe(api: Api) -> None:
    """Say in openapi.yaml how a key is sent."""
    api.spec.components.security_scheme("key", {"type": "http", "scheme": "bearer"})


def _needed() -> Scope | None:
    """None where everybody may."""
    if request.method == "OPTIONS":
        return None
    if request.blueprint in _CHECKING or (request.blueprint == _EDITORS and request.path.endswith("/check")):
        return Scope.CHECK
    if request.blueprint == _CORPUS:
        return Scope.CORPUS_READ if request.method in _READING else Scope.CORPUS_WRITE
    return None


def _presented() -> str | None:
    """The key as most clients send it, or as editors that know LanguageTool do: as `apiKey`."""
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer" and secret.strip():
        return secret.strip()
    if request.blueprint == _EDITORS:
        # Reading the form first would leave nothing for the resource, which reads the body itself.
        request.get_data(cache=True)
        return request.values.get("apiKey") or None
    return request.headers.get("X-API-Key") or None
