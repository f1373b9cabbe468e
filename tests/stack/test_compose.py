"""docker-compose.yml and the Dockerfiles, read as strictly as can be without a Docker engine."""

import importlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from infra.local import assets
from infra.local.processes import LISTENING_SERVICES, OWNING_SERVICES, SERVICES, gateway
from shared.testing.plugin import KAFKA_IMAGE, POSTGRES_IMAGE

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]

SERVICE_KEYS = {
    *(
        "image",
        "build",
        "command",
        "environment",
        "depends_on",
        "healthcheck",
        "restart",
        "volumes",
        "ports",
        "shm_size",
    ),
}
HEALTHCHECK_KEYS = {"test", "interval", "timeout", "retries", "start_period", "disable"}
CONDITIONS = {"service_healthy", "service_completed_successfully"}


def hyphened(service: str) -> str:
    return service.replace("_", "-")


def test_only_known_keys_are_used():
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"name", "services", "volumes"}
    for name, container in CONTAINERS.items():
        assert set(container) <= SERVICE_KEYS, name
        assert set(container.get("healthcheck", {})) <= HEALTHCHECK_KEYS, name
        assert set(container.get("build", {})) <= {"context", "dockerfile"}, name


def test_every_process_of_the_local_stack_has_a_container():
    apis = {hyphened(service) for service in SERVICES}
    relays = {f"{hyphened(service)}-relay" for service in OWNING_SERVICES}
    names = {f"{hyphened(service)}-names" for service in LISTENING_SERVICES}
    databases = {f"{hyphened(service)}-database" for service in SERVICES}
    jobs = {f"{hyphened(service)}-migrate" for service in SERVICES}
    jobs |= {f"{hyphened(service)}-topic" for service in OWNING_SERVICES}
    assert set(CONTAINERS) == apis | relays | names | databases | jobs | {"timeline-consumer", "kafka", "gateway"}


@pytest.mark.parametrize("service", OWNING_SERVICES)
def test_who_listens_to_others_has_a_process_for_it_that_waits_for_their_topics(service: str):
    declared = importlib.import_module(f"services.{service}.app").SERVICE
    assert (service in LISTENING_SERVICES) == bool(declared.references)
    if declared.references:
        container = CONTAINERS[f"{hyphened(service)}-names"]
        assert container["command"] == ["python", "-m", f"services.{service}", "names"]
        topics = {source.topic.replace(".events", "-topic") for source in declared.references}
        assert {name for name in container["depends_on"] if name.endswith("-topic")} == topics


def test_images_are_the_official_ones_that_the_tests_use():
    assert {name for name, container in CONTAINERS.items() if container["image"] == POSTGRES_IMAGE} == {
        f"{hyphened(service)}-database" for service in SERVICES
    }
    assert CONTAINERS["kafka"]["image"] == KAFKA_IMAGE
    assert CONTAINERS["gateway"]["image"] == "caddy:2"


@pytest.mark.parametrize("name", CONTAINERS)
def test_what_a_container_waits_for_exists_and_can_come_true(name: str):
    for other, dependency in CONTAINERS[name].get("depends_on", {}).items():
        assert dependency["condition"] in CONDITIONS
        if dependency["condition"] == "service_completed_successfully":
            assert CONTAINERS[other]["restart"] == "on-failure", f"{other} never completes"
        else:
            assert has_health(other), f"{other} has no health check"


def has_health(name: str) -> bool:
    container = CONTAINERS[name]
    if "healthcheck" in container:
        return "test" in container["healthcheck"]
    return "HEALTHCHECK" in (ROOT / container["build"]["dockerfile"]).read_text()


def test_nothing_waits_in_a_circle():
    def visit(name: str, above: tuple[str, ...]) -> None:
        assert name not in above, f"{' → '.join(above)} → {name}"
        for other in CONTAINERS[name].get("depends_on", {}):
            visit(other, (*above, name))

    for name in CONTAINERS:
        visit(name, ())


def test_each_service_has_a_database_of_its_own():
    addresses = {service: CONTAINERS[hyphened(service)]["environment"]["DATABASE_URL"] for service in SERVICES}
    for service, address in addresses.items():
        assert address.endswith(f"@{hyphened(service)}-database:5432/samtidig")
    assert len(set(addresses.values())) == len(SERVICES)


def test_every_volume_is_declared_and_used_and_every_mounted_file_exists():
    mounted = [volume.split(":")[0] for container in CONTAINERS.values() for volume in container.get("volumes", [])]
    files = [source for source in mounted if source.startswith("./")]
    assert all((ROOT / file).is_file() for file in files)
    assert set(COMPOSE["volumes"]) == set(mounted) - set(files)


def test_every_variable_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"\$\{[A-Z_]+", text)
    assert not re.findall(r"\$\{[A-Z_]+\}|\$[A-Z_]", text)


def test_the_gateway_is_the_only_way_in_and_only_from_this_machine():
    published = {name: container["ports"] for name, container in CONTAINERS.items() if "ports" in container}
    assert set(published) == {"gateway"}
    assert all(port.startswith("127.0.0.1:") for port in published["gateway"])


def test_the_gateway_gets_every_address_that_the_caddyfile_asks_for():
    asked = set(re.findall(r"\{\$([A-Z_]+)\}", (ROOT / "infra/gateway/Caddyfile").read_text()))
    local = gateway(dict.fromkeys([*SERVICES, "gateway"], 1), ROOT).environment
    assert asked <= set(CONTAINERS["gateway"]["environment"])
    assert asked <= set(local)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_s_image_holds_the_pinned_libraries_what_is_shared_and_its_own_folder(service: str):
    dockerfile = (ROOT / "services" / service / "Dockerfile").read_text()
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", dockerfile, re.MULTILINE)
    sources = {source for line in copied for source in line.split()}
    assert sources == {
        *(f"infra/design-system/{name}" for name in assets.FILES),
        "infra/python/service.lock",
        "shared/",
        "services/__init__.py",
        f"services/{service}/",
    }
    assert all((ROOT / source).exists() for source in sources)
    assert f"/design-system/{assets.MADE}/ {assets.TARGET.relative_to(ROOT)}/\n" in dockerfile
    assert "--require-hashes" in dockerfile
    assert f'"services.{service}.app:create()"' in dockerfile
    assert "/healthz" in dockerfile


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_does_not_run_as_root(service: str):
    lines = (ROOT / "services" / service / "Dockerfile").read_text().splitlines()
    assert lines.index("USER samtidig") < next(n for n, line in enumerate(lines) if line.startswith("CMD"))


@pytest.mark.parametrize("lock", ["service", "local", "test"])
def test_a_lock_pins_every_package_by_hash_and_names_no_registry(lock: str):
    text = (ROOT / "infra" / "python" / f"{lock}.lock").read_text()
    pinned = re.findall(r"^([a-z0-9-]+)==", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9-]+==)", text, flags=re.MULTILINE)[1:]
    assert len(pinned) == len(entries) > 40
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text


def test_what_runs_is_what_is_tested():
    def versions(lock: str) -> set[str]:
        text = (ROOT / "infra" / "python" / f"{lock}.lock").read_text()
        return set(re.findall(r"^(\S+==\S+)", text, re.MULTILINE))

    assert versions("service") <= versions("local") <= versions("test")
