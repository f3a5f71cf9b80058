"""What people drop on the page: articles in many wrappings, and things that are none."""

import io
import zipfile
from pathlib import Path

import pytest
from selenium.webdriver import Chrome

from factcheck.verdict import Label
from tests.builders import a_document
from tests.e2e.browser import Page
from tests.e2e.fake_service import ARTICLE, Line, Stage, Stance

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
HOSTILE = '<script>document.title="owned"</script><img src=x onerror=alert(1)>'


def docx(*paragraphs: str, title: str = "", padding: bytes = b"", xml: str | None = None) -> bytes:
    """A Word document as Word writes it, as far as its text goes."""
    rows = [f'<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>{title}</w:t></w:r></w:p>'] if title else []
    rows += [f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>" for words in paragraphs]
    body = xml or f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{"".join(rows)}</w:body></w:document>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        if padding:
            archive.writestr(zipfile.ZipInfo("word/media/image1.bin"), padding)
        archive.writestr("word/document.xml", body)
    return target.getvalue()


def on_desk(page: Page) -> tuple[str, str]:
    return page.one("#headline").get_attribute("value"), page.one("#text").get_attribute("value")


def awaited(page: Page, text: str) -> tuple[str, str]:
    page.until(lambda: text in on_desk(page)[1], f"{text!r} on the desk")
    return on_desk(page)


def test_a_text_file_is_put_on_the_desk(page: Page):
    page.open().drop(("draft.txt", "text/plain", "Ein Entwurf über Öl.\n\nZweiter Absatz.".encode()))
    assert awaited(page, "Zweiter") == ("", "Ein Entwurf über Öl.\n\nZweiter Absatz.")


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_text_file_in_another_encoding_is_read(page: Page, encoding: str):
    page.open().drop(("draft.txt", "text/plain", "Über Öl – “so”.".encode(encoding)))
    assert awaited(page, "Öl")[1] == "Über Öl – “so”."


def test_markdown_is_handed_in_as_markdown(page: Page, stage: Stage):
    page.open().drop(("draft.md", "", b"# Ferry\n\nThe **old ferry** sank in 1987."))
    awaited(page, "ferry")
    page.sees("Markdown", "#format")
    page.click("#check").until(lambda: stage.room.stored, "the check")
    assert [f.request.article.format for f in stage.room.stored.values()] == ["markdown"]


def test_of_a_web_page_the_article_is_taken_with_title_and_date(page: Page):
    html = (
        '<!doctype html><title>Site</title><meta property="article:published_time" content="2031-03-01T08:00Z">'
        "<nav>Menu</nav><article><h1>Ferry  news</h1><p>The old ferry<br>sank.</p><script>x()</script>"
        "<div><p>It was <b>1987</b>.</p></div></article><footer>Imprint</footer>"
    )
    page.open().drop(("page.html", "text/html", html.encode()))
    assert awaited(page, "1987") == ("Ferry news", "The old ferry\nsank.\n\nIt was 1987.")
    assert page.one("#published").get_attribute("value") == "2031-03-01"


def test_a_word_document_is_read_with_its_title(page: Page):
    page.open().drop(("draft.docx", "", docx("The old ferry sank.", "It was 1987 &amp; raining.", title="Ferry")))
    assert awaited(page, "1987") == ("Ferry", "The old ferry sank.\n\nIt was 1987 & raining.")


def test_a_word_document_of_20_megabytes_is_read_in_the_browser(page: Page, tmp_path: Path):
    import random

    file = tmp_path / "large.docx"
    file.write_bytes(docx("The old ferry sank in 1987.", padding=random.Random(1).randbytes(20_000_000)))
    assert file.stat().st_size > 20_000_000
    page.open()
    page.until(lambda: page.all("#file"))[0].send_keys(str(file))
    assert awaited(page, "1987")[1] == "The old ferry sank in 1987."


def test_deleted_words_of_a_word_document_are_left_out(page: Page):
    xml = (
        f'<w:document xmlns:w="{WORD}"><w:body><w:p><w:r><w:t xml:space="preserve">It was </w:t></w:r>'
        "<w:del><w:r><w:delText>1986</w:delText></w:r></w:del><w:ins><w:r><w:t>1987</w:t></w:r></w:ins></w:p></w:body></w:document>"
    )
    page.open().drop(("draft.docx", "", docx(xml=xml)))
    assert awaited(page, "1987")[1] == "It was 1987"


MC, V = "http://schemas.openxmlformats.org/markup-compatibility/2006", "urn:schemas-microsoft-com:vml"
BOX = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            "<w:p><w:r><w:t>Stays.</w:t></w:r></w:p><w:p><w:moveFrom><w:r><w:t>Moved.</w:t></w:r></w:moveFrom></w:p>"
            "<w:p><w:moveTo><w:r><w:t>Moved.</w:t></w:r></w:moveTo></w:p>",
            "Stays.\n\nMoved.",
        ),
        (
            '<w:p><w:r><w:t xml:space="preserve">Body </w:t></w:r><w:r><mc:AlternateContent><mc:Choice>'
            f"{BOX}</mc:Choice><mc:Fallback><v:textbox>{BOX}</v:textbox></mc:Fallback></mc:AlternateContent></w:r>"
            "<w:r><w:t>text.</w:t></w:r></w:p>",
            "Body text.\n\nIn a box.",
        ),
    ],
)
def test_moved_words_and_text_boxes_of_a_word_document_are_read_once(page: Page, body: str, text: str):
    xml = f'<w:document xmlns:w="{WORD}" xmlns:mc="{MC}" xmlns:v="{V}"><w:body>{body}</w:body></w:document>'
    page.open().drop(("draft.docx", "", docx(xml=xml)))
    assert awaited(page, text.rpartition("\n")[2])[1] == text


def test_struck_out_words_and_dates_of_events_of_a_web_page_are_left_out(page: Page):
    html = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-03-01"}</script>'
        '<article><p>It opens on <time datetime="2031-03-09">March 9</time> at <del>noon</del> <ins>one</ins>.</p></article>'
    )
    page.open().drop(("page.html", "text/html", html.encode()))
    assert awaited(page, "opens")[1] == "It opens on March 9 at one."
    assert page.one("#published").get_attribute("value") == "2031-03-01"


BOMB = docx(xml=f'<w:document xmlns:w="{WORD}"><w:body>{" " * 70_000_000}</w:body></w:document>')
TORN = docx("The old ferry sank in 1987." * 50)[:-30]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("photo.png", PNG, "is a picture"),
        ("photo.txt", PNG, "is a picture"),
        ("paper.pdf", b"%PDF-1.7 ...", "paper.pdf"),
        ("old.doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(90), "save it as DOCX"),
        ("bomb.docx", BOMB, "unpacks to more than 64 MB"),
        ("torn.docx", TORN, "is no DOCX"),
        ("other.zip", docx("x").replace(b"word/document.xml", b"word/nothing.xml "), "is no DOCX"),
        ("noise.txt", bytes(range(256)), "is no text"),
        ("empty.txt", b"", "is empty"),
        ("blank.txt", b" \n ", "is empty"),
    ],
)
def test_what_is_no_article_is_refused_in_words(page: Page, name: str, content: bytes, words: str):
    page.open().fill("My own draft.").drop((name, "", content))
    page.sees(words, ".notice")
    page.sees(name, ".notice")
    assert on_desk(page)[1] == "My own draft."


def test_a_draft_in_a_right_to_left_script_runs_from_right_to_left(page: Page, stage: Stage):
    text = "افتتح الجسر يوم الجمعة 14 مارس. كلف البناء 48 مليون كرونة."
    stage.player.lines = [Line("افتتح الجسر يوم الجمعة 14 مارس.", Label.UNVERIFIED)]
    page.open().checked({"text": text, "title": "افتتاح الجسر"})
    assert page.js("return getComputedStyle(document.querySelector('#sheet-text p')).direction") == "rtl"
    mark, sheet = page.one("mark.first").rect, page.one("#sheet-text").rect
    assert mark["x"] + mark["width"] > sheet["x"] + sheet["width"] - 30


def test_markup_in_title_text_quote_and_document_id_stays_text(page: Page, stage: Stage):
    document = a_document(f"id/{HOSTILE}", text=f"Ferry: {HOSTILE} sank.", title=HOSTILE, source=HOSTILE)
    stage.shelf.put(document)
    said = (document, document.text, Stance.SUPPORTS)
    stage.player.lines = [Line(f"A claim {HOSTILE} here.", Label.SUPPORTED, said=[said], message=HOSTILE)]
    page.open().checked({"text": f"A claim {HOSTILE} here.", "title": HOSTILE})
    page.click("mark.is-supported").sees(document.text, "#cards")
    assert page.text("#sheet-text h2") == HOSTILE
    assert page.js("return document.title") == f"{HOSTILE} · factcheck"
    page.click("#cards .source").sees(HOSTILE, "#report h2")
    page.open("/corpus?q=sank.").sees(HOSTILE, "#list")
    assert page.js("return document.querySelectorAll('img, main script').length") == 0


def test_a_draft_dropped_on_a_report_starts_anew(page: Page):
    page.open().checked(ARTICLE).drop(("next.txt", "text/plain", b"The next draft."))
    assert awaited(page, "next draft")[1] == "The next draft."


def test_a_dropped_word_file_is_exported_with_comments(page: Page, chrome: Chrome):
    import docx as python_docx

    document, target = python_docx.Document(), io.BytesIO()
    for paragraph in ARTICLE["text"].split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(target)
    page.open().drop(("draft.docx", "", target.getvalue()))
    awaited(page, "old ferry")
    page.check().ended()
    page.click("#export summary").click("[data-export=word]")
    saved = chrome.downloads / "checked-draft.docx"  # type: ignore[attr-defined]
    page.until(saved.exists, "the file")
    told = [comment.text.split("\n")[0] for comment in python_docx.Document(str(saved)).comments]
    assert "Contradicted" in told
