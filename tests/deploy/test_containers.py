"""Image, compose file, units and manifests: what can be told about them without an engine that runs them."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hoistscraper.cli.main import COMMANDS
from hoistscraper.settings import Settings, variable_of
from tests.deploy.programs import DEPLOY, said

ROOT = DEPLOY.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
UNITS = sorted((DEPLOY / "systemd").iterdir())
MANIFESTS = sorted((DEPLOY / "kubernetes").glob("*.yaml"))
GUIDES = [ROOT / "docs/how-to" / f"run-{way}.md" for way in ("with-docker", "with-systemd", "on-kubernetes")]
# Words of others: each image's own, and what a shell has.
OF_OTHERS = re.compile(r"HOIST_BACKUP_|POSTGRES_|GF_|PROMETHEUS_URL|COMPOSE_")


def manifests() -> Iterator[dict[str, Any]]:
    for path in MANIFESTS:
        yield from yaml.safe_load_all(path.read_text())


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the name of each thing that runs pods, and what its pods are."""
    for each in manifests():
        spec = each.get("spec", {})
        template = spec.get("template") or spec.get("jobTemplate", {}).get("spec", {}).get("template")
        if template:
            yield each["metadata"]["name"], template


def all_files() -> list[Path]:
    return [ROOT / "Dockerfile", ROOT / "compose.yaml", DEPLOY / "caddy/Caddyfile", *UNITS, *MANIFESTS]


def hoistscraper_commands(text: str) -> set[str]:
    plain = re.sub(r"[\[\]\",]", " ", text)
    return set(re.findall(r"(?:^|\s|/bin/)hoistscraper +([a-z]+)\b(?!:)", plain))


@pytest.mark.parametrize("path", [*all_files(), *GUIDES], ids=lambda path: path.name)
def test_every_variable_is_a_setting(path: Path) -> None:
    named = set(re.findall(r"\b(?:HOIST_[A-Z_]+|[A-Z]+_URL|OLLAMA_HOST)\b", path.read_text()))
    settings = {variable_of(name) for name in Settings.model_fields}
    assert {name for name in named if not OF_OTHERS.match(name)} <= settings


@pytest.mark.parametrize("path", [*all_files(), *GUIDES], ids=lambda path: path.name)
def test_every_command_exists(path: Path) -> None:
    text = "\n".join(line for line in path.read_text().splitlines() if not line.lstrip().startswith("#"))
    if path.suffix == ".md":
        text = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    if path.name == "Dockerfile":
        text = re.findall(r"^CMD .*", text, re.MULTILINE)[-1]
    elif path.name == "compose.yaml":
        text = "\n".join(" ".join(each.get("command", [])) for each in SERVICES.values())
    elif path.suffix == ".yaml":
        text = "\n".join(re.findall(r"command: \[(.*)\]", text))
    assert hoistscraper_commands(text) <= set(COMMANDS)


def test_every_image_is_pinned_to_a_release() -> None:
    images = [each["image"] for each in SERVICES.values()]
    images += re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    images += [one["image"] for _, pod in pods() for one in pod["spec"]["containers"]]
    for image in images:
        _, _, tag = image.rpartition(":")
        assert image == "hoistscraper:local" or re.match(r"v?\d+\.\d+", tag), image


def test_everything_that_is_mounted_or_copied_is_there() -> None:
    for name, service in SERVICES.items():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            known = (ROOT / source).is_dir() if source.startswith(".") else source in COMPOSE["volumes"]
            assert known, (name, source)
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for copied in re.findall(r"^COPY (?!--from)(.*) \S+$", DOCKERFILE, re.MULTILINE):
        for source in copied.split():
            assert (ROOT / source).exists(), source
            assert f"!{source}" in ignored, source


def test_ports_agree() -> None:
    port = str(Settings.model_fields["port"].default)
    assert f"HOIST_PORT={port}" in DOCKERFILE
    assert f"EXPOSE {port}" in DOCKERFILE
    assert f"127.0.0.1:{port}/api/health/live" in DOCKERFILE
    assert SERVICES["app"]["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert f"reverse_proxy app:{port}" in (DEPLOY / "caddy/Caddyfile").read_text()
    targets = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text())["scrape_configs"]
    assert targets[0]["static_configs"][0]["targets"] == [f"127.0.0.1:{port}"]
    for _, pod in pods():
        for container in pod["spec"]["containers"]:
            assert [each["containerPort"] for each in container.get("ports", [])] in ([], [int(port)])


def test_only_the_proxy_is_believed_who_asks() -> None:
    address = SERVICES["caddy"]["networks"]["default"]["ipv4_address"]
    assert SERVICES["app"]["environment"]["HOIST_TRUSTED_PROXIES"] == address


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_may_more_than_it_needs(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["restart"]
    assert service["healthcheck"] if name != "app" else "HEALTHCHECK" in DOCKERFILE
    assert {"cpus", "memory", "pids"} == set(service["deploy"]["resources"]["limits"])
    # Only the proxy is reached from elsewhere.
    outside = [port for port in service.get("ports", []) if not port.startswith("127.0.0.1:")]
    assert not outside or name == "caddy"


def test_pods_may_no_more_than_they_need_and_run_as_the_images_user() -> None:
    user = re.search(r"^USER (\d+):(\d+)$", DOCKERFILE, re.MULTILINE)
    assert user
    for name, pod in pods():
        within = pod["spec"]["securityContext"]
        assert within["runAsNonRoot"], name
        assert (within["runAsUser"], within["runAsGroup"]) == (int(user[1]), int(user[2])), name
        assert pod["spec"]["automountServiceAccountToken"] is False
        for container in pod["spec"]["containers"]:
            assert container["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }
            assert container["resources"]["limits"]["memory"]


def test_no_secret_stands_in_any_file() -> None:
    for path in all_files():
        for name, value in re.findall(r"(\w*(?:PASSWORD|SECRET|KEY|TOKEN)\w*)[=:] *(\S+)", path.read_text()):
            assert value.startswith("/run/secrets/"), (path.name, name)


def test_the_dockerfile_is_as_a_linter_wants_it() -> None:
    hadolint = Path(sys.executable).parent / "hadolint"
    said(str(hadolint), ROOT / "Dockerfile")


def test_the_compose_file_has_its_form_and_no_grave_weakness() -> None:
    programs = Path(sys.executable).parent
    said(str(programs / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", ROOT / "compose.yaml")
    said(str(programs / "compose-lint"), "check", "--fail-on", "high", ROOT / "compose.yaml")


@pytest.mark.parametrize("path", MANIFESTS, ids=lambda path: path.name)
def test_a_manifest_has_its_form(path: Path) -> None:
    said(str(Path(sys.executable).parent / "kubernetes-validate"), "--strict", path)


def test_selectors_find_pods() -> None:
    labels = [pod["metadata"]["labels"] for _, pod in pods()]
    for each in manifests():
        selector = each["spec"].get("selector") if each["kind"] != "ConfigMap" else None
        if selector:
            wanted = selector.get("matchLabels", selector)
            assert any(wanted.items() <= one.items() for one in labels), each["metadata"]["name"]


def test_the_units_are_as_systemd_wants_them(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace("/opt/hoistscraper/bin/hoistscraper", "/bin/true")
        (tmp_path / unit.name).write_text(text)
    answer = said("systemd-analyze", "verify", "--man=no", *sorted(tmp_path.iterdir()))
    # What else is installed on this machine is its own business.
    assert not [line for line in answer.splitlines() if "hoistscraper" in line], answer


def test_units_are_exposed_less_than_most(tmp_path: Path) -> None:
    for unit in UNITS:
        if unit.suffix == ".service":
            copy = tmp_path / unit.name.replace("@", "@1")
            copy.write_text(unit.read_text())
            # Of 100; systemd calls what is below 40 "OK". A service without any of it has 96.
            said("systemd-analyze", "security", "--offline=true", "--no-pager", "--threshold=35", copy)


def test_the_proxy_takes_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOIST_PUBLIC_URL", "https://calls.example.org")
    said("caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "caddy/Caddyfile")
