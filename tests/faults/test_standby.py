"""A relay that waited for the lease for longer than its watchdog's patience leads when its time comes."""

import time

import psycopg
import pytest

from shared import identity, kafka, migrations, relay
from shared.config import settings
from shared.database import Database
from shared.eventstore.postgres import PostgresEventStore
from shared.lease import Holder
from shared.testing.plugin import Postgres
from shared.tests.notes.service import SERVICE, written

TOPIC = "standby.events"
SECONDS = 0.2


@pytest.fixture
def url(postgres: Postgres) -> str:
    """A store with one event that waits to be published."""
    url = postgres.database()
    migrations.migrate(url, SERVICE.folder / "migrations")
    database = Database(url)
    with PostgresEventStore(database).session() as session:
        session.append(written(identity.new(), 0, "venter"))
    database.close()
    return url


@pytest.fixture
def bootstrap(kafka: str) -> str:
    return kafka


def test_a_standby_that_waited_long_sends_what_waits(url: str, bootstrap: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(relay, "STUCK", SECONDS)
    monkeypatch.setenv("DATABASE_URL", url)
    configured = settings.__wrapped__()
    kafka.create_topic(bootstrap, TOPIC, partitions=1, replication=1)
    producer, holder = kafka.producer(bootstrap), Holder.new()
    with psycopg.connect(url, autocommit=True) as connection:
        standby = relay.Relay(connection, producer, TOPIC, holder, configured)
        time.sleep(2 * SECONDS)
        standby.lead(holder.hold(connection, [relay.LEASE], 30)[relay.LEASE])
        assert standby.step()
        standby.finish(10)
        assert connection.execute("select count(*) from outbox").fetchone() == (0,)
    producer.close()
