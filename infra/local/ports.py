"""Which port is whose: all of a stack follow from one base, so that two stacks never meet."""

import random
import socket
from dataclasses import dataclass
from pathlib import Path

import psutil

from infra.local.errors import StackError

DEMO_BASE = 8400
HOST = "127.0.0.1"

_OFFSETS = {
    "gateway": 0,
    "goals": 1,
    "central_initiatives": 2,
    "local_initiatives": 3,
    "communication": 4,
    "timeline": 5,
    "postgres": 32,
    "kafka": 92,
    "kafka-controller": 93,
}


@dataclass(frozen=True)
class Ports:
    base: int

    def of(self, name: str) -> int:
        return self.base + _OFFSETS[name]

    def all(self) -> dict[str, int]:
        return {name: self.of(name) for name in _OFFSETS}


def free_ports() -> Ports:
    """A base whose ports are all free, below the range from which the system takes ports for outgoing connections.

    From inside that range a broker that is down for a second could lose its port to a client's connection, even to one
    that tries to reach the broker itself (TCP allows a socket to connect to itself).
    """
    bases = list(range(10_000, _first_outgoing_port() - 100, 100))
    random.shuffle(bases)
    for base in bases:
        ports = Ports(base)
        if all(_is_free(port) for port in ports.all().values()):
            return ports
    raise StackError("No hundred free ports were found on 127.0.0.1.", "Stop some programs and try again.")


def require_free(ports: Ports, names: list[str], *, move: str) -> None:
    """Raises `StackError` naming every taken port and the program that holds it; `move` says how to choose others."""
    taken = [
        f"port {ports.of(name)} ({name}) {_holder(ports.of(name))}" for name in names if not _is_free(ports.of(name))
    ]
    if taken:
        raise StackError(f"{'; '.join(taken)}.".capitalize(), f"Stop what holds it, or choose other ports: {move}.")


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) == 0


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return not is_open(port)


def _holder(port: int) -> str:
    try:
        connections = psutil.net_connections("tcp")
    except psutil.AccessDenied:
        return "is taken by another program"
    for connection in connections:
        if connection.laddr and connection.laddr.port == port and connection.pid:
            try:
                return f"is taken by {psutil.Process(connection.pid).name()} (process {connection.pid})"
            except psutil.NoSuchProcess:
                break
    return "is taken by another program"


def _first_outgoing_port() -> int:
    try:
        return int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text(encoding="ascii").split()[0])
    except OSError:  # not Linux: the range that IANA recommends
        return 49_152
