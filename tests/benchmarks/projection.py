"""A rebuild of the timeline against a bare kafka-python consumer that reads the same topics and does nothing, and
against one that reads the JSON of each message, which is the least that anybody does who wants to know what it says.
"""

import os
import subprocess
import sys
from functools import partial

from infra.local.stack import STORES, Stack
from shared import kafka
from tests.benchmarks.figures import Figure, interleaved, ratio
from tests.benchmarks.serving import empty_database
from tests.benchmarks.world import world

ROUNDS = 5


def measure(stack: Stack) -> list[Figure]:
    """Events per second from the first event to a read model that could be switched to, in a process of its own."""
    others = [name for name, state in stack.states().items() if name not in STORES and not state.ended]
    stack.supervisor.stop_processes(others)  # some read the same topics, and what only waits wakes up now and then
    _fill(stack.kafka.bootstrap)
    url = empty_database(stack, "bench_timeline")
    sides = ("rebuild", "bare", "reading")
    rebuilt, bare, reading = interleaved(
        ROUNDS, *(partial(_in_a_process, what, stack.kafka.bootstrap, url) for what in sides)
    )
    for name in others:
        stack.start(name)
    stack.wait_ready(others)
    return [
        ratio("rebuild / bare consumer", rebuilt, bare, goal=0.6, unit="events/s"),
        ratio("rebuild / bare consumer that reads JSON", rebuilt, reading, unit="events/s"),
    ]


def _fill(bootstrap: str) -> None:
    producer = kafka.producer(bootstrap)
    for told in world():
        producer.send(told.topic, key=str(told.stream).encode(), value=told.text.encode())
    producer.flush()
    producer.close()


def _in_a_process(what: str, bootstrap: str, url: str) -> float:
    environment = {**os.environ, "DATABASE_URL": url, "KAFKA_BOOTSTRAP": bootstrap, "LOG_LEVEL": "WARNING"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.projecting", what],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return float(done.stdout.splitlines()[-1])
