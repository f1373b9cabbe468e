"""The relay as processes between a real PostgreSQL and a real Kafka: what is in the store is on the topic, in order.

A process is killed (SIGKILL) or paused (SIGSTOP); what was stored is counted against what arrived.
"""

import itertools
import os
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import psycopg
import pytest
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from shared import envelope, identity, kafka
from shared.database import Database
from shared.eventstore.postgres import LOCK, STORE, PostgresEventStore, _bucket, _columns
from shared.kafka import TopicPartition
from shared.relay import APPLICATION
from shared.tests.notes.service import written

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0
"""Seconds to wait for what should take a moment."""
PARTITIONS = 3
topics = (f"notes-{os.getpid()}-{number}" for number in itertools.count())


class Notes:
    """One store, one topic, and as many relays as a test wants."""

    def __init__(self, url, bootstrap, topic):
        self.url, self.bootstrap, self.topic = url, bootstrap, topic
        self.database = Database(url, size=8)
        self.store = PostgresEventStore(self.database)
        self.relays = []
        self._consumer = kafka.consumer(bootstrap)
        self._records = []
        self._written = itertools.count()

    def write(self, stream, lines=1):
        """So many events, each in a transaction of its own; their versions."""
        for _ in range(lines):
            with self.store.session() as session:
                version = session.load(stream).version
                session.append(written(stream, version, f"line {next(self._written)}"))

    def relay(self):
        environment = {
            **os.environ,
            "DATABASE_URL": self.url,
            "KAFKA_BOOTSTRAP": self.bootstrap,
            "NOTES_TOPIC": self.topic,
        }
        process = subprocess.Popen([sys.executable, "-m", "shared.tests.notes", "relay"], cwd=ROOT, env=environment)
        self.relays.append(process)
        return process

    def ask(self, query, **parameters):
        """The one value that the query gives; None where it gives no row."""
        with self.database.connection() as connection:
            row = connection.execute(query, parameters).fetchone()
        return row[0] if row else None

    def leader(self):
        """The relay that holds the lease now; None while nobody does."""
        holder = self.ask("select holder from lease where expires_at > clock_timestamp()")
        pid = int(holder.split("/")[1]) if holder else None
        return next((relay for relay in self.relays if relay.pid == pid and relay.poll() is None), None)

    def epoch(self):
        return self.ask("select coalesce(max(epoch), 0) from lease")

    def outbox(self):
        return self.ask("select count(*) from outbox")

    def connected(self):
        """How many relays there are, by the connections that the server knows."""
        return self.ask(
            "select count(*) from pg_stat_activity where datname = current_database() and application_name = %(name)s",
            name=APPLICATION,
        )

    def stored(self):
        """Every event of the store as (stream, text), in order of position."""
        return [(str(event.stream), event.envelope) for _, event in self.store.read_all(limit=1_000_000)]

    def records(self):
        """Every record on the topic so far, each partition in its order."""
        partitions = [TopicPartition(self.topic, number) for number in range(PARTITIONS)]
        if not self._consumer.assignment():
            self._consumer.assign(partitions)
            self._consumer.seek_to_beginning(*partitions)
        ends = self._consumer.end_offsets(partitions)
        while any(self._consumer.position(partition) < ends[partition] for partition in partitions):
            for batch in self._consumer.poll(timeout_ms=200).values():
                self._records += batch
        return self._records

    def assert_all_published(self, *, once):
        """The topic holds the store: every event, its bytes, its key; each stream in order. `once`: nothing twice."""
        wait(lambda: self.outbox() == 0, "the outbox is empty")
        stored, records = self.stored(), self.records()
        assert {(record.key.decode(), record.value.decode()) for record in records} == set(stored)
        if once:
            assert len(records) == len(stored)
        seen = defaultdict(int)
        for record in records:
            version = envelope.read(record.value).sequence
            assert version <= seen[record.key] + 1, "an event overtook an earlier one of its stream"
            seen[record.key] = max(seen[record.key], version)
            assert dict(record.headers)["content-type"].startswith(b"application/cloudevents+json")

    def end(self):
        for relay in self.relays:
            if relay.poll() is None:
                relay.send_signal(signal.SIGCONT)
                relay.kill()
            relay.wait()
        self._consumer.close()
        self.database.close()


def wait(until, what, seconds=PATIENCE):
    deadline = time.monotonic() + seconds
    while not (found := until()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.01)
    return found


@pytest.fixture
def notes(database_url, kafka):
    """An empty store and an empty topic."""
    with psycopg.connect(database_url) as connection:
        connection.execute("truncate event, outbox, idempotency, lease, note restart identity")
    found = Notes(database_url, kafka, next(topics))
    create_topic(found)
    yield found
    found.end()


def create_topic(notes):
    assert kafka.create_topic(notes.bootstrap, notes.topic, partitions=PARTITIONS, replication=1)


@contextmanager
def writing(notes, streams):
    """Somebody writes all the time, to each stream in turn."""
    stop = threading.Event()

    def go_on():
        for stream in itertools.cycle(streams):
            if stop.is_set():
                return
            notes.write(stream)
            time.sleep(0.002)

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def test_what_is_stored_is_published_byte_for_byte_once_and_in_order(notes):
    streams = [identity.new() for _ in range(20)]
    for stream in streams:
        notes.write(stream, 5)
    relay = notes.relay()
    with writing(notes, streams):
        wait(notes.leader, "a relay leads")
        time.sleep(0.3)
    notes.assert_all_published(once=True)
    relay.terminate()
    assert relay.wait(PATIENCE) == 0


def test_an_event_that_commits_late_is_published_late_and_not_skipped(notes):
    """Its position is lower than those of events that were published and cleared away before it could be seen."""
    late, others = identity.new(), [identity.new() for _ in range(5)]
    notes.relay()
    wait(notes.leader, "a relay leads")
    with psycopg.connect(notes.url) as slow:
        slow.execute(LOCK.format(bucket=_bucket(late)))
        [event] = written(late, 0, "late").events
        slow.execute(STORE, _columns(event))
        for stream in others:
            notes.write(stream, 4)
        wait(lambda: notes.outbox() == 0, "the others are published")
        assert len(notes.records()) == 20
        assert str(late) not in {record.key.decode() for record in notes.records()}
    notes.assert_all_published(once=True)
    assert notes.stored()[0] == (str(late), event.envelope)
    assert max(notes.records(), key=lambda record: record.timestamp).key.decode() == str(late)


def test_another_relay_takes_over_within_two_seconds_of_a_death(notes):
    streams = [identity.new() for _ in range(8)]
    notes.relay()
    wait(notes.leader, "a relay leads")
    with writing(notes, streams):
        for _ in range(2):
            waiting = notes.relay()
            wait(lambda: notes.connected() == 2, "the second relay waits for its turn")
            leader, epoch = notes.leader(), notes.epoch()
            leader.kill()
            killed = time.time()
            wait(lambda epoch=epoch: notes.epoch() > epoch, "the second relay leads")
            first = wait(partial(published_after, notes, killed), "it publishes")
            assert first - killed < 2
            assert notes.leader() is waiting
    notes.assert_all_published(once=False)


def published_after(notes, moment):
    """When the first record after this moment (seconds since 1970) was made."""
    # what the dead leader had sent is older than a fifth of a second by the time that another one may lead
    later = [record.timestamp / 1000 for record in notes.records() if record.timestamp / 1000 > moment + 0.2]
    return min(later, default=None)


def test_a_leader_that_was_paused_does_no_harm_when_it_wakes_up(notes):
    streams = [identity.new() for _ in range(8)]
    paused = notes.relay()
    wait(notes.leader, "a relay leads")
    other = notes.relay()
    with writing(notes, streams):
        time.sleep(0.3)
        paused.send_signal(signal.SIGSTOP)
        wait(lambda: notes.leader() is other, "the other leads")
        paused.send_signal(signal.SIGCONT)
        assert paused.wait(PATIENCE) == 1
        time.sleep(0.2)
    assert notes.leader() is other
    notes.assert_all_published(once=False)


def test_a_relay_that_is_told_to_stop_hands_over_at_once(notes):
    stream = identity.new()
    first = notes.relay()
    wait(notes.leader, "a relay leads")
    second = notes.relay()
    wait(lambda: notes.connected() == 2, "the second relay waits for its turn")
    notes.write(stream, 10)
    first.terminate()
    assert first.wait(PATIENCE) == 0
    stopped = time.monotonic()
    wait(lambda: notes.leader() is second, "the second leads")
    assert time.monotonic() - stopped < 1
    notes.write(stream, 10)
    notes.assert_all_published(once=True)


def test_a_refused_event_ends_the_process_and_stays_in_the_outbox_with_all_that_follow(notes):
    limit_size(notes, 300)
    stream = identity.new()
    notes.write(stream, 3)
    relay = notes.relay()
    assert relay.wait(PATIENCE) == 1
    assert notes.outbox() == 3
    limit_size(notes, 1_000_000)
    notes.relay()
    notes.assert_all_published(once=True)


def limit_size(notes, size):
    """The largest batch, in bytes, that the broker takes for the topic."""
    admin = KafkaAdminClient(bootstrap_servers=notes.bootstrap)
    try:
        resource = ConfigResource(ConfigResourceType.TOPIC, notes.topic, configs={"max.message.bytes": str(size)})
        admin.alter_configs([resource])
    finally:
        admin.close()


def test_a_topic_is_created_once_and_kept_for_ever(notes):
    assert not kafka.create_topic(notes.bootstrap, notes.topic, partitions=PARTITIONS, replication=1)
    admin = KafkaAdminClient(bootstrap_servers=notes.bootstrap)
    try:
        [described] = admin.describe_topics([notes.topic])
        assert len(described["partitions"]) == PARTITIONS
    finally:
        admin.close()
