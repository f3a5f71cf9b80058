"""API keys: who may do what. A key is shown once, when it is made; what is kept is its SHA-256 and what it may do.

A key has 256 random bits, so that its plain digest cannot be guessed back; passwords would need a slow one.
"""

import secrets
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address

PREFIX = "fck_"
OPEN_HOUSE = "local"
"""Owner of all checks where no keys are asked for."""


class Scope(StrEnum):
    """What a key may do. `admin` may do everything."""

    CHECK = "check"
    CORPUS_READ = "corpus:read"
    CORPUS_WRITE = "corpus:write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key without its secret. `id` owns the checks that are handed in with it.

    `per_minute` requests are allowed; None: as many as the service's setting says, 0: any number.
    """

    id: str
    name: str
    scopes: frozenset[Scope]
    created_at: str
    per_minute: int | None

    def allows(self, scope: Scope) -> bool:
        """Who may write may read."""
        wider = {Scope.ADMIN, scope} | ({Scope.CORPUS_WRITE} if scope is Scope.CORPUS_READ else set())
        return not self.scopes.isdisjoint(wider)


@dataclass(frozen=True, slots=True)
class RateLimit:
    """What a key may still ask: `remaining` of `limit` requests a minute, all of them again after `reset_s` seconds.

    `wait_s` is 0 where this request is within the limit, else the seconds until the next one is.
    """

    limit: int
    remaining: int
    reset_s: float
    wait_s: float


def new_secret() -> str:
    """What the client sends."""
    return PREFIX + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of it."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def is_loopback(host: str) -> bool:
    """True where nobody but this machine can reach an address.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
