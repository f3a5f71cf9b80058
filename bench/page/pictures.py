"""The pictures of `docs/editors.md`: `python -m bench.page.pictures` takes them anew into `docs/images`."""

import json
import sys
import time
from pathlib import Path

import requests

from bench.serving import running_service
from tests.e2e.browser import Page, running_browser
from tests.e2e.fake_service import ARTICLE, inside_of, playing

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
SAMPLE = ROOT / "seeds" / "sample_draft.json"
OSTRA = ROOT / "tests" / "data" / "ostra.jsonl"
DRAFTS = {
    "The reservoir of Brenn": "The reservoir at Brenn was built in 1967. Water flooded 41 cellars in the village of Ostra.",
    "A school with a past": "The school in Ostra was founded by Bishop Aldo Kern in 1817.",
}


def main() -> int:
    """Takes all of them."""
    IMAGES.mkdir(exist_ok=True)
    with running_browser(1280, 860) as browser:
        with running_service() as service:
            page = Page(browser, service.url.rstrip("/"))
            _of_the_sample(page)
            _of_the_jobs(page)
        with playing() as stage:
            stage.player.inside = lambda article: (inside_of(article, "1987", "March 15", "Two dates for one event."),)
            _of_the_stage(Page(browser, stage.url))
    return 0


def _of_the_sample(page: Page) -> None:
    draft = json.loads(SAMPLE.read_text(encoding="utf-8"))
    page.open().check(draft).ended(120).click("mark.is-contradicted")
    _take(page, "check-light")
    page.emulate(prefers_color_scheme="dark")
    _take(page, "check-dark")
    page.emulate(prefers_color_scheme="light").click("#cards .is-contradicted.chosen [data-act=apply]")
    page.click("mark.is-unverified:not(h2 mark)")
    _take(page, "silent")
    page.open("/corpus?q=opening+ceremony").one("#list li")
    _take(page, "archive")
    page.phone().open().check(draft).ended(120).click("mark.is-contradicted")
    _take(page, "phone")
    page.phone(False)


def _of_the_jobs(page: Page) -> None:
    """An archive that changes between two checks of an article, and that contradicts itself."""
    documents = f"{page.url}/v1/documents"
    headers = {"Content-Type": "application/x-ndjson"}
    requests.post(documents, OSTRA.read_bytes(), headers=headers, timeout=30).raise_for_status()
    _retract(documents, ("sluice-1", "school-0"), is_retracted=True)
    for title, text in DRAFTS.items():
        article = {"title": title, "text": text, "published_at": "2021-02-03"}
        requests.post(f"{page.url}/v1/checks?wait=30", json={"article": article}, timeout=60).raise_for_status()
    _retract(documents, ("sluice-1", "school-0"), is_retracted=False)
    _retract(documents, ("sluice-2", "sluice-2b"), is_retracted=True)
    _run_job(page, "/rechecks")
    _take(page, "rechecks")
    _retract(documents, ("sluice-2", "sluice-2b"), is_retracted=False)
    _run_job(page, "/disagreements")
    _take(page, "disagreements")


def _run_job(page: Page, path: str) -> None:
    page.open(path).click("#go").one("#job-title")
    page.until(lambda: page.text("#job-title") == "Finished", "the end of the job", 120)


def _retract(documents: str, ids: tuple[str, ...], is_retracted: bool) -> None:
    for document_id in ids:
        requests.patch(f"{documents}/{document_id}", json={"retracted": is_retracted}, timeout=10).raise_for_status()


def _of_the_stage(page: Page) -> None:
    page.open().checked(ARTICLE).click("mark.is-disputed")
    _take(page, "disputed")
    page.open().fill("The ferry sank. " * 2_000, ARTICLE["title"]).check().one(".notice")
    page.js("document.getElementById('text').scrollTop = 0; scrollTo(0, 0)")
    _take(page, "too-long")


def _take(page: Page, name: str) -> None:
    page.js("document.activeElement.blur()")
    time.sleep(0.8)  # until what glides has come to rest
    page.browser.save_screenshot(str(IMAGES / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
