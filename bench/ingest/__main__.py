"""Archives into the store: `python -m bench.ingest speed|kills|layouts`.

speed: a WordPress export of --posts posts and --megabytes, imported by the command: documents a second, peak memory.
kills: the same import, killed at --kills random moments and run again to its end: exactly the documents, none twice.
layouts: dates and words of the samples in `bench/ingest/samples`.
"""

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis

from bench.ingest.layouts import measure_layouts
from bench.ingest.wordpress_export import write_export
from factcheck.settings import Settings
from factcheck.store.documents import RedisDocumentStore
from factcheck_cli.embedded_redis import reachable_redis


def main() -> None:
    """Prints JSON."""
    parser = argparse.ArgumentParser(prog="python -m bench.ingest", description=__doc__)
    parser.add_argument("what", choices=("speed", "kills", "layouts"))
    parser.add_argument("--posts", type=int, default=5_000)
    parser.add_argument("--megabytes", type=int, default=25)
    parser.add_argument("--kills", type=int, default=20)
    args = parser.parse_args()
    if args.what == "layouts":
        print(json.dumps(measure_layouts(), indent=1, ensure_ascii=False))
        return
    with tempfile.TemporaryDirectory(prefix="fc-bench-") as folder:
        export = Path(folder) / "export.xml"
        write_export(export, args.posts, args.megabytes)
        with _server() as url:
            found = _speed(export, url) if args.what == "speed" else _kills(export, url, args.kills, args.posts)
    print(json.dumps(found, indent=1))


@contextmanager
def _server() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="fc-") as folder:
        settings = Settings(data_dir=Path(folder))
        with reachable_redis(settings, {}) as url:
            yield url


def _started(export: Path, url: str) -> "subprocess.Popen[bytes]":
    command = [sys.executable, "-m", "factcheck_cli.main", "corpus", "import", str(export), "--report", "-"]
    return subprocess.Popen(command, env={**os.environ, "REDIS_URL": url}, stdout=subprocess.DEVNULL)


def _speed(export: Path, url: str) -> dict[str, float]:
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = _started(export, url)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _resident_mb(process.pid))
        time.sleep(0.05)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    elapsed = time.monotonic() - began
    with Redis.from_url(url) as client:
        documents = RedisDocumentStore(client).count()
    size = export.stat().st_size / 1e6
    return {
        "megabytes": round(size, 1),
        "documents": documents,
        "seconds": round(elapsed, 1),
        "documents_per_s": round(documents / elapsed, 1),
        "documents_per_cpu_s": round(documents / cpu, 1),
        "load": os.getloadavg()[0],
        "peak_mb": round(peak, 1),
    }


def _kills(export: Path, url: str, kills: int, posts: int) -> dict[str, object]:
    draw = random.Random(16)
    for _ in range(kills):
        process = _started(export, url)
        time.sleep(draw.uniform(0.5, 3.5))
        process.kill()
        process.wait()
    code = _started(export, url).wait()
    with Redis.from_url(url) as client:
        store = RedisDocumentStore(client)
        ids = [document.id for document in store.export()]
        writes = client.xlen("factcheck:corpus:changes") if client.exists("factcheck:corpus:changes") else None
    return {
        "kills": kills,
        "exit_code": code,
        "expected": posts,
        "documents": len(ids),
        "twice": len(ids) - len(set(ids)),
        "writes": writes,
    }


def _resident_mb(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except (OSError, IndexError, ValueError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main()
