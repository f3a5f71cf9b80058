"""A Chromium with the browser extension loaded and set up, and pages of a CMS to write in."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from selenium.webdriver import Chrome

from tests.e2e.browser import Page, running_browser

FOLDER = Path(__file__).parents[2] / "clients" / "browser-extension"
_PARTS = ("manifest.json", "options.html", "marks.css", "built", "icons")
_MARKED = """
const marked = {};
for (const [name, ranges] of CSS.highlights) marked[name.replace("factcheck-", "")] = [...ranges].map(String);
return marked;
"""


@contextmanager
def browser_with_extension() -> Iterator[Chrome]:
    """The folder as it is, but for the permissions, which nobody is there to grant: this machine's pages have them."""
    with tempfile.TemporaryDirectory(prefix="fc-extension-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        for part in _PARTS:
            copy = shutil.copytree if (FOLDER / part).is_dir() else shutil.copy
            copy(FOLDER / part, folder / part)
        manifest = json.loads((folder / "manifest.json").read_text())
        manifest["host_permissions"] = ["http://127.0.0.1/*"]
        (folder / "manifest.json").write_text(json.dumps(manifest))
        with running_browser(extension=folder) as browser:
            yield browser


class _Silent(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The files of a folder at an address of this machine, as those of a CMS."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(folder)))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Extension:
    """What a person does with the extension, and sees of it."""

    browser: Chrome
    id: str = field(init=False)

    def __post_init__(self) -> None:
        found = Page(self.browser, "").until(self._worker, "the extension's service worker")
        self.id = found.split("/")[2]

    def _worker(self) -> str | None:
        targets = self.browser.execute_cdp_cmd("Target.getTargets", {})["targetInfos"]
        workers = (str(t["url"]) for t in targets if t["type"] == "service_worker")
        return next((url for url in workers if url.startswith("chrome-extension:")), None)

    def set_up(self, address: str, key: str = "", sites: str = "http://127.0.0.1") -> str:
        """Fills in the options and saves them; what the page says then."""
        page = Page(self.browser, f"chrome-extension://{self.id}").open("/options.html")
        page.until(lambda: page.one("#address"))
        for name, value in {"address": address, "key": key, "sites": sites}.items():
            page.one(f"#{name}").clear()
            page.one(f"#{name}").send_keys(value)
        page.one("form button").click()
        return page.until(
            lambda: ((said := page.text("#said")) and "Asking" not in said and said) or None, "what the options say"
        )

    def marked(self) -> dict[str, list[str]]:
        """Name of the mark → marked words, in the frame that the browser is in."""
        found: dict[str, list[str]] = self.browser.execute_script(_MARKED)
        return {name: sorted(words) for name, words in found.items() if words}

    def board(self, script: str, *arguments: Any) -> Any:
        """What a function says of the extension's own shadow root (`this`), which no page can look into."""
        tree = self.browser.execute_cdp_cmd("DOM.getDocument", {"depth": -1, "pierce": True})
        root = next(_shadow_roots(tree["root"], "FACTCHECK-BOARD"), None)
        if root is None:
            return None
        node = self.browser.execute_cdp_cmd("DOM.resolveNode", {"backendNodeId": root})
        call = {
            "functionDeclaration": script,
            "objectId": node["object"]["objectId"],
            "arguments": [{"value": argument} for argument in arguments],
            "returnByValue": True,
        }
        return self.browser.execute_cdp_cmd("Runtime.callFunctionOn", call)["result"].get("value")

    def shown(self, css: str) -> str | None:
        """Words of a part of the extension's own that is to be seen."""
        look = "function (css) { const e = this.querySelector(css); return e && !e.hidden ? e.innerText : null; }"
        words: str | None = self.board(look, css)
        return words

    def click(self, css: str) -> None:
        self.board("function (css) { this.querySelector(css).click(); }", css)


def _shadow_roots(node: dict[str, Any], name: str) -> Iterator[int]:
    if node["nodeName"] == name:
        yield from (root["backendNodeId"] for root in node.get("shadowRoots", []))
    for child in [
        *node.get("children", []),
        *node.get("shadowRoots", []),
        *filter(None, [node.get("contentDocument")]),
    ]:
        yield from _shadow_roots(child, name)
