"""buildah, with its storage in a folder of ours: needs neither a daemon nor an overlay file system."""

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Buildah:
    """`storage` is deleted by the caller."""

    storage: Path

    def run(self, *arguments: str, quiet: bool = False) -> str:
        """Standard output of one command. Errors go to ours.

        Raises: `CalledProcessError`.
        """
        places = ["--root", str(self.storage / "images"), "--runroot", str(self.storage / "run")]
        command = ["buildah", *places, "--storage-driver", "vfs", *arguments]
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()

    def start(self, image: str) -> str:
        """Name of a new working container."""
        return self.run("from", "--pull-never", image)

    def commit(self, container: str, name: str) -> None:
        """Makes an image of a working container, and removes the container."""
        self.run("commit", "--quiet", "--rm", container, name)

    def commit_folder(self, root: Path, name: str) -> None:
        """Makes an image that holds `root`."""
        container = self.run("from", "scratch")
        self.run("copy", "--quiet", container, str(root), "/")
        self.commit(container, name)

    def build(self, context: Path, target: str, name: str, volumes: Sequence[str]) -> None:
        """Builds one target of the Dockerfile. `volumes` (`from:to:ro`) are visible to its RUN steps, and not in the image."""
        mounts = [part for volume in volumes for part in ("--volume", volume)]
        how = ["--isolation", "chroot", "--pull-never", "--format", "docker", "--quiet"]
        self.run("build", *how, *mounts, "--target", target, "--tag", name, str(context))

    def config(self, image: str) -> dict[str, Any]:
        """`Env`, `Cmd`, `User`, `WorkingDir` and the like of an image."""
        config: dict[str, Any] = json.loads(self.run("inspect", "--type", "image", image))["Docker"]["config"]
        return config

    def mount(self, image: str) -> Path:
        """The image's root file system, in a folder."""
        return Path(self.run("mount", self.start(image)))
