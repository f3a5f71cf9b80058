"""The wheels and source archives as others install them: into an environment of their own, without a network."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.e2e.fake_service import ARTICLE, Stage, playing

ROOT = Path(__file__).parents[3]
PROJECTS = (ROOT / "pyproject.toml", ROOT / "client" / "pyproject.toml")
NOTHING = {"title": None, "published_at": None, "source": None, "url": None, "language": None}
PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet")
OFFLINE = ("--no-index", "--no-deps", "--no-cache-dir")
CHECK = """
import sys
import factcheck_client as f
report = f.Client(sys.argv[1]).check(f.Article(format=f.Format.TEXT, **eval(sys.argv[2])))
print([str(verdict.label) for verdict in report.verdicts])
"""


def run(*argv: str | Path, cwd: Path = ROOT, **environ: str) -> str:
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ended = subprocess.run(argv, cwd=cwd, env={**clean, **environ}, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    return ended.stdout


def build(project: Path, into: Path) -> dict[str, Path]:
    """`wheel` and `sdist` → the file that was built."""
    run(sys.executable, "-m", "hatchling", "build", "--directory", into, cwd=project)
    return {"wheel": next(into.glob("*.whl")), "sdist": next(into.glob("*.tar.gz"))}


def environment(folder: Path, artefact: Path) -> Path:
    """The Python of a new environment that holds this artefact alone. A source archive is made a wheel first, as pip does."""
    if artefact.suffix == ".gz":
        run(*PIP, "wheel", *OFFLINE, "--no-build-isolation", "--wheel-dir", folder / "wheels", artefact)
        artefact = next((folder / "wheels").glob("*.whl"))
    venv.create(folder / "env", with_pip=False)
    python = folder / "env" / "bin" / "python"
    run(*PIP, "--python", python, "install", *OFFLINE, "--no-compile", artefact)
    return python


def top_level(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as content:
        return {name.split("/")[0] for name in content.namelist()}


@pytest.fixture(scope="session")
def client_dist(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(ROOT / "client", tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="session")
def app_dist(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return build(ROOT, tmp_path_factory.mktemp("app"))


@pytest.fixture
def stage():
    with playing() as stage:
        yield stage


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_client_works_alone(client_dist: dict[str, Path], tmp_path: Path, stage: Stage, kind: str):
    python = environment(tmp_path, client_dist[kind])
    said = run(python, "-I", "-c", CHECK, stage.url, repr({**NOTHING, **ARTICLE}), cwd=tmp_path)
    assert said.split("'")[1::2] == ["contradicted", "disputed", "supported", "unverified", "not_checkable"]
    installed = run(*PIP[:-1], "--python", python, "list", "--format=json")
    assert [package["name"] for package in json.loads(installed)] == ["factcheck-client"]


def test_the_client_puts_one_name_on_the_path(client_dist: dict[str, Path]):
    assert top_level(client_dist["wheel"]) == {"factcheck_client", "factcheck_client-0.1.0.dist-info"}


def test_the_client_s_modules_name_no_module_of_the_application(client_dist: dict[str, Path]):
    with zipfile.ZipFile(client_dist["wheel"]) as content:
        code = b"".join(content.read(name) for name in content.namelist() if name.endswith(".py"))
    assert b"from factcheck." not in code
    assert b"import factcheck\n" not in code


def test_the_application_puts_the_documented_names_on_the_path(app_dist: dict[str, Path]):
    names = {"factcheck", "factcheck_cli", "service", "worker", "factcheck-0.1.0.dist-info"}
    assert top_level(app_dist["wheel"]) == names


def test_the_wheel_of_the_api_s_image_holds_no_worker_and_no_model(tmp_path: Path):
    """Built from what its stage of the Dockerfile copies, and serves without the rest."""
    stage = (ROOT / "Dockerfile").read_text(encoding="utf-8").partition(" AS api-package\n")[2].partition("\nFROM ")[0]
    for copied in re.findall(r"^COPY (.+) \S+$", stage, re.M):
        for name in copied.split():
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            (tmp_path / name).parent.mkdir(exist_ok=True)
            copy(ROOT / name, tmp_path / name)
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path / "dist", cwd=tmp_path)
    wheel = next((tmp_path / "dist").glob("*.whl"))
    assert top_level(wheel) == {"factcheck", "service", "factcheck-0.1.0.dist-info"}
    start = (
        f"import sys; sys.path.append({sysconfig.get_path('purelib')!r}); import service.app as s; print(s.__file__)"
    )
    where = run(environment(tmp_path, wheel), "-c", start, cwd=tmp_path / "dist").strip()
    assert Path(where).is_relative_to(tmp_path / "env")


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_the_application_checks_an_article(app_dist: dict[str, Path], tmp_path: Path, kind: str):
    """With its own packages from the artefact, with all that they need beside them (models, word lists, templates)."""
    python = environment(tmp_path, app_dist[kind])
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "ferry.txt").write_text("The ferry starts again on March 4, 2019.", encoding="utf-8")
    (tmp_path / "draft.txt").write_text("The ferry starts again on March 5, 2019.", encoding="utf-8")
    libraries = sysconfig.get_path("purelib")
    start = f"import sys; sys.path.append({libraries!r}); from factcheck_cli.main import main; main()"
    command = ("check", "draft.txt", "--corpus", "corpus", "--format", "json")
    report = json.loads(run(python, "-c", start, *command, cwd=tmp_path))
    assert [claim["label"] for claim in report["claims"]] == ["contradicted"]
    page = f"import sys; sys.path.append({libraries!r}); import service.app, service.web as w; print(w.__path__[0])"
    web = Path(run(python, "-c", page, cwd=tmp_path).strip())
    assert web.is_relative_to(tmp_path)
    assert (web / "static" / "css").is_dir()


def test_both_distributions_are_of_one_version_and_licence():
    app, client = (tomllib.loads(path.read_text("utf-8"))["project"] for path in PROJECTS)
    assert app["version"] == client["version"]
    assert client["dependencies"] == []
    assert (ROOT / "client" / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
