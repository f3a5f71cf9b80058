"""Sign-in by OpenID Connect: authorization code with PKCE, state and nonce; log-out here and at the provider.

Source: OpenID Connect Core 1.0, RP-Initiated Logout 1.0; RFC 7636, RFC 9700.
"""

import logging
from typing import Any
from urllib.parse import urlsplit

from authlib.integrations.base_client import OAuthError  # type: ignore[import-untyped]
from authlib.integrations.flask_client import OAuth  # type: ignore[import-untyped]
from flask import Blueprint, Flask, Response, redirect, render_template, request, session
from joserfc.errors import JoseError
from requests import RequestException

from factcheck.errors import FactcheckError, Forbidden, ProviderUnavailable, Unauthorized
from factcheck.people import Role
from factcheck.settings import Settings
from service.http.problems import MEDIA_TYPE, handle_domain_error, problem_body
from service.http.request_body import json_response
from service.middleware.person_authentication import CSRF_HEADER, SignInConfig, csrf_token, holds_csrf_token

_LIMIT_S = 10
_log = logging.getLogger(__name__)


def install(app: Flask, settings: Settings, sign_in: SignInConfig) -> None:
    """Adds `/signin`, `/signin/callback` and `/signout`."""
    oauth = OAuth(app)
    issuer = settings.oidc_issuer.rstrip("/")
    provider = oauth.register(
        "provider",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{issuer}/.well-known/openid-configuration",
        client_kwargs={
            "scope": settings.oidc_scopes,
            "code_challenge_method": "S256",
            "default_timeout": _LIMIT_S,
        },
    )
    app.register_blueprint(_blueprint(provider, issuer, settings.oidc_groups_claim, sign_in))


def _blueprint(provider: Any, issuer: str, groups_claim: str, sign_in: SignInConfig) -> Blueprint:
    pages = Blueprint("sign_in", __name__)

    @pages.route("/signin", methods=["GET"])
    def begin() -> Any:
        """Sends the browser to the provider."""
        session["next"] = local_path(request.args.get("next"))
        try:
            _require_issuer(provider, issuer)
            return provider.authorize_redirect(f"{sign_in.public_url}/signin/callback")
        except (RequestException, RuntimeError, ValueError) as error:
            raise ProviderUnavailable(type(error).__name__) from error

    @pages.route("/signin/callback", methods=["GET"])
    def finish() -> Any:
        """Takes the provider's answer and begins a session."""
        target = local_path(session.pop("next", None))
        try:
            metadata = _require_issuer(provider, issuer)
            token = provider.authorize_access_token(claims_options=wanted_claims(metadata, provider.client_id))
        except (OAuthError, JoseError, ValueError, KeyError) as error:
            _log.warning("sign-in refused", extra={"error": type(error).__name__})
            raise Unauthorized("the sign-in failed; begin again at /signin") from None
        except RequestException as error:
            raise ProviderUnavailable(type(error).__name__) from error
        begin_session(token, sign_in, groups_claim)
        return redirect(target)

    @pages.route("/signout", methods=["POST"])
    def end() -> Response:
        """Ends the session here, and names the address that ends it at the provider."""
        if not holds_csrf_token(request.headers.get(CSRF_HEADER)):
            raise Forbidden(f"the header {CSRF_HEADER} does not hold this session's token; reload the page")
        id_token = session.get("id_token")
        session.clear()
        after = f"{sign_in.public_url}/"
        try:
            parts = provider.create_logout_url(after, id_token_hint=id_token, client_id=provider.client_id)
        except (RequestException, RuntimeError, ValueError):  # a provider without log-out, or out of reach
            return json_response({"location": after})
        return json_response({"location": parts["url"]})

    pages.register_error_handler(FactcheckError, _refused)

    @pages.after_request
    def _uncached(response: Response) -> Response:
        response.headers["Cache-Control"] = "no-store"
        return response

    return pages


def _refused(error: FactcheckError) -> Response:
    """The problem; for a browser as a page that says what to do."""
    problem = handle_domain_error(error)
    if request.accept_mimetypes.best_match([MEDIA_TYPE, "text/html"]) == "text/html":
        detail = problem_body(error)["detail"]
        problem.set_data(render_template("page/refused.html", detail=detail))
        problem.content_type = "text/html; charset=utf-8"
    return problem


def local_path(target: str | None) -> str:
    """`target` where it is a path of this service, else `/`: nobody may be led elsewhere after a sign-in.

    >>> local_path("/articles?q=x"), local_path("//elsewhere.example"), local_path("https://elsewhere.example/")
    ('/articles?q=x', '/', '/')
    """
    if not target or not target.startswith("/") or target[1:2] in {"/", "\\"}:
        return "/"
    if any(ord(char) <= 32 or ord(char) == 127 or char == "\\" for char in target):
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else target


def begin_session(token: dict[str, Any], sign_in: SignInConfig, groups_claim: str) -> None:
    """A new session for the person of an ID token, with a new id.

    Raises: `Unauthorized` where there is no ID token, `Forbidden` where the person has no role.
    """
    claims = token.get("userinfo")
    if not claims:
        raise Unauthorized("the provider sent no ID token; begin again at /signin")
    address = claims.get("email") if claims.get("email_verified") is not False else None
    listed = claims.get(groups_claim) or ()
    groups = [listed] if isinstance(listed, str) else [str(group) for group in listed]
    role: Role | None = sign_in.roles.role_of([*groups, *filter(None, [address])])
    name = str(claims.get("name") or claims.get("preferred_username") or address or claims["sub"])[:200]
    if role is None:
        session.clear()
        raise Forbidden(f"{name} has no role here; an administrator can give one (FACTCHECK_ROLES)")
    session.clear()
    session["person"] = {"id": str(claims["sub"])[:200], "name": name, "role": role.name}
    session["id_token"] = token.get("id_token")
    session.renew()  # type: ignore[attr-defined] # against session fixation
    csrf_token()


def _require_issuer(provider: Any, issuer: str) -> dict[str, Any]:
    """The provider's metadata. Raises `ValueError` if they are of another issuer."""
    metadata: dict[str, Any] = provider.load_server_metadata()
    if str(metadata.get("issuer", "")).rstrip("/") != issuer:
        raise ValueError("the metadata name another issuer")
    return metadata


def wanted_claims(metadata: dict[str, Any], client_id: str) -> dict[str, Any]:
    """What the ID token must say."""
    return {
        "iss": {"essential": True, "value": metadata["issuer"]},
        "aud": {"essential": True, "value": client_id},
        "exp": {"essential": True},
        "sub": {"essential": True},
        "nonce": {"essential": True},
    }
