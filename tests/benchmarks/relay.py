"""The relay against a bare kafka-python producer that sends the same bytes with the same settings."""

import itertools
import os
import subprocess
import sys
import time

import psycopg

from infra.local.stack import Stack
from shared import kafka
from shared.config import Settings, settings
from shared.lease import Holder
from shared.migrations import EVENT_STORE
from shared.relay import HEADERS, LEASE, Relay
from tests.benchmarks.events import initiatives
from tests.benchmarks.figures import Figure, interleaved, ratio

ROUNDS = 3
EVENTS = 40_000

_numbers = itertools.count()


def measure(stack: Stack) -> list[Figure]:
    """Events per second, from the outbox to the last acknowledgement; each round in its own process and topic."""
    url = stack.postgres.url("goals")
    rates = interleaved(
        ROUNDS,
        lambda: _in_a_process("relay", stack.kafka.bootstrap, url),
        lambda: _in_a_process("bare", stack.kafka.bootstrap, url),
    )
    return [ratio("relay / bare producer", *rates, goal=0.8, unit="events/s")]


def _in_a_process(what: str, bootstrap: str, url: str) -> float:
    topic = f"bench-relay-{next(_numbers)}"
    kafka.create_topic(bootstrap, topic, partitions=6, replication=1)
    environment = {**os.environ, "DATABASE_URL": url, "KAFKA_BOOTSTRAP": bootstrap, "LOG_LEVEL": "WARNING"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.relay", what, topic],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return float(done.stdout)


def bare(bootstrap: str, topic: str) -> float:
    records = [(str(stream).encode(), text.encode()) for stream, _, _, _, _, text in initiatives(EVENTS)]
    producer = kafka.producer(bootstrap)
    producer.partitions_for(topic)
    began = time.perf_counter()
    for key, value in records:
        producer.send(topic, key=key, value=value, headers=HEADERS)
    producer.flush()
    return EVENTS / (time.perf_counter() - began)


def relayed(settings: Settings, topic: str) -> float:
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        connection.execute("set search_path to bench_relay")
        with connection.cursor().copy(
            "copy event (stream, version, id, type, recorded_at, envelope) from stdin"
        ) as copy:
            for row in initiatives(EVENTS):
                copy.write_row(row)
        connection.execute("insert into outbox select position from event")
        connection.execute("analyze event")
        producer = kafka.producer(settings.kafka_bootstrap)
        producer.partitions_for(topic)
        holder = Holder.new()
        relay = Relay(connection, producer, topic, holder, settings)
        began = time.perf_counter()
        relay.lead(holder.hold(connection, [LEASE], settings.lease_seconds)[LEASE])
        while relay.step() or relay.waiting:
            relay.nap(0.002)
        took = time.perf_counter() - began
        left = connection.execute("select count(*) from outbox").fetchone()
    if left != (0,):
        raise RuntimeError(f"{left} events were not relayed")
    return EVENTS / took


def _prepare(url: str) -> None:
    """An event store of its own, beside the service's, in a schema that goes away again."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("drop schema if exists bench_relay cascade")
        connection.execute("create schema bench_relay")
        connection.execute("set search_path to bench_relay")
        for file in sorted(EVENT_STORE.glob("*.sql")):
            connection.execute(file.read_bytes(), prepare=False)


if __name__ == "__main__":
    if sys.argv[1] == "bare":
        print(bare(settings().kafka_bootstrap, sys.argv[2]))
    else:
        _prepare(settings().database_url)
        print(relayed(settings(), sys.argv[2]))
