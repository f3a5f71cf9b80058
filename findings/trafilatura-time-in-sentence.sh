#!/usr/bin/env bash
# trafilatura 2.3.1: the words of <time> inside of a sentence are dropped, and <q> is cut into a paragraph without its marks.
#
# HTML's <time> is phrasing content: "held on <time datetime=...>Sept. 7</time> in the old barracks" is one sentence, and a reader sees
# the day. The extracted text reads "held on in the old barracks". The words of <q> stand on a line of their own, without quotation marks.
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
    "<html><body><article><h1>Fair</h1><p>The harvest fair will be held on <time datetime='2019-09-07'>Sept. 7</time> in the "
    "old barracks of the town.</p><p>The farmers of the valley have brought in more apples than in any of the last ten years, their union told "
    "us.</p><p>The head of the union said <q>never again</q> when she was asked about the hail of the year before.</p></article></body></html>"
)
seen = trafilatura.extract(PAGE)
print(seen)
assert "will be held on in the old barracks" in seen, "the behaviour has changed"
assert "said never again\nwhen she was asked" in seen, "the behaviour has changed"
PYTHON
