"""The job `names`: the others' topics → this service's reference lists, until stopped."""

import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import psycopg

from shared import kafka, telemetry
from shared.config import Settings
from shared.database import KEPT_ALIVE, OPTIONS, Connection
from shared.inbox import process
from shared.inbox import schema as schemas
from shared.inbox.consumer import Consumer
from shared.lease import Holder
from shared.references.lists import SCHEMA
from shared.references.projection import ReferenceProjection
from shared.references.sources import Source

WAIT = 0.5
"""Seconds that a broker holds a request back while nothing happens. What happens is told at once."""

REST = 0.1
"""Seconds between two batches: where much happens, a few large ones take a fraction of the work of many small ones."""

LEASES = 3
"""So many times longer are the leases than a timeline's, and fewer the renewals: a name may be some seconds late."""

MAKING = 1055019
"""The advisory lock of whoever makes the lists anew; any number would do."""


def run(settings: Settings, sources: Sequence[Source]) -> int:
    """Reads until SIGTERM (0) or until it must begin anew (1)."""
    return process.run(partial(_run, settings, sources))


def _run(settings: Settings, sources: Sequence[Source], stopping: threading.Event) -> None:
    with connect(settings.database_url) as connection:
        prepare(connection, sources)
        if not kafka.wait_until_reachable(settings.kafka_bootstrap, stopping):
            return
        consumer = consumer_of(
            connection, kafka.consumer(settings.kafka_bootstrap, wait_seconds=WAIT), settings, sources
        )
        while not stopping.is_set():
            if consumer.step(WAIT):
                stopping.wait(REST)
        consumer.let_go()


def connect(url: str) -> Connection:
    """Sees the schema `names` only: the event store has a table `lease` too.

    Commits are not waited for: after a crash of PostgreSQL names and places step back together, and are read again.
    """
    options = f"{OPTIONS} -c search_path={SCHEMA} -c synchronous_commit=off"
    return psycopg.connect(url, autocommit=True, options=options, application_name="samtidig-names", **KEPT_ALIVE)


def fingerprint(sources: Sequence[Source]) -> str:
    """Of the tables, of what events mean in them, and of what is listened to."""
    code = (Path(__file__).with_name(name).read_text() for name in ("tables.sql", "projection.py"))
    return schemas.fingerprint(*code, repr(sources))


def prepare(connection: Connection, sources: Sequence[Source]) -> None:
    """Makes the lists where there are none, and anew, empty, where another definition made them."""
    mark = fingerprint(sources)
    with connection.transaction():
        connection.execute("select pg_advisory_xact_lock(%s)", [MAKING])
        if schemas.mark_of(connection, SCHEMA) != mark:
            tables = Path(__file__).with_name("tables.sql").read_text()
            schemas.create(connection, SCHEMA, tables, mark)
            telemetry.log.info("reference lists made, to be read from the first event on", definition=mark)


def consumer_of(
    connection: Connection, source: kafka.KafkaConsumer, settings: Settings, sources: Sequence[Source]
) -> Consumer:
    return Consumer(
        connection,
        source,
        ReferenceProjection(sources),
        [source.topic for source in sources],
        holder=Holder.new(),
        lease_seconds=LEASES * settings.lease_seconds,
        batch=settings.consumer_batch,
        check=schemas.check(fingerprint(sources)),
    )
