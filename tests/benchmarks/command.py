"""A command of the goals service against an ordinary endpoint, both under the same server set-up."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import requests

from infra.local.ports import free_ports
from infra.local.stack import Stack
from tests.benchmarks import plain
from tests.benchmarks.figures import Figure, interleaved, ratio

ROUNDS = 5
SECONDS = 4
CLIENTS = 8
BODY = json.dumps(
    {
        "title": "Redusert detaljstyring",
        "kind": "objective",
        "description": "Færre krav om rapportering av aktiviteter.",
        "expected_effect": "Ledere bruker mer tid på tjenestene.",
    }
)


def measure(stack: Stack) -> list[Figure]:
    """Rates of 201 answers. Ours is sent with an Idempotency-Key; the relay is stopped: it is measured by itself."""
    url = stack.postgres.url("goals")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(plain.CREATE)
    stack.stop("goals-relay")
    try:
        with (
            _served("services.goals.app:create()", url) as ours,
            _served("tests.benchmarks.plain:create()", url) as other,
        ):
            rates = interleaved(
                ROUNDS,
                lambda: _drive(ours, key=True),
                lambda: _drive(other, key=False),
            )
    finally:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("truncate outbox, event, idempotency, goal, plain_goal")
        stack.start("goals-relay")
    return [ratio("command / plain endpoint", *rates, goal=0.9, unit="requests/s")]


@contextmanager
def _served(app: str, url: str) -> Iterator[int]:
    port = free_ports().base
    environment = {**os.environ, "DATABASE_URL": url, "PORT": str(port), "LOG_LEVEL": "WARNING"}
    server = subprocess.Popen([sys.executable, "-m", "gunicorn", "-c", "python:shared.serving", app], env=environment)
    try:
        for _ in range(100):
            try:
                if requests.get(f"http://127.0.0.1:{port}/readyz", timeout=1).ok:
                    break
            except requests.ConnectionError:
                time.sleep(0.1)
        _drive(port, key=False, seconds=1)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def _drive(port: int, *, key: bool, seconds: float = SECONDS) -> float:
    """The load comes from a process of its own, so that the client's work is the same for both."""
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.benchmarks.load",
            str(port),
            "/goals",
            str(seconds),
            str(CLIENTS),
            BODY,
            "key" if key else "-",
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    good, bad = map(int, done.stdout.split())
    if bad:
        raise RuntimeError(f"{bad} requests were not answered 201")
    return good / seconds
