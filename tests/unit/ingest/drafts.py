"""Files that people hand in as a draft: what is read from each, or the words of its refusal."""

import json
from dataclasses import dataclass

from bench.ingest.samples.office import docx, odt, pdf, word

BODY = "The ferry to Lysvik sank in 1987. Nobody was hurt."


@dataclass(frozen=True)
class FileCase:
    name: str
    content: bytes
    text: str = ""
    title: str | None = None
    published: str | None = None
    form: str = "text"
    refused: str = ""


MATTER = f"---\ntitle: Ferry\ndate: 2031-03-07\n---\n{BODY}\n"
TOML = f'+++\ntitle = "Ferry"\ndate = 2031-03-07\n+++\n{BODY}\n'
LINED = f"LYSVIK, March 7, 2031 — {BODY}\n"
PAGE = f'<!doctype html><title>Ferry</title><meta property="article:published_time" content="2031-03-07"><p>{BODY}</p>'
HEADED = f"<html><body><h1>Ferry</h1><p>{BODY}</p></body></html>"
MAIL = f"From: a@example.org\nTo: b@example.org\nSubject: Ferry\nDate: Fri, 7 Mar 2031 10:00:00 +0100\n\n{BODY}\n"
OBJECT = {"text": BODY, "title": "Ferry", "published_at": "2031-03-07"}

CASES = [
    FileCase("plain.txt", BODY.encode(), BODY),
    FileCase("mark.txt", b"\xef\xbb\xbf" + BODY.encode(), BODY),
    FileCase("wide.txt", BODY.encode("utf-16"), BODY),
    FileCase("old.txt", f"Müller: {BODY}".encode("cp1252"), f"Müller: {BODY}"),
    FileCase("lined.txt", LINED.encode(), LINED, published="2031-03-07"),
    FileCase("headline.txt", f"Ferry sank in 1987\n\n{BODY}".encode(), f"{' ' * 18}\n\n{BODY}", "Ferry sank in 1987"),
    FileCase("headline", f"Ferry sank in 1987\r\n\r\n{BODY}".encode(), f"{' ' * 18}\r\n\r\n{BODY}", "Ferry sank in 1987"),
    FileCase("sentence.txt", f"The ferry sank.\n\n{BODY}".encode(), f"The ferry sank.\n\n{BODY}"),
    FileCase("lines.txt", f"Ferry sank\nin 1987\n\n{BODY}".encode(), f"Ferry sank\nin 1987\n\n{BODY}"),
    FileCase("byline.txt", f"By Anna Berg\n\n{BODY}".encode(), f"By Anna Berg\n\n{BODY}"),
    FileCase("day.txt", f"Published: 7 March 2031\n\n{BODY}".encode(), f"Published: 7 March 2031\n\n{BODY}", None, "2031-03-07"),
    FileCase("alone.txt", b"Ferry sank in 1987\n\n", "Ferry sank in 1987\n\n"),
    FileCase("nameless", BODY.encode(), BODY),
    FileCase("plain.md", f"# Ferry\n\n{BODY}".encode(), f"# Ferry\n\n{BODY}", form="markdown"),
    FileCase("matter.md", MATTER.encode(), MATTER, "Ferry", "2031-03-07", "markdown"),
    FileCase("toml.markdown", TOML.encode(), TOML, "Ferry", "2031-03-07", "markdown"),
    FileCase("2031-03-07-ferry.md", BODY.encode(), BODY, None, "2031-03-07", "markdown"),
    FileCase("table.md", f"| a | b |\n|---|---|\n\n{BODY}".encode(), f"| a | b |\n|---|---|\n\n{BODY}", form="markdown"),
    FileCase("page.html", PAGE.encode(), PAGE, "Ferry", "2031-03-07", "html"),
    FileCase("headed.htm", HEADED.encode(), HEADED, None, None, "html"),
    FileCase("page.txt", HEADED.encode(), HEADED, None, None, "html"),
    FileCase("draft.docx", docx(word("Ferry", "Title") + word(BODY)), BODY, "Ferry"),
    FileCase("dated.docx", docx(word("Published: 7 March 2031") + word(BODY)), f"Published: 7 March 2031\n\n{BODY}", None, "2031-03-07"),
    FileCase("macros.docm", docx(word(BODY)), BODY),
    FileCase("draft.odt", odt(f"<text:p>{BODY}</text:p>"), BODY),
    FileCase("draft.pdf", pdf([[(72, 700, 12, BODY)]]), BODY),
    FileCase("mail.eml", MAIL.encode(), BODY, "Ferry", "2031-03-07T10:00:00+01:00"),
    FileCase("object.json", json.dumps(OBJECT).encode(), BODY, "Ferry", "2031-03-07"),
    FileCase("wrapped.json", json.dumps({"article": OBJECT}).encode(), BODY, "Ferry", "2031-03-07"),
    FileCase("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(40), refused="is a picture; a draft is text"),
    FileCase("noise.txt", bytes(range(256)), refused="is no text"),
    FileCase("empty.md", b"", refused="is empty"),
    FileCase("old.doc", b"\xd0\xcf\x11\xe0" + bytes(90), refused="save it as DOCX"),
    FileCase("secret.docx", b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), refused="has a password; save it without one"),
    FileCase("torn.docx", docx(word(BODY))[:-30], refused="is no DOCX"),
    FileCase("many.jsonl", b'{"id": "a", "text": "x"}\n', refused="give one draft"),
    FileCase("broken.md", b"---\ntitle: [\n---\nIt rained.", refused="its front matter is not YAML"),
]  # fmt: skip
