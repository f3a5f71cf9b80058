#!/usr/bin/env bash
# htmldate 1.11.0: a page that declares a publication date before 1995 is dated by its last change.
#
# find_date(original_date=True) asks for the date of publication. The declared datePublished of
# 1987 is passed over in silence, and the next candidate, dateModified of 2012, is answered, as if it were that date.
# Seen: 2012-06-01, also with min_date="1600-01-01".
# Source: schema.org, datePublished and dateModified of CreativeWork.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0
"$folder/venv/bin/python" - <<'PYTHON'
from htmldate import find_date

PAGE = (
    '<html><head><title>Budget</title><script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle", '
    '"datePublished": "1987-04-15", "dateModified": "2012-06-01T08:00:00Z"}</script></head><body><p>The council met.</p></body></html>'
)
seen = find_date(PAGE, original_date=True), find_date(PAGE, original_date=True, min_date="1600-01-01")
print(seen)
assert seen == ("2012-06-01", "2012-06-01"), "the behaviour has changed"
PYTHON
