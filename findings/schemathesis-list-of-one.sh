#!/usr/bin/env bash
# Schemathesis 4.32.5: a service that accepts `?source=7` fails, where `source` is a list of strings.
#
# Negative testing puts an integer in the place of the list and counts it as a violation of the schema. Written into the address, it is
# the list of one string "7": the very request that positive testing may send. The service cannot tell them apart, and its 200 is
# reported as accepted negative data. Other faults in the same request (here none) would not be needed.
# Seen: AcceptedNegativeData for a request whose only fault is the type of `source`.
# Source: OpenAPI 3.1, style `form` with `explode: true`, the default of a query.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check schemathesis==4.32.5 flask==3.1.3
cat > "$folder/check.py" <<'PYTHON'
import schemathesis
from flask import Flask, jsonify, request
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core.failures import AcceptedNegativeData, FailureGroup

app = Flask("lists")


@app.get("/reports")
def reports():
    return jsonify(request.args.getlist("source"))


LIST = {"type": "array", "items": {"type": "string"}}
SOURCE = {"name": "source", "in": "query", "required": True, "schema": LIST}
ANSWER = {"200": {"description": "what was asked for", "content": {"application/json": {"schema": LIST}}}}
SCHEMA = {
    "openapi": "3.1.0",
    "info": {"title": "lists", "version": "1"},
    "paths": {"/reports": {"get": {"parameters": [SOURCE], "responses": ANSWER}}},
}
schema = schemathesis.openapi.from_dict(SCHEMA)
schema.app = app
seen = []


@settings(max_examples=200, deadline=None, derandomize=True, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
def answered(case):
    try:
        case.call_and_validate()
    except FailureGroup as group:
        if not isinstance(case.query.get("source"), list):
            seen.extend((case.query["source"], failure) for failure in group.exceptions if isinstance(failure, AcceptedNegativeData))


operation = schema["/reports"]["GET"]
from hypothesis import given

given(operation.as_strategy(generation_mode=schemathesis.GenerationMode.NEGATIVE))(answered)()
print(f"{len(seen)} requests with a bare value were called accepted negative data, such as source={seen[0][0]!r}" if seen else "none")
assert seen, "the behaviour has changed"
PYTHON
"$folder/venv/bin/python" "$folder/check.py"
