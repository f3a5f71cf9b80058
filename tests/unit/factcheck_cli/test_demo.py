"""What the demo prints, and how it fails. That it runs is `make demo`, and tests/e2e/test_demo.py."""

import socket
from typing import Any

import pytest

from factcheck_cli import demo

SPAN = {"field": "text", "start": 10, "end": 40, "utf16": {"start": 10, "end": 40}}


def a_claim(**changed: Any) -> dict[str, Any]:
    claim = {
        "span": SPAN,
        "text": "The ceremony is on Feb. 10 now.",
        "label": "contradicted",
        "message": "The article says Feb. 10; seed-001 says Feb. 9.",
        "evidence": [
            {
                "document": {"id": "seed-001", "title": "T", "source": "Courier", "published_at": "2018-01-30"},
                "text": "The ceremony is scheduled for Feb. 9.",
                "stance": "contradicts",
            }
        ],
        "suggestions": [{"span": {**SPAN, "start": 29, "end": 36}, "replacement": "Feb. 9"}],
    }
    return {**claim, **changed}


def a_report(*claims: dict[str, Any]) -> dict[str, Any]:
    summary = {"claims": len(claims), "supported": 0, "contradicted": 1, "not_checkable": 0}
    return {"claims": list(claims), "summary": summary, "coverage": {"sentences": 1, "not_reached": 0}}


def test_a_claim_is_printed_with_label_message_evidence_and_correction(capsys: pytest.CaptureFixture[str]):
    demo.print_report(a_report(a_claim()))
    printed = capsys.readouterr().out
    assert "✗ CONTRADICTED" in printed
    assert "The article says Feb. 10; seed-001 says Feb. 9." in printed
    assert "contradicts │ Courier, 2018-01-30: “The ceremony is scheduled for Feb. 9.”" in printed
    assert "→ instead of “Feb. 10” write “Feb. 9”" in printed
    assert "1 claims: 0 supported, 1 contradicted, 0 not checkable." in printed


def test_no_colour_is_printed_into_a_pipe(capsys: pytest.CaptureFixture[str]):
    demo.print_report(a_report(a_claim()))
    assert "\033" not in capsys.readouterr().out


def test_evidence_that_says_nothing_is_left_out(capsys: pytest.CaptureFixture[str]):
    neutral = [{**e, "stance": "neutral"} for e in a_claim()["evidence"]]
    demo.print_report(a_report(a_claim(label="unverified", evidence=neutral, suggestions=[])))
    assert "Courier" not in capsys.readouterr().out


def test_an_address_where_nobody_listens_is_a_failed_step():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(demo.DemoFailed, match="POST http://127"):
            demo._call("POST", f"http://127.0.0.1:{taken.getsockname()[1]}/v1/checks", "{}")


def test_a_service_that_cannot_start_fails_the_demo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(demo, "_free_port", lambda: 99_999)
    assert demo.main() == 1
    assert "the service ended during start-up" in capsys.readouterr().err
