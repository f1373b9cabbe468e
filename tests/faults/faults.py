"""What goes wrong, in which order, and how it is done to a running stack. Touches no process outside of it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal

import psycopg

from infra.local.processes import ROOT, SERVICES, inherited_environment
from infra.local.stack import Stack
from infra.local.supervisor import MARK
from tests.faults.evidence import TOPICS, Watch

Part = Literal["process", "worker", "backend", "leader"]

PAUSE_SECONDS = 3.0
"""Longer than a lease: meanwhile another must have taken over."""

BACK_SECONDS = 120.0
"""How long recovery may take before it counts as none."""

STANDBYS = ("goals", "timeline")
"""Services whose relay, or consumer, has a second process that waits for the lease, or shares the partitions."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`process` as supervisord names it.

    part: the process itself, a worker of gunicorn, a backend of PostgreSQL, or whichever process holds the lease.
    """

    process: str
    part: Part = "process"
    pause: bool = False

    def __str__(self) -> str:
        signal_name = "SIGSTOP" if self.pause else "SIGKILL"
        return f"{signal_name} {self.process}" + ("" if self.part == "process" else f" ({self.part})")


@dataclass(frozen=True, slots=True)
class Done:
    """A fault and its time: when the signal was sent, and when everything worked again; seconds since the epoch."""

    fault: Fault
    at: float
    over: float
    back: bool = True


KILLS = (
    Fault("goals"),
    Fault("local_initiatives-relay"),
    Fault("postgres"),
    Fault("central_initiatives", "worker"),
    Fault("timeline-consumer"),
    Fault("kafka"),
    Fault("communication"),
    Fault("goals-relay", "leader"),
    Fault("local_initiatives", "worker"),
    Fault("postgres", "backend"),
    Fault("timeline"),
    Fault("central_initiatives-relay"),
    Fault("central_initiatives"),
    Fault("communication", "worker"),
    Fault("communication-relay"),
    Fault("local_initiatives"),
    Fault("timeline", "worker"),
    Fault("goals", "worker"),
    Fault("local_initiatives-names"),
    Fault("communication-names"),
    Fault("central_initiatives-names"),
)
"""Every process of a stack but the gateway, in an order in which the first eight have something of each kind."""

PAUSES = (Fault("goals-relay", "leader", pause=True), Fault("timeline-consumer", pause=True))
KILLS_PER_PAUSE = 4


def plan(kills: int) -> Iterator[Fault]:
    """So many kills, in turn, and a pause after every few."""
    for number in range(kills):
        yield KILLS[number % len(KILLS)]
        if number % KILLS_PER_PAUSE == KILLS_PER_PAUSE - 1:
            yield PAUSES[number // KILLS_PER_PAUSE % len(PAUSES)]


@dataclass
class Injector:
    """Does faults to a stack that runs, under a load, and waits until all is well again."""

    stack: Stack
    watch: Watch
    _standbys: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @contextmanager
    def standbys(self) -> Iterator[None]:
        try:
            for service in STANDBYS:
                self._start_standby(service)
            yield
        finally:
            for process in self._standbys.values():
                process.send_signal(signal.SIGCONT)
                process.terminate()
            for process in self._standbys.values():
                process.wait(20)

    def do(self, fault: Fault) -> Done:
        pid = self._pid(fault)
        at = time.time()
        if fault.pause:
            os.kill(pid, signal.SIGSTOP)
            try:
                time.sleep(PAUSE_SECONDS)
            finally:
                os.kill(pid, signal.SIGCONT)
        elif fault.part == "process":
            self.stack.kill(fault.process)
        else:
            os.kill(pid, signal.SIGKILL)
        back = self._wait_until_well(time.time() if fault.pause else at)
        return Done(fault, at, time.time(), back=back)

    @contextmanager
    def without(self, *names: str) -> Iterator[None]:
        """These processes are stopped in an orderly way, and started again."""
        for name in names:
            self.stack.stop(name)
        try:
            yield
        finally:
            for name in names:
                self.stack.start(name)
            self.stack.wait_ready(names)

    # Whom

    def _pid(self, fault: Fault) -> int:
        match fault.part:
            case "process":
                return self.stack.pids(fault.process)[0]
            case "worker":
                return self.stack.pids(fault.process)[1]
            case "backend":
                return self._backend()
            case "leader":
                return self._leader(fault.process)

    def _backend(self) -> int:
        """The server process behind a connection of the goals service."""
        query = "select pid from pg_stat_activity where datname = 'goals' and pid <> pg_backend_pid() limit 1"
        with psycopg.connect(self.stack.postgres.url("goals")) as connection:
            found = connection.execute(query).fetchone()
        assert found is not None
        return int(found[0])

    def _leader(self, relay: str) -> int:
        """Whoever holds the relay's lease: the supervised process or the one beside it."""
        service = relay.removesuffix("-relay")
        mine = {self.stack.pids(relay)[0], self._standbys[service].pid}
        with psycopg.connect(self.stack.postgres.url(service)) as connection:
            found = connection.execute("select holder from lease where name = 'relay'").fetchone()
        assert found is not None
        pid = int(found[0].split("/")[1])
        assert pid in mine, f"the relay of {service} is led by {pid}, which is none of {mine}"
        return pid

    # Well again

    def _wait_until_well(self, since: float) -> bool:
        """Until all processes run, and an event of each service that was stored since then is on the timeline."""
        deadline = time.monotonic() + BACK_SECONDS
        while time.monotonic() < deadline:
            self._mend_standbys()
            if self._all_run() and all(self.watch.newest.get(topic, 0.0) > since for topic in TOPICS.values()):
                return True
            time.sleep(0.1)
        return False

    def _all_run(self) -> bool:
        states = self.stack.states()
        return all(
            states[name].running and (name not in SERVICES or self.stack.is_ready(name))
            for name in self.stack.processes
        )

    def _mend_standbys(self) -> None:
        for service, process in list(self._standbys.items()):
            if process.poll() is not None:
                self._start_standby(service)

    def _start_standby(self, service: str) -> None:
        job = "consume" if service == "timeline" else "relay"
        environment: Mapping[str, str] = {
            **inherited_environment(),
            **self.stack.environment(service),
            MARK: str(self.stack.folder),
        }
        with (self.stack.folder / "logs" / f"{service}-standby.log").open("ab") as log:
            self._standbys[service] = subprocess.Popen(
                [sys.executable, "-m", f"services.{service}", job],
                cwd=ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
