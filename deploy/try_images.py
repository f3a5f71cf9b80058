"""Builds both images of the Dockerfile on this machine, runs the service from them as compose wires it, and checks the
sample draft. `deploy/try-images`; needs Linux, root, and the programs buildah, mmdebstrap, runc and ip.

Exit code: 0 where the verdicts are those of this checkout, 1 otherwise, 3 where a program is missing.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from deploy import pip_settings
from deploy.base_image import make_base, make_database
from deploy.buildah import Buildah
from deploy.containers import Container, Host, Image, await_true

ROOT = Path(__file__).parent.parent
SEEDS, DRAFT = ROOT / "seeds" / "documents.jsonl", ROOT / "seeds" / "sample_draft.json"
PROGRAMS = ("buildah", "mmdebstrap", "runc", "ip", "chroot")
TARGETS = ("api", "worker")
ORDER = ("redis", "indexer", "archive-encoder", "importer", "worker", "api")
OF_WORKER_IMAGE = ("indexer", "archive-encoder", "importer")
_URL = "http://127.0.0.1:8080"
_READY_S = 120
_MIB = 1 << 20


def main() -> int:
    """See the module."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, help="folder for images and volumes (a temporary one, deleted at the end)")
    arguments = parser.parse_args()
    missing = [program for program in PROGRAMS if shutil.which(program) is None]
    if missing or os.geteuid() != 0:
        print(
            f"needs root and the programs {', '.join(missing or PROGRAMS)}; on Debian: apt-get install", *PROGRAMS[:3]
        )
        return 3
    with tempfile.TemporaryDirectory(prefix="fc-images-", dir=arguments.work) as folder:
        try:
            return _try(Path(folder))
        except (subprocess.CalledProcessError, TimeoutError) as error:
            print(f"\nThe images do not work: {error}", file=sys.stderr)
            return 1


def _try(work: Path) -> int:
    began = time.monotonic()
    buildah = Buildah(work)
    compose = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
    services: dict[str, Any] = compose["services"]
    try:
        images = _build(buildah, work, services["redis"]["image"])
        built_s = time.monotonic() - began
        print(f"Both images built in {built_s:.0f} s.\n", flush=True)
        with _running(work, services, images) as (host, containers):
            right = _check(host, containers)
    finally:
        buildah.run("umount", "--all")
    print(f"\nIn all {time.monotonic() - began:.0f} s. The verdicts are {'right' if right else 'WRONG'}.")
    return 0 if right else 1


# ── build ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def _build(buildah: Buildah, work: Path, database: str) -> dict[str, Image]:
    """The images by service name, unpacked."""
    base = _base_name()
    with _step(f"base {base} from Debian's packages"):
        make_base(buildah, base, work)
        make_database(buildah, base, database)
    volumes = pip_settings.volumes(work)
    for target in TARGETS:
        with _step(f"image {target}"):
            buildah.build(ROOT, target, f"factcheck-{target}", volumes)
    below = _size(buildah.mount(base))
    found = {name: _unpacked(buildah, f"factcheck-{name}") for name in TARGETS}
    for name, image in found.items():
        size = _size(image.root)
        print(f"  {name}: {size / _MIB:.0f} MiB unpacked, {(size - below) / _MIB:.0f} MiB over the base", flush=True)
    same = dict.fromkeys(OF_WORKER_IMAGE, found["worker"])
    return {**found, **same, "redis": _unpacked(buildah, database)}


def _base_name() -> str:
    """What the Dockerfile builds on."""
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    return next(line.split()[1] for line in lines if line.startswith("FROM ") and line.endswith(" AS base"))


def _unpacked(buildah: Buildah, name: str) -> Image:
    return Image(buildah.mount(name), buildah.config(name))


def _size(root: Path) -> int:
    """Bytes of all files; a file with several names counts once."""
    stats = [path.lstat() for path in root.rglob("*") if path.is_symlink() or path.is_file()]
    return sum({stat.st_ino: stat.st_size for stat in stats}.values())


@contextmanager
def _step(what: str) -> Iterator[None]:
    print(f"{what} ...", flush=True)
    began = time.monotonic()
    yield
    print(f"  {time.monotonic() - began:.0f} s", flush=True)


# ── run ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


@contextmanager
def _running(
    work: Path, services: dict[str, Any], images: dict[str, Image]
) -> Iterator[tuple[Host, dict[str, Container]]]:
    """All services of the compose file, ready; stopped at the end."""
    with Host(work / "host", f"fc-{os.getpid()}") as host:
        containers = {name: Container(host, name, services[name], images[name]) for name in ORDER}
        try:
            began = time.monotonic()
            for container in containers.values():
                container.start()
            await_true(lambda: _is_ready(containers["api"]), _READY_S, "readiness")
            print(f"Ready {time.monotonic() - began:.1f} s after the start of the containers.", flush=True)
            yield host, containers
        except (TimeoutError, subprocess.CalledProcessError):
            for name, container in containers.items():
                print(f"── {name}\n{container.log.read_text(errors='replace')[-2000:]}", file=sys.stderr)
            raise
        finally:
            codes = {name: container.stop() for name, container in reversed(containers.items())}
            print("Stopped by SIGTERM; exit codes:", ", ".join(f"{name} {code}" for name, code in codes.items()))


def _is_ready(container: Container) -> bool:
    return (
        container.run("python", "-c", f"from urllib.request import urlopen; urlopen('{_URL}/readyz')").returncode == 0
    )


# ── look ────────────────────────────────────────────────────────────────────────────────────────────────────────────

_CONFINEMENT = """
import os
status = dict(line.split(":", 1) for line in open("/proc/self/status"))
def writable(path):
    try:
        open(os.path.join(path, "trial"), "w").close()
    except OSError:
        return False
    os.unlink(os.path.join(path, "trial"))
    return True
names = [path for path in ("/", "/app", "/venv", "/usr", "/tmp", "/data") if os.path.isdir(path) and writable(path)]
print("user", os.getuid(), "capabilities", status["CapEff"].strip(), "can write to", " ".join(names))
"""


def _check(host: Host, containers: dict[str, Container]) -> bool:
    """Whether the draft's verdicts are those that this checkout gives without any service."""
    for name, container in containers.items():
        print(f"  {name:15} {container.run('python', '-c', _CONFINEMENT).stdout.strip()}")
    worker = containers["worker"]
    created = worker.run("factcheck", "keys", "create", "trial", *_scopes("check", "corpus:read", "corpus:write"))
    environ = {**os.environ, "FACTCHECK_API_KEY": created.stdout.strip()}
    began = time.monotonic()
    there = _labels(host.inside(_sample(_URL), env=environ, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
    print(f"Two documents stored and the draft checked in {time.monotonic() - began:.1f} s:")
    here = _labels(subprocess.run(_sample(), cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout)
    for (claim, label), (_, expected) in zip(there, here, strict=True):
        print(f"  {label:14} {claim[:90]}{'' if label == expected else f'  EXPECTED {expected}'}")
    return here == there and all([_is_healthy("api", containers["api"]), _is_healthy("worker", worker)])


def _scopes(*names: str) -> list[str]:
    return [part for name in names for part in ("--scope", name)]


def _sample(*service: str) -> list[str]:
    return [sys.executable, "-m", "deploy.sample", *service, str(SEEDS), str(DRAFT)]


def _labels(output: str) -> list[tuple[str, str]]:
    return [(claim, label) for claim, label in json.loads(output)]


def _is_healthy(name: str, container: Container) -> bool:
    """The image's own health check."""
    kind, *command = container.image.config["Healthcheck"]["Test"]
    answer = container.run(*(command if kind == "CMD" else ["sh", "-c", *command]))
    print(f"Health check of {name}: {'healthy' if answer.returncode == 0 else answer.stdout + answer.stderr}")
    return answer.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
