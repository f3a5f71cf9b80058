#!/usr/bin/env bash
# Schemathesis 4.32.5 under pytest 9.2.0 gives every operation of a parametrised test the same id, though each has a name of its
# own. pytest-xdist 3.8.0 with `--dist loadfile` keeps its queue by id: of three operations it runs one, says "1 passed" and
# exits with 0. With `--dist load` all three run. A suite loses nearly all of its generated API tests without a word.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pytest==9.2.0 pytest-xdist==3.8.0 schemathesis==4.32.5
cat > "$folder/test_api.py" <<'PYTHON'
import schemathesis
from hypothesis import settings

schema = schemathesis.openapi.from_dict(
    {
        "openapi": "3.0.3",
        "info": {"title": "three calls", "version": "1"},
        "paths": {
            f"/{name}": {"get": {"responses": {"200": {"description": "fine"}}}} for name in ("one", "two", "three")
        },
    }
)


@schema.parametrize()
@settings(max_examples=1)
def test_answers(case):
    assert case.path
PYTHON
cd "$folder"
run() { "$folder/venv/bin/python" -m pytest -q -p no:cacheprovider -n 2 --dist "$1" test_api.py | grep -E "passed|failed"; }
by_file=$(run loadfile)
by_test=$(run load)
echo "loadfile: $by_file"
echo "load:     $by_test"
case "$by_file" in *"1 passed"*) ;; *) echo "changed: by file"; exit 1 ;; esac
case "$by_test" in *"3 passed"*) ;; *) echo "changed: by test"; exit 1 ;; esac
