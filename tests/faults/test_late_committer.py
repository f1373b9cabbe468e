"""I4: a transaction held open while later ones commit and are published has its event published when it commits.

Its position is lower than theirs: a relay that goes on after the last position it has seen would never look there.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import psycopg
import pytest

from infra.local.stack import Stack
from services.goals.domain import Proposed
from services.goals.tables import GOAL
from shared import identity
from shared.envelope import Trace
from shared.eventstore.postgres import BUCKETS, LOCK, STORE, _columns
from tests.faults import evidence
from tests.journeys.city import City

LATE = 3


@pytest.mark.parametrize("killed", [None, "goals-relay"], ids=["nobody dies", "the relay dies meanwhile"])
def test_events_that_commit_late_are_not_skipped(stack: Stack, killed: str | None):
    city = City(stack.urls())
    name = identity.new().hex[-12:]
    with held_open(stack, [f"sen-{name}-{number}" for number in range(LATE)]) as late:
        answers = [
            city.command("goals", "/goals", {"external_id": in_time, "title": "I tide", "kind": "objective"})
            for in_time in other_buckets(f"i-tide-{name}", late, count=10)
        ]
        for answer in answers:
            city.see("/api/status", after=answer)
        if killed:
            stack.kill(killed, signal.SIGKILL)
    evidence.settle(stack)

    stored = {event.stream: event for event in evidence.stored(stack, "goals")}
    in_time = [stored[UUID(answer.json()["id"])] for answer in answers]
    assert max(stored[stream].position for stream in late) < min(event.position for event in in_time)
    offsets = {message.stream: (message.partition, message.offset) for message in evidence.published(stack, "goals")}
    assert set(late) <= offsets.keys(), "not on the topic"
    applied = {stream for stream, _, _ in evidence.applied(stack)}
    assert set(late) <= applied, "not on the timeline"
    assert evidence.outbox(stack)["goals"] == 0


@contextmanager
def held_open(stack: Stack, names: list[str]) -> Iterator[list[UUID]]:
    """Goals with these names are proposed as the store does it, and committed only at the end of the block."""
    trace = Trace(correlation="late committer", causation="late committer")
    streams = [identity.named("goal", name) for name in names]
    with psycopg.connect(stack.postgres.url("goals")) as connection, connection.transaction():
        for bucket in sorted({stream.int % BUCKETS for stream in streams}):
            connection.execute(LOCK.format(bucket=bucket).encode())
        for name, stream in zip(names, streams, strict=True):
            now = connection.execute("select clock_timestamp()").fetchone()
            assert now is not None
            event = Proposed(name, "For sent ute", "objective", None, None, None, None, None)
            (recorded,), statements = GOAL.record(stream, 0, [event], time=now[0], trace=trace)
            connection.execute(STORE.encode(), _columns(recorded))
            for statement in statements:
                connection.execute(statement.sql.encode(), statement.parameters)
        yield streams


def other_buckets(name: str, taken: list[UUID], *, count: int) -> list[str]:
    """External ids whose streams don't wait for the locks that are held."""
    buckets = {stream.int % BUCKETS for stream in taken}
    names = (f"{name}-{number}" for number in range(10 * count))
    free = [one for one in names if identity.named("goal", one).int % BUCKETS not in buckets]
    return free[:count]
