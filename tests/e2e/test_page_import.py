"""Archives dropped on the archive's page: dry run, import with progress, what was not taken."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from tests.e2e.browser import Page
from tests.e2e.fake_service import Stage, playing
from tests.e2e.test_page_files import PNG, docx

NOTE = b"---\ntitle: Ferry sank\ndate: 2021-03-02\nsource: The Salt Courier\n---\nThe old ferry sank in 1987."
SECRET = b"---\ntitle: Not yet\ndraft: true\n---\nNobody may read this."


def lines(count: int) -> bytes:
    documents = ({"id": f"r{n:04d}", "text": f"Report {n} on ferries.", "title": f"Ferry {n}"} for n in range(count))
    return "\n".join(map(json.dumps, documents)).encode()


def a_folder(root: Path) -> Path:
    """A folder as people have it: reports of three formats in two folders, a draft, pictures, hidden files."""
    files = {
        "2021/ferry.md": NOTE,
        "2021/rain.docx": docx("It was raining.", title="Rain"),
        "2021/photo.png": PNG,
        "2022/draft.md": SECRET,
        "2022/bridge.html": b"<title>Bridge</title><meta property='article:published_time' content='2022-05-06'>"
        b"<article><h1>Bridge opens</h1><p>The bridge opened on a cold day, the mayor said.</p></article>",
        ".git/notes.txt": b"Hidden.",
    }
    for name, content in files.items():
        (root / "archive" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "archive" / name).write_bytes(content)
    return root / "archive"


def looked_through(page: Page) -> Page:
    page.click("#adding-go").sees("Nothing is stored yet", "#adding-title")
    return page


def imported(page: Page) -> Page:
    page.click("#adding-import").sees("Imported", "#adding-title")
    return page


def test_dropped_files_are_looked_through_and_then_become_reports(page: Page, stage: Stage):
    page.open("/corpus").drop(
        ("2021 ferry.txt", "text/plain", b"Ferry sank\n\nThe old ferry sank in 1987."),
        ("word.docx", "", docx("It was raining.", title="Rain")),
    )
    page.sees("2 files", "#adding-what")
    page.one("#add-source").send_keys("The Salt Courier")
    page.js("document.getElementById('add-date').value = '2021-03-02'")
    looked_through(page)
    assert "2" in page.text(".counts")
    page.sees("Mar 2, 2021", "#adding table")
    page.sees("given with the import", "#adding table")
    assert len(stage.shelf.documents) == 2
    imported(page)
    ferry, rain = stage.shelf.get("2021 ferry.txt"), stage.shelf.get("word.docx")
    assert (ferry.source, ferry.published_at) == ("The Salt Courier", "2021-03-02")
    assert (rain.title, rain.text) == ("Rain", "It was raining.")
    page.sees("4 reports")


def test_a_chosen_folder_is_sent_without_what_cannot_be_read(page: Page, stage: Stage, tmp_path: Path):
    page.open("/corpus")
    page.until(lambda: page.all("#folder"))[0].send_keys(str(a_folder(tmp_path)))
    page.sees("4 files", "#adding-what")
    page.sees("1 file of other kinds will not be sent: .png 1.", "#adding-passed")
    looked_through(page)
    page.sees("left out: draft", ".counts")
    page.sees("2022/draft.md", "#adding-faults")
    page.sees("May 6, 2022", "#adding table")
    imported(page)
    assert {"2021/ferry.md", "2021/rain.docx", "2022/bridge.html"} <= set(stage.shelf.documents)
    assert len(stage.shelf.documents) == 5


def test_a_dropped_folder_is_walked(page: Page, stage: Stage, tmp_path: Path):
    page.open("/corpus").one("#q")
    data = {"items": [], "files": [str(a_folder(tmp_path))], "dragOperationsMask": 1}
    for kind in ("dragEnter", "dragOver", "drop"):
        page.browser.execute_cdp_cmd("Input.dispatchDragEvent", {"type": kind, "x": 300, "y": 300, "data": data})
    page.sees("4 files", "#adding-what")
    page.sees(".png 1", "#adding-passed")
    imported(looked_through(page))
    assert "2021/ferry.md" in stage.shelf.documents


def test_a_zip_is_read_and_what_was_not_taken_can_be_saved(page: Page, stage: Stage):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("ferry.md", NOTE)
        archive.writestr("broken.pdf", b"%PDF-1.7 nothing")
        archive.writestr("draft.md", SECRET)
    page.open("/corpus").drop(("reports.zip", "application/zip", target.getvalue()))
    imported(looked_through(page))
    assert "reports.zip!ferry.md" in stage.shelf.documents
    page.click("#adding-report")
    folder: Path = page.browser.downloads  # type: ignore[attr-defined]
    saved = page.until(lambda: next(folder.glob("not-taken-*.jsonl"), None), "the report")
    told = [json.loads(line) for line in saved.read_text(encoding="utf-8").splitlines()]
    assert {line["outcome"] for line in told} == {"draft", "refused"}


def test_the_same_drop_again_stores_nothing_twice(page: Page, stage: Stage):
    for new, unchanged in ((1, 0), (0, 1)):
        page.open("/corpus").drop(("ferry.md", "", NOTE))
        looked_through(page)
        assert f"would be new\n{new}" in page.text(".counts")
        if new:
            imported(page)
        else:
            assert f"stored already\n{unchanged}" in page.text(".counts")
            assert page.all("#adding-import") == []
    assert len(stage.shelf.documents) == 3


def test_bad_lines_are_named_and_the_good_ones_kept(page: Page, stage: Stage):
    content = lines(2) + b'\n{"id": "bad"}\nno json\n'
    page.open("/corpus").drop(("archive.jsonl", "", content), ("photo.png", "image/png", PNG))
    looked_through(page)
    faults = page.text("#adding-faults")
    assert "archive.jsonl, line 3: `text`" in faults
    assert "archive.jsonl, line 4" in faults
    assert "photo.png" in faults
    imported(page)
    assert len(stage.shelf.documents) == 4


def test_a_dry_run_is_found_again_by_its_address(page: Page, stage: Stage):
    page.open("/corpus").drop(("many.jsonl", "", lines(250)))
    looked_through(page)
    page.browser.refresh()
    page.sees("Nothing is stored yet", "#adding-title")
    imported(page)
    assert len(stage.shelf.documents) == 252


def test_a_cancelled_dry_run_stores_nothing(page: Page, stage: Stage):
    page.open("/corpus").drop(("ferry.md", "", NOTE))
    looked_through(page).click("#adding-close")
    page.until(lambda: not page.all("#adding:not([hidden])"), "the panel to close")
    assert len(stage.shelf.documents) == 2
    assert "import=" not in page.browser.current_url


def test_an_upload_goes_on_after_the_line_was_cut(page: Page, stage: Stage):
    cuts = iter([True])
    stage.refuse = lambda method, path: (
        (503, {"title": "away"}) if path.endswith("/files") and next(cuts, False) else None
    )
    page.open("/corpus").drop(("ferry.md", "", NOTE))
    looked_through(page)


def test_more_than_the_limit_is_not_sent(page: Page):
    with playing(upload_limit_bytes=1_000) as small:
        other = Page(page.browser, small.url).open("/corpus").drop(("big.txt", "", b"x" * 2_000))
        other.sees("factcheck corpus import", "#adding-over")
        assert not other.one("#adding-go").is_enabled()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_dry_run_is_readable_for_all(page: Page, scheme: str):
    page.emulate(prefers_color_scheme=scheme).open("/corpus").drop(("ferry.md", "", NOTE), ("no.pdf", "", b"%PDF-"))
    assert page.serious_axe_findings() == []
    looked_through(page)
    assert page.serious_axe_findings() == []
