"""The manifests of deploy/kubernetes: valid by Kubernetes' own schemas, and in step with the compose file and the settings."""

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from factcheck.settings import Settings, variable

ROOT = Path(__file__).parents[2]
VERSION = "1.34"
Manifest = dict[str, Any]

MANIFESTS: list[Manifest] = [
    manifest
    for path in sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
    for manifest in yaml.safe_load_all(path.read_text(encoding="utf-8"))
]
PODS = [m["spec"]["template"]["spec"] for m in MANIFESTS if "template" in m.get("spec", {})]
CONTAINERS = [container for pod in PODS for container in pod["containers"]]
COMPOSE: Manifest = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]


def name_of(manifest: Manifest) -> str:
    return f"{manifest['kind']}-{manifest['metadata']['name']}" if "kind" in manifest else str(manifest["name"])


@pytest.mark.parametrize("manifest", MANIFESTS, ids=name_of)
def test_a_manifest_is_valid(manifest: Manifest):
    kubernetes_validate.validate(manifest, VERSION, strict=True)


def test_the_validator_refuses_what_does_not_exist():
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(
            {"apiVersion": "v1", "kind": "Service", "spec": {"prots": []}}, VERSION, strict=True
        )


@pytest.mark.parametrize("container", CONTAINERS, ids=name_of)
def test_a_container_runs_what_compose_runs(container: Manifest):
    service = COMPOSE[container["name"]]
    assert container["image"] == service["image"]
    ours = [*container.get("command", []), *container.get("args", [])]
    theirs = [word.strip("'") for part in service.get("command", []) for word in part.split(" ")]
    assert [word for word in ours if word not in ("--dir", "/data")] == theirs


def test_no_process_of_compose_is_left_out():
    """A pod without its archive encoder works, and costs every worker more."""
    optional = {name for name, service in COMPOSE.items() if service.get("profiles")}
    assert {container["name"] for container in CONTAINERS} == COMPOSE.keys() - optional


@pytest.mark.parametrize("container", CONTAINERS, ids=name_of)
def test_a_container_is_confined_and_bounded(container: Manifest):
    confined = container["securityContext"]
    assert confined["readOnlyRootFilesystem"]
    assert not confined["allowPrivilegeEscalation"]
    assert confined["capabilities"] == {"drop": ["ALL"]}
    limit, compose = container["resources"]["limits"]["memory"], COMPOSE[container["name"]]["deploy"]
    assert bytes_of(limit) == bytes_of(compose["resources"]["limits"]["memory"])


def bytes_of(size: str) -> int:
    number, unit = re.fullmatch(r"(\d+)(\w)i?b?", size, re.IGNORECASE).groups()  # type: ignore[union-attr]
    return int(number) * {"m": 1 << 20, "g": 1 << 30}[unit.lower()]


def test_every_setting_exists():
    known = {variable(field.name) for field in fields(Settings)}
    given = {name for m in MANIFESTS if m["kind"] == "ConfigMap" for name in m["data"]}
    assert given
    assert given <= known


@pytest.mark.parametrize("pod", PODS, ids=lambda pod: pod["containers"][0]["name"])
def test_services_of_the_namespace_set_no_variables(pod: Manifest):
    """A service named factcheck would set FACTCHECK_PORT=tcp://…, which no process could read."""
    assert pod["enableServiceLinks"] is False


def test_user_port_and_probes_are_those_of_the_images():
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    (pod,) = (pod for pod in PODS if pod["containers"][0]["name"] == "api")
    api = pod["containers"][0]
    context = pod["securityContext"]
    assert f"USER {context['runAsUser']}:{context['runAsGroup']}" in dockerfile
    assert [port["containerPort"] for port in api["ports"]] == [int(re.findall(r"^EXPOSE (\d+)", dockerfile, re.M)[0])]
    assert api["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert api["readinessProbe"]["httpGet"]["path"] == "/readyz"
    assert pod["terminationGracePeriodSeconds"] >= Settings().check_time_limit_s
