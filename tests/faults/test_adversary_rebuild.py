"""A rebuild against who would spoil it: events that never pause, and a reader of another definition."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import pytest

from services.timeline import model, status
from services.timeline.queries import Queries
from services.timeline.tests import telling
from services.timeline.tests.telling import goal, stream_of
from shared import config, identity, kafka
from shared.config import Settings
from shared.database import Connection, Database
from shared.inbox.consumer import Consumer, Stuck
from shared.testing.plugin import Postgres

ROOT = Path(__file__).parents[2]
PATIENCE = 30


class Publisher:
    """One topic with one partition, and who writes to it."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self.topic = topic
        self.published = 0
        self._producer = kafka.producer(bootstrap)
        kafka.create_topic(bootstrap, topic, partitions=1, replication=1)

    def publish(self) -> None:
        """The next event: of a new goal."""
        [event] = stream_of(f"g{self.published}", goal(f"g{self.published}"))
        self._producer.send(self.topic, telling.text(event), key=event.subject.encode())
        self.published += 1

    def close(self) -> None:
        self._producer.close()


@pytest.fixture
def publisher(kafka_bootstrap: str) -> Iterator[Publisher]:
    found = Publisher(kafka_bootstrap, f"rebuilt-{identity.new()}")
    yield found
    found.close()


@pytest.fixture
def kafka_bootstrap(kafka: str) -> str:
    return kafka


@pytest.fixture
def settings(
    postgres: Postgres, kafka_bootstrap: str, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> Settings:
    monkeypatch.setattr(model, "TOPICS", (publisher.topic,))
    monkeypatch.setenv("DATABASE_URL", postgres.database())
    monkeypatch.setenv("KAFKA_BOOTSTRAP", kafka_bootstrap)
    found = config.settings.__wrapped__()
    model.migrate(found)
    return found


def applied(connection: Connection) -> set[UUID]:
    return {row[0] for row in connection.execute("select stream from applied").fetchall()}


def read(consumer: Consumer, connection: Connection, count: int) -> None:
    """Steps until so many events have had their effect."""
    deadline = monotonic() + PATIENCE
    while len(applied(connection)) < count:
        assert monotonic() < deadline, "never read"
        consumer.step(0.05)


PUBLISH = """
import sys
from time import sleep
from tests.faults.test_adversary_rebuild import Publisher
publisher = Publisher(sys.argv[1], sys.argv[2])
while True:
    publisher.publish()
    sleep(0.0005)
"""


def test_a_rebuild_ends_where_events_never_pause(publisher: Publisher, settings: Settings) -> None:
    """I8. What comes after it took its last look is read by the live consumer after the switch."""
    command = [sys.executable, "-c", PUBLISH, settings.kafka_bootstrap, publisher.topic]
    source = kafka.consumer(settings.kafka_bootstrap)
    with subprocess.Popen(command, cwd=ROOT) as publishing, ThreadPoolExecutor(1) as pool:
        while sum(source.end_offsets([kafka.TopicPartition(publisher.topic, 0)]).values()) == 0:
            sleep(0.1)
        rebuilding = pool.submit(model.rebuild, settings)
        try:
            assert rebuilding.result(PATIENCE) > 0
            assert publishing.poll() is None
        finally:
            publishing.kill()
    [published] = source.end_offsets([kafka.TopicPartition(publisher.topic, 0)]).values()
    with model.connect(settings) as connection:
        read(model.consumer_of(connection, source, settings), connection, published)
    source.close()


def test_a_reader_with_another_definition_writes_nothing(
    publisher: Publisher, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """I10. What means nothing to its program would count as applied, and be missing from the new model for ever."""
    with model.connect(settings) as connection:
        source = kafka.consumer(settings.kafka_bootstrap)
        outdated = model.consumer_of(connection, source, settings)
        publisher.publish()
        read(outdated, connection, 1)
        monkeypatch.setattr(model, "fingerprint", lambda: "what a newer program has")
        assert model.migrate(settings) == "rebuilt"
        publisher.publish()
        with pytest.raises(Stuck, match="definition"):
            read(outdated, connection, 2)
        assert len(applied(connection)) == 1
        read(model.consumer_of(connection, source, settings), connection, 2)
        source.close()


def test_leases_know_their_holders_from_those_before_a_switch(settings: Settings) -> None:
    """An epoch that comes again would make a reader believe that nothing had happened."""
    with model.connect(settings) as live, model.connect(settings, model.REBUILD) as builder:
        live.execute("insert into lease values ('t/0', 'reader', 7, 'infinity')")
        model.create(builder, model.REBUILD)
        builder.execute("insert into lease values ('t/0', 'builder', 1, '-infinity')")
        model.switch(builder)
        [(epoch,)] = live.execute("select epoch from lease where name = 't/0'").fetchall()
        assert epoch > 7


def test_a_topic_is_not_fresh_while_one_of_its_partitions_was_never_read_to_its_end(settings: Settings) -> None:
    """I10. The others' age was shown for the whole topic."""
    with model.connect(settings) as connection:
        connection.execute("delete from checkpoint")
        connection.execute(
            "insert into checkpoint (topic, partition, caught_up) values ('t', 0, now()), ('t', 1, null)"
        )
        database = Database(settings.database_url, search_path="live,public")
        [topic] = status.freshness(Queries(database))
        assert (topic["caught_up"], topic["seconds"]) == (None, None)
        connection.execute("update checkpoint set caught_up = now() - interval '1 hour' where partition = 1")
        [topic] = status.freshness(Queries(database))
        assert 3600 <= topic["seconds"] < 3660
        database.close()
