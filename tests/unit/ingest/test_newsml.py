from pathlib import Path

import pytest

from factcheck.ingest.raw_documents import PublishingStatus, RejectedDocument
from tests.unit.ingest.archives import document, documents, outcomes

ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:n:1" version="3" xml:lang="en"><itemMeta>
<itemClass qcode="ninat:text"/><provider qcode="prov:HW"><name>Harbor Wire</name></provider>
<versionCreated>2019-06-04T08:00:00+02:00</versionCreated><firstCreated>2019-06-03T08:00:00+02:00</firstCreated>{status}</itemMeta>
<contentMeta>{meta}<headline>Ferry sinks</headline><by>By Kari Dahl</by><dateline>LYSVIK</dateline><language tag="en"/>
<keyword>sea</keyword></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body>{}</body></html></inlineXML>"""
USABLE = '<pubStatus qcode="stat:usable"/>'
PIECE = XHTML.format("<p>The ferry sank.</p>")
CV = "http://cv.iptc.org/newscodes"


def item(status: str = USABLE, content: str = PIECE, meta: str = "") -> str:
    return ITEM.format(status=status, content=content, meta=meta)


def test_an_item_is_a_document_with_its_names_and_dates(tmp_path: Path):
    found = document(tmp_path, "a.xml", item())
    assert (found.id, found.title, found.text, found.source) == (
        "urn:n:1",
        "Ferry sinks",
        "The ferry sank.",
        "Harbor Wire",
    )
    assert (found.published_at, found.language, found.tags) == ("2019-06-03T08:00:00+02:00", "en", ("sea",))
    assert found.origin
    assert (found.origin.modified_at, found.origin.version) == ("2019-06-04T08:00:00+02:00", "3")
    assert (found.origin.byline, found.origin.dateline) == ("By Kari Dahl", "LYSVIK")


@pytest.mark.parametrize(
    ("status", "retracted"),
    [
        (USABLE, False),
        ("", False),
        (f'<pubStatus uri="{CV}/pubstatusg2/usable"/>', False),
        ('<pubStatus literal="usable"/>', False),
        ('<pubStatus qcode="stat:canceled"/>', True),
        ('<pubStatus qcode="stat:withheld"/>', True),
        (f'<pubStatus uri="{CV}/pubstatusg2/canceled"/>', True),
        (f'<pubStatus uri="{CV}/pubstatusg2/withheld/"/>', True),
        ('<pubStatus literal="Canceled"/>', True),
        ('<pubStatus qcode="stat:somethingElse"/>', True),
        (f'{USABLE}<signal qcode="sig:kill"/>', True),
        (f'{USABLE}<signal uri="{CV}/signal/kill"/>', True),
        (f'{USABLE}<signal qcode="sig:correction"/>', False),
        (f'{USABLE}<signal qcode="sig:atomic"/>', False),
    ],
)
def test_every_form_of_the_status_is_known(tmp_path: Path, status: str, retracted: bool):
    assert document(tmp_path, "a.xml", item(status)).retracted == retracted


@pytest.mark.parametrize(
    ("meta", "published"),
    [
        ("<contentCreated>2019-06-02T10:00:00+02:00</contentCreated>", "2019-06-02T10:00:00+02:00"),
        ("<contentCreated>2019-06-02</contentCreated>", "2019-06-02"),
        ("<contentCreated>2019-06</contentCreated>", "2019-06-03T08:00:00+02:00"),
        ("<contentCreated>2019</contentCreated>", "2019-06-03T08:00:00+02:00"),
    ],
)
def test_a_truncated_date_names_no_day(tmp_path: Path, meta: str, published: str):
    assert document(tmp_path, "a.xml", item(meta=meta)).published_at == published


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (XHTML.format("<div>The ferry sank.</div><p>Nine died.</p>"), "The ferry sank.\n\nNine died."),
        (XHTML.format("<p>On <del>Monday</del> <ins>Tuesday</ins>.</p>"), "On Tuesday."),
        (XHTML.format("<ul><li>One<ul><li>Two</li></ul></li></ul><pre>Three</pre>"), "One\n\nTwo\n\nThree"),
        ("<inlineData>The ferry sank.</inlineData>", "The ferry sank."),
        ('<inlineData contenttype="text/html">&lt;p&gt;The ferry sank.&lt;/p&gt;</inlineData>', "The ferry sank."),
        (
            '<inlineXML><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body><body.head><hedline><hl1>Ferry</hl1></hedline>'
            "<byline>Kari</byline></body.head><body.content><block><p>One.</p><p>Two.</p></block><media><media-caption>Cap."
            "</media-caption><media-producer>Photo: K</media-producer></media></body.content></body></nitf></inlineXML>",
            "One.\n\nTwo.\n\nCap.",
        ),
    ],
)
def test_text_inline_is_read_in_any_form(tmp_path: Path, content: str, text: str):
    assert document(tmp_path, "a.xml", item(content=content)).text == text


def test_a_message_gives_its_reports_and_lists_the_rest(tmp_path: Path):
    message = f"""<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet>{item()}
    <packageItem guid="urn:p:1"><itemMeta><itemClass qcode="ninat:composite"/></itemMeta><groupSet/></packageItem>
    <newsItem guid="urn:v:1"><itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
    <contentSet><remoteContent href="x.jpg"/></contentSet></newsItem></itemSet></newsMessage>"""
    first, package, picture = outcomes(tmp_path, {"a.xml": message})
    assert not isinstance(first, RejectedDocument)
    assert isinstance(package, RejectedDocument)
    assert isinstance(picture, RejectedDocument)
    assert (package.status, package.id, picture.status) == (
        PublishingStatus.NOT_A_REPORT,
        "urn:p:1",
        PublishingStatus.NOT_A_REPORT,
    )
    assert "composite" in package.reason


@pytest.mark.parametrize(
    ("until", "published"),
    [("2019-06-01T00:00:00Z", "2019-06-03T08:00:00+02:00"), ("2019-06-05T06:00:00Z", "2019-06-05T06:00:00+00:00")],
)
def test_an_embargo_that_is_over_is_the_hour_of_publication(tmp_path: Path, until: str, published: str):
    status = f"<embargoed>{until}</embargoed>{USABLE}"
    assert document(tmp_path, "a.xml", item(status)).published_at == published


def test_an_embargo_that_holds_leaves_the_report_out(tmp_path: Path):
    (found,) = outcomes(tmp_path, {"a.xml": item(f"<embargoed>2031-01-01T00:00:00Z</embargoed>{USABLE}")})
    assert isinstance(found, RejectedDocument)
    assert (found.status, found.reason) == (PublishingStatus.EMBARGOED, "embargoed until 2031-01-01T00:00:00+00:00")


def test_a_link_says_what_an_item_corrects(tmp_path: Path):
    status = f'{USABLE}<link rel="irel:corrects" residref="urn:n:0"/>'
    assert document(tmp_path, "a.xml", item(status)).corrects == "urn:n:0"


NITF = """<nitf xml:lang="en"><head><title>Ferry</title><docdata {status}><doc-id id-string="nitf-7" regsrc="HW"/>
<date.issue norm="20190603T201500-0700"/>{more}<key-list><keyword key="sea"/></key-list></docdata></head><body><body.head>
<hedline><hl1>Ferry sinks</hl1><hl2>Nine dead</hl2></hedline><byline>By Kari Dahl</byline><distributor>Harbor Wire</distributor>
<dateline><location>LYSVIK</location></dateline></body.head><body.content><p>The ferry <em>sank</em>.</p>
<p>On <chron norm="20190603">Monday</chron>.</p></body.content></body></nitf>"""


def test_nitf_alone_is_a_document(tmp_path: Path):
    found = document(tmp_path, "a.xml", NITF.format(status="", more='<correction id-string="nitf-6"/>'))
    assert (found.id, found.title, found.text) == ("nitf-7", "Ferry sinks", "The ferry sank.\n\nOn Monday.")
    assert (found.source, found.published_at, found.tags) == ("Harbor Wire", "2019-06-03T20:15:00-07:00", ("sea",))
    assert (found.corrects, found.language) == ("nitf-6", "en")


@pytest.mark.parametrize(
    ("status", "more", "left"),
    [
        ('management-status="embargoed"', "", PublishingStatus.EMBARGOED),
        ('management-status="embargoed"', '<date.release norm="20310101T000000Z"/>', PublishingStatus.EMBARGOED),
        ('management-status="usable"', '<date.release norm="20310101T000000Z"/>', PublishingStatus.EMBARGOED),
    ],
)
def test_nitf_under_embargo_is_left_out(tmp_path: Path, status: str, more: str, left: PublishingStatus):
    (found,) = outcomes(tmp_path, {"a.xml": NITF.format(status=status, more=more)})
    assert isinstance(found, RejectedDocument)
    assert found.status == left


@pytest.mark.parametrize(("status", "retracted"), [("canceled", True), ("withheld", True), ("usable", False)])
def test_cancelled_nitf_is_retracted(tmp_path: Path, status: str, retracted: bool):
    (found,) = documents(tmp_path, "a.xml", NITF.format(status=f'management-status="{status}"', more=""))
    assert found.retracted == retracted
