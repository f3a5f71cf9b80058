from pathlib import Path

import pytest

from bench.ingest.samples.office import docx, word
from factcheck.ingest.raw_documents import AcceptedDocument, PublishingStatus, RejectedDocument
from tests.unit.ingest.archives import document, left_out, outcomes

MAIL = """From: Harbor Wire <desk@wire.example>
To: news@post.example
Date: Mon, 03 Jun 2019 23:15:00 -0700
Message-ID: <m1@wire.example>
Subject: {subject}
{headers}MIME-Version: 1.0
Content-Type: {kind}; charset=utf-8

{body}
"""


def mail(subject: str = "Ferry sinks", body: str = "It sank.", kind: str = "text/plain", headers: str = "") -> str:
    return MAIL.format(subject=subject, body=body, kind=kind, headers=headers)


def test_a_mail_is_a_document(tmp_path: Path):
    found = document(tmp_path, "a.eml", mail("Fwd: =?utf-8?q?F=C3=A6rge_sinks?="))
    assert (found.id, found.title, found.text, found.source) == (
        "m1@wire.example",
        "Færge sinks",
        "It sank.",
        "Harbor Wire",
    )
    assert found.published_at == "2019-06-03T23:15:00-07:00"


@pytest.mark.parametrize(
    ("body", "kind", "text"),
    [
        ("The ferry sank off the coast of Lysvik on\nMonday night.\n\nNine died.", "text/plain", "The ferry sank off the coast of Lysvik on Monday night.\n\nNine died."),
        ("It sank.\n\n-- \nHarbor Wire\nDesk", "text/plain", "It sank."),
        ("It sank.\n\nOn Mon, 3 Jun 2019, Kari wrote:\n> Really?", "text/plain", "It sank."),
        ("It \nsank.", "text/plain; format=flowed", "It sank."),
        ("<p>It sank.</p><p>Nine <s>ten</s> died.</p>", "text/html", "It sank.\n\nNine died."),
    ],
)  # fmt: skip
def test_the_body_is_what_the_desk_wrote(tmp_path: Path, body: str, kind: str, text: str):
    assert document(tmp_path, "a.eml", mail(body=body, kind=kind)).text == text


@pytest.mark.parametrize(
    ("subject", "headers", "body", "status"),
    [
        ("EMBARGOED UNTIL 18:00 GMT 5 March 2031: Merger", "", "x", PublishingStatus.EMBARGOED),
        ("Merger", "X-Embargo: 2031-03-05T18:00:00Z\n", "x", PublishingStatus.EMBARGOED),
        ("Merger", "", "NOT FOR PUBLICATION BEFORE March 5, 2031\n\nThe text.", PublishingStatus.EMBARGOED),
        ("Merger", "", "Embargoed until further notice\n\nThe text.", PublishingStatus.EMBARGOED),
    ],
)
def test_a_mail_under_embargo_is_left_out(
    tmp_path: Path, subject: str, headers: str, body: str, status: PublishingStatus
):
    assert left_out(tmp_path, "a.eml", mail(subject, body, headers=headers)).status == status


def test_an_embargo_that_is_over_is_the_hour_of_publication(tmp_path: Path):
    found = document(tmp_path, "a.eml", mail("EMBARGOED UNTIL 18:00 GMT 5 June 2019: Merger"))
    assert found.published_at == "2019-06-05T18:00:00+00:00"


@pytest.mark.parametrize(
    ("subject", "retracted", "corrects"),
    [
        ("KILL: Ferry sinks", True, "m0@wire.example"),
        ("CORRECTION: Ferry sinks", False, "m0@wire.example"),
        ("Ferry sinks", False, None),
        ("Police kill wolf: owners protest", True, None),
    ],
)
def test_a_mail_may_withdraw_or_correct_another(tmp_path: Path, subject: str, retracted: bool, corrects: str | None):
    headers = "In-Reply-To: <m0@wire.example>\n"
    found = document(tmp_path, "a.eml", mail(subject, headers=headers))
    if subject.startswith("Police"):
        assert not found.retracted
    else:
        assert (found.retracted, found.corrects) == (retracted, corrects)


def test_a_mailbox_gives_its_mails(tmp_path: Path):
    second = mail("Second", "One.\n\n>From here on.").replace("m1@", "m2@")
    box = f"From a@b Mon Jun 3 2019\n{mail()}\nFrom a@b Mon Jun 3 2019\n{second}"
    first, other = outcomes(tmp_path, {"a.mbox": box})
    assert isinstance(first, AcceptedDocument)
    assert isinstance(other, AcceptedDocument)
    assert (first.document.id, other.document.id) == ("m1@wire.example", "m2@wire.example")
    assert "From here on." in other.document.text


def test_attachments_are_read_as_files(tmp_path: Path):
    import base64

    payload = base64.b64encode(docx(word("Attached report."))).decode()
    raw = mail(kind="multipart/mixed; boundary=x", body=(
        "--x\nContent-Type: text/plain\n\nSee the attached file.\n--x\nContent-Type: application/octet-stream\n"
        f"Content-Disposition: attachment; filename=r.docx\nContent-Transfer-Encoding: base64\n\n{payload}\n--x--"
    ))  # fmt: skip
    first, second = outcomes(tmp_path, {"a.eml": raw})
    assert isinstance(first, AcceptedDocument)
    assert isinstance(second, AcceptedDocument)
    assert (second.document.id, second.document.text) == ("a.eml!r.docx", "Attached report.")


@pytest.mark.parametrize("raw", ["", "no headers here", mail(body="")])
def test_a_mail_without_words_is_told(tmp_path: Path, raw: str):
    assert isinstance(left_out(tmp_path, "a.eml", raw), RejectedDocument)
