"""Schemathesis against a running service: every call of `openapi.yaml`, every check, every phase.

`python -m bench.fuzz.calls --minutes 30`. The service has a folder, a key and a worker of its own. `--examples` bounds the
requests of one round to a call, so that all calls have their turn; rounds are repeated until the time is over. Ends with 1
where something was found; what, stands in the folder that is printed (`report.json`, `run.log`, the service's `service.log`).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.serving import ROOT, Service, running_service, show

_SETTINGS = {  # nothing is refused for being much, and nothing waits long
    "FACTCHECK_REQUESTS_PER_MINUTE": "0",
    "FACTCHECK_QUEUE_LIMIT": "1000000",
    "FACTCHECK_QUEUE_LIMIT_PER_KEY": "1000000",
    "FACTCHECK_WATCH_LIMIT": "100000",
    "FACTCHECK_WAIT_LIMIT_S": "0.05",
    "FACTCHECK_LANGUAGETOOL_DEADLINE_S": "0.2",
    "FACTCHECK_CHECK_TIME_LIMIT_S": "5",
}
_USUAL = ["400", "401", "403", "404", "405", "406", "409", "410", "413", "414", "415", "422", "429", "431", "5xx"]
_UNSAID = {  # rules that a JSON Schema cannot say, so that a refusal of what fits it is right
    "POST /v1/checks": "watch goes with the stored corpus alone",
    "PUT /v1/documents/{document_id}": "the id is the address's",
    "GET /v1/documents/search": "days in their order",
    "GET /v1/documents": "a cursor is one that a page gave out",
    "GET /v1/audit": "the same",
    **{f"{method} {path}": "text, or data in JSON" for method in ("GET", "POST") for path in ("/check", "/v2/check")},
}
_PHASES = "examples,coverage,fuzzing,stateful"


def main() -> int:
    """Prints its table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--examples", type=int, default=25, help="requests to a call in one round")
    parser.add_argument("--phases", default=_PHASES)
    parser.add_argument("--seed", type=int, default=None)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="fc-calls-"))
    with running_service(workers=1, log=folder / "service.log", settings=_SETTINGS) as service:
        began = time.monotonic()
        answer = _run(service, folder, arguments)
        took_s = time.monotonic() - began
    show(
        f"schemathesis, {arguments.phases}",
        {
            "minutes": round(took_s / 60, 1),
            "ended with": answer,
            **_found(folder / "report.json"),
            "failures in the service's log": _failures(folder / "service.log"),
            "all it says": str(folder),
        },
    )
    return answer


def _run(service: Service, folder: Path, arguments: argparse.Namespace) -> int:
    """The exit code."""
    (folder / "schemathesis.toml").write_text(_config())
    command = [str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(folder / "schemathesis.toml")]
    command += ["run", f"{service.url}openapi.yaml", "--checks", "all", "--phases", arguments.phases, "--no-color"]
    command += ["--max-examples", str(arguments.examples), "--max-time", str(int(arguments.minutes * 60))]
    command += ["--header", f"Authorization: Bearer {_key(service)}", "--report-json-path", str(folder / "report.json")]
    command += ["--suppress-health-check", "all", "--generation-database", "none", "--warnings", "off"]
    command += ["--seed", str(arguments.seed)] if arguments.seed is not None else []
    environ = {**os.environ, "SCHEMATHESIS_HOOKS": "bench.fuzz.hooks", "PYTHONPATH": str(ROOT)}
    with (folder / "run.log").open("wb") as log:
        return subprocess.run(command, cwd=folder, env=environ, stdout=log, stderr=subprocess.STDOUT).returncode


def _config() -> str:
    """All checks, and what they cannot know of this service."""
    refusals = ["2xx", "3xx", "401", "403", "404", "409", "410", "413", "414", "429", "431", "5xx"]
    lines = ["max-stream-events = 3", "request-timeout = 30.0", "continue-on-failure = true"]
    lines += ["[checks.negative_data_rejection]", f"expected-statuses = {json.dumps(_USUAL)}"]
    lines += ["[checks.positive_data_acceptance]", f"expected-statuses = {json.dumps(refusals)}"]
    for call, reason in _UNSAID.items():
        lines += [f"[[operations]]  # {reason}", f"include-name = {json.dumps(call)}"]
        lines += [f"checks.positive_data_acceptance.expected-statuses = {json.dumps([*refusals, '400', '422'])}"]
    lines += ["[[operations]]  # a bad line is told as such, in an answer that is a success"]
    lines += ['include-name = "POST /v1/documents"']
    lines += [f"checks.negative_data_rejection.expected-statuses = {json.dumps([*_USUAL, '200'])}"]
    for tail in ("", "/events", "/gate", "/article"):
        lines += ["[[operations]]  # a running check that is deleted is cancelled, and can be read"]
        lines += [f'include-name = "GET /v1/checks/{{check_id}}{tail}"', "checks.use_after_free.enabled = false"]
    return "\n".join(lines) + "\n"


def _key(service: Service) -> str:
    """One that may do everything."""
    command = [
        sys.executable,
        "-m",
        "factcheck_cli.main",
        "keys",
        "create",
        "calls",
        "--scope",
        "admin",
        "--data",
        str(service.data),
    ]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return made.stdout.strip()


def _found(report: Path) -> dict[str, object]:
    """How many calls and requests there were, and what they brought up."""
    if not report.exists():
        return {}
    told: dict[str, Any] = json.loads(report.read_text())
    return {
        "calls tested, of": f"{told['operations']['tested']}, {told['operations']['total']}",
        "requests": told["test_cases"]["generated"],
        "found": {f["title"]: f["operations"] for f in told["failures"]},
        "errors": len(told["errors"]),
    }


def _failures(log: Path) -> dict[str, int]:
    """What the service itself calls a failure: kind of error and where → how often."""
    found: Counter[str] = Counter()
    for line in log.read_text(errors="replace").splitlines():
        try:
            row: dict[str, Any] = json.loads(line)
        except ValueError:
            continue
        if row.get("level") in {"error", "critical"}:
            found[f"{row.get('logger')}: {row.get('error') or row.get('event')}"] += 1
    return dict(found)


if __name__ == "__main__":
    sys.exit(main())
