"""Kafka → batches, with a real Kafka: who reads what, from where on, and what is noticed when the ground moves."""

import time
from collections.abc import Callable, Iterator

import psycopg
import pytest

from shared import identity
from shared import kafka as ours
from shared.database import OPTIONS, Connection
from shared.inbox import TABLES
from shared.inbox import consumer as watchdog
from shared.inbox.consumer import Consumer, Stuck
from shared.inbox.tests import ledger
from shared.inbox.tests.ledger import Ledger, lines, value
from shared.lease import Holder
from shared.testing.plugin import Postgres

LEASE_SECONDS = 0.6
PATIENCE = 20


@pytest.fixture
def database(postgres: Postgres) -> str:
    url = postgres.database()
    with psycopg.connect(url) as connection:
        connection.execute(TABLES.encode())
        connection.execute(ledger.TABLE)
    return url


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    with psycopg.connect(database, autocommit=True) as connection:
        yield connection


@pytest.fixture
def topic(kafka: str) -> str:
    """A topic of two partitions that no other test knows."""
    name = f"inbox-{identity.new()}"
    ours.create_topic(kafka, name, partitions=2, replication=1)
    return name


@pytest.fixture
def publish(kafka: str) -> Iterator[Callable[[str, str], None]]:
    producer = ours.producer(kafka)

    def publish(topic: str, told: str) -> None:
        """Stream a goes into partition 0, the others into partition 1."""
        for word in told.split():
            text = value(word[0], int(word[1]))
            producer.send(topic, text, partition=0 if word[0] == "a" else 1).get(timeout=PATIENCE)

    yield publish
    producer.close()


@pytest.fixture
def start(kafka: str, database: str) -> Iterator[Callable[..., Consumer]]:
    endings: list[Callable[[], None]] = []

    def start(*topics: str) -> Consumer:
        connection = psycopg.connect(database, autocommit=True, options=OPTIONS)
        source = ours.consumer(kafka)
        endings.extend([source.close, connection.close])
        return Consumer(
            connection, source, Ledger(), topics, holder=Holder.new(), lease_seconds=LEASE_SECONDS, batch=100
        )

    yield start
    for end in endings:
        end()


def step_until(reached: Callable[[], bool], *consumers: Consumer) -> None:
    deadline = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, "never reached"
        for consumer in consumers:
            consumer.step(0.05)


def test_it_reads_every_partition_to_its_end_and_goes_on_there(connection, topic, publish, start):
    publish(topic, "a1 a2 b1 c1")
    first = start(topic)
    step_until(first.at_end, first)
    assert sorted(lines(connection)) == ["a1", "a2", "b1", "c1"]
    assert connection.execute("select partition, next_offset from checkpoint order by 1").fetchall() == [(0, 2), (1, 2)]
    first.let_go()
    publish(topic, "a3")
    second = start(topic)
    step_until(lambda: len(lines(connection)) == 5, second)
    assert lines(connection)[-1] == "a3"


def test_it_waits_for_a_topic_that_is_not_there_yet(kafka, connection, topic, publish, start):
    late = f"{topic}-late"
    consumer = start(topic, late)
    publish(topic, "a1")
    for _ in range(10):
        consumer.step(0.05)
    assert not consumer.at_end()
    ours.create_topic(kafka, late, partitions=2, replication=1)
    publish(late, "b1")
    step_until(lambda: sorted(lines(connection)) == ["a1", "b1"], consumer)


def test_two_share_the_partitions_and_one_takes_over_when_the_other_is_gone(connection, topic, publish, start):
    """I2, I3: also while they find out, each event has one effect."""
    one, other = start(topic), start(topic)
    publish(topic, "a1 b1")
    step_until(lambda: len(one._held) == len(other._held) == 1, one, other)
    publish(topic, "a2 b2")
    step_until(lambda: sorted(lines(connection)) == ["a1", "a2", "b1", "b2"], one, other)
    publish(topic, "a3 b3")
    step_until(lambda: len(lines(connection)) == 6, other)  # one was killed: it gives nothing back
    assert len(other._held) == 2
    publish(topic, "a4")
    for _ in range(5):
        one.step(0.05)  # or was only paused, and wakes up
    step_until(lambda: len(lines(connection)) == 7, one, other)
    assert [line for line in lines(connection) if line[0] == "a"] == ["a1", "a2", "a3", "a4"]


def test_it_notices_that_the_read_model_was_switched_though_nothing_new_comes(connection, topic, publish, start):
    """The new one may have been built just before the last events came; the leases in it may look like ours."""
    consumer = start(topic)
    publish(topic, "a1 a2 b1")
    step_until(consumer.at_end, consumer)
    with connection.transaction():
        connection.execute("delete from ledger where version = 2")
        connection.execute("update applied set events = events[:1]")
        connection.execute("update checkpoint set next_offset = 1 where partition = 0")
    step_until(lambda: "a2" in lines(connection), consumer)
    assert sorted(lines(connection)) == ["a1", "a2", "b1"]


def test_a_topic_that_ends_before_our_place_is_an_alarm_and_no_new_beginning(connection, topic, publish, start):
    """I11: Kafka has lost events, or the topic was made anew."""
    publish(topic, "a1 b1")
    consumer = start(topic)
    step_until(consumer.at_end, consumer)
    connection.execute("update checkpoint set next_offset = 7")
    consumer.let_go()
    late = start(topic)
    with pytest.raises(Stuck, match="OffsetOutOfRangeError"):
        step_until(lambda: False, late)
    assert lines(connection) == ["a1", "b1"]


def test_it_says_when_it_last_had_everything(connection, topic, publish, start):
    publish(topic, "a1")
    consumer = start(topic)
    step_until(consumer.at_end, consumer)

    def caught_up():
        return connection.execute("select min(caught_up) from checkpoint").fetchone()[0]

    step_until(lambda: caught_up() is not None, consumer)
    before = caught_up()
    step_until(lambda: caught_up() > before, consumer)


def test_an_outage_of_kafka_is_not_taken_for_standing_still(topic, publish, start, monkeypatch):
    def no_broker(*_args: object, **_options: object) -> None:
        raise KeyError

    publish(topic, "a1")
    reader = start(topic)
    step_until(reader.at_end, reader)
    monkeypatch.setattr(watchdog, "STUCK", 0.5)
    monkeypatch.setattr(watchdog, "CAUGHT_UP_EVERY", 0.05)
    monkeypatch.setattr(reader._source, "poll", lambda **_options: time.sleep(0.05) or {})
    with monkeypatch.context() as outage:
        outage.setattr(reader._source, "end_offsets", no_broker)
        over = time.monotonic() + 1
        step_until(lambda: time.monotonic() > over, reader)
    publish(topic, "a2")
    reader.step()
    with pytest.raises(Stuck, match="stands at 1 of 2"):
        step_until(lambda: False, reader)
