"""The browser extension in real editors: are the right words marked, and is typing as fast as without it?

`python -m bench.extension` fetches the editors from npm's registry; `--offline` keeps to what a browser has by itself.
`--wordpress URL` adds the block editor of a WordPress in which `--user NAME:PASSWORD` may write. Verdicts come from the service
with planted answers (`tests/e2e/fake_service.py`), as real ones come: what is measured is the extension, not the checker.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.keys import Keys

from bench.extension.drafts import PLANTED, lines, paragraphs
from bench.extension.editors import Editor, built_in, fetched, wordpress
from bench.serving import machine
from tests.e2e.browser import Page
from tests.e2e.extension import Extension, browser_with_extension, serving
from tests.e2e.fake_service import Stage, playing

FLOOR_MARKED, FLOOR_MS = 18, 16.0
KEY_PAUSE_S, REST_EVERY, REST_S = 0.04, 40, 2.0  # rests are long enough for a check to begin; it ends while keys go on
WAIT_S = 60.0
WORDS = "So the desk wrote all morning and the tea went cold. "

# From a key's own time until its listeners and their microtasks have run and the page is laid out anew. What comes with the next
# frame or in a later task is left out; where it holds up the next key, it counts there.
_PROBE = """
window.typed_ms = [];
let pressed = 0;
const done = () => queueMicrotask(() => {
  document.body.getBoundingClientRect();
  typed_ms.push(performance.now() - pressed);
});
addEventListener("keydown", ({ timeStamp }) => (pressed = timeStamp), true);
addEventListener("input", done);
"""
_WRITTEN = """
const own = document.activeElement.shadowRoot?.activeElement ?? document.activeElement;
return own.value ?? own.innerText;
"""
_BEFORE_MARKS = """
return [...(CSS.highlights.get("factcheck-contradicted-words") ?? [])].map((range) => {
  const before = new Range();
  before.setStart(range.startContainer.getRootNode().body ?? range.startContainer.getRootNode(), 0);
  before.setEnd(range.startContainer, range.startOffset);
  return [before.toString().replace(/\\s+/g, " ").slice(-24), String(range)];
});
"""


@dataclass(frozen=True, slots=True)
class Row:
    """One editor. `typed_…`: the 95th percentile over all keys. `processor_…`: the main thread's time a key, which other programs
    do not add to.
    """

    editor: str
    marked_of_20: int
    wrongly_marked: int
    typed_without_ms: float
    typed_with_ms: float
    processor_without_ms: float
    processor_with_ms: float

    @property
    def kept(self) -> bool:
        """True if the words are marked and a key takes no longer than the floor allows."""
        slower = self.typed_with_ms - self.typed_without_ms
        return self.marked_of_20 >= FLOOR_MARKED and self.wrongly_marked == 0 and slower <= FLOOR_MS


def main() -> int:
    """0 where every editor keeps the floors, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offline", action="store_true", help="fetch no editors")
    parser.add_argument("--wordpress", metavar="URL")
    parser.add_argument("--user", metavar="NAME:PASSWORD", default="admin:admin")
    parser.add_argument("--only", help="names of editors, with commas")
    parser.add_argument("--keys", type=int, default=200, help="keys pressed in each editor, with and without")
    parser.add_argument("--json", type=Path, help="where to keep the figures")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="fc-editors-") as name:
        editors = [*built_in(Path(name)), *([] if arguments.offline else fetched(Path(name)))]
        if arguments.wordpress:
            editors.append(wordpress(arguments.wordpress, *arguments.user.split(":", 1)))
        wanted = [e for e in editors if not arguments.only or e.name.split()[0] in arguments.only.split(",")]
        rows = list(measure(wanted, Path(name), arguments.keys))
    report = {"bench": "extension", **machine(), "keys": arguments.keys, "editors": [asdict(row) for row in rows]}
    print(json.dumps(report))
    if arguments.json:
        arguments.json.write_text(json.dumps(report, indent=1), encoding="utf-8")
    return 0 if all(row.kept for row in rows) else 1


def measure(editors: Sequence[Editor], folder: Path, keys: int) -> Iterator[Row]:
    """Each editor without the extension on its site, then with it."""
    print(
        "| editor | marked, of 20 | wrongly | key to layout, p95 without | with | processor time a key without | with |"
    )
    print("|---|---|---|---|---|---|---|")
    with playing() as stage, serving(folder) as url, browser_with_extension() as browser:
        stage.player.lines, stage.player.pause_s = lines(), 0.05
        for editor in editors:
            row = _row(editor, Extension(browser), stage, url, keys)
            marked = f"{row.marked_of_20} | {row.wrongly_marked}"
            typed = f"{row.typed_without_ms} ms | {row.typed_with_ms} ms"
            processor = f"{row.processor_without_ms} ms | {row.processor_with_ms} ms"
            print(f"| {row.editor} | {marked} | {typed} | {processor} |", flush=True)
            yield row


def _row(editor: Editor, extension: Extension, stage: Stage, url: str, keys: int) -> Row:
    extension.set_up(stage.url, sites="")
    without = _write(editor, Page(extension.browser, url), keys, marks=False)
    extension.set_up(stage.url)
    with_it = _write(editor, Page(extension.browser, url), keys, marks=True)
    right = sum(any(before.endswith(p.before) and words == p.odd for before, words in with_it.marked) for p in PLANTED)
    wrong = len(with_it.marked) - right
    return Row(
        editor.name, right, wrong, p95(without.times), p95(with_it.times), without.processor_ms, with_it.processor_ms
    )


@dataclass(frozen=True, slots=True)
class Written:
    """Milliseconds of all keys, the main thread's a key, and what is marked in the end: [the words before, the marked words]."""

    times: list[float]
    processor_ms: float
    marked: list[list[str]]


def _write(editor: Editor, page: Page, keys: int, marks: bool) -> Written:
    editor.open(page, paragraphs())
    if marks:
        page.until(lambda: len(_marks(page)) >= FLOOR_MARKED, "the marks", WAIT_S)
    page.js(_PROBE)
    page.browser.execute_cdp_cmd("Performance.enable", {"timeDomain": "threadTicks"})
    begun = _main_thread_s(page)
    _type(page.browser, keys)
    spent = _main_thread_s(page) - begun
    page.browser.execute_cdp_cmd("Performance.disable", {})
    if WORDS.strip() not in page.js(_WRITTEN).replace("\u00a0", " "):
        raise SystemExit(f"{editor.name} did not take the keys")
    marked = _settled(page) if marks else []
    times: list[float] = page.js("return typed_ms")
    editor.close(page)
    return Written(times, round(1000 * spent / keys, 1), marked)


def _main_thread_s(page: Page) -> float:
    found = page.browser.execute_cdp_cmd("Performance.getMetrics", {})["metrics"]
    return next(float(metric["value"]) for metric in found if metric["name"] == "TaskDuration")


def _marks(page: Page) -> list[list[str]]:
    return list(page.js(_BEFORE_MARKS))


def _settled(page: Page) -> list[list[str]]:
    """The marks when nothing has changed for two seconds."""
    last, since, deadline = _marks(page), time.monotonic(), time.monotonic() + WAIT_S
    while time.monotonic() - since < 2.0 and time.monotonic() < deadline:
        time.sleep(0.2)
        if (now := _marks(page)) != last:
            last, since = now, time.monotonic()
    return last


def _type(browser: Chrome, keys: int) -> None:
    """Presses keys at the draft's beginning, at the speed of a fast typist, with rests."""
    ActionChains(browser).key_down(Keys.CONTROL).send_keys(Keys.HOME).key_up(Keys.CONTROL).perform()
    for n in range(keys):
        letter = WORDS[n % len(WORDS)]
        browser.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyDown", "text": letter, "key": letter})
        browser.execute_cdp_cmd("Input.dispatchKeyEvent", {"type": "keyUp", "key": letter})
        time.sleep(REST_S if n % REST_EVERY == REST_EVERY - 1 else KEY_PAUSE_S)


def p95(values: Sequence[float]) -> float:
    """95th percentile."""
    return round(statistics.quantiles(values, n=20)[-1], 1)


if __name__ == "__main__":
    sys.exit(main())
