"""A headless Chromium for tests, driven through its own driver; none is fetched from anywhere."""

import base64
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # One process for all pages: each test has a port of its own, and a process a site would be an eighth of what these tests cost.
    *("--in-process-gpu", "--renderer-process-limit=1", "--disable-site-isolation-trials"),
    "--disable-features=SpareRendererForSitePerProcess,ProactivelySwapBrowsingInstance,IsolateOrigins,site-per-process",
)
WAIT_S = 15.0
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_DROP = """
const [files, done] = [arguments[0], arguments[1]];
const transfer = new DataTransfer();
for (const [name, type, base64] of files) {
  const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  transfer.items.add(new File([bytes], name, { type }));
}
for (const kind of ["dragenter", "dragover", "drop"]) {
  document.body.dispatchEvent(new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }));
}
done();
"""

Found = TypeVar("Found")


def find_browser() -> tuple[str, str] | None:
    """Paths of a browser and its driver: `CHROMIUM` and `CHROMEDRIVER`, else what PATH has."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    driver = os.environ.get("CHROMEDRIVER") or shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


def required_browser() -> tuple[str, str]:
    """Skips the test where this machine has no browser; fails it in CI, where one has to be."""
    found = find_browser()
    if found is None:
        missing = "no Chromium with chromedriver on PATH (or in CHROMIUM and CHROMEDRIVER)"
        if os.environ.get("CI", "").lower() in {"1", "true"}:
            pytest.fail(f"{missing}; CI must install one")
        pytest.skip(missing)
    return found


@contextmanager
def running_browser(width: int = 1360, height: int = 900, extension: Path | None = None) -> Iterator[Chrome]:
    """A browser with a profile of its own, which is gone afterwards. Saved files go to `downloads` in the profile.

    `extension`: the folder of an unpacked extension to load.
    """
    program, driver = required_browser()
    with tempfile.TemporaryDirectory(prefix="fc-browser-", ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = program
        loading = [f"--load-extension={extension}"] if extension else ["--disable-extensions"]
        for flag in (*FLAGS, *loading, f"--window-size={width},{height}", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        browser = Chrome(options, ChromeService(driver))
        try:
            downloads = Path(profile) / "downloads"
            downloads.mkdir()
            browser.downloads = downloads  # type: ignore[attr-defined]
            where = {"behavior": "allow", "downloadPath": str(downloads)}
            browser.execute_cdp_cmd("Browser.setDownloadBehavior", where)
            yield browser
        finally:
            browser.quit()


_AT_REST = """
const [element, done] = arguments;
const place = () => { const { x, y } = element.getBoundingClientRect(); return `${x} ${y}`; };
element.scrollIntoView({ block: "center" });
let before = "", calm = 0;
const look = () => {
  const now = place();
  calm = now === before ? calm + 1 : 0;
  before = now;
  calm > 3 ? done() : requestAnimationFrame(look);
};
look();
"""


class Page:
    """What a person does on the page, and sees there."""

    def __init__(self, browser: Chrome, url: str) -> None:
        self.browser = browser
        self.url = url

    def open(self, path: str = "/") -> "Page":
        self.browser.get(self.url + path)
        return self

    def all(self, css: str) -> list[WebElement]:
        return self.browser.find_elements(By.CSS_SELECTOR, css)

    def one(self, css: str) -> WebElement:
        """The first such element, as soon as it is there and shown."""
        return self.until(lambda: next((e for e in self.all(css) if e.is_displayed()), None), css)

    def until(self, look: Callable[[], Found | None], what: str = "it", within_s: float = WAIT_S) -> Found:
        """What `look` finds, as soon as it finds something true. It looks less often the longer it waits: a look costs the
        browser several milliseconds.
        """
        deadline = time.monotonic() + within_s
        pause_s = 0.02
        while True:
            try:
                if found := look():
                    return found
            except Exception as error:
                if "stale" not in type(error).__name__.lower():
                    raise
            if time.monotonic() > deadline:
                raise AssertionError(f"waited {within_s:g} s for {what}; the page says: {self.text('body')[:600]}")
            time.sleep(pause_s)
            pause_s = min(0.1, 1.3 * pause_s)

    def text(self, css: str) -> str:
        return self.one(css).text if css != "body" else str(self.js("return document.body.innerText"))

    def sees(self, words: str, css: str = "body") -> str:
        """Waits until these words are to be seen."""
        script = "return [...document.querySelectorAll(arguments[0])].map((e) => e.innerText).join('\\n')"

        def seen() -> str | None:
            text = str(self.js(script, css))
            return text if words in text else None

        return self.until(seen, f"{words!r} in {css}")

    def js(self, script: str, *arguments: Any) -> Any:
        return self.browser.execute_script(script, *arguments)

    def fill(self, text: str, title: str = "", published: str = "2031-03-07") -> "Page":
        self.one("#text")
        self.js(
            "for (const [id, value] of Object.entries(arguments[0])) { const e = document.getElementById(id);"
            " e.value = value; e.dispatchEvent(new Event('input', { bubbles: true })); }",
            {"text": text, "headline": title, "published": published},
        )
        return self

    def check(self, article: dict[str, str] | None = None) -> "Page":
        """Presses "check", with this article on the desk."""
        if article is not None:
            self.fill(article["text"], article.get("title", ""), article.get("published_at", ""))
        self.one("#check").click()
        return self

    def checked(self, article: dict[str, str]) -> "Page":
        """The same, to the end."""
        return self.check(article).ended()

    def ended(self, within_s: float = WAIT_S) -> "Page":
        """Waits until the check is over."""
        over = ".standing[data-mood=done], .standing[data-mood=failed]"
        self.until(lambda: self.all(over), "the end of the check", within_s)
        return self

    def click(self, css: str) -> "Page":
        """A click on an element that has come to rest: a click on one that still moves may hit nothing."""
        element = self.one(css)
        self.browser.execute_async_script(_AT_REST, element)
        element.click()
        return self

    def press(self, *keys: str) -> "Page":
        """Single keys, wherever the focus is."""
        self.browser.switch_to.active_element.send_keys(*keys)
        return self

    def drop(self, *files: tuple[str, str, bytes]) -> "Page":
        """Drops files (name, media type, content) onto the page."""
        told = [[name, kind, base64.b64encode(content).decode()] for name, kind, content in files]
        self.browser.execute_async_script(_DROP, told)
        return self

    def emulate(self, **features: str) -> "Page":
        """CSS media features: `prefers_color_scheme="dark"`."""
        listed = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": listed})
        return self

    def phone(self, on: bool = True) -> "Page":
        """A small screen with a finger."""
        size = {"width": 390, "height": 844, "deviceScaleFactor": 2, "mobile": True}
        command = "Emulation.setDeviceMetricsOverride" if on else "Emulation.clearDeviceMetricsOverride"
        self.browser.execute_cdp_cmd(command, size if on else {})
        return self

    def offline(self, on: bool = True) -> "Page":
        """As if the service, or the line to it, were away."""
        self.browser.execute_cdp_cmd("Network.enable", {})
        speed = {"offline": on, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
        self.browser.execute_cdp_cmd("Network.emulateNetworkConditions", speed)
        return self

    def serious_axe_findings(self) -> list[str]:
        """Of axe: what is serious or critical, in words."""
        self.js(AXE.read_text(encoding="utf-8"))
        found = self.browser.execute_async_script(
            "const done = arguments[0]; axe.run(document, { resultTypes: ['violations'] })"
            ".then((r) => done(r.violations), (e) => done([{ id: String(e), impact: 'critical', nodes: [] }]));"
        )
        return [
            f"{v['id']}: {v.get('help')}: {[n['target'] for n in v['nodes']][:5]}"
            for v in found
            if v["impact"] in {"serious", "critical"}
        ]

    def complaints(self) -> list[str]:
        """What the browser's console holds against the page, failed requests left out."""
        entries: list[dict[str, str]] = self.browser.get_log("browser")  # type: ignore[no-untyped-call]
        severe = [entry["message"] for entry in entries if entry["level"] == "SEVERE"]
        return [message for message in severe if "Failed to load resource" not in message]


ENTER = Keys.ENTER
ESCAPE = Keys.ESCAPE
