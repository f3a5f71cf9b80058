"""A headless Chromium for tests, driven through its own driver; none is fetched from anywhere."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions, ChromeService

FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions"),
)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


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
def running_browser(window: str = "1360,900") -> Iterator[Chrome]:
    """A browser with a profile of its own, which is gone afterwards."""
    program, driver = required_browser()
    with tempfile.TemporaryDirectory(prefix="fc-browser-", ignore_cleanup_errors=True) as profile:
        options = ChromeOptions()
        options.binary_location = program
        for flag in (*FLAGS, f"--window-size={window}", f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        options.add_experimental_option(
            "prefs", {"download.default_directory": str(Path(profile) / "downloads"), "download.prompt_for_download": False}
        )
        browser = Chrome(options, ChromeService(driver))
        try:
            yield browser
        finally:
            browser.quit()
