"""API keys, their scopes and rate limits.

A key is shown once, at creation. The store keeps its SHA-256 and its scopes. A key has 256 random bits, so a plain
digest cannot be reversed; a password would need a slow hash.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address

PREFIX = "fck_"
LOCAL_OWNER = "local"
"""Owner of all checks when the service requires no API keys."""


class Scope(StrEnum):
    """What an API key permits. `admin` permits everything."""

    CHECK = "check"
    CORPUS_READ = "corpus:read"
    CORPUS_WRITE = "corpus:write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """An API key without its secret. `owner` owns the checks submitted with the key: the key itself, or, where it is
    `shared`, everybody at the desk, as with people who sign in.

    `per_minute` is the request limit. None: the service's setting applies; 0: no limit.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    created_at: str
    per_minute: int | None
    shared: bool = False

    @property
    def owner(self) -> str:
        """Owner of the checks submitted with the key."""
        return LOCAL_OWNER if self.shared else self.id

    def allows(self, scope: Scope) -> bool:
        """True if the key has `scope`. `corpus:write` includes `corpus:read`."""
        sufficient = {Scope.ADMIN, scope} | ({Scope.CORPUS_WRITE} if scope is Scope.CORPUS_READ else set())
        return not self.scopes.isdisjoint(sufficient)


@dataclass(frozen=True, slots=True)
class RateLimitState:
    """State of a key's rate limit: `remaining` of `limit` requests a minute, full again after `reset_s` seconds.

    `wait_s` is 0 where this request is within the limit, else the seconds until the next request is.
    """

    limit: int
    remaining: int
    reset_s: float
    wait_s: float


def new_secret() -> str:
    """A new random secret, as the client sends it."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """SHA-256 of a secret, as the store keeps it."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_loopback(host: str) -> bool:
    """True if `host` is reachable from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
