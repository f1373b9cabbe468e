"""A command of the goals service against an ordinary endpoint, both under the same server set-up."""

import json
import subprocess
import sys

import psycopg

from infra.local.stack import Stack
from tests.benchmarks import plain
from tests.benchmarks.figures import Figure, interleaved, ratio
from tests.benchmarks.serving import served

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
            served("services.goals.app:create()", url) as ours,
            served("tests.benchmarks.plain:create()", url) as other,
        ):
            for port in (ours, other):
                _drive(port, key=False, seconds=1)
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
