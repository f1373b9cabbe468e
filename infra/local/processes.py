"""The processes of Samtidig, as data: what runs, in which order it starts, and when it counts as ready."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]

OWNING_SERVICES = ("goals", "central_initiatives", "local_initiatives", "communication")
LISTENING_SERVICES = ("central_initiatives", "local_initiatives", "communication")
"""Those that keep the names of others' items (`references` in their app.py)."""

SERVICES = (*OWNING_SERVICES, "timeline")


@dataclass(frozen=True)
class Process:
    """One program under supervisord, restarted for ever when it ends.

    `group` says whether its children are to be stopped with it. `ready_path` is asked on the process's own port.
    """

    name: str
    command: list[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    order: int = 100
    stop_signal: str = "TERM"
    group: bool = True
    port: int | None = None
    ready_path: str | None = None


def postgres(command: list[str], port: int) -> Process:
    fast_shutdown = "INT"
    return Process("postgres", command, order=10, stop_signal=fast_shutdown, group=False, port=port)


def kafka(command: list[str], port: int) -> Process:
    return Process("kafka", command, order=20, port=port)


def gateway(ports: Mapping[str, int], folder: Path) -> Process:
    caddyfile = str(ROOT / "infra" / "gateway" / "Caddyfile")
    environment = {"GATEWAY_ADDRESS": f"http://127.0.0.1:{ports['gateway']}"}
    environment |= {f"{service.upper()}_UPSTREAM": f"127.0.0.1:{ports[service]}" for service in SERVICES}
    environment |= {"XDG_DATA_HOME": str(folder / "caddy"), "XDG_CONFIG_HOME": str(folder / "caddy")}
    caddy = [str(Path(sys.executable).parent / "caddy"), "run", "--config", caddyfile, "--adapter", "caddyfile"]
    return Process("gateway", caddy, environment, order=30, port=ports["gateway"])


def service(name: str, environment: Mapping[str, str], port: int) -> list[Process]:
    """An owning service is its API and its relay, and what reads others' names; the timeline is pages and consumer."""
    gunicorn = ["-m", "gunicorn", "-c", "python:shared.serving", f"services.{name}.app:create()"]
    api = Process(
        name,
        [sys.executable, *gunicorn],
        {**environment, "PORT": str(port)},
        port=port,
        ready_path="/readyz",
    )
    followers = {"timeline-consumer": "consume"} if name == "timeline" else {f"{name}-relay": "relay"}
    if name in LISTENING_SERVICES:
        followers[f"{name}-names"] = "names"
    return [api, *(Process(follower, job(name, task), environment) for follower, task in followers.items())]


def job(service_name: str, name: str) -> list[str]:
    """The command of a service's job. `migrate` and `topic` end by themselves and may be done again."""
    return [sys.executable, "-m", f"services.{service_name}", name]


def inherited_environment() -> dict[str, str]:
    """What the processes get of the caller's environment: where programs and certificates are, language, telemetry.

    A setting such as DATABASE_URL in the caller's shell must not reach them.
    """
    wanted = {"PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "SSL_CERT_FILE", "LOG_LEVEL"}
    return {name: value for name, value in os.environ.items() if name in wanted or name.startswith("OTEL_")}
