#!/usr/bin/env bash
# trafilatura 2.3.1: the words of <time> inside of a sentence are dropped, and <q> is cut into a paragraph without its marks.
#
# HTML's <time> is phrasing content: "held on <time datetime=...>Feb. 9</time> in the stadium" is one sentence, and a reader sees
# the day. The extracted text reads "held on in the stadium". The words of <q> stand on a line of their own, without quotation marks.
# Seen: see the two strings below.
# Source: HTML Living Standard, 4.5.14 the time element, 4.5.7 the q element.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check trafilatura==2.3.1 lxml==6.1.3 lxml_html_clean==0.4.6
"$folder/venv/bin/python" - <<'PYTHON'
import trafilatura

PAGE = (
    "<html><body><article><h1>Games</h1><p>The opening ceremony will be held on <time datetime='2018-02-09'>Feb. 9</time> in the "
    "stadium of the town.</p><p>The council approved the budget on Monday after a long debate among its members about the "
    "costs.</p><p>The mayor said <q>no comment</q> twice to the reporters at the town hall on the square.</p></article></body></html>"
)
seen = trafilatura.extract(PAGE)
print(seen)
assert "will be held on in the stadium" in seen, "the behaviour has changed"
assert "The mayor said no comment\ntwice" in seen, "the behaviour has changed"
PYTHON
