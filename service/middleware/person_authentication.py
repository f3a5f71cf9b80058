"""Authentication of people: who sends a request, by session or by a trusted proxy, and whether their role permits it."""

import ipaddress
import secrets
from dataclasses import dataclass
from hmac import compare_digest
from urllib.parse import urlsplit

from flask import Flask, g, request, session

from factcheck.api_keys import LOCAL_OWNER, Scope
from factcheck.errors import Forbidden, InvalidSetting, Unauthorized
from factcheck.people import Person, Role, RoleRules, parse_roles
from factcheck.settings import Settings
from factcheck.webhook_addresses import Network
from service.middleware.flask_sessions import SessionStore, StoredSessionInterface

CSRF_HEADER = "X-CSRF-Token"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_NEEDED = {Scope.CORPUS_READ: Role.READER, Scope.CORPUS_WRITE: Role.ARCHIVIST, Scope.ADMIN: Role.ADMIN}


@dataclass(frozen=True, slots=True)
class SignInConfig:
    """How people sign in. `proxies` are the addresses whose headers are believed."""

    roles: RoleRules
    public_url: str
    with_oidc: bool
    user_header: str
    groups_header: str
    proxies: tuple[Network, ...]


def read_sign_in(settings: Settings) -> SignInConfig | None:
    """How people sign in; None if only keys are configured.

    Raises: `InvalidSetting` where settings are missing or contradict each other.
    """
    with_oidc, header = bool(settings.oidc_issuer), settings.proxy_user_header
    if not with_oidc and not header:
        return None
    if with_oidc and header:
        raise InvalidSetting("set FACTCHECK_OIDC_ISSUER or FACTCHECK_PROXY_USER_HEADER, not both")
    if not settings.roles:
        raise InvalidSetting("FACTCHECK_ROLES is not set: name who may do what, such as `*=editor`")
    if urlsplit(settings.public_url).scheme not in {"http", "https"} or urlsplit(settings.public_url).path not in {
        "",
        "/",
    }:
        raise InvalidSetting(
            "FACTCHECK_PUBLIC_URL must be the address of this service, such as https://factcheck.example"
        )
    if with_oidc and not (settings.oidc_client_id and settings.oidc_client_secret):
        raise InvalidSetting("FACTCHECK_OIDC_CLIENT_ID and FACTCHECK_OIDC_CLIENT_SECRET are needed with an issuer")
    return SignInConfig(
        roles=parse_roles(settings.roles),
        public_url=settings.public_url.rstrip("/"),
        with_oidc=with_oidc,
        user_header=header,
        groups_header=settings.proxy_groups_header,
        proxies=_networks(settings.trusted_proxies, needed=bool(header)),
    )


def install(app: Flask, sign_in: SignInConfig, sessions: SessionStore) -> None:
    """Server-side sessions for the app."""
    app.session_interface = StoredSessionInterface(sessions, sign_in.public_url.startswith("https:"))
    app.extensions["factcheck_sign_in"] = sign_in


def current_person(sign_in: SignInConfig) -> Person | None:
    """Who sends the request; None if nobody has signed in.

    Raises: `Forbidden` where somebody has who may do nothing here.
    """
    if sign_in.with_oidc:
        found = session.get("person")
        return Person(found["id"], found["name"], Role[found["role"]]) if found else None
    name = request.headers.get(sign_in.user_header, "").strip()
    if not name or not _is_trusted(request.remote_addr, sign_in.proxies):
        return None
    groups = [group.strip() for group in request.headers.get(sign_in.groups_header or "-", "").split(",")]
    role = sign_in.roles.role_of([name, *groups])
    if role is None:
        raise Forbidden(f"{name} has no role here; an administrator can give one (FACTCHECK_ROLES)")
    return Person(name, name, role)


def require_person(sign_in: SignInConfig, scope: Scope) -> None:
    """Admits a person whose role permits the request, and notes who it is.

    Raises: `Unauthorized`, `Forbidden`.
    """
    person = current_person(sign_in)
    if person is None:
        raise Unauthorized("sign in, or send a key as `Authorization: Bearer ...`")
    if request.method not in _SAFE:
        _require_same_site(sign_in)
    method = "POST" if request.blueprint == "languagetool" else request.method  # it checks by GET too
    if person.role < role_needed(scope, method):
        raise Forbidden(f"the role {person.role.name.lower()} does not allow this")
    g.owner, g.actor_name, g.actor = LOCAL_OWNER, person.name, f"person:{person.id}"


def role_needed(scope: Scope, method: str) -> Role:
    """The lowest role for an operation."""
    if scope is Scope.CHECK:
        return Role.READER if method.upper() in _SAFE else Role.EDITOR
    return _NEEDED[scope]


def csrf_token() -> str:
    """The token of the present session, which a page sends with each change."""
    if "csrf" not in session:
        session["csrf"] = secrets.token_urlsafe(32)
    return str(session["csrf"])


def holds_csrf_token(given: str | None) -> bool:
    """True if `given` is the session's token."""
    known = session.get("csrf")
    return bool(given and known and compare_digest(given.encode("utf-8", "replace"), str(known).encode()))


def _require_same_site(sign_in: SignInConfig) -> None:
    """Refuses a change that another site makes the browser send. Raises `Forbidden`."""
    origin = request.headers.get("Origin")
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in {"same-origin", "none"}:
        raise Forbidden("another site sent this request")
    if origin is not None and origin != sign_in.public_url:
        raise Forbidden("the request comes from another address than FACTCHECK_PUBLIC_URL")
    if sign_in.with_oidc and not holds_csrf_token(request.headers.get(CSRF_HEADER)):
        raise Forbidden(f"the header {CSRF_HEADER} does not hold this session's token; reload the page")
    if not sign_in.with_oidc and origin is None and "Sec-Fetch-Site" not in request.headers:
        raise Forbidden("the request does not say where it comes from (Origin); use a key for programs")


def _is_trusted(address: str | None, proxies: tuple[Network, ...]) -> bool:
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return False
    return any(parsed in network for network in proxies)


def _networks(setting: str, needed: bool) -> tuple[Network, ...]:
    try:
        networks = tuple(ipaddress.ip_network(word, strict=False) for word in setting.split())
    except ValueError as error:
        raise InvalidSetting(f"FACTCHECK_TRUSTED_PROXIES: {error}") from None
    if needed and not networks:
        raise InvalidSetting(
            "FACTCHECK_TRUSTED_PROXIES must name the proxy's address, or anybody could send its header"
        )
    return networks
