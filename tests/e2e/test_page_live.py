"""The page on the whole service, as `factcheck serve` starts it: nothing is faked here."""

import json
from pathlib import Path

from selenium.webdriver import Chrome

from bench.serving import Service
from tests.e2e.browser import Page

SAMPLE = Path(__file__).parents[2] / "seeds" / "sample_draft.json"


def test_the_sample_draft_is_checked_corrected_and_found_again(chrome: Chrome, whole_service: Service):
    draft = json.loads(SAMPLE.read_text(encoding="utf-8"))
    page = Page(chrome, whole_service.url.rstrip("/")).open()
    page.check(draft).ended(60)
    page.sees("against 2 reports", ".standing")
    card = page.one("#cards .is-contradicted")
    assert "Feb. 10" in card.text
    assert "Feb. 9" in card.text
    page.click("#cards .is-contradicted [data-act=apply]").sees("will be held on Feb. 9.", "#sheet-text")
    marks = len(page.all("mark.first"))
    page.js("sessionStorage.clear()")
    chrome.refresh()
    page.sees("will be held on Feb. 10.", "#sheet-text")
    page.until(lambda: len(page.all("mark.first")) == marks, "the same marks")
    page.click("#cards .is-contradicted .source").sees("is scheduled for Feb. 9.", "#report mark")
    chrome.get("about:blank")
