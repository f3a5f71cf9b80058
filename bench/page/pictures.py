"""The pictures of the documentation: `python -m bench.page.pictures` takes them anew into `docs/images`.

`python -m bench.page.pictures jobs sign-in` takes only these; the groups are sample, jobs, sign-in and stage.
"""

import json
import socket
import sys
import time
from pathlib import Path

import requests
from selenium.webdriver import Chrome

from bench.serving import SEEDS, running_service
from tests.e2e.browser import ENTER, Page, running_browser
from tests.e2e.fake_service import ARTICLE, inside_of, playing
from tests.integration.service.test_people import running_provider

ROOT = Path(__file__).parents[2]
IMAGES = ROOT / "docs" / "images"
SAMPLE = ROOT / "seeds" / "sample_draft.json"
OSTRA = ROOT / "tests" / "data" / "ostra.jsonl"
DRAFTS = {
    "The reservoir of Brenn": "The reservoir at Brenn was built in 1967. Water flooded 41 cellars in the village of Ostra.",
    "A school with a past": "The school in Ostra was founded by Bishop Aldo Kern in 1817.",
}


def main() -> int:
    """Takes those that are named, or all."""
    wanted = set(sys.argv[1:]) or {"sample", "jobs", "sign-in", "stage"}
    IMAGES.mkdir(exist_ok=True)
    with running_browser(1280, 860) as browser:
        if wanted & {"sample", "jobs"}:
            with running_service() as service:
                page = Page(browser, service.url.rstrip("/"))
                if "sample" in wanted:
                    _of_the_sample(page)
                if "jobs" in wanted:
                    _of_the_jobs(page)
        if "stage" in wanted:
            with playing() as stage:
                stage.player.inside = lambda article: (inside_of(article, "1987", "March 15", "Two dates."),)
                _of_the_stage(Page(browser, stage.url))
        if "sign-in" in wanted:
            browser.set_window_size(960, 620)
            with running_provider("--require-nonce") as provider:
                _of_the_sign_in(browser, provider)
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


def _of_the_sign_in(browser: Chrome, provider: str) -> None:
    """The real service and a real OpenID provider: before, with a name, and somebody without a role."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = {
        "FACTCHECK_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "FACTCHECK_OIDC_ISSUER": provider,
        "FACTCHECK_OIDC_CLIENT_ID": "factcheck",
        "FACTCHECK_OIDC_CLIENT_SECRET": "not a secret",
        "FACTCHECK_ROLES": "news=editor chief@desk.example=admin",
    }
    with running_service(settings=settings, port=port, is_empty=True) as service:
        page = Page(browser, service.url.rstrip("/"))
        _sign_in_as(page.open("/corpus"), "chief", "The Chief")
        page.drop(("documents.jsonl", "application/x-ndjson", SEEDS.read_bytes()))
        page.click("#adding-go").click("#adding-outcome .button.primary").sees("2 reports", "#results")
        browser.delete_all_cookies()
        draft = json.loads(SAMPLE.read_text(encoding="utf-8"))
        page.open().one("#person a")
        page.fill(draft["text"], draft["title"], draft["published_at"])
        _take(page, "sign-in-1")
        page.check()
        _sign_in_as(page, "anna", "Anna Berger")
        page.click("#check").ended(120).click("#cards .is-contradicted [data-act=confirm]")
        page.sees("Confirmed by Anna Berger", "#cards .decision")
        _take(page, "sign-in-2")
        browser.delete_all_cookies()
        _sign_in_as(page.open("/articles"), "visitor@elsewhere.example", "You are not signed in", "h1")
        _take(page, "sign-in-3")


def _sign_in_as(page: Page, who: str, then: str, where: str = "#person") -> None:
    """On the provider's page; `then` is seen when it has sent the browser back."""
    page.one("input[name=sub]").send_keys(who, ENTER)
    page.sees(then, where)


def _take(page: Page, name: str) -> None:
    page.js("document.activeElement.blur()")
    time.sleep(0.8)  # until what glides has come to rest
    page.browser.save_screenshot(str(IMAGES / f"{name}.png"))


if __name__ == "__main__":
    sys.exit(main())
