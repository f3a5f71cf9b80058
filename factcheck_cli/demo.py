"""`make demo`: starts the service, stores the seed reports, checks a sample draft, prints the verdicts, and stops.

An ordinary client: it uses the HTTP interface and the standard library only.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from factcheck_cli.report_output import MARKS

ROOT = Path(__file__).parent.parent
DOCUMENTS = ROOT / "seeds" / "documents.jsonl"
DRAFT = ROOT / "seeds" / "sample_draft.json"
START_LIMIT_S = 120
SEARCH_LIMIT_S = 10
CHECK_LIMIT_S = 120
STOP_LIMIT_S = 30
# Labels that the sample draft must produce. "disputed" would need documents that contradict each other.
SHOWN_LABELS = {"supported", "contradicted", "unverified", "not_checkable"}

_COLOURS = {"supported": "32", "contradicted": "31", "disputed": "35", "unverified": "33", "not_checkable": "2"}
_INDENT = " " * 4
_WIDTH = 100

Json = dict[str, Any]


class DemoFailed(Exception):
    """A step of the demo failed. The message is for people."""


def main() -> int:
    """Runs the demo. Exit code: 0 where every step succeeded, 1 otherwise."""
    try:
        _run()
    except DemoFailed as error:
        print(f"\nThe demo failed: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _run() -> None:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="factcheck-demo-") as folder:
        with _service(Path(folder)) as url:
            _store(url)
            check = _check(url)
            print_report(check["report"])
        _print_line("Service stopped, temporary data removed.")
    missing = SHOWN_LABELS - {claim["label"] for claim in check["report"]["claims"]}
    if missing:
        raise DemoFailed(f"no claim of the sample draft has the label {', '.join(sorted(missing))}")
    _print_line(f"Done in {time.monotonic() - began:.0f} s. Next: make serve, or see README.md.")


def _print_line(line: str) -> None:
    print(line, flush=True)


# ── the service ─────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _service(folder: Path) -> Iterator[str]:
    """A running service with its data in `folder`. Yields its URL.

    Raises: `DemoFailed` where the service does not start, or does not stop cleanly.
    """
    port = _free_port()
    _print_line(f"[1/4] Starting the service on port {port}: database, search index, two workers with their models ...")
    log = folder / "serve.log"
    command = [sys.executable, "-m", "factcheck_cli.main", "serve", "--host", "127.0.0.1", "--port", str(port)]
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [*command, "--data", str(folder / "data")],
            cwd=ROOT,
            stdout=sink,
            stderr=subprocess.STDOUT,
            env=own_environment(),
            start_new_session=True,
        )
    url = f"http://127.0.0.1:{port}"
    try:
        _await_ready(process, url, log)
        yield url
    finally:
        code = _stop(process)
    if code != 0:
        raise DemoFailed(f"the service stopped with exit code {code}; its last lines:\n{_tail(log)}")


def own_environment() -> dict[str, str]:
    """This process's environment without settings of another service, so that the demo does not touch that service's data."""
    return {k: v for k, v in os.environ.items() if k != "REDIS_URL" and not k.startswith("FACTCHECK_")}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    began = time.monotonic()
    while time.monotonic() - began < START_LIMIT_S:
        if process.poll() is not None:
            raise DemoFailed(f"the service ended during start-up (exit code {process.returncode}):\n{_tail(log)}")
        if _is_ready(url):
            _print_line(f"      ready after {time.monotonic() - began:.1f} s")
            return
        time.sleep(0.1)
    raise DemoFailed(f"the service was not ready after {START_LIMIT_S} s; its last lines:\n{_tail(log)}")


def _is_ready(url: str) -> bool:
    try:
        with urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (HTTPError, URLError, OSError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> int:
    """Exit code of the service after SIGTERM. Kills the process group where the service does not end in time."""
    if process.poll() is None:
        process.terminate()
    try:
        return process.wait(STOP_LIMIT_S)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])


# ── the client ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _store(url: str) -> None:
    documents = [json.loads(line) for line in DOCUMENTS.read_text(encoding="utf-8").splitlines() if line.strip()]
    _print_line(f"[2/4] Storing {len(documents)} reports from {DOCUMENTS.relative_to(ROOT)} ...")
    body = "".join(json.dumps(document) + "\n" for document in documents)
    _call("POST", f"{url}/v1/documents", body, "application/x-ndjson")
    began = time.monotonic()
    for document in documents:
        while document["id"] not in _found(url, document["title"]):
            if time.monotonic() - began > SEARCH_LIMIT_S:
                raise DemoFailed(f"{document['id']} was stored, but search did not find it within {SEARCH_LIMIT_S} s")
            time.sleep(0.05)
    _print_line(f"      stored, and found by search after {time.monotonic() - began:.1f} s")


def _found(url: str, words: str) -> set[str]:
    answer = json.loads(_call("GET", f"{url}/v1/documents/search?{urlencode({'q': words})}"))
    return {item["document"]["id"] for item in answer["items"]}


def _check(url: str) -> Json:
    """The finished check of the sample draft."""
    _print_line(f"[3/4] Checking the draft {DRAFT.relative_to(ROOT)} ...")
    began = time.monotonic()
    body = json.dumps({"article": json.loads(DRAFT.read_text(encoding="utf-8"))})
    check: Json = json.loads(_call("POST", f"{url}/v1/checks", body, "application/json"))
    while check["status"] in {"queued", "running"}:
        if time.monotonic() - began > CHECK_LIMIT_S:
            raise DemoFailed(f"the check was not done after {CHECK_LIMIT_S} s: {check['progress']}")
        check = json.loads(_call("GET", f"{url}/v1/checks/{check['id']}?wait=5"))
    if check["status"] != "finished":
        raise DemoFailed(f"the check is {check['status']}: {check['error']}")
    _print_line(f"      done in {time.monotonic() - began:.1f} s\n[4/4] Verdicts\n")
    return check


def _call(method: str, url: str, body: str | None = None, media_type: str = "application/json") -> str:
    """The response body.

    Raises: `DemoFailed` where the service does not answer, or answers with an error.
    """
    content = None if body is None else body.encode()
    request = Request(url, content, {"Content-Type": media_type, "Accept": "application/json"}, method=method)
    try:
        with urlopen(request, timeout=60) as answer:
            return str(answer.read().decode())
    except HTTPError as error:
        raise DemoFailed(f"{method} {url} answered {error.code}: {error.read().decode(errors='replace')}") from None
    except (URLError, OSError) as error:
        raise DemoFailed(f"{method} {url}: {error}") from None


# ── print ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def print_report(report: Json) -> None:
    """Prints each claim with its label, message, evidence and suggestion. Colours only on a terminal."""
    for claim in report["claims"]:
        _print_claim(claim)
    counts = ", ".join(f"{n} {label.replace('_', ' ')}" for label, n in report["summary"].items() if label != "claims")
    coverage = report["coverage"]
    _print_line(f"{report['summary']['claims']} claims: {counts}.")
    _print_line(f"{coverage['sentences']} sentences, {coverage['not_reached']} not reached.\n")


def _print_claim(claim: Json) -> None:
    label = claim["label"]
    _print_line(_coloured(f"{MARKS[label]} {label.replace('_', ' ').upper()}", _COLOURS[label]))
    _print_line(_indented(_quoted(claim["text"])))
    if claim["message"]:
        _print_line(_indented(claim["message"]))
    for evidence in [e for e in claim["evidence"] if e["stance"] != "neutral"][:2]:
        _print_line(_indented(_evidence_line(evidence), "  "))
    for suggestion in claim["suggestions"]:
        _print_line(_coloured(_indented(_suggestion_line(claim, suggestion)), "36"))
    _print_line("")


def _evidence_line(evidence: Json) -> str:
    document = evidence["document"]
    origin = ", ".join(part for part in (document["source"] or document["id"], document["published_at"]) if part)
    return f"{evidence['stance']} │ {origin}: {_quoted(evidence['text'])}"


def _quoted(text: str) -> str:
    return text if text[0] in '“"' else f"“{text}”"


def _suggestion_line(claim: Json, suggestion: Json) -> str:
    start = suggestion["span"]["start"] - claim["span"]["start"]
    words = claim["text"][start : start + suggestion["span"]["end"] - suggestion["span"]["start"]]
    return f"→ instead of “{words}” write “{suggestion['replacement']}”"


def _indented(text: str, deeper: str = "") -> str:
    return textwrap.fill(text, _WIDTH, initial_indent=_INDENT + deeper, subsequent_indent=_INDENT + deeper + "  ")


def _coloured(text: str, code: str) -> str:
    plain = not sys.stdout.isatty() or "NO_COLOR" in os.environ
    return text if plain else f"\033[{code}m{text}\033[0m"


if __name__ == "__main__":
    sys.exit(main())
