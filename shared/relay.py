"""From the outbox to Kafka: every event at least once, each stream in order, by one leader at a time.

The rules it keeps, and why: infra/decisions/0003-relay-and-consumer.md. In short: the cursor is the outbox itself, so
an event that commits late is published late and never skipped; an event leaves the outbox only when Kafka has
acknowledged it and while the lease is held; a failed send ends the process, because a later event of the stream must
not overtake.
"""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Iterable
from typing import Any

import psycopg

from shared import kafka, telemetry
from shared.config import Settings
from shared.database import KEPT_ALIVE, OPTIONS, Connection
from shared.envelope import CONTENT_TYPE
from shared.lease import HELD, Holder

LEASE = "relay"

APPLICATION = "samtidig relay"
"""Its name in `pg_stat_activity`."""

IN_FLIGHT = 5
"""Batches that may be on their way to Kafka; kafka-python itself has no bound."""

SHORTEST_NAP, LONGEST_NAP = 0.004, 0.05
"""Seconds between two looks at an empty outbox: it is asked again at once after work, more seldom in silence."""

STUCK = 60
"""Seconds without an acknowledgement, while some are awaited, after which the process gives itself up."""

FETCH = """
select position, e.stream::text, convert_to(e.envelope, 'UTF8')
from (
    select position from outbox
    where position <> all(%(in_flight)s::bigint[])
    order by position limit %(limit)s
) o
join event e using (position)
order by position
"""
"""The inner limit keeps the join to one batch, whatever PostgreSQL knows of the tables' sizes. Bytes: they are sent."""

DELETE = f"delete from outbox where position = any(%(acknowledged)s::bigint[]) and {HELD}"  # noqa: S608 - constants

HEADERS = [("content-type", f"{CONTENT_TYPE}; charset=UTF-8".encode())]


class Lost(Exception):  # noqa: N818
    """The lease, or the certainty that what was sent arrives. The process ends; another begins at the outbox."""


class Relay:
    def __init__(
        self, connection: Connection, producer: kafka.KafkaProducer, topic: str, holder: Holder, settings: Settings
    ) -> None:
        self._connection = connection
        self._producer = producer
        self._topic = topic
        self._holder = holder
        self._batch = settings.relay_batch
        self._seconds = settings.lease_seconds
        self._epoch = 0
        self._renewed = 0.0
        self._in_flight: set[int] = set()
        self._acknowledged: deque[int] = deque()
        self._failure: BaseException | None = None
        self._wake = threading.Event()
        self._progress = time.monotonic()

    @property
    def waiting(self) -> int:
        """Events that were sent and not acknowledged yet."""
        return len(self._in_flight)

    def lead(self, epoch: int) -> None:
        """The lease was just taken, under this epoch. Progress counts from now: the wait may have been long."""
        self._epoch = epoch
        self._renewed = self._progress = time.monotonic()

    def step(self) -> bool:
        """Clears away what Kafka has acknowledged, sends what waits; whether there was anything to do. Raises Lost."""
        self._renew()
        cleared = self._clear()
        sent = self._send()
        if not self._in_flight:
            self._progress = time.monotonic()
        elif time.monotonic() - self._progress > STUCK:
            raise Lost(f"no acknowledgement for {STUCK} s")
        return cleared or sent

    def finish(self, seconds: float) -> None:
        """Sends nothing more, and clears away what is acknowledged within so many seconds."""
        deadline = time.monotonic() + seconds
        while self._in_flight and time.monotonic() < deadline and self._failure is None:
            self.nap(0.05)
            self._clear()

    def nap(self, seconds: float) -> None:
        """Waits for an acknowledgement, or so long."""
        self._wake.wait(seconds)
        self._wake.clear()

    def _renew(self) -> None:
        if time.monotonic() - self._renewed < self._seconds / 3:
            return
        held = self._holder.hold(self._connection, [LEASE], self._seconds)
        if held.get(LEASE) != self._epoch:
            raise Lost("another relay leads")
        self._renewed = time.monotonic()

    def _clear(self) -> bool:
        acknowledged = [self._acknowledged.popleft() for _ in range(len(self._acknowledged))]
        if (
            self._failure is not None
        ):  # asked after the acknowledgements were taken: none of a later event is among them
            raise Lost(f"Kafka refused an event: {self._failure}") from self._failure
        if not acknowledged:
            return False
        held = {"lease": LEASE, "holder": self._holder.name, "epoch": self._epoch}
        deleted = self._connection.execute(DELETE, {"acknowledged": _array(acknowledged), **held}).rowcount
        if deleted != len(acknowledged):
            raise Lost("another relay leads")
        self._in_flight.difference_update(acknowledged)
        self._progress = time.monotonic()
        return True

    def _send(self) -> bool:
        if len(self._in_flight) > (IN_FLIGHT - 1) * self._batch:
            return False
        wanted = {"in_flight": _array(self._in_flight), "limit": self._batch}
        waiting = self._connection.execute(FETCH, wanted, binary=True).fetchall()
        for position, stream, text in waiting:
            self._in_flight.add(position)
            sent = self._producer.send(self._topic, key=stream.encode(), value=text, headers=HEADERS)
            sent.add_callback(self._on_acknowledged, position)
            sent.add_errback(self._on_failure)
        return bool(waiting)

    def _on_acknowledged(self, position: int, _metadata: Any) -> None:
        self._acknowledged.append(position)
        if not self._wake.is_set():
            self._wake.set()

    def _on_failure(self, error: BaseException) -> None:
        self._failure = error
        self._wake.set()


def _array(positions: Iterable[int]) -> str:
    """As PostgreSQL writes it: psycopg would look at each number in Python."""
    return "{" + ",".join(map(str, positions)) + "}"


def run(settings: Settings, topic: str) -> int:
    """Relays until SIGTERM (0) or until it must begin anew (1). Leaves the process without waiting for the producer."""
    stopping = threading.Event()
    signal.signal(signal.SIGTERM, lambda _number, _frame: stopping.set())
    signal.signal(signal.SIGINT, lambda _number, _frame: stopping.set())
    try:
        _run(settings, topic, stopping)
    except (Lost, psycopg.OperationalError, kafka.KafkaError) as error:
        telemetry.log.warning("relay begins anew", why=str(error), topic=topic)
        os._exit(1)  # closing a producer with records on their way waits for ever
    telemetry.log.info("relay stopped", topic=topic)
    os._exit(0)


def _run(settings: Settings, topic: str, stopping: threading.Event) -> None:
    holder = Holder.new()
    with psycopg.connect(
        settings.database_url, autocommit=True, options=OPTIONS, application_name=APPLICATION, **KEPT_ALIVE
    ) as connection:
        if not kafka.wait_until_reachable(settings.kafka_bootstrap, stopping):
            return
        producer = kafka.producer(settings.kafka_bootstrap)
        relay = Relay(connection, producer, topic, holder, settings)
        while not stopping.is_set():
            if epoch := holder.hold(connection, [LEASE], settings.lease_seconds).get(LEASE):
                telemetry.log.info("relay leads", topic=topic, epoch=epoch)
                relay.lead(epoch)
                break
            stopping.wait(settings.lease_seconds / 10)
        nap = SHORTEST_NAP
        while not stopping.is_set():
            nap = SHORTEST_NAP if relay.step() else min(nap * 1.5, LONGEST_NAP)
            relay.nap(nap)
        relay.finish(settings.lease_seconds / 2)
        holder.let_go(connection, [LEASE])
