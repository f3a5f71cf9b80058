"""Runs services of the compose file from unpacked images, with runc: as their user, on a read-only root, without a daemon.

All share one network namespace that has nothing but a loopback interface, as `inside` of the compose file has no way
out. Each service's name stands for 127.0.0.1 there. Not taken over: restarts, and the `init` process.
"""

import json
import os
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Json = dict[str, Any]

_STATE = "--root"
_NAMESPACES = ("pid", "mount", "ipc", "uts")
_PATH = "PATH=/usr/local/bin:/usr/bin:/bin"
_LIMIT_S = 20


@dataclass(frozen=True, slots=True)
class Image:
    """An unpacked image; `config` is its configuration as buildah shows it."""

    root: Path
    config: Json


@dataclass(slots=True)
class Host:
    """The machine that the containers share: a folder of its own, a network namespace, volumes."""

    folder: Path
    namespace: str

    def __enter__(self) -> "Host":
        self.folder.mkdir()
        subprocess.run(["ip", "netns", "add", self.namespace], check=True)
        subprocess.run(["ip", "-n", self.namespace, "link", "set", "lo", "up"], check=True)
        return self

    def __exit__(self, *_: object) -> None:
        subprocess.run(["ip", "netns", "delete", self.namespace], check=True)

    def inside(self, command: list[str], **how: Any) -> subprocess.CompletedProcess[str]:
        """Runs a program of this machine in the containers' network."""
        return subprocess.run(["ip", "netns", "exec", self.namespace, *command], text=True, **how)

    def volume(self, name: str, image: Image, target: str) -> Path:
        """A named volume. A new one has the owner of the folder that it covers, as with Docker."""
        path = self.folder / "volumes" / name
        if not path.exists():
            path.mkdir(parents=True)
            covered = image.root / target.lstrip("/")
            if covered.exists():
                os.chown(path, covered.stat().st_uid, covered.stat().st_gid)
        return path


class Container:
    """One service of the compose file. `log` is the file with what it prints."""

    def __init__(self, host: Host, name: str, service: Json, image: Image) -> None:
        self.image = image
        self._host = host
        self._id = f"{host.namespace}-{name}"
        bundle = host.folder / name
        bundle.mkdir()
        self.log = bundle / "log"
        (bundle / "config.json").write_text(json.dumps(_runtime_config(host, name, service, image)))
        self._bundle = bundle
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Runs it in the background."""
        with self.log.open("wb") as sink:
            self._process = subprocess.Popen(
                [*self._runc(), "run", "--bundle", str(self._bundle), self._id],
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
            )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Runs one more program inside, as the container's user."""
        return subprocess.run([*self._runc(), "exec", self._id, *command], capture_output=True, text=True)

    def ended(self) -> int | None:
        """Exit code; None while it runs."""
        return self._process.poll() if self._process else None

    def wait(self, limit_s: float) -> int:
        """The exit code.

        Raises: `TimeoutExpired`.
        """
        assert self._process is not None
        return self._process.wait(limit_s)

    def stop(self) -> int:
        """SIGTERM; the exit code. Kills it where it does not end in time."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            subprocess.run([*self._runc(), "kill", self._id, str(signal.SIGTERM.value)], check=False)
        try:
            return self._process.wait(_LIMIT_S)
        except subprocess.TimeoutExpired:
            subprocess.run([*self._runc(), "delete", "--force", self._id], check=False)
            return self._process.wait()

    def _runc(self) -> list[str]:
        return ["runc", _STATE, str(self._host.folder / "runc")]


def _runtime_config(host: Host, name: str, service: Json, image: Image) -> Json:
    """The OCI runtime's configuration for a service."""
    user = str(service.get("user") or image.config.get("User") or "0:0")
    uid, _, gid = user.partition(":")
    network = {"type": "network", "path": f"/run/netns/{host.namespace}"}
    none: list[str] = []
    assert service["cap_drop"] == ["ALL"]
    return {
        "ociVersion": "1.0.0",
        "process": {
            "user": {"uid": int(uid), "gid": int(gid or uid)},
            "args": _command(service, image),
            "env": _environment(service, image),
            "cwd": image.config.get("WorkingDir") or "/",
            "noNewPrivileges": "no-new-privileges:true" in service["security_opt"],
            "capabilities": dict.fromkeys(("bounding", "effective", "inheritable", "permitted", "ambient"), none),
        },
        "root": {"path": str(image.root), "readonly": service["read_only"]},
        "hostname": name,
        "mounts": [*_system_mounts(), *_tmpfs(service), *_volumes(host, service, image), _hosts_file(host)],
        "linux": {
            "namespaces": [*({"type": kind} for kind in _NAMESPACES), network],
            "resources": {"memory": {"limit": _bytes(service["deploy"]["resources"]["limits"]["memory"])}},
            "cgroupsPath": f"/{host.namespace}/{name}",
        },
    }


def _bytes(size: str) -> int:
    """Of a size as compose spells it: `768m`."""
    return int(size[:-1]) * {"m": 1 << 20, "g": 1 << 30}[size[-1]]


def _command(service: Json, image: Image) -> list[str]:
    """As compose reads it: each part of a list may hold several words."""
    given = service.get("command")
    return [word for part in given for word in shlex.split(part)] if given else list(image.config["Cmd"])


def _environment(service: Json, image: Image) -> list[str]:
    given: Mapping[str, str] = service.get("environment", {})
    return [*(image.config.get("Env") or [_PATH]), *(f"{key}={interpolated(value)}" for key, value in given.items())]


def interpolated(text: str) -> str:
    """Compose's `${NAME:-default}`, with this process's environment."""
    return re.sub(r"\$\{(\w+):-([^}]*)\}", lambda found: os.environ.get(found[1]) or found[2], str(text))


def _system_mounts() -> list[Json]:
    def mount(where: str, kind: str, *options: str) -> Json:
        return {"destination": where, "type": kind, "source": kind, "options": ["nosuid", *options]}

    return [
        mount("/proc", "proc", "noexec", "nodev"),
        mount("/dev", "tmpfs", "mode=755", "size=65536k"),
        mount("/dev/shm", "tmpfs", "noexec", "nodev", "mode=1777", "size=65536k"),
        mount("/sys", "sysfs", "noexec", "nodev", "ro"),
    ]


def _tmpfs(service: Json) -> list[Json]:
    entries = [entry.partition(":") for entry in service.get("tmpfs", [])]
    return [
        {"destination": where, "type": "tmpfs", "source": "tmpfs", "options": ["nosuid", "nodev", *options.split(",")]}
        for where, _, options in entries
    ]


def _volumes(host: Host, service: Json, image: Image) -> list[Json]:
    entries = [entry.partition(":") for entry in service.get("volumes", [])]
    return [_bind(host.volume(name, image, where), where, "rw") for name, _, where in entries]


def _hosts_file(host: Host) -> Json:
    path = host.folder / "hosts"
    path.write_text("127.0.0.1 localhost redis api indexer worker engine\n")
    return _bind(path, "/etc/hosts", "ro")


def _bind(source: Path, where: str, mode: str) -> Json:
    return {"destination": where, "type": "bind", "source": str(source), "options": ["bind", mode]}


def await_true(question: Any, limit_s: float, what: str) -> float:
    """Seconds until `question()` is true.

    Raises: `TimeoutError` that says `what` did not happen.
    """
    began = time.monotonic()
    while not question():
        if time.monotonic() - began > limit_s:
            raise TimeoutError(f"{what} did not happen within {limit_s:g} s")
        time.sleep(0.2)
    return time.monotonic() - began
