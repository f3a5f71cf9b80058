"""Editors to try the extension in: the browser's own, three from npm's registry, unchanged, and a running WordPress."""

import json
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.extension.drafts import text
from tests.e2e.browser import Page

PACKAGES = (
    *(
        "esbuild@0.28.2",
        "quill@2.0.3",
        "ckeditor5@47.1.0",
    ),
    *("@tiptap/core@3.10.7", "@tiptap/starter-kit@3.10.7", "@tiptap/pm@3.10.7"),
)
_LIMIT_S = 300
_PAGE = (
    "<!doctype html><meta charset=utf-8><title>{name}</title><link rel=icon href=data:,>"
    "<body style='font:17px/1.5 serif;max-width:46rem'>{body}</body>"
)

# Each program makes `set(html)`, which fills its editor.
_PROGRAMS = {
    "quill": """
import Quill from "quill";
const quill = new Quill("#editor");
window.set = (html) => quill.clipboard.dangerouslyPasteHTML(html);
""",
    "tiptap": """
import { Editor } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
const editor = new Editor({ element: document.querySelector("#editor"), extensions: [StarterKit] });
window.set = (html) => editor.commands.setContent(html);
""",
    "ckeditor5": """
import { ClassicEditor, Essentials, Paragraph, Bold, Italic, Link } from "ckeditor5";
const plugins = [Essentials, Paragraph, Bold, Italic, Link];
const made = ClassicEditor.create(document.querySelector("#editor"), { licenseKey: "GPL", plugins });
window.set = (html) => made.then((editor) => editor.setData(html));
""",
}


@dataclass(frozen=True, slots=True)
class Editor:
    """`open` shows a draft of these paragraphs (HTML) with the caret in it; `close` leaves it."""

    name: str
    open: Callable[[Page, Sequence[str]], None]
    close: Callable[[Page], object] = lambda page: page.browser.get("about:blank")


def built_in(folder: Path) -> Iterator[Editor]:
    """What a browser edits by itself, also in a shadow root and in a frame."""
    (folder / "plain.html").write_text(_PAGE.format(name="plain", body="<div id=editor contenteditable></div>"))
    yield Editor(
        "contenteditable",
        _opener("plain.html", "document.querySelector('#editor').innerHTML = arguments[0]", "#editor"),
    )
    (folder / "area.html").write_text(
        _PAGE.format(
            name="area", body="<textarea id=editor style='width:44rem;height:40rem;font:17px/1.5 serif'></textarea>"
        )
    )
    fill = f"document.querySelector('#editor').value = {json.dumps(text())}"
    yield Editor("textarea", _opener("area.html", fill, "#editor"))
    attach = "window.root = document.querySelector('news-editor').attachShadow({ mode: 'open' })"
    body = f"<news-editor></news-editor><script>{attach}</script>"
    (folder / "shadow.html").write_text(_PAGE.format(name="shadow", body=body))
    fill = "root.innerHTML = `<div contenteditable>${arguments[0]}</div>`; root.firstChild.focus()"
    yield Editor("shadow root", _opener("shadow.html", fill, "news-editor"))
    frame = "<iframe id=frame width=900 height=700 srcdoc='<body contenteditable></body>'></iframe>"
    (folder / "frame.html").write_text(_PAGE.format(name="frame", body=frame))
    yield Editor("iframe", _framed, _out_of_frame)


def fetched(folder: Path) -> Iterator[Editor]:
    """Editors of npm's registry, none a part of the project. CKEditor 5 is under the GPL 2 or later, the others under MIT."""
    _run(["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent", *PACKAGES])
    for name, program in _PROGRAMS.items():
        (folder / f"{name}.mjs").write_text(program)
        _run(
            [
                "npx",
                "--prefix",
                str(folder),
                "esbuild",
                f"{name}.mjs",
                "--bundle",
                "--loader:.css=empty",
                f"--outfile={name}.js",
            ],
            folder,
        )
        body = f"<div id=editor></div><script src={name}.js></script>"
        (folder / f"{name}.html").write_text(_PAGE.format(name=name, body=body))
        version = json.loads((folder / "node_modules" / _PACKAGE.get(name, name) / "package.json").read_text())[
            "version"
        ]
        yield Editor(
            f"{name} {version}", _opener(f"{name}.html", "return window.set(arguments[0])", "[contenteditable=true]")
        )


_PACKAGE = {"tiptap": "@tiptap/core"}


def wordpress(url: str, user: str, password: str) -> Editor:
    """The block editor of a WordPress, which is told the draft by its own script interface."""

    def open_post(page: Page, paragraphs: Sequence[str]) -> None:
        there = Page(page.browser, url)
        there.js(
            "location.assign(arguments[0])", f"{url}/wp-admin/post-new.php"
        )  # `get` gives up before a slow WordPress answers
        there.until(lambda: there.js(_ARRIVED), "WordPress", 200)
        if there.all("#user_login"):
            there.one("#user_login").send_keys(user)
            there.one("#user_pass").send_keys(password)
            there.one("#wp-submit").click()
        ready = "return !!(window.wp?.data?.select('core/editor') && document.querySelector('.editor-styles-wrapper'))"
        there.until(lambda: there.js(ready), "the block editor", 200)
        there.js(_INTO_BLOCKS, list(paragraphs))
        block = "p.block-editor-rich-text__editable"
        there.until(lambda: len(there.all(block)) >= len(paragraphs), "the blocks", 60)
        there.one(block).click()

    def leave(page: Page) -> None:
        page.js("window.onbeforeunload = null; wp.data.dispatch('core/block-editor').resetBlocks([])")
        page.browser.get("about:blank")

    return Editor("WordPress block editor", open_post, leave)


_ARRIVED = "return document.readyState === 'complete' && location.pathname.includes('/wp-')"
_INTO_BLOCKS = """
const { select, dispatch } = wp.data;
dispatch("core/preferences")?.set("core/edit-post", "welcomeGuide", false);
const blocks = arguments[0].map((content) => wp.blocks.createBlock("core/paragraph", { content }));
dispatch("core/block-editor").resetBlocks(blocks);
"""


def _opener(file: str, fill: str, css: str) -> Callable[[Page, Sequence[str]], None]:
    def show(page: Page, paragraphs: Sequence[str]) -> None:
        page.open(f"/{file}")
        page.until(lambda: page.js("return document.readyState === 'complete'"), "the page", 60)
        page.js(fill, _html(paragraphs))
        page.one(css).click()

    return show


def _framed(page: Page, paragraphs: Sequence[str]) -> None:
    page.open("/frame.html")
    page.browser.switch_to.frame(page.one("#frame"))
    page.js("document.body.innerHTML = arguments[0]", _html(paragraphs))
    page.one("body").click()


def _out_of_frame(page: Page) -> None:
    page.browser.switch_to.default_content()
    page.browser.get("about:blank")


def _html(paragraphs: Sequence[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _run(command: list[str], folder: Path | None = None) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True, timeout=_LIMIT_S)
