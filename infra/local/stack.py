"""A stack: one folder, one block of ports, one supervisord. The demo is one, and so is what the tests run against."""

import fcntl
import hashlib
import json
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psutil
import requests

from infra.local import assets, processes
from infra.local.errors import StackError
from infra.local.kafka import Kafka, fetch_jars
from infra.local.ports import DEMO_BASE, HOST, Ports, free_ports, is_open, require_free
from infra.local.postgres import Postgres
from infra.local.processes import OWNING_SERVICES, ROOT, SERVICES, Process
from infra.local.progress import Tell, step
from infra.local.supervisor import State, Supervisor

HOME = ROOT / ".local"
"""Everything that a run leaves on the disk; `make clean` removes it."""

STORES = ("postgres", "kafka")
"""What everything else needs: started first, stopped last."""

DISK_NEEDED = 1_000_000_000
"""Bytes that must be free before a stack starts."""

READY_SECONDS = 90
NOTICED_SECONDS = 5

PATIENCE = 4
"""How often a process may die while the stack starts before that is called a failure."""


@dataclass
class Stack:
    """Start with `up`, end with `down`. It always has PostgreSQL, Kafka and the gateway; `services` are the others."""

    folder: Path
    ports: Ports
    services: Sequence[str] = SERVICES
    moved_by: str = "make demo PORT=9400"
    supervisor: Supervisor = field(init=False)

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(self.folder)

    # What a stack is

    @property
    def postgres(self) -> Postgres:
        return Postgres(self.folder / "postgres", self.ports.of("postgres"))

    @property
    def kafka(self) -> Kafka:
        return Kafka(self.folder / "kafka", HOME / "kafka", self.ports.of("kafka"), self.ports.of("kafka-controller"))

    @property
    def processes(self) -> dict[str, Process]:
        """All processes by name, in the order of their start."""
        found = [
            processes.postgres(self.postgres.command, self.ports.of("postgres")),
            processes.kafka(self.kafka.command, self.ports.of("kafka")),
            processes.gateway(self.ports.all(), self.folder),
        ]
        for name in self.services:
            found += processes.service(name, self.environment(name), self.ports.of(name))
        return {process.name: process for process in found}

    def environment(self, service: str) -> dict[str, str]:
        """The settings of a service (`shared/config.py`) in this stack."""
        return {"DATABASE_URL": self.postgres.url(service), "KAFKA_BOOTSTRAP": self.kafka.bootstrap}

    def url(self, name: str) -> str:
        """The base address of a service or of the gateway, without a slash at the end."""
        return f"http://{HOST}:{self.ports.of(name)}"

    def urls(self) -> dict[str, str]:
        return {name: self.url(name) for name in (*self.services, "gateway")}

    # Up

    def up(self, only: Iterable[str] | None = None) -> None:
        """Start what does not run yet, of all processes or of those named, and return when they are ready.

        Raises `StackError` with what is wrong and what to do. May be called again at any time, also after an earlier
        start was interrupted or everything was killed.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        _require_disk(self.folder)
        with self._alone():
            wanted = list(self.processes) if only is None else [name for name in self.processes if name in set(only)]
            if self.supervisor.alive() and not self.supervisor.runs(self.processes.values()):
                with step("Stop what runs with other settings"):
                    self.down()
            if not self.supervisor.alive():
                self._start_supervisor()
            fresh = [name for name in self.services if name in wanted and not self._is_prepared(name)]
            self._stop_outdated(fresh)
            stores = self._not_running([name for name in STORES if name in wanted])
            _in_parallel(
                [
                    lambda: self._prepare_postgres(stores, fresh),
                    lambda: self._prepare_kafka(stores, fresh),
                    lambda: self._prepare_pages(fresh),
                ]
            )
            for name in fresh:
                self._prepared(name).write_text(_digest_of_code(name), encoding="ascii")
            rest = [name for name in wanted if name not in STORES]
            if rest:
                with step("Start the gateway and the services") as tell:
                    self._start(rest)
                    self.wait_ready(rest, tell)

    def _start_supervisor(self) -> None:
        """Nobody else uses the folder now: what a killed stack left behind is cleared away first."""
        self.supervisor.end_orphans()
        self.postgres.forget_dead_server()
        require_free(self.ports, self._ports_needed(), move=self.moved_by)
        (self.folder / "ports").write_text(json.dumps({"base": self.ports.base}), encoding="utf-8")
        self.supervisor.start(self.processes.values())

    def _ports_needed(self) -> list[str]:
        return ["gateway", *self.services, "postgres", "kafka", "kafka-controller"]

    def _not_running(self, names: Sequence[str]) -> list[str]:
        states = self.supervisor.states()
        return [name for name in names if not (states[name].running and self.is_ready(name))]

    def _stop_outdated(self, services: Sequence[str]) -> None:
        """What still runs with the code of before is started anew with that of now."""
        outdated = [process.name for service in services for process in processes.service(service, {}, 0)]
        self.supervisor.stop_processes(outdated)

    def _is_prepared(self, service: str) -> bool:
        """Whether this stack's database and topic were made for the service by the code as it is now."""
        prepared = self._prepared(service)
        return prepared.exists() and prepared.read_text(encoding="ascii") == _digest_of_code(service)

    def _prepared(self, service: str) -> Path:
        return self.folder / f"{service}.prepared"

    def _prepare_postgres(self, stores: Sequence[str], services: Sequence[str]) -> None:
        if "postgres" in stores:
            with step("Start PostgreSQL") as tell:
                self.postgres.prepare()
                self._start(["postgres"])
                self.wait_ready(["postgres"], tell)
        if services:
            with step("Make the databases and migrate them"):
                for name in services:
                    self.postgres.create_database(name)
                self._do("migrate", services)

    def _prepare_kafka(self, stores: Sequence[str], services: Sequence[str]) -> None:
        if "kafka" in stores:
            with step("Start Kafka") as tell:
                with _only_one(HOME / "kafka.lock"):
                    fetch_jars(self.kafka.jars, tell)
                self.kafka.prepare()
                self._start(["kafka"])
                self.wait_ready(["kafka"], tell)
        owners = [name for name in services if name in OWNING_SERVICES]
        if owners:
            with step("Make the topics"):
                self._do("topic", owners)

    def _prepare_pages(self, services: Sequence[str]) -> None:
        if services:
            with step("Fetch the design system"), _only_one(HOME / "design-system.lock"):
                assets.build(HOME / "design-system")

    def _do(self, job: str, services: Sequence[str]) -> None:
        """A job of each of these services, at the same time. Raises `StackError` with what the failing one said."""

        def do(name: str) -> None:
            command = processes.job(name, job)
            environment = processes.inherited_environment() | self.environment(name)
            done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                last = (done.stderr or done.stdout).strip().splitlines()[-12:]
                raise StackError(
                    "\n    ".join([f"`{' '.join(command[1:])}` failed:", *last]),
                    "Mend what it says, then run the same command again.",
                )

        _in_parallel([partial(do, name) for name in services])

    def _start(self, names: Iterable[str]) -> None:
        for name in names:
            self.supervisor.start_process(name)

    # Ready

    def wait_ready(self, names: Iterable[str] | None = None, tell: Tell = lambda _: None) -> None:
        """Return when the named processes (default: all that were started) run and answer.

        Raises `StackError` with the last lines of its log when one keeps dying or takes longer than READY_SECONDS.
        """
        if names is None:
            names = [name for name, state in self.supervisor.states().items() if not state.ended]
        waiting = list(names)
        starts: dict[str, set[float]] = {name: set() for name in waiting}
        deadline = time.monotonic() + READY_SECONDS
        while waiting:
            states = self.supervisor.states()
            waiting = [name for name in waiting if not (states[name].running and self.is_ready(name))]
            for name in waiting:
                starts[name].add(states[name].started)
                if len(starts[name]) > PATIENCE or states[name].ended:
                    raise self._failure(name, "keeps ending")
                if time.monotonic() > deadline:
                    raise self._failure(name, f"is not ready after {READY_SECONDS} s")
            if waiting:
                tell(f"waiting for {', '.join(waiting)}")
                time.sleep(0.1)

    def is_ready(self, name: str) -> bool:
        """Whether it answers, for what it is: a query, a broker's description, `/readyz`, an open port."""
        if name == "postgres":
            return self.postgres.answers()
        if name == "kafka":
            return self.kafka.answers()
        process = self.processes[name]
        if process.port is None:
            return True
        if process.ready_path is None:
            return is_open(process.port)
        try:
            return requests.get(f"http://{HOST}:{process.port}{process.ready_path}", timeout=2).ok
        except requests.RequestException:
            return False

    def _failure(self, name: str, what: str) -> StackError:
        lines = self.supervisor.last_lines(name, 12) or ["(its log is empty)"]
        return StackError(
            "\n    ".join([f"{name} {what}. The end of its log ({self.supervisor.log(name)}):", *lines]),
            "Mend what it says, then run the same command again.",
        )

    # Looking, ending, hurting

    def states(self) -> dict[str, State]:
        """Every process as supervisord sees it; empty when the stack is down."""
        return self.supervisor.states() if self.supervisor.alive() else {}

    def pids(self, name: str) -> list[int]:
        """The process that supervisord runs under this name, then its descendants (gunicorn's workers, backends)."""
        main = self.supervisor.states()[name].pid
        if not main:
            return []
        try:
            return [main, *(child.pid for child in psutil.Process(main).children(recursive=True))]
        except psutil.NoSuchProcess:
            return []

    def kill(self, name: str, number: signal.Signals = signal.SIGKILL) -> int:
        """Send a signal to the process that supervisord runs under this name. Returns its pid, 0 when it is down.

        After SIGKILL, returns when supervisord has noticed: from then on `wait_ready` speaks of the next process.
        """
        pid = self.supervisor.states()[name].pid
        try:
            os.kill(pid, number if pid else 0)
        except ProcessLookupError:
            return 0
        deadline = time.monotonic() + NOTICED_SECONDS
        while pid and number == signal.SIGKILL and time.monotonic() < deadline:
            if self.supervisor.states()[name].pid != pid:
                break
            time.sleep(0.01)
        return pid

    def stop(self, name: str) -> None:
        """Stop one process in an orderly way; it stays down until `start`."""
        self.supervisor.stop_processes([name])

    def start(self, name: str) -> None:
        self._start([name])

    def down(self) -> None:
        """Stop everything, in order. Data stays."""
        if self.supervisor.alive():
            self.supervisor.stop_processes(name for name in self.states() if name not in STORES)
        if self.folder.exists():
            self.supervisor.shutdown()

    def remove(self) -> None:
        """End everything and remove the folder with all data."""
        self.supervisor.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with _only_one(self.folder / "up.lock"):
            yield


def demo(base: int | None = None, folder: Path = HOME / "demo") -> Stack:
    """The stack of `make demo`. A running one keeps the ports that it has."""
    known = _ports_of(folder)
    stack = Stack(folder, Ports(base or known or DEMO_BASE))
    if base and known and base != known and stack.supervisor.alive():
        raise StackError(f"The stack is running already, on port {known} and those after it.", "Run `make stop` first.")
    return stack


def for_tests(services: Sequence[str] = SERVICES) -> Stack:
    """A new stack on free ports, in a folder that carries the number of the process that asked for it.

    Those of test runs that were killed before they could clean up are ended and removed first.
    """
    for folder in HOME.glob("test-*"):
        owner = folder.name.split("-")[1]
        if owner.isdigit() and not psutil.pid_exists(int(owner)):
            Stack(folder, Ports(DEMO_BASE)).remove()
    number = len(list(HOME.glob(f"test-{os.getpid()}-*")))
    return Stack(HOME / f"test-{os.getpid()}-{number}", free_ports(), services, "run the tests again")


def _ports_of(folder: Path) -> int | None:
    """The base port of the stack that was last started in this folder."""
    try:
        base = json.loads((folder / "ports").read_text(encoding="utf-8"))["base"]
    except (OSError, ValueError, KeyError):
        return None
    return int(base)


@contextmanager
def _only_one(lock: Path) -> Iterator[None]:
    """Only one process at a time goes on; another waits and says so."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Wait for another start to end"):
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest_of_code(service: str) -> str:
    """Of what a service runs: its own code, what is shared, and the migrations."""
    folders = (ROOT / "services" / service, ROOT / "shared")
    files = [file for folder in folders for file in folder.rglob("*.*") if file.suffix in (".py", ".sql")]
    files = [file for file in files if not {"tests", "testing"} & set(file.parts)]
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _in_parallel(work: Sequence[Callable[[], None]]) -> None:
    if not work:
        return
    with ThreadPoolExecutor(len(work)) as pool:
        for result in [pool.submit(each) for each in work]:
            result.result()


def _require_disk(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < DISK_NEEDED:
        raise StackError(
            f"The disk is nearly full: {free / 1e9:.1f} GB are free for {folder}, {DISK_NEEDED / 1e9:.0f} are needed.",
            "Make room, then run the same command again.",
        )
