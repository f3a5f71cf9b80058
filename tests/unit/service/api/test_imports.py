"""/v1/imports over HTTP, with the real readers: upload, dry run, import, report."""

import io
import json
import zipfile
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from factcheck.errors import StoreUnavailable
from factcheck.ingest.import_runner import ImportRunner
from factcheck.ingest.uploads import UploadArea
from factcheck.settings import Settings
from service.api.reference_page import description
from service.openapi import app_without_adapters
from tests.fakes import InMemoryDocuments

NOTE = b"---\ntitle: Ferry sank\ndate: 2021-03-02\nsource: The Salt Courier\n---\nThe old ferry sank in 1987."
DRAFT = b"---\ntitle: Not yet\ndraft: true\n---\nNobody may read this."


@pytest.fixture
def area(settings: Settings) -> UploadArea:
    area = UploadArea(settings.data_dir)
    area.beat()
    return area


@pytest.fixture
def runner(area: UploadArea, shelf: InMemoryDocuments) -> ImportRunner:
    return ImportRunner(area, shelf, 2_000, None)


def begin(client: FlaskClient, **options: Any) -> str:
    answer = client.post("/v1/imports", json=options)
    assert answer.status_code == 201, answer.text
    assert answer.headers["Location"] == answer.json["links"]["self"]
    return str(answer.json["links"]["self"])


def send(client: FlaskClient, path: str, files: dict[str, bytes]) -> Any:
    parts = [(io.BytesIO(content), name) for name, content in files.items()]
    return client.post(f"{path}/files", data={"file": parts}, content_type="multipart/form-data")


def zipped(**files: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return target.getvalue()


def test_an_archive_is_looked_through_first_and_imported_then(
    client: FlaskClient, runner: ImportRunner, shelf: InMemoryDocuments
) -> None:
    path = begin(client)
    assert send(client, path, {"ferry.md": NOTE, "b/draft.md": DRAFT}).json["files"] == 2
    assert (
        send(client, path, {"other.zip": zipped(rain_md=NOTE.replace(b"ferry", b"rain"), x_pdf=b"no")}).json["files"]
        == 3
    )
    assert client.post(f"{path}/dry-run").json["status"] == "checking"
    assert runner.work(Event())
    found = client.get(path).json
    assert (found["status"], shelf.documents) == ("ready", {})
    told = found["dry_run"]
    assert (told["new"], told["left_out"], told["refused"]) == (2, {"draft": 1}, 1)
    assert told["formats"] == {"markdown": 2}
    assert {sample["published_at"] for sample in told["samples"]} == {"2021-03-02"}
    assert {line["file"] for line in told["first_not_taken"]} == {"b/draft.md", "other.zip!x.pdf"}

    assert client.post(f"{path}/start").json["status"] == "importing"
    assert runner.work(Event())
    done = client.get(path).json
    assert (done["status"], done["result"]["new"]) == ("finished", 2)
    assert set(shelf.documents) == {"ferry.md", "other.zip!rain.md"}
    report = client.get(f"{path}/report")
    assert "attachment" in report.headers["Content-Disposition"]
    assert {json.loads(line)["outcome"] for line in report.text.splitlines()} == {"draft", "refused"}
    assert not runner.work(Event())


def test_the_answer_is_as_described(client: FlaskClient, runner: ImportRunner) -> None:
    path = begin(client, zone="Europe/Oslo", source="Courier", published_at="2020-01-02", format="markdown")
    send(client, path, {"a.md": NOTE})
    client.post(f"{path}/dry-run")
    runner.work(Event())
    spec = description(app_without_adapters())
    shape = {"$ref": "#/components/schemas/Import", "components": spec["components"]}
    Draft202012Validator(shape).validate(client.get(path).json)
    assert [entry["id"] for entry in client.get("/v1/imports").json["items"]] == [client.get(path).json["id"]]


def test_source_and_date_are_for_reports_that_name_none(
    client: FlaskClient, runner: ImportRunner, shelf: InMemoryDocuments
) -> None:
    path = begin(client, source="Morning Post", published_at="2020-01-02")
    send(client, path, {"dated.md": NOTE, "plain.txt": b"The bridge opened."})
    client.post(f"{path}/dry-run")
    runner.work(Event())
    assert client.get(path).json["dry_run"]["undated"] == 0
    client.post(f"{path}/start")
    runner.work(Event())
    assert (shelf.documents["plain.txt"].source, shelf.documents["plain.txt"].published_at) == (
        "Morning Post",
        "2020-01-02",
    )
    assert (shelf.documents["dated.md"].source, shelf.documents["dated.md"].published_at) == (
        "The Salt Courier",
        "2021-03-02",
    )


def test_the_same_archive_again_writes_nothing(client: FlaskClient, runner: ImportRunner) -> None:
    results = []
    for _ in range(2):
        path = begin(client)
        send(client, path, {"ferry.md": NOTE})
        client.post(f"{path}/dry-run")
        runner.work(Event())
        client.post(f"{path}/start")
        runner.work(Event())
        results.append(client.get(path).json["result"])
    assert [(result["new"], result["unchanged"]) for result in results] == [(1, 0), (0, 1)]


def test_a_file_that_is_sent_twice_counts_once(client: FlaskClient, area: UploadArea) -> None:
    path = begin(client)
    send(client, path, {"a.md": NOTE})
    assert send(client, path, {"a.md": NOTE + b" Again."}).json["files"] == 1


def test_a_name_never_leaves_the_upload(client: FlaskClient, area: UploadArea, tmp_path: Path) -> None:
    path = begin(client)
    assert send(client, path, {"../../../evil.txt": b"x", "/etc/a.txt": b"y"}).json["files"] == 2
    assert sorted(area.manifest(path.rsplit("/", 1)[1])) == ["etc/a.txt", "evil.txt"]
    assert {file.parent.name for file in tmp_path.rglob("*") if file.is_file() and len(file.name) == 32} == {"files"}
    assert send(client, path, {"..": b"x"}).status_code == 422


def test_no_more_than_the_limit_is_taken(client: FlaskClient, settings: Settings, area: UploadArea) -> None:
    small = client.application
    small.extensions["factcheck"] = _with_limit(small.extensions["factcheck"], 100)
    path = begin(client)
    assert send(client, path, {"a.txt": b"x" * 60}).status_code == 200
    refused = send(client, path, {"b.txt": b"x" * 60})
    assert (refused.status_code, refused.json["type"]) == (413, "urn:factcheck:problem:upload-too-large")
    assert "40 more bytes" in refused.json["detail"]
    assert client.get(path).json["files"] == 1


def _with_limit(context: Any, limit: int) -> Any:
    from dataclasses import replace

    return replace(context, settings=replace(context.settings, upload_limit_bytes=limit))


@pytest.mark.parametrize(
    ("body", "media_type", "status"),
    [
        (
            b"--x\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\n\r\nhalf of",
            "multipart/form-data; boundary=x",
            400,
        ),
        (b"abc", "multipart/form-data", 400),
        (b"abc", "text/plain", 415),
    ],
)
def test_a_broken_upload_is_refused_and_keeps_nothing(
    client: FlaskClient, area: UploadArea, body: bytes, media_type: str, status: int
) -> None:
    path = begin(client)
    assert client.post(f"{path}/files", data=body, content_type=media_type).status_code == status
    assert client.get(path).json["files"] == 0


def test_each_step_waits_for_the_one_before(client: FlaskClient, area: UploadArea, runner: ImportRunner) -> None:
    path = begin(client)
    assert client.post(f"{path}/dry-run").status_code == 409
    assert client.post(f"{path}/start").status_code == 409
    send(client, path, {"a.md": NOTE})
    client.post(f"{path}/dry-run")
    assert send(client, path, {"b.md": NOTE}).status_code == 409
    assert client.post(f"{path}/start").status_code == 409
    runner.work(Event())
    assert client.post(f"{path}/start").status_code == 202
    assert client.post(f"{path}/start").status_code == 202


def test_a_cancelled_import_ends_and_loses_its_files(
    client: FlaskClient, area: UploadArea, runner: ImportRunner
) -> None:
    path = begin(client)
    send(client, path, {"a.md": NOTE})
    client.post(f"{path}/dry-run")
    assert client.delete(path).status_code == 204
    assert client.get(path).json["status"] == "cancelled"
    assert not runner.work(Event())
    assert not (area.folder(path.rsplit("/", 1)[1]) / "files").exists()


def test_an_unknown_import_is_a_404(client: FlaskClient) -> None:
    for path in (f"/v1/imports/{'0' * 32}", "/v1/imports/nothing"):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "options", [{"zone": "Atlantis/Center"}, {"format": "xyz"}, {"published_at": "soon"}, {"other": 1}]
)
def test_options_are_checked(client: FlaskClient, area: UploadArea, options: dict[str, Any]) -> None:
    refused = client.post("/v1/imports", json=options)
    assert refused.status_code == 422
    assert refused.json["errors"][0]["pointer"] == f"/{next(iter(options))}"


def test_without_an_importer_no_upload_begins(client: FlaskClient) -> None:
    refused = client.post("/v1/imports", json={})
    assert refused.status_code == 503
    assert "importer" in refused.json["detail"]


class Flaky(InMemoryDocuments):
    """A store that is away for the first write."""

    def __init__(self) -> None:
        super().__init__()
        self.away = True

    def put_many(self, documents: Any, by: str | None = None) -> list[bool]:
        if self.away:
            self.away = False
            raise StoreUnavailable("Redis does not answer")
        return super().put_many(documents, by)


def test_an_import_goes_on_when_the_store_is_back(client: FlaskClient, area: UploadArea) -> None:
    shelf = Flaky()
    runner = ImportRunner(area, shelf, 2_000, None)
    path = begin(client)
    send(client, path, {"a.md": NOTE})
    client.post(f"{path}/dry-run")
    runner.work(Event())
    client.post(f"{path}/start")
    with pytest.raises(StoreUnavailable):
        runner.work(Event())
    assert client.get(path).json["status"] == "importing"
    runner.work(Event())
    assert (client.get(path).json["status"], set(shelf.documents)) == ("finished", {"a.md"})


class Deadly(InMemoryDocuments):
    """Stands for a file that ends the process that reads it."""

    def get_many(self, document_ids: Any) -> Any:
        raise SystemExit


def test_a_file_that_ends_the_importer_ends_it_three_times_at_most(client: FlaskClient, area: UploadArea) -> None:
    path = begin(client)
    send(client, path, {"deadly.md": NOTE})
    client.post(f"{path}/dry-run")
    runner = ImportRunner(area, Deadly(), 2_000, None)
    for _ in range(3):
        with pytest.raises(SystemExit):
            runner.work(Event())
    runner.work(Event())
    failed = client.get(path).json
    assert failed["status"] == "failed"
    assert "deadly.md" in failed["error"]
