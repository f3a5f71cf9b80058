"""Who may do what: sign-in with a real OpenID provider, a trusted proxy, roles, sessions. On a real Redis."""

import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from flask import Flask, Response, jsonify, request
from flask.testing import FlaskClient
from redis import Redis
from werkzeug.serving import WSGIRequestHandler, make_server

from factcheck.api_keys import Scope
from factcheck.errors import InvalidSetting
from factcheck.people import Role, parse_roles
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.audit_log import RedisAuditLog
from factcheck.store.bulk_jobs import RedisBulkJobs
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.disagreement_decisions import RedisDisagreementDecisions
from factcheck.store.documents import RedisDocumentStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.sessions import RedisSessions
from factcheck.store.submitted_articles import RedisArticles
from service.app import create_app
from service.middleware.person_authentication import read_sign_in
from service.middleware.scopes import scope_of
from service.web.sign_in import local_path, wanted_claims
from tests.fakes import InMemoryDocuments, InMemorySearch
from tests.integration.service.conftest import eventually

PUBLIC = "http://localhost"
CHECK = {"article": {"text": "The bridge opens on March 15.", "title": "Bridge"}}
OIDC = {
    "public_url": PUBLIC,
    "oidc_client_id": "factcheck",
    "oidc_client_secret": "not a secret",
    "roles": "chief@desk.example=admin news=editor files=archivist reader@desk.example=reader",
}
USERS = {
    "anna": '{"sub": "anna", "name": "Anna Berger", "email": "anna@desk.example", "groups": ["news"]}',
    "chief": '{"sub": "chief", "name": "The Chief", "email": "Chief@desk.example"}',
    "liar": '{"sub": "liar", "name": "Liar", "email": "chief@desk.example", "email_verified": false}',
}


def app_on(redis_client: Redis, **changes: Any) -> Flask:
    settings = replace(Settings(), **changes)
    checks, shelf = RedisCheckRepository(redis_client, settings), InMemoryDocuments()
    return create_app(
        settings,
        checks,
        RedisCheckEventReader(redis_client),
        RedisDocumentStore(redis_client),
        InMemorySearch(shelf),
        articles=RedisArticles(redis_client),
        api_keys=RedisApiKeys(redis_client),
        audit_log=RedisAuditLog(redis_client),
        history=RedisCheckHistory(redis_client, checks),
        decisions=RedisDecisionStore(redis_client, settings),
        sessions=RedisSessions(redis_client, settings.session_lifetime_s),
        bulk=RedisBulkJobs(redis_client, settings),
        disagreement_decisions=RedisDisagreementDecisions(redis_client),
    )


def client_of(app: Flask) -> FlaskClient:
    return app.test_client()


@contextmanager
def running_provider(*options: str) -> Iterator[str]:
    """A real OpenID provider, by its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    users = [part for claims in USERS.values() for part in ("--user-claims", claims)]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port), *users, *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            return requests.get(f"{url}/.well-known/openid-configuration", timeout=5).ok
        except requests.ConnectionError:
            return False

    try:
        assert eventually(answers, 30)
        yield url
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with running_provider("--require-nonce") as url:
        yield url


def authorized(client: FlaskClient, user: str, target: str = "/articles") -> Any:
    """Goes to the provider and comes back. The answer of the callback."""
    begun = client.get(f"/signin?next={target}")
    assert begun.status_code == 302, begun.data
    consent = requests.post(begun.headers["Location"], data={"sub": user}, allow_redirects=False, timeout=10)
    back = urlsplit(consent.headers["Location"])
    assert f"{back.scheme}://{back.netloc}" == PUBLIC
    return client.get(f"{back.path}?{back.query}")


def me(client: FlaskClient) -> dict[str, Any]:
    return dict(client.get("/v1/me").json or {})


def csrf(client: FlaskClient) -> dict[str, str]:
    return {"X-CSRF-Token": me(client)["csrf_token"]}


# ── sign-in ──


def test_a_person_signs_in_works_and_signs_out(redis_client: Redis, provider: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    assert client.get("/v1/articles").status_code == 401
    assert me(client) == {"sign_in": "oidc", "name": None, "role": None, "csrf_token": None}
    answer = authorized(client, "anna")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/articles")
    assert (me(client)["name"], me(client)["role"]) == ("Anna Berger", "editor")
    check = client.post("/v1/checks", json=CHECK, headers=csrf(client)).json
    assert check
    assert check["submitted_by"] == "Anna Berger"
    assert client.get("/v1/articles?mine=true").json["items"][0]["latest"]["submitted_by"] == "Anna Berger"  # type: ignore[index]
    out = client.post("/signout", headers=csrf(client)).json
    assert out
    assert urlsplit(out["location"]).path == "/oauth2/end_session"
    assert parse_qs(urlsplit(out["location"]).query)["post_logout_redirect_uri"] == [f"{PUBLIC}/"]
    assert client.get("/v1/articles").status_code == 401
    assert list(redis_client.scan_iter("factcheck:session:*")) == []


def test_the_request_to_the_provider_has_pkce_state_and_nonce(redis_client: Redis, provider: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    asked = parse_qs(urlsplit(client.get("/signin").headers["Location"]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{PUBLIC}/signin/callback"]
    assert all(len(asked[name][0]) >= 20 for name in ("state", "nonce", "code_challenge"))


@pytest.mark.parametrize(("user", "role"), [("chief", "admin"), ("anna", "editor")])
def test_roles_come_from_groups_and_addresses(redis_client: Redis, provider: str, user: str, role: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    authorized(client, user)
    assert me(client)["role"] == role


@pytest.mark.parametrize("user", ["stranger@elsewhere.example", "liar"])
def test_who_has_no_role_or_an_unverified_address_gets_no_session(redis_client: Redis, provider: str, user: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    answer = authorized(client, user)
    assert answer.status_code == 403
    assert "has no role here" in answer.text
    assert client.get("/v1/articles").status_code == 401


def test_a_browser_gets_a_page_that_says_why_the_sign_in_failed(redis_client: Redis, provider: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    answer = client.get("/signin/callback?error=access_denied", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (answer.status_code, answer.mimetype) == (401, "text/html")
    assert "the sign-in failed" in answer.text
    assert 'href="/signin"' in answer.text
    plain = client.get("/signin/callback?error=access_denied", headers={"Accept": "application/json"})
    assert plain.json is not None
    assert plain.json["status"] == 401


@pytest.mark.parametrize(
    "target",
    ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "javascript:alert(1)", "/\t/x", ""],
)
def test_nobody_is_led_elsewhere_after_the_sign_in(redis_client: Redis, provider: str, target: str):
    assert local_path(target) == "/"
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    assert authorized(client, "anna", requests.utils.quote(target)).headers["Location"] == "/"


def test_a_callback_without_its_own_beginning_is_refused(redis_client: Redis, provider: str):
    app = app_on(redis_client, oidc_issuer=provider, **OIDC)
    attacker, victim = client_of(app), client_of(app)
    begun = attacker.get("/signin")
    consent = requests.post(begun.headers["Location"], data={"sub": "anna"}, allow_redirects=False, timeout=10)
    back = urlsplit(consent.headers["Location"])
    assert victim.get(f"{back.path}?{back.query}").status_code == 401  # log-in CSRF
    assert victim.get("/signin/callback?code=x&state=y").status_code == 401
    assert victim.get("/signin/callback?error=access_denied").status_code == 401
    assert victim.get("/v1/articles").status_code == 401


def test_a_callback_works_once(redis_client: Redis, provider: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    begun = client.get("/signin")
    consent = requests.post(begun.headers["Location"], data={"sub": "anna"}, allow_redirects=False, timeout=10)
    back = urlsplit(consent.headers["Location"])
    assert client.get(f"{back.path}?{back.query}").status_code == 302
    assert client.get(f"{back.path}?{back.query}").status_code == 401


class _Quiet(WSGIRequestHandler):
    def log(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def in_between(
    provider: str, change: Callable[[dict[str, Any]], dict[str, Any]], client_id: str | None
) -> Iterator[str]:
    """A hostile provider that hands the real one's tokens on: with other metadata, or issued to another client."""
    app = Flask("in_between")

    @app.route("/.well-known/openid-configuration")
    def metadata() -> Response:
        found = requests.get(f"{provider}/.well-known/openid-configuration", timeout=5).json()
        return jsonify(
            change({**found, "issuer": request.host_url.rstrip("/"), "token_endpoint": f"{request.host_url}token"})
        )

    @app.route("/token", methods=["POST"])
    def token() -> Response:
        real = requests.get(f"{provider}/.well-known/openid-configuration", timeout=5).json()["token_endpoint"]
        form = {**request.form, **({"client_id": client_id, "client_secret": "x"} if client_id else {})}
        headers = {} if client_id else {"Authorization": request.headers.get("Authorization", "")}
        answer = requests.post(real, data=form, headers=headers, timeout=5)
        return Response(answer.content, answer.status_code, content_type="application/json")

    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_token_of_another_issuer_is_refused(redis_client: Redis, provider: str):
    with in_between(provider, lambda found: found, None) as hostile:
        client = client_of(app_on(redis_client, oidc_issuer=hostile, **OIDC))
        assert authorized(client, "anna").status_code == 401
        assert client.get("/v1/articles").status_code == 401


def test_metadata_of_another_issuer_are_refused(redis_client: Redis, provider: str):
    with in_between(provider, lambda found: {**found, "issuer": provider}, None) as hostile:
        answer = client_of(app_on(redis_client, oidc_issuer=hostile, **OIDC)).get("/signin")
        assert answer.status_code == 503
        assert answer.json
        assert answer.json["type"].endswith("provider-unavailable")


def test_a_token_for_another_audience_is_refused(redis_client: Redis, provider: str):
    app = app_on(redis_client, oidc_issuer=provider, **OIDC)
    begun = client_of(app).get("/signin")
    asked = {key: values[0] for key, values in parse_qs(urlsplit(begun.headers["Location"]).query).items()}
    address = begun.headers["Location"].partition("?")[0]
    other = {"client_id": "another", "response_type": "code", "scope": "openid", "nonce": asked["nonce"]}
    consent = requests.post(
        address, params={**other, "redirect_uri": f"{PUBLIC}/"}, data={"sub": "anna"}, allow_redirects=False, timeout=10
    )
    code = parse_qs(urlsplit(consent.headers["Location"]).query)["code"][0]
    token = requests.post(
        f"{provider}/oauth2/token",
        data={"grant_type": "authorization_code", "code": code, "redirect_uri": f"{PUBLIC}/"},
        auth=("another", "x"),
        timeout=10,
    ).json()
    assert "id_token" in token
    with app.test_request_context("/"):
        client_app = app.extensions["authlib.integrations.flask_client"].provider
        metadata = client_app.load_server_metadata()
        with pytest.raises(Exception, match="aud"):
            client_app.parse_id_token(token, nonce=asked["nonce"], claims_options=wanted_claims(metadata, "factcheck"))


def test_an_expired_token_is_refused(redis_client: Redis):
    with running_provider("--token-max-age", "-3600") as late:
        client = client_of(app_on(redis_client, oidc_issuer=late, **OIDC))
        assert authorized(client, "anna").status_code == 401
        assert client.get("/v1/articles").status_code == 401


def test_a_provider_that_is_away_is_told(redis_client: Redis):
    answer = client_of(app_on(redis_client, oidc_issuer="http://127.0.0.1:9", **OIDC)).get("/signin")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"]


# ── sessions ──


@pytest.fixture
def app(redis_client: Redis) -> Flask:
    return app_on(redis_client, oidc_issuer="https://login.example", **OIDC)


def signed_in(app: Flask, redis_client: Redis, role: Role, name: str = "Anna", cookie: str = "factcheck_session"):
    client = client_of(app)
    content = {"person": {"id": name.lower(), "name": name, "role": role.name}, "csrf": "the-token"}
    client.set_cookie(cookie, RedisSessions(redis_client, 3_600).create(content))
    return client


TOKEN = {"X-CSRF-Token": "the-token"}


def test_the_session_s_id_changes_at_sign_in_and_is_never_taken_from_a_browser(redis_client: Redis, provider: str):
    client = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC))
    client.set_cookie("factcheck_session", "chosen-by-somebody")
    begun = client.get("/signin")
    before = client.get_cookie("factcheck_session")
    assert before
    assert before.value != "chosen-by-somebody"
    consent = requests.post(begun.headers["Location"], data={"sub": "anna"}, allow_redirects=False, timeout=10)
    back = urlsplit(consent.headers["Location"])
    client.get(f"{back.path}?{back.query}")
    after = client.get_cookie("factcheck_session")
    assert after
    assert after.value != before.value
    client.set_cookie("factcheck_session", before.value)
    assert client.get("/v1/articles").status_code == 401


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(redis_client: Redis, provider: str):
    header = client_of(app_on(redis_client, oidc_issuer=provider, **OIDC)).get("/signin").headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= {part.strip() for part in header.split(";")}
    secure = app_on(redis_client, oidc_issuer=provider, **{**OIDC, "public_url": "https://desk.example"})
    header = client_of(secure).get("/signin").headers["Set-Cookie"]
    assert header.startswith("__Host-factcheck_session=")
    assert "Secure" in header


def test_redis_never_holds_the_id_of_a_session(app: Flask, redis_client: Redis):
    client = signed_in(app, redis_client, Role.EDITOR)
    cookie = client.get_cookie("factcheck_session")
    assert cookie
    assert not any(cookie.value.encode() in key for key in redis_client.scan_iter("*"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (TOKEN, 202),
        ({}, 403),
        ({"X-CSRF-Token": "another"}, 403),
        ({**TOKEN, "Origin": PUBLIC}, 202),
        ({**TOKEN, "Origin": "http://elsewhere.example"}, 403),
        ({**TOKEN, "Origin": "null"}, 403),
        ({**TOKEN, "Sec-Fetch-Site": "cross-site"}, 403),
        ({**TOKEN, "Sec-Fetch-Site": "same-site"}, 403),
        ({**TOKEN, "Sec-Fetch-Site": "same-origin"}, 202),
    ],
)
def test_another_site_can_change_nothing(app: Flask, redis_client: Redis, headers: dict[str, str], status: int):
    client = signed_in(app, redis_client, Role.EDITOR)
    assert client.post("/v1/checks", json=CHECK, headers=headers).status_code == status


def test_another_site_can_sign_nobody_out(app: Flask, redis_client: Redis):
    client = signed_in(app, redis_client, Role.EDITOR)
    assert client.post("/signout").status_code == 403
    assert client.get("/signout").status_code == 405
    assert client.get("/v1/articles").status_code == 200


def test_a_session_that_has_ended_is_none(app: Flask, redis_client: Redis):
    client = signed_in(app, redis_client, Role.EDITOR)
    for key in redis_client.scan_iter("factcheck:session:*"):
        assert 0 < redis_client.ttl(key) <= 3_600
        redis_client.delete(key)
    assert client.get("/v1/articles").status_code == 401


def test_people_share_their_checks_and_keys_keep_their_own(app: Flask, redis_client: Redis):
    anna, ben = (signed_in(app, redis_client, Role.EDITOR, name) for name in ("Anna", "Ben"))
    check = anna.post("/v1/checks", json=CHECK, headers=TOKEN).json
    assert check
    assert ben.get(f"/v1/checks/{check['id']}").status_code == 200
    key = {"Authorization": f"Bearer {RedisApiKeys(redis_client).create('cms', frozenset({Scope.CHECK}))[1]}"}
    assert client_of(app).get(f"/v1/checks/{check['id']}", headers=key).status_code == 404
    assert client_of(app).post("/v1/checks", json=CHECK, headers=key).status_code == 202
    secret = RedisApiKeys(redis_client).create("cms", frozenset({Scope.CHECK}), shared=True)[1]
    shared = client_of(app).get(f"/v1/checks/{check['id']}/gate", headers={"Authorization": f"Bearer {secret}"})
    assert shared.status_code == 202
    assert anna.delete(f"/v1/checks/{check['id']}?forget=true", headers=TOKEN).status_code == 204
    entry = RedisAuditLog(redis_client).page(None, 1).items[0]
    assert (entry.actor, entry.subject) == ("person:anna", check["id"])


# ── roles ──

LOWEST = {
    ("checks", "GET"): Role.READER,
    ("checks", "POST"): Role.EDITOR,
    ("checks", "DELETE"): Role.EDITOR,
    ("drafts", "GET"): Role.READER,
    ("draft_files", "POST"): Role.EDITOR,
    ("events", "GET"): Role.READER,
    ("gate", "GET"): Role.READER,
    ("word_files", "POST"): Role.EDITOR,
    ("decisions", "POST"): Role.EDITOR,
    ("articles", "GET"): Role.READER,
    ("articles", "DELETE"): Role.EDITOR,
    ("desk", "GET"): Role.READER,
    ("rechecks", "GET"): Role.READER,
    ("rechecks", "POST"): Role.EDITOR,
    ("documents", "GET"): Role.READER,
    ("documents", "POST"): Role.ARCHIVIST,
    ("documents", "PUT"): Role.ARCHIVIST,
    ("documents", "PATCH"): Role.ARCHIVIST,
    ("documents", "DELETE"): Role.ARCHIVIST,
    ("corpus_audits", "GET"): Role.READER,
    ("corpus_audits", "POST"): Role.ARCHIVIST,
    ("pairs", "POST"): Role.EDITOR,
    ("imports", "POST"): Role.ARCHIVIST,
    ("imports", "GET"): Role.ARCHIVIST,
    ("imports", "DELETE"): Role.ARCHIVIST,
    ("audit", "GET"): Role.ADMIN,
}
TEXT_CHECKS = {"/v2/check", "/check"}


def calls(app: Flask) -> Iterator[tuple[str, str, Role | None]]:
    """Every path with a method, and the lowest role it needs; None if everybody may call it."""
    for rule in app.url_map.iter_rules():
        resource, _, view = rule.endpoint.rpartition(".")
        path = re.sub(r"<[^>]+>", "a" * 32, rule.rule)
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}):
            if path in TEXT_CHECKS:
                yield path, method, Role.EDITOR
            elif scope_of(resource, view, method):
                yield path, method, LOWEST[resource, method]
            else:
                yield path, method, None


def test_every_call_is_open_to_the_roles_that_may_make_it_and_to_no_other(app: Flask, redis_client: Redis):
    clients = {role: signed_in(app, redis_client, role) for role in Role}
    wrong = []
    for path, method, lowest in calls(app):
        if path.startswith(("/signin", "/signout")) or path.endswith("/events"):
            continue
        for role, client in clients.items():
            status = client.open(path, method=method, headers=TOKEN, json={} if method != "GET" else None).status_code
            if (status == 403) != (lowest is not None and role < lowest) or status == 401:
                wrong.append((path, method, role.name, status))
        nobody = client_of(app).open(path, method=method, json={} if method != "GET" else None).status_code
        if (nobody == 401) != (lowest is not None):
            wrong.append((path, method, "nobody", nobody))
    assert wrong == []


# ── a trusted proxy ──

PROXY = {
    "public_url": PUBLIC,
    "proxy_user_header": "X-Forwarded-User",
    "proxy_groups_header": "X-Forwarded-Groups",
    "trusted_proxies": "10.0.0.0/8",
    "roles": "news=editor chief=admin",
}


def by_proxy(user: str, groups: str = "", address: str = "10.1.2.3", **headers: str) -> dict[str, Any]:
    sent = {"X-Forwarded-User": user, "X-Forwarded-Groups": groups, **headers}
    return {"headers": sent, "environ_base": {"REMOTE_ADDR": address}}


def test_a_proxy_s_header_is_believed_from_its_address_alone(redis_client: Redis):
    client = client_of(app_on(redis_client, **PROXY))
    assert client.get("/v1/articles", **by_proxy("anna", "other, news")).status_code == 200
    assert client.get("/v1/articles", **by_proxy("anna", "other, news", address="192.0.2.1")).status_code == 401
    assert client.get("/v1/articles", **by_proxy("")).status_code == 401
    assert client.get("/v1/articles", **by_proxy("nobody")).status_code == 403
    assert client.get("/v1/audit", **by_proxy("anna", "news")).status_code == 403
    assert client.get("/v1/audit", **by_proxy("chief")).status_code == 200
    assert client.get("/v1/me", **by_proxy("anna", "news")).json == {
        "sign_in": "proxy",
        "name": "anna",
        "role": "editor",
        "csrf_token": None,
    }


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": PUBLIC}, 202),
        ({"Sec-Fetch-Site": "same-origin"}, 202),
        ({}, 403),
        ({"Origin": "http://e.example"}, 403),
    ],
)
def test_behind_a_proxy_changes_must_come_from_the_page(redis_client: Redis, headers: dict[str, str], status: int):
    client = client_of(app_on(redis_client, **PROXY))
    assert client.post("/v1/checks", json=CHECK, **by_proxy("anna", "news", **headers)).status_code == status


# ── settings ──


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"oidc_issuer": "https://login.example", **OIDC, "roles": ""}, "FACTCHECK_ROLES"),
        ({"oidc_issuer": "https://login.example", **OIDC, "roles": "news"}, "FACTCHECK_ROLES"),
        ({"oidc_issuer": "https://login.example", **OIDC, "roles": "news=owner"}, "FACTCHECK_ROLES"),
        ({"oidc_issuer": "https://login.example", **OIDC, "public_url": ""}, "FACTCHECK_PUBLIC_URL"),
        ({"oidc_issuer": "https://login.example", **OIDC, "oidc_client_secret": ""}, "FACTCHECK_OIDC_CLIENT_SECRET"),
        ({"oidc_issuer": "https://login.example", **OIDC, "proxy_user_header": "X"}, "not both"),
        ({**PROXY, "trusted_proxies": ""}, "FACTCHECK_TRUSTED_PROXIES"),
        ({**PROXY, "trusted_proxies": "proxy"}, "FACTCHECK_TRUSTED_PROXIES"),
    ],
)
def test_a_sign_in_that_is_half_configured_is_refused_at_the_start(changes: dict[str, Any], named: str):
    with pytest.raises(InvalidSetting, match=named):
        read_sign_in(replace(Settings(), **changes))


def test_without_sign_in_a_loopback_service_stays_open(redis_client: Redis):
    client = app_on(redis_client).test_client()
    assert client.post("/v1/checks", json=CHECK).status_code == 202
    assert client.get("/v1/me").json == {"sign_in": "none", "name": None, "role": None, "csrf_token": None}
    assert client.get("/signin").status_code == 404


def test_the_highest_fitting_role_counts():
    rules = parse_roles("*=reader news=editor it=admin")
    assert [rules.role_of(names) for names in ([], ["News"], ["news", "it"])] == [Role.READER, Role.EDITOR, Role.ADMIN]
