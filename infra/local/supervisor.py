"""supervisord of one stack: its configuration, starting and ending it, and asking it over its own socket."""

import getpass
import hashlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import Any
from xmlrpc.client import Fault, ServerProxy

import psutil
from supervisor.xmlrpc import Faults, SupervisorTransport

from infra.local.errors import StackError
from infra.local.processes import ROOT, Process, inherited_environment

MARK = "SAMTIDIG_STACK"
"""Environment variable that every process of a stack carries: its folder. It finds those that lost their parent."""

LONGEST_SOCKET_PATH = 92
"""Bytes. The system's limit is 107 (macOS: 103), and supervisord first makes the socket under a longer name."""

STOP_SECONDS = 40
STARTED_AFTER_SECONDS = 1


@dataclass(frozen=True)
class State:
    """One process as supervisord sees it. `started` is in seconds since the epoch, 0 when it never ran."""

    name: str
    state: str
    pid: int
    started: float

    @property
    def running(self) -> bool:
        return self.state == "RUNNING"

    @property
    def ended(self) -> bool:
        return self.state in ("STOPPED", "EXITED", "FATAL")


@dataclass(frozen=True)
class Supervisor:
    folder: Path

    @property
    def logs(self) -> Path:
        return self.folder / "logs"

    def log(self, process: str) -> Path:
        return self.logs / f"{process}.log"

    # Starting and ending

    def start(self, processes: Iterable[Process]) -> None:
        """Start supervisord with these processes known and none of them running."""
        self.logs.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self._temporary, ignore_errors=True)
        self._temporary.mkdir()
        self._config.touch(mode=0o600)  # it holds passwords
        self._config.write_text(self._configuration(processes), encoding="utf-8")
        self._socket.unlink(missing_ok=True)
        environment = inherited_environment() | {MARK: str(self.folder), "TMPDIR": str(self._temporary)}
        command = [sys.executable, "-c", "from supervisor.supervisord import main; main()", "-c", str(self._config)]
        made = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
        deadline = time.monotonic() + 10
        while made.returncode == 0 and time.monotonic() < deadline:
            if self.alive():
                return
            time.sleep(0.05)
        last = (made.stderr or made.stdout).strip().splitlines()[-1:]
        raise StackError(
            f"supervisord did not start: {last[0] if last else 'it does not answer'}.",
            f"Its log is {self.folder / 'supervisord.log'}.",
        )

    def runs(self, processes: Iterable[Process]) -> bool:
        """Whether it was started with these processes, their commands and settings."""
        return self._config.read_text(encoding="utf-8") == self._configuration(processes)

    def alive(self) -> bool:
        try:
            return bool(self._ask("getState"))
        except (OSError, HTTPException):
            return False

    def shutdown(self) -> None:
        """Stop every process in the reverse order of their start, then supervisord, then whatever was left over."""
        if self.alive():
            self._ask("shutdown")
            deadline = time.monotonic() + STOP_SECONDS
            while self.orphans() and time.monotonic() < deadline:
                time.sleep(0.1)
        self.end_orphans()

    def kill(self) -> None:
        """End everything at once, for a stack whose data is not needed any more."""
        _signal(self.orphans(), signal.SIGKILL)
        self.end_orphans()

    def orphans(self) -> list[psutil.Process]:
        """Processes of this stack, whoever their parent is now. To be asked when supervisord itself is gone."""
        found = []
        for process in psutil.process_iter():
            try:
                if process.environ().get(MARK) == str(self.folder) and process.status() != psutil.STATUS_ZOMBIE:
                    found.append(process)
            except (psutil.NoSuchProcess, psutil.AccessDenied, OSError):
                continue
        return found

    def end_orphans(self) -> None:
        orphans = self.orphans()
        _signal(orphans, signal.SIGTERM)
        _, stubborn = psutil.wait_procs(orphans, timeout=5)
        _signal(stubborn, signal.SIGKILL)
        psutil.wait_procs(stubborn, timeout=5)
        self._socket.unlink(missing_ok=True)

    # Single processes

    def states(self) -> dict[str, State]:
        return {
            info["name"]: State(info["name"], info["statename"], info["pid"], info["start"])
            for info in self._ask("getAllProcessInfo")
        }

    def start_process(self, name: str) -> None:
        """Ask for a start; nothing where it runs already."""
        self._ask_leniently(Faults.ALREADY_STARTED, "startProcess", name, False)

    def stop_processes(self, names: Iterable[str]) -> None:
        """Stop these, all at the same time, and wait; nothing where one does not run."""
        stopping = set(names)
        for name in stopping:
            self._ask_leniently(Faults.NOT_RUNNING, "stopProcess", name, False)
        while any(state.name in stopping and not state.ended for state in self.states().values()):
            time.sleep(0.05)  # supervisord itself kills what does not stop in time

    def last_lines(self, process: str, count: int) -> list[str]:
        try:
            return self.log(process).read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
        except FileNotFoundError:
            return []

    # supervisord

    @property
    def _config(self) -> Path:
        return self.folder / "supervisord.conf"

    @property
    def _temporary(self) -> Path:
        """Temporary files of the processes: those of killed ones go with the next start."""
        return self.folder / "tmp"

    @property
    def _socket(self) -> Path:
        """In the stack's folder, or in a short private one where that path would be too long for a socket."""
        socket = self.folder / "supervisor.sock"
        if len(os.fsencode(socket)) <= LONGEST_SOCKET_PATH:
            return socket
        short = Path(tempfile.gettempdir()) / f"samtidig-{os.getuid()}"
        short.mkdir(mode=0o700, exist_ok=True)
        if short.stat().st_uid != os.getuid():
            raise StackError(f"{short} belongs to somebody else.", "Remove it, or set TMPDIR to a folder of your own.")
        return short / f"{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]}.sock"

    def _ask(self, method: str, *arguments: Any) -> Any:
        transport = SupervisorTransport(None, None, f"unix://{self._socket}")
        with ServerProxy("http://127.0.0.1", transport=transport) as server:  # the address is not used: a socket is
            return getattr(server.supervisor, method)(*arguments)

    def _ask_leniently(self, accepted_fault: int, method: str, *arguments: Any) -> None:
        try:
            self._ask(method, *arguments)
        except Fault as fault:
            if fault.faultCode != accepted_fault:
                raise

    def _configuration(self, processes: Iterable[Process]) -> str:
        as_user = f"user={getpass.getuser()}\n" if os.geteuid() == 0 else ""
        return "\n".join(
            [
                "; Written by infra/local/supervisor.py at each start.",
                "[supervisord]",
                f"logfile={_escaped(self.folder / 'supervisord.log')}",
                f"pidfile={_escaped(self.folder / 'supervisord.pid')}",
                f"directory={_escaped(ROOT)}",
                as_user,
                "[unix_http_server]",
                f"file={_escaped(self._socket)}",
                "chmod=0600",
                "",
                "[rpcinterface:supervisor]",
                "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
                "",
                *(self._program(process) for process in processes),
            ]
        )

    def _program(self, process: Process) -> str:
        environment = {"PYTHONUNBUFFERED": "1"} | dict(process.environment)
        pairs = ",".join(f'{name}="{_escaped(value)}"' for name, value in environment.items())
        return "\n".join(
            [
                f"[program:{process.name}]",
                f"command={_escaped(shlex.join(process.command))}",
                f"environment={pairs}",
                f"priority={process.order}",
                "autostart=false",
                "autorestart=true",
                # A process that ends within this time is tried again after 1, 2, 3 … s, without an end to the tries.
                f"startsecs={STARTED_AFTER_SECONDS}",
                "startretries=1000000",
                f"stopsignal={process.stop_signal}",
                f"stopwaitsecs={STOP_SECONDS // 2}",
                f"stopasgroup={str(process.group).lower()}",
                "killasgroup=true",
                "redirect_stderr=true",
                f"stdout_logfile={_escaped(self.log(process.name))}",
                "stdout_logfile_maxbytes=5MB",
                "stdout_logfile_backups=1",
                "",
            ]
        )


def _escaped(value: object) -> str:
    """Supervisord expands %(name)s; there is none in what we write."""
    return str(value).replace("%", "%%")


def _signal(processes: Iterable[psutil.Process], number: signal.Signals) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.send_signal(number)
