"""Dumps: the stores, the topics, the read model. Taken when all is quiet; `Watch` alone looks while things happen."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import psycopg
import requests

from infra.local.processes import OWNING_SERVICES
from infra.local.stack import Stack
from services.timeline.meanings import MEANINGS, TABLES
from shared import envelope, kafka
from tests.faults.checker import Published, Stored

TOPICS = {service: f"{service.replace('_', '-')}.events" for service in OWNING_SERVICES}
VIEWS = tuple(sorted(TABLES))
"""Of the read model: with a row for each event that the timeline has a use for."""
RECENT = " union all ".join(
    f"select id, version from live.{table} where recorded_from > to_timestamp(%(since)s)" for table in VIEWS
)
NEWEST = """
select topic, extract(epoch from max(newest))::float8 from live.checkpoint
where newest is not null and not exists (select from live.parked) group by topic
"""
APPLIED = "select coalesce(sum(cardinality(events)), 0) from live.applied"

SETTLED_SECONDS = 90
WATCH_SECONDS = 0.1


def _ask(stack: Stack, service: str, query: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(stack.postgres.url(service), connect_timeout=5) as connection:
        return connection.execute(query).fetchall()


def stored(stack: Stack, service: str) -> list[Stored]:
    rows = _ask(stack, service, "select position, envelope from event order by position")
    found = []
    for position, text in rows:
        event = envelope.read(text)
        stream, time_ = UUID(event.subject), event.time.timestamp()
        found.append(Stored(position, stream, event.sequence, event.id, event.type, event.causationid, text, time_))
    return found


def published(stack: Stack, service: str) -> list[Published]:
    """Everything in the topic, from the first message on."""
    consumer = kafka.consumer(stack.kafka.bootstrap)
    try:
        places = [
            kafka.TopicPartition(TOPICS[service], number)
            for number in consumer.partitions_for_topic(TOPICS[service]) or ()
        ]
        consumer.assign(places)
        consumer.seek_to_beginning(*places)
        ends = consumer.end_offsets(places)
        found: list[Published] = []
        while any(consumer.position(place) < ends[place] for place in places):
            for place, records in consumer.poll(timeout_ms=500).items():
                found += [_message(place.partition, record) for record in records]
        return found
    finally:
        consumer.close()


def _message(partition: int, record: Any) -> Published:
    text = record.value.decode()
    event = envelope.read(text)
    assert record.key == event.subject.encode(), "the key of a message is its stream"
    stream, sent = UUID(event.subject), record.timestamp / 1000
    return Published(partition, record.offset, stream, event.sequence, event.id, text, sent)


def applied(stack: Stack) -> list[tuple[UUID, int, UUID]]:
    return _ask(
        stack,
        "timeline",
        "select stream, version, event from live.applied, unnest(events) with ordinality told(event, version)",
    )  # type: ignore[return-value]


def shown(stack: Stack) -> list[tuple[UUID, int]]:
    return [row for name in VIEWS for row in _ask(stack, "timeline", f"select id, version from live.{name}")]  # type: ignore[misc]


def silent(types: set[str]) -> frozenset[str]:
    """Those of the types that mean nothing on the timeline."""
    return frozenset(types - MEANINGS.keys())


def outbox(stack: Stack) -> dict[str, int]:
    return {service: _ask(stack, service, "select count(*) from outbox")[0][0] for service in OWNING_SERVICES}


def parked(stack: Stack) -> int:
    return _ask(stack, "timeline", "select count(*) from live.parked")[0][0]


def events(stack: Stack) -> int:
    return sum(_ask(stack, service, "select count(*) from event")[0][0] for service in OWNING_SERVICES)


def settle(stack: Stack) -> float:
    """Waits until everything that was stored has been applied; returns the seconds that it took."""
    began = time.monotonic()
    while time.monotonic() - began < SETTLED_SECONDS:
        try:
            waiting = sum(outbox(stack).values())
            if not waiting and _ask(stack, "timeline", APPLIED)[0][0] >= events(stack):
                break
        except psycopg.OperationalError:
            pass  # the database is coming back
        time.sleep(0.1)
    return time.monotonic() - began


def rows(stack: Stack) -> dict[str, list[tuple[Any, ...]]]:
    """The whole read model, row for row; but for which transaction wrote a row, which no event decides."""
    tables = (*VIEWS, "applied")
    return {
        name: sorted(_ask(stack, "timeline", f"select (to_jsonb(t) - 'written')::text from live.{name} t"))
        for name in tables
    }


def answers(stack: Stack, first: str, last: str) -> dict[str, Any]:
    """What readers get for a window: matrix, bars and gaps as JSON."""
    found = {}
    for path in ("matrix", "timeline", "gaps"):
        asked = {"from": first, "to": last} | ({} if path == "matrix" else {"limit": 2000})
        response = requests.get(f"{stack.url('timeline')}/api/{path}", params=asked, timeout=30)
        response.raise_for_status()
        found[path] = response.json()
    for name in ("goals", "sectors", "cells"):
        found["matrix"][name].sort(key=str)
    return found


@dataclass
class Watch:
    """When each event was first seen on the timeline, to WATCH_SECONDS, in seconds since the epoch."""

    stack: Stack
    first_seen: dict[tuple[UUID, int], float] = field(default_factory=dict)
    newest: dict[str, float] = field(default_factory=dict)
    """Topic → recording time of the newest of its events on the timeline: of those read while nothing is set aside."""
    _ending: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watching(self) -> Iterator[None]:
        thread = threading.Thread(target=self._watch, name="watch", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            thread.join(15)

    def _watch(self) -> None:
        """Each look asks again for the last minute: events of one moment arrive in any order."""
        url = self.stack.postgres.url("timeline")
        since = time.time()
        while not self._ending.is_set():
            try:
                with psycopg.connect(url, autocommit=True, connect_timeout=2) as connection:
                    while not self._ending.wait(WATCH_SECONDS):
                        self._look(connection, since)
            except psycopg.Error:
                self._ending.wait(WATCH_SECONDS)

    def _look(self, connection: psycopg.Connection[Any], since: float) -> None:
        found = connection.execute(RECENT.encode(), {"since": max(since, time.time() - 60)}).fetchall()
        now = time.time()
        for stream, version in found:
            self.first_seen.setdefault((stream, version), now)
        self.newest |= connection.execute(NEWEST).fetchall()
