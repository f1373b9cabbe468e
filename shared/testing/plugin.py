"""pytest fixtures: a real PostgreSQL, a real Kafka, the whole of Samtidig; each starts when a test first asks for it.

    postgres  makes databases:                 url = postgres.database()
    kafka     the bootstrap address of a broker
    stack     everything, running (`infra.local.stack.Stack`)

PostgreSQL and Kafka come from containers (testcontainers, the official images) where a Docker engine answers and can
pull, else from the local stack. The whole stack is always the local one: its tests kill single processes.

With `--numprocesses 2` (as `make test` does) one process runs what needs the whole stack, which stays one, and another
everything else, on servers of its own; whoever is done first helps with the rest, file by file.
"""

import itertools
import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

import docker
import psycopg
import pytest
import structlog
from docker.errors import DockerException
from psycopg import sql
from requests.exceptions import RequestException
from testcontainers.community.postgres import PostgresContainer
from testcontainers.core.container import DockerContainer
from testcontainers.core.waiting_utils import wait_for_logs
from xdist.scheduler import LoadScopeScheduling
from xdist.workermanage import WorkerController

from infra.local.stack import Stack, for_tests

POSTGRES_IMAGE = "postgres:18"
KAFKA_IMAGE = "apache/kafka:4.3.1"
DOCKER_SECONDS = 2
"""How long a Docker engine may take to answer before the tests do without."""

WITH_THE_STACK = (
    "tests/browser/",
    "tests/journeys/",
    "tests/faults/test_faults.py",
    "tests/faults/test_late_committer.py",
)
"""Tests that share one stack: where several processes run tests, one of them runs all of these."""


@dataclass
class Postgres:
    """A server on which each test, or module of tests, makes databases of its own."""

    superuser_url: str
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def database(self) -> str:
        """The address of a new, empty database. It lives as long as the server."""
        name = f"test_{next(self._numbers)}"
        with psycopg.connect(self.superuser_url, autocommit=True) as connection:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        return f"{self.superuser_url.rsplit('/', 1)[0]}/{name}"


@dataclass
class Backends:
    """Starts what is asked for, once, and ends it with the session."""

    used: dict[str, str] = field(default_factory=dict)
    _endings: ExitStack = field(default_factory=ExitStack)
    _stack: Stack | None = None
    _docker: bool | None = None

    def postgres(self) -> Postgres:
        if self._has_docker():
            self.used["PostgreSQL"] = f"container {POSTGRES_IMAGE}"
            container = self._endings.enter_context(PostgresContainer(POSTGRES_IMAGE, driver=None))
            return Postgres(container.get_connection_url())
        stack = self._local("PostgreSQL")
        stack.up(["postgres"])
        return Postgres(stack.postgres.superuser_url)

    def kafka(self) -> str:
        if self._has_docker():
            self.used["Kafka"] = f"container {KAFKA_IMAGE}"
            return self._kafka_container()
        stack = self._local("Kafka")
        stack.up(["kafka"])
        return stack.kafka.bootstrap

    def stack(self) -> Stack:
        stack = self._local("stack")
        stack.up()
        return stack

    def end(self) -> None:
        self._endings.close()

    def _local(self, what: str) -> Stack:
        if self._stack is None:
            self._stack = for_tests()
            self._endings.callback(self._stack.remove)
        self.used[what] = f"local stack in {self._stack.folder.name}"
        return self._stack

    def _has_docker(self) -> bool:
        if self._docker is None:
            self._docker = _can_pull()
        return self._docker

    def _kafka_container(self) -> str:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        container = DockerContainer(KAFKA_IMAGE).with_bind_ports(9092, port)
        for name, value in _kafka_settings(port).items():
            container = container.with_env(name, value)
        started = self._endings.enter_context(container)
        wait_for_logs(started, "Kafka Server started", timeout=60)
        return f"{started.get_container_host_ip()}:{port}"


def _kafka_settings(port: int) -> dict[str, str]:
    """What the image's own defaults lack: the address that clients outside of the container reach it by."""
    host = os.environ.get("TESTCONTAINERS_HOST_OVERRIDE", "localhost")
    return {
        "KAFKA_PROCESS_ROLES": "broker,controller",
        "KAFKA_NODE_ID": "1",
        "KAFKA_CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
        "KAFKA_LISTENERS": "PLAINTEXT://:9092,CONTROLLER://:9093",
        "KAFKA_ADVERTISED_LISTENERS": f"PLAINTEXT://{host}:{port}",
        "KAFKA_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
        "KAFKA_AUTO_CREATE_TOPICS_ENABLE": "false",
    }


def _can_pull() -> bool:
    """Whether a Docker engine answers in time and has, or can get, both images."""
    try:
        client = docker.from_env(timeout=DOCKER_SECONDS)
        client.ping()
        patient = docker.from_env(timeout=300)
        for image in (POSTGRES_IMAGE, KAFKA_IMAGE):
            if not patient.images.list(name=image):
                patient.images.pull(image)
    except (DockerException, RequestException):
        return False
    return True


_BACKENDS = pytest.StashKey[Backends]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--no-servers", action="store_true", help="only the tests that need no PostgreSQL, Kafka or stack")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--no-servers"):
        others = [item for item in items if _needs_servers(item)]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def _needs_servers(item: pytest.Item) -> bool:
    """By its fixtures, or because it is the variant of a test that asks for PostgreSQL once it runs."""
    variants = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return "backends" in getattr(item, "fixturenames", ()) or "postgres" in variants


def pytest_configure(config: pytest.Config) -> None:
    config.stash[_BACKENDS] = Backends()
    # Plain: where `rich` is installed, a traceback has all locals, and those of a page take half a minute to print.
    plain = structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*structlog.get_config()["processors"][:-1], plain])


class Beside(LoadScopeScheduling):  # type: ignore[misc]  # xdist ships no types
    """Hands out the tests of one stack together, and all others file by file; the longest lists come first."""

    def _split_scope(self, nodeid: str) -> str:
        return "stack" if nodeid.startswith(WITH_THE_STACK) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Beside:
    return Beside(config, log)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """One process of several: what it used is told at the end by the one that it works for."""
    if output := getattr(session.config, "workeroutput", None):
        output["used"] = session.config.stash[_BACKENDS].used


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: WorkerController) -> None:
    used: dict[str, Any] = getattr(node, "workeroutput", {}).get("used", {})
    for what, where in used.items():
        node.config.stash[_BACKENDS].used[f"{what} of {node.gateway.id}"] = where


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for what, where in config.stash[_BACKENDS].used.items():
        terminalreporter.write_line(f"{what}: {where}")


@pytest.fixture(scope="session")
def backends(pytestconfig: pytest.Config) -> Iterator[Backends]:
    found = pytestconfig.stash[_BACKENDS]
    yield found
    found.end()


@pytest.fixture(scope="session")
def postgres(backends: Backends) -> Postgres:
    return backends.postgres()


@pytest.fixture(scope="session")
def kafka(backends: Backends) -> str:
    return backends.kafka()


@pytest.fixture(scope="session")
def stack(backends: Backends) -> Stack:
    return backends.stack()
