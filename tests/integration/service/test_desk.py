"""Articles, their versions and decisions over HTTP, on a real Redis."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient
from redis import Redis

from factcheck import redis_keys
from factcheck.api_keys import Scope
from factcheck.article import Field, OffsetConverter
from factcheck.claim import Claim
from factcheck.settings import Settings
from factcheck.store.api_keys import RedisApiKeys
from factcheck.store.check_history import RedisCheckHistory
from factcheck.store.checks import RedisCheckRepository
from factcheck.store.decisions import RedisDecisionStore
from factcheck.store.event_stream import RedisCheckEventReader
from factcheck.store.executions import RedisCheckExecution
from factcheck.store.submitted_articles import RedisArticles
from factcheck.store.watch_list import RedisWatchList
from factcheck.store.webhook_outbox import RedisWebhookOutbox
from factcheck.verdict import Label
from factcheck.watch import Flip
from service.app import create_app
from tests.builders import a_report, a_verdict
from tests.fakes import InMemoryDocuments, InMemorySearch
from worker.process.webhook_delivery import message

WRONG = "The bridge opens on March 15."
ODD = "It cost 61 million crowns."
RIGHT = "Ida Brenner is the mayor."
Checked = Callable[..., dict[str, Any]]


def client_on(redis_client: Redis, **changes: Any) -> FlaskClient:
    settings = replace(Settings(), **changes)
    checks = RedisCheckRepository(redis_client, settings)
    shelf = InMemoryDocuments()
    return create_app(
        settings,
        checks,
        RedisCheckEventReader(redis_client),
        shelf,
        InMemorySearch(shelf),
        articles=RedisArticles(redis_client),
        api_keys=RedisApiKeys(redis_client),
        history=RedisCheckHistory(redis_client, checks),
        decisions=RedisDecisionStore(redis_client, settings),
    ).test_client()


@pytest.fixture
def client(redis_client: Redis) -> FlaskClient:
    return client_on(redis_client, callback_hosts="127.0.0.1")


@pytest.fixture
def checked(client: FlaskClient, redis_client: Redis) -> Checked:
    """Submits an article and plays the worker: the sentences with their labels."""
    ledger = RedisCheckExecution(redis_client, Settings())

    def run(
        *claims: tuple[str, Label], title: str | None = "Bridge", headers: dict[str, str] | None = None, **more: Any
    ):
        text = " ".join(text for text, _ in claims)
        answer = client.post("/v1/checks", json={"article": {"text": text, "title": title}, **more}, headers=headers)
        assert answer.json, answer.data
        check_id = answer.json["id"]
        ruler = OffsetConverter(Field.TEXT, text)
        spans = [ruler.span(at := text.index(words), at + len(words)) for words, _ in claims]
        verdicts = [
            a_verdict(label=label, claim=Claim(f"c-{abs(hash(words))}", span, words, n))
            for n, (span, (words, label)) in enumerate(zip(spans, claims, strict=True))
        ]
        ledger.start(check_id, "x")
        for verdict in verdicts:
            ledger.record(check_id, "x", verdict, len(verdicts))
        ledger.finish(check_id, "x", a_report(*verdicts))
        read = client.get(f"/v1/checks/{check_id}", headers=headers).json
        assert read
        return read

    return run


def decide(client: FlaskClient, check: dict[str, Any], text: str, expected: int = 200, **body: Any) -> dict[str, Any]:
    claim = next(claim["id"] for claim in check["report"]["claims"] if claim["text"] == text)
    answer = client.post(f"/v1/checks/{check['id']}/claims/{claim}/decisions", json=body)
    assert answer.status_code == expected, answer.data
    assert answer.json
    return dict(answer.json)


def read(client: FlaskClient, path: str, expected: int = 200) -> dict[str, Any]:
    answer = client.get(path)
    assert answer.status_code == expected, answer.data
    return dict(answer.json or {})


# ── history ──


def test_checks_of_one_headline_are_versions_of_one_article(client: FlaskClient, checked: Checked):
    first = checked((WRONG, Label.CONTRADICTED), (RIGHT, Label.SUPPORTED))
    second = checked((ODD, Label.CONTRADICTED), (RIGHT, Label.SUPPORTED), title="  BRIDGE ")
    assert first["article_id"] == second["article_id"]
    assert (first["version"], second["version"]) == (1, 2)
    article = read(client, first["links"]["article"])
    assert (article["title"], article["versions"], article["latest"]["check_id"]) == ("  BRIDGE ", 2, second["id"])
    assert article["decisions"] == {"findings": 1, "open": 1, "confirmed": 0, "dismissed": 0}
    changes = article["changes"]
    assert [f["text"] for f in changes["new"]] == [ODD]
    assert [f["text"] for f in changes["mended"]] == [WRONG]
    listed = read(client, f"{first['links']['article']}/checks")["items"]
    assert [(v["version"], v["changes"]) for v in listed] == [(2, {"new": 1, "mended": 1, "dismissed": 0}), (1, None)]


def test_the_client_may_name_the_article_and_its_url_comes_before_its_headline(client: FlaskClient, checked: Checked):
    named = checked((RIGHT, Label.SUPPORTED), article_id="urn:newsml:desk:2031-03-07:17")
    assert named["article_id"] == "urn:newsml:desk:2031-03-07:17"
    assert read(client, named["links"]["article"])["id"] == named["article_id"]
    a = client.post(
        "/v1/checks", json={"article": {"text": RIGHT, "title": "A", "url": "https://desk.example/a#x"}}
    ).json
    b = client.post("/v1/checks", json={"article": {"text": RIGHT, "title": "B", "url": "https://desk.example/a"}}).json
    assert a
    assert b
    assert a["article_id"] == b["article_id"] != named["article_id"]
    nameless = checked((RIGHT, Label.SUPPORTED), title=None)
    assert nameless["article_id"] == f"check:{nameless['id']}"


@pytest.mark.parametrize("bad", ["", "a/b", "a b", "x" * 201, "tab\t"])
def test_an_id_that_no_path_can_hold_is_refused(client: FlaskClient, bad: str):
    answer = client.post("/v1/checks", json={"article": {"text": RIGHT}, "article_id": bad})
    assert answer.status_code == 422
    assert answer.json
    assert answer.json["errors"][0]["pointer"] == "/article_id"


def test_the_list_is_searched_and_filtered(client: FlaskClient, checked: Checked):
    checked((WRONG, Label.CONTRADICTED), title="Bridge to open")
    checked((RIGHT, Label.SUPPORTED), title="The mayor", watch=True)
    titles = lambda query: [item["title"] for item in read(client, f"/v1/articles?{query}")["items"]]  # noqa: E731
    assert titles("") == ["The mayor", "Bridge to open"]
    assert titles("q=OPEN+bridge") == ["Bridge to open"]
    assert titles("open=true") == ["Bridge to open"]
    assert titles("watched=true") == ["The mayor"]
    assert titles("mine=true") == ["The mayor", "Bridge to open"]
    assert titles("person=Anna") == []
    assert titles("since=2199-01-01") == []


def test_the_list_is_paged_without_gaps_or_repetitions(client: FlaskClient, checked: Checked):
    for number in range(7):
        checked((RIGHT, Label.SUPPORTED), title=f"No {number}")
    seen: list[str] = []
    path = "/v1/articles?limit=3"
    while True:
        page = read(client, path)
        seen += [item["title"] for item in page["items"]]
        if page["cursor"] is None:
            break
        path = f"/v1/articles?limit=3&cursor={page['cursor']}"
    assert seen == [f"No {number}" for number in reversed(range(7))]


@pytest.mark.parametrize("path", ["/v1/articles?cursor=x", "/v1/articles?open=yes", "/v1/articles?limit=0"])
def test_a_bad_query_is_told(client: FlaskClient, path: str):
    assert read(client, path, 422)["errors"]


def test_versions_to_compare_must_have_finished(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    path = check["links"]["article"]
    assert read(client, path)["changes"] is None
    assert "/query/from" in read(client, f"{path}?from=7", 422)["detail"]
    checked((RIGHT, Label.SUPPORTED))
    checked((WRONG, Label.CONTRADICTED))
    assert read(client, f"{path}?from=1&to=3")["changes"]["new"] == []
    assert len(read(client, f"{path}?from=2&to=3")["changes"]["new"]) == 1


def test_an_article_is_kept_as_long_as_the_desk_sets(redis_client: Redis, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    for key in (
        redis_keys.check(check["id"]),
        redis_keys.check_article(check["id"]),
        redis_keys.check_verdicts(check["id"]),
    ):
        assert 7_775_000 < redis_client.ttl(key) <= 7_776_000, key
    assert 0 < redis_client.ttl(redis_keys.check_events(check["id"])) <= 86_400
    assert 7_775_000 < redis_client.ttl(redis_keys.article("local", check["article_id"])) <= 7_776_000


def test_an_article_is_deleted_at_once_with_all_its_texts(client: FlaskClient, redis_client: Redis, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    checked((RIGHT, Label.SUPPORTED))
    running = client.post("/v1/checks", json={"article": {"text": "Something secret.", "title": "Bridge"}}).json
    assert running
    decide(client, check, WRONG, decision="dismissed", comment="A comment that quotes it.")
    assert client.delete(check["links"]["article"]).status_code == 204
    for path in (check["links"]["article"], f"{check['links']['article']}/checks"):
        assert read(client, path, 404)["type"].endswith("unknown-article")
    read(client, f"/v1/checks/{check['id']}", 410)
    assert read(client, "/v1/articles")["items"] == []
    dump = [redis_client.dump(key) or b"" for key in redis_client.scan_iter("*")]
    for words in (b"March 15", b"secret", b"quotes it"):
        assert not any(words in value for value in dump), words


def test_a_deleted_version_leaves_the_others(client: FlaskClient, checked: Checked):
    first, second = checked((WRONG, Label.CONTRADICTED)), checked((RIGHT, Label.SUPPORTED))
    assert client.delete(f"/v1/checks/{second['id']}").status_code == 204
    article = read(client, first["links"]["article"])
    assert (article["latest"]["check_id"], article["versions"]) == (first["id"], 2)
    assert client.delete(f"/v1/checks/{first['id']}").status_code == 204
    read(client, first["links"]["article"], 404)


def test_what_belongs_to_one_key_is_nothing_to_another(client: FlaskClient, redis_client: Redis, checked: Checked):
    ring = RedisApiKeys(redis_client)
    mine, yours = ({"Authorization": f"Bearer {ring.create(n, frozenset({Scope.CHECK}))[1]}"} for n in ("Anna", "Ben"))
    check = checked((WRONG, Label.CONTRADICTED), headers=mine)
    assert check["submitted_by"] == "Anna"
    path = f"/v1/checks/{check['id']}/claims/{check['report']['claims'][0]['id']}/decisions"
    assert client.post(path, json={"decision": "dismissed"}, headers=yours).status_code == 404
    assert client.get(check["links"]["article"], headers=yours).status_code == 404
    assert client.delete(check["links"]["article"], headers=yours).status_code == 404
    listed = client.get("/v1/articles", headers=yours).json
    assert listed == {"items": [], "cursor": None}
    assert client.get("/v1/articles").status_code == 401


def test_a_history_of_ten_thousand_versions_is_listed_and_read_as_fast_as_a_short_one(
    client: FlaskClient, redis_client: Redis, checked: Checked
):
    check = checked((WRONG, Label.CONTRADICTED))
    key = redis_keys.article_checks("local", check["article_id"])
    record = redis_client.hgetall(redis_keys.check(check["id"]))
    with redis_client.pipeline(transaction=False) as pipe:
        for number in range(2, 10_001):
            pipe.hset(redis_keys.check(f"v{number}"), mapping={**record, b"version": number})  # type: ignore[dict-item]
            pipe.zadd(key, {f"v{number}": number})
        pipe.hset(redis_keys.article("local", check["article_id"]), mapping={"versions": 10_000, "latest": "v10000"})
        pipe.execute()
    commands = redis_client.info("stats")["total_commands_processed"]
    page = read(client, f"{check['links']['article']}/checks?limit=5")
    assert [v["version"] for v in page["items"]] == [10_000, 9_999, 9_998, 9_997, 9_996]
    page = read(client, f"{check['links']['article']}/checks?limit=5&cursor=3")
    assert [v["version"] for v in page["items"]] == [2, 1]
    assert read(client, check["links"]["article"])["versions"] == 10_000
    assert read(client, f"{check['links']['article']}?from=1&to=10000")["changes"]["new"] == []
    assert redis_client.info("stats")["total_commands_processed"] - commands < 400
    following = client.post("/v1/checks", json={"article": {"text": RIGHT, "title": "Bridge"}}).json
    assert following
    assert following["version"] == 10_001


# ── the desk at a glance ──


def test_the_desk_counts_open_errors_and_today_s_articles(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED), title="Bridge")
    checked((RIGHT, Label.SUPPORTED), title="Other")
    desk = read(client, "/v1/desk")["articles"]
    assert (desk["today"], desk["open"], desk["open_errors"], desk["flipped"], desk["complete"]) == (2, 1, 1, 0, True)
    assert [a["title"] for a in desk["checked_today"]] == ["Other", "Bridge"]
    assert [a["title"] for a in desk["with_open_errors"]] == ["Bridge"]
    decide(client, check, WRONG, decision="dismissed")
    assert read(client, "/v1/desk")["articles"]["open"] == 0
    assert read(client, "/v1/desk?since=2100-01-01T00:00:00%2B02:00")["articles"]["today"] == 0


def test_the_desk_names_watched_articles_whose_verdicts_have_changed(
    client: FlaskClient, redis_client: Redis, checked: Checked
):
    check = checked((WRONG, Label.CONTRADICTED), watch=True)
    stored = RedisCheckRepository(redis_client, Settings()).get(check["id"], "local")
    assert stored.watch is not None
    assert stored.report is not None
    flip = Flip(stored.report.verdicts[0].claim.id, Label.SUPPORTED, Label.CONTRADICTED, 1, "2031-03-05T09:00:00.000Z")
    RedisWatchList(redis_client, "test").renew(check["id"], stored.report, replace(stored.watch, flips=(flip,)))
    assert read(client, "/v1/desk")["articles"]["flipped"] == 1


@pytest.mark.parametrize("query", ["since=yesterday", "since=2031-01-01T00:00", "days=0", "days=61", "more=1"])
def test_a_desk_that_cannot_be_is_refused(client: FlaskClient, query: str):
    assert read(client, f"/v1/desk?{query}", 422)["errors"]


def test_a_desk_of_ten_thousand_articles_takes_few_commands(client: FlaskClient, redis_client: Redis, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    row = redis_client.hgetall(redis_keys.article("local", check["article_id"]))
    now = int(redis_client.zscore(redis_keys.owner_articles("local"), check["article_id"]) or 0)
    with redis_client.pipeline(transaction=False) as pipe:
        for n in range(10_000):
            pipe.hset(redis_keys.article("local", f"a{n}"), mapping=row)  # type: ignore[arg-type]
            pipe.zadd(redis_keys.owner_articles("local"), {f"a{n}": now - n})
        pipe.execute()
    before = redis_client.info("stats")["total_commands_processed"]
    desk = read(client, "/v1/desk")["articles"]
    assert (desk["open"], desk["complete"], len(desk["checked_today"])) == (500, False, 20)
    assert redis_client.info("stats")["total_commands_processed"] - before < 2_000


# ── decisions ──


def test_a_decision_says_who_when_and_why_and_lowers_the_count(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED), (ODD, Label.DISPUTED), (RIGHT, Label.SUPPORTED))
    assert check["decisions"] == {"findings": 2, "open": 2, "confirmed": 0, "dismissed": 0}
    said = decide(client, check, WRONG, decision="dismissed", comment="The mayor called", assignee="Ben")
    assert said["decisions"]["open"] == 1
    shown = read(client, f"/v1/checks/{check['id']}")
    decision = shown["report"]["claims"][0]["decision"]
    assert (decision["decision"], decision["comment"], decision["assignee"], decision["by"]) == (
        "dismissed",
        "The mayor called",
        "Ben",
        "local",
    )
    assert decision["at"].endswith("Z")
    assert shown["report"]["claims"][2].get("decision") is None
    assert read(client, "/v1/articles?person=Ben")["items"][0]["assignees"] == ["Ben"]


def test_the_whole_of_a_decision_s_history_is_kept(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    decide(client, check, WRONG, assignee="Ben")
    decide(client, check, WRONG, decision="confirmed")
    said = decide(client, check, WRONG, comment="Told the author")
    history = said["claim"]["decision"]["history"]
    assert [(e["decision"], e["comment"], e["assignee"]) for e in history] == [
        ("open", None, "Ben"),
        ("confirmed", None, "Ben"),
        ("confirmed", "Told the author", "Ben"),
    ]
    assert decide(client, check, WRONG, decision="open", assignee=None)["claim"]["decision"]["assignee"] is None


def test_an_answer_that_changes_has_another_etag(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    etag = client.get(f"/v1/checks/{check['id']}").headers["ETag"]
    decide(client, check, WRONG, decision="dismissed")
    answer = client.get(f"/v1/checks/{check['id']}", headers={"If-None-Match": etag})
    assert answer.status_code == 200


def test_a_decision_follows_its_claim_over_an_edit_and_not_to_another_error(client: FlaskClient, checked: Checked):
    check = checked((ODD, Label.UNVERIFIED), (WRONG, Label.CONTRADICTED))
    decide(client, check, WRONG, decision="dismissed", comment="A newer report")
    edited = checked(("The new bridge opens on March 15.", Label.CONTRADICTED))
    assert edited["report"]["claims"][0]["decision"]["decision"] == "dismissed"
    assert edited["decisions"]["open"] == 0
    again = checked(("The long awaited new bridge opens to all on March 15.", Label.CONTRADICTED))
    assert again["report"]["claims"][0]["decision"]["comment"] == "A newer report"
    other = checked(("The new bridge opens on March 17.", Label.CONTRADICTED))
    assert "decision" not in other["report"]["claims"][0]
    assert other["decisions"]["open"] == 1


def test_a_decision_is_open_again_when_the_verdict_changes(client: FlaskClient, checked: Checked):
    decide(client, checked((WRONG, Label.UNVERIFIED)), WRONG, decision="dismissed", comment="Known")
    check = checked((WRONG, Label.CONTRADICTED))
    decision = check["report"]["claims"][0]["decision"]
    assert (decision["decision"], decision["history"][0]["decision"]) == ("open", "dismissed")
    assert check["decisions"]["open"] == 1


def test_a_decision_on_a_claim_that_an_edit_has_removed_is_refused_or_kept_with_its_version(
    client: FlaskClient, checked: Checked
):
    first = checked((WRONG, Label.CONTRADICTED), (RIGHT, Label.SUPPORTED))
    second = checked((RIGHT, Label.SUPPORTED))
    claim = first["report"]["claims"][0]["id"]
    answer = client.post(f"/v1/checks/{second['id']}/claims/{claim}/decisions", json={"decision": "dismissed"})
    assert answer.status_code == 404
    assert answer.json
    assert answer.json["type"].endswith("unknown-claim")
    assert "newest check" in answer.json["detail"]
    said = decide(client, first, WRONG, decision="dismissed", comment="It was right")
    assert said["is_newest"] is False
    back = checked((WRONG, Label.CONTRADICTED))
    assert back["report"]["claims"][0]["decision"]["comment"] == "It was right"


def test_of_two_editors_who_decide_at_once_the_second_is_told(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    decide(client, check, WRONG, decision="dismissed", comment="Fine as it is", seen=0)
    refused = decide(client, check, WRONG, 409, decision="confirmed", seen=0)
    assert refused["type"].endswith("decision-conflict")
    assert "local has decided meanwhile (dismissed: Fine as it is)" in refused["detail"]
    said = decide(client, check, WRONG, decision="confirmed", seen=1)
    assert [e["decision"] for e in said["claim"]["decision"]["history"]] == ["dismissed", "confirmed"]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/decision"),
        ({"decision": "maybe"}, "/decision"),
        ({"comment": "x" * 2_001}, "/comment"),
        ({"assignee": "a\nb"}, "/assignee"),
        ({"decision": "open", "by": "somebody else"}, "/by"),
        ({"decision": "open", "seen": -1}, "/seen"),
    ],
)
def test_a_bad_decision_is_refused(client: FlaskClient, checked: Checked, body: dict[str, Any], pointer: str):
    refused = decide(client, checked((WRONG, Label.CONTRADICTED)), WRONG, 422, **body)
    assert refused["errors"][0]["pointer"] == pointer


def test_the_gate_passes_what_was_dismissed_and_stops_what_was_confirmed(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED), (ODD, Label.DISPUTED))
    decide(client, check, WRONG, decision="dismissed")
    decide(client, check, ODD, decision="confirmed")
    gate = read(client, f"/v1/checks/{check['id']}/gate")
    assert (gate["outcome"], [r["text"] for r in gate["reasons"]]) == ("fail", [ODD])
    assert gate["decisions"] == {"findings": 2, "open": 0, "confirmed": 1, "dismissed": 1}
    decide(client, check, ODD, decision="dismissed")
    assert read(client, f"/v1/checks/{check['id']}/gate")["outcome"] == "pass"


@pytest.mark.parametrize(
    ("accept", "words"),
    [
        ("text/csv", "dismissed,local,"),
        ("text/html", "Dismissed by local: Known &amp; fine"),
        ("application/sarif+json", '"justification": "dismissed by local: Known & fine"'),
        ("application/ld+json; profile=annotation", '"value": "dismissed by local: Known & fine"'),
        ("application/json; profile=grounding", '"decision": "dismissed"'),
    ],
)
def test_every_export_shows_decisions(client: FlaskClient, checked: Checked, accept: str, words: str):
    check = checked((WRONG, Label.CONTRADICTED))
    path = f"/v1/checks/{check['id']}"
    assert words not in client.get(path, headers={"Accept": accept}).text
    decide(client, check, WRONG, decision="dismissed", comment="Known & fine")
    assert words in client.get(path, headers={"Accept": accept}).text


def test_a_review_to_be_published_leaves_out_what_was_dismissed(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED), (RIGHT, Label.SUPPORTED))
    decide(client, check, WRONG, decision="dismissed")
    answer = client.get(f"/v1/checks/{check['id']}", headers={"Accept": "application/ld+json; profile=claimreview"})
    assert WRONG not in answer.text
    assert RIGHT in answer.text


def test_events_carry_decisions(client: FlaskClient, checked: Checked):
    check = checked((WRONG, Label.CONTRADICTED))
    decide(client, check, WRONG, decision="dismissed", comment="Known")
    assert '"comment":"Known"' in client.get(f"/v1/checks/{check['id']}/events").text.replace(": ", ":")


def test_a_callback_counts_decisions(client: FlaskClient, redis_client: Redis, checked: Checked):
    decide(client, checked((WRONG, Label.CONTRADICTED)), WRONG, decision="dismissed")
    check = checked((WRONG, Label.CONTRADICTED), (ODD, Label.DISPUTED), callback_url="http://127.0.0.1:9/cms")
    callback = RedisWebhookOutbox(redis_client).take(60)
    assert callback is not None
    data = message(callback)["data"]
    assert (data["article_id"], data["decisions"]["open"], data["decisions"]["dismissed"]) == (
        check["article_id"],
        1,
        1,
    )


# ── stopping ──


def test_a_stopped_check_keeps_what_was_found_and_its_text(client: FlaskClient, redis_client: Redis):
    check = client.post("/v1/checks", json={"article": {"text": f"{WRONG} {ODD}", "title": "Bridge"}}).json
    assert check
    ledger = RedisCheckExecution(redis_client, Settings())
    ledger.start(check["id"], "x")
    ledger.record(check["id"], "x", a_verdict("c-1", WRONG, label=Label.CONTRADICTED), 2)
    assert client.delete(f"/v1/checks/{check['id']}").status_code == 204
    stopped = read(client, f"/v1/checks/{check['id']}")
    assert (stopped["status"], stopped["progress"]) == ("cancelled", {"claims_total": 2, "claims_done": 1})
    assert [claim["text"] for claim in stopped["report"]["claims"]] == [WRONG]
    assert stopped["report"]["coverage"]["not_reached"] == 1
    assert read(client, f"/v1/checks/{check['id']}/article")["text"] == f"{WRONG} {ODD}"
    assert read(client, f"/v1/checks/{check['id']}/gate")["outcome"] == "fail"
    decide(client, stopped, WRONG, decision="dismissed")


def test_a_running_check_is_forgotten_at_once_on_request(client: FlaskClient, redis_client: Redis):
    check = client.post("/v1/checks", json={"article": {"text": "Something secret.", "title": "Secret"}}).json
    assert check
    ledger = RedisCheckExecution(redis_client, Settings())
    ledger.start(check["id"], "x")
    ledger.record(check["id"], "x", a_verdict("c-1", "Something secret."), 1)
    assert client.delete(f"/v1/checks/{check['id']}?forget=true").status_code == 204
    assert read(client, f"/v1/checks/{check['id']}")["report"] is None
    read(client, f"/v1/checks/{check['id']}/article", 410)
    assert read(client, "/v1/articles")["items"] == []
    dump = [redis_client.dump(key) or b"" for key in redis_client.scan_iter("*")]
    assert not any(b"secret" in value for value in dump)
