#!/usr/bin/env bash
# odfpy 1.4.1: the usual way to read a text, getElementsByType(P) with teletype.extractText, gives deleted paragraphs first.
#
# OpenDocument keeps what was deleted while changes were tracked in text:tracked-changes, ahead of the text. It is no part of
# the text that an office suite shows. getElementsByType walks the whole tree and gives these paragraphs like any other.
# Seen: ['Monday', 'It sank on Tuesday.'] for a document that shows "It sank on Tuesday."
# Source: OpenDocument 1.3 part 3, 5.5.1 <text:tracked-changes> and 5.5.4 <text:deletion>.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check odfpy==1.4.1
"$folder/venv/bin/python" - <<'PYTHON'
import io
import zipfile

from odf import opendocument, teletype, text

DELETED = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>'
    '<dc:creator xmlns:dc="http://purl.org/dc/elements/1.1/">a</dc:creator>'
    '<dc:date xmlns:dc="http://purl.org/dc/elements/1.1/">2018-01-01T00:00:00</dc:date></office:change-info>'
    '<text:p>Monday</text:p></text:deletion></text:changed-region></text:tracked-changes>'
)
SHOWN = '<text:p>It sank on <text:change text:change-id="c1"/>Tuesday.</text:p>'
empty, edited = io.BytesIO(), io.BytesIO()
document = opendocument.OpenDocumentText()
document.text.addElement(text.P(text="x"))
document.save(empty)
with zipfile.ZipFile(empty) as source, zipfile.ZipFile(edited, "w") as target:
    for name in source.namelist():
        content = source.read(name)
        if name == "content.xml":
            xml = content.decode()
            xml = xml[: xml.index("<office:text")] + "<office:text>" + DELETED + SHOWN + xml[xml.index("</office:text>") :]
            content = xml.encode()
        target.writestr(name, content)
edited.seek(0)
seen = [teletype.extractText(p) for p in opendocument.load(edited).getElementsByType(text.P)]
print(seen)
assert seen == ["Monday", "It sank on Tuesday."], "the behaviour has changed"
PYTHON
